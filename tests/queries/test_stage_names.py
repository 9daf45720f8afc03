"""The names of stages in the source, as the mapping has them."""

from __future__ import annotations

import shutil

from queries import contract, stage_names
from tests import small_company

SELECT = "select id as lead_id from leads"


def test_the_names_are_those_of_the_mapping_in_words(tmp_path) -> None:
    folder = tmp_path / "own"
    stages = "source_value,stage_key\nWorking - Contacted,sal\nTrash,disqualified"
    small_company.write(folder, {"leads.sql": SELECT, "stage_map.csv": stages})
    configured = small_company.configured(tmp_path, source_mapping=str(folder))
    assert stage_names.known(configured) == (
        ("working - contacted", "SAL"),
        ("trash", "Disqualified"),
    )
    shutil.rmtree(folder)
    assert stage_names.known(configured) is None


def test_without_a_mapping_there_are_no_other_names(tmp_path) -> None:
    assert stage_names.known(small_company.configured(tmp_path)) == ()


def test_every_stage_has_its_word() -> None:
    labels = {stage_names.label(stage) for stage in contract.STAGES + contract.DETOURS}
    assert len(labels) == 10
    assert {"Lead", "Closed-won", "Closed-lost", "Recycled"} <= labels
