"""The names of stages are shown, and those that count at no stage with their rows."""

from __future__ import annotations

from tests import agreement_part, company, small_company
from tests.company import make_event, make_lead


def test_names_that_are_no_stage_yet_stand_with_their_rows(door, tmp_path) -> None:
    company.opened(tmp_path, make_lead(), make_event("Unresponsive"))
    door.set_up(tmp_path)
    visit = agreement_part.opened("agreement_stages", "viewer", kind="everything")
    assert not visit.exception
    assert [one.value for one in visit.info] == [
        "The source calls its stages as we do; there is nothing to translate."
    ]
    (unmapped,) = visit.dataframe
    assert unmapped.value[["Name in the source", "Rows"]].values.tolist() == [["Unresponsive", 1]]


def test_names_of_the_mapping_stand_with_their_stage(door, march_place, tmp_path) -> None:
    stages = "source_value,stage_key\nWorking,sal"
    folder = small_company.write(
        tmp_path / "own", {"leads.sql": "select 1", "stage_map.csv": stages}
    )
    door.set_up(march_place, source_mapping=str(folder))
    visit = agreement_part.opened("agreement_stages")
    assert agreement_part.rows(visit) == [["working", "SAL"]]
    (folder / "leads.sql").unlink()
    assert agreement_part.opened("agreement_stages").warning[0].value.startswith("The mapping")
