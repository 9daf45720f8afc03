"""The lists of the SLA page where there is nothing, or nothing to know."""

from __future__ import annotations

import pytest

from tests import handoff_company
from tests.handoff_company import JUNE


@pytest.mark.parametrize("show", ["due_soon", "ignored"])
def test_without_activities_the_lists_say_what_to_connect(door, tmp_path, show: str) -> None:
    kept = [row for row in handoff_company.TUESDAY if row[0] != "activities"]
    handoff_company.opened(tmp_path, *kept)
    door.set_up(tmp_path)
    visit = door.open("sla", period=JUNE, show=show)
    assert not visit.exception
    assert "connect activities" in visit.info[0].value
    assert not visit.dataframe


def test_where_nothing_is_due_soon_that_is_said(door, tmp_path) -> None:
    handoff_company.opened(tmp_path, *handoff_company.TUESDAY)
    door.set_up(tmp_path)
    visit = door.open("sla", period=JUNE, as_of="2026-06-25 10:00", show="due_soon")
    assert visit.info[0].value == "Nothing is due soon."
