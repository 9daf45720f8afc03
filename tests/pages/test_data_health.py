"""Data health: a flawless company says so, a flawed one is told flaw by flaw."""

from __future__ import annotations

from tests import visits


def health(door, place):
    door.set_up(place)
    visit = door.open().switch_page("pages/data_health.py").run()
    assert not visit.exception
    assert not visit.error
    assert visit.title[0].value == "Data health"
    return visit


def test_the_flaws_of_the_demo_are_all_there(door, demo_place) -> None:
    visit = health(door, demo_place)
    relations, refused, unmapped, findings = (table.value for table in visit.dataframe)
    assert len(relations) == 12
    assert list(relations["State"].unique()) == ["read"]
    assert (relations["Rows read"] - relations["Rows kept"]).sum() == len(refused) == 5
    assert "5 rows are not counted on any page." in visits.texts(visit)
    assert list(unmapped["Name in the source"]) == ["Nurture pool (old)"]
    assert list(unmapped["Rows"]) == [3]
    assert list(findings["Kind"]) == sorted(findings["Kind"])
    assert "doubt" in list(findings["Kind"])


def test_a_flawless_company_says_so_and_tells_what_is_not_connected(door, march_place) -> None:
    visit = health(door, march_place)
    said = visits.texts(visit)
    assert "Every row that was read is legal." in said
    assert "Every stage name is known." in said
    relations = visit.dataframe[0].value.set_index("Relation")
    assert relations.loc["leads", ["State", "Rows read", "Rows kept"]].tolist() == ["read", 6, 6]
    assert relations.loc["activities", "State"] == "no data"
    assert relations.loc["activities", ["Rows read", "Rows refused"]].isna().all()
    assert relations.loc["leads", "Newest"] == "1 Apr 2026, 00:00"


def test_filters_have_no_say_here(door, march_place) -> None:
    visit = health(door, march_place)
    assert not visit.multiselect
    assert not visit.date_input
    assert not visit.metric
