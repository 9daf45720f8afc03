"""From a promise to what is behind it; the page's tests open it for each role."""

from __future__ import annotations

import pytest

from tests import handoff_company
from tests.handoff_company import JUNE, NOON


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """TUESDAY's company without its activities."""
    folder = tmp_path_factory.mktemp("details")
    kept = [row for row in handoff_company.TUESDAY if row[0] != "activities"]
    handoff_company.opened(folder, *kept)
    return folder


def test_a_promise_without_data_says_what_it_would_be(door, place) -> None:
    door.set_up(place)
    visit = door.open("sla", period=JUNE, as_of=NOON, explain="first_attempt")
    assert not visit.exception
    assert not visit.tabs
    assert "No data: what this promise is measured by is not there." in [
        info.value for info in visit.info
    ]
    assert any(text.value.startswith("**First attempt**: of the") for text in visit.markdown)


def test_a_promise_with_data_lists_what_it_counts(door, place) -> None:
    door.set_up(place)
    visit = door.open("sla", period=JUNE, as_of=NOON, explain="completeness")
    assert [tab.label for tab in visit.tabs] == ["Rows", "Definition", "SQL"]
    assert visit.tabs[0].caption[0].value == "Rows 1 to 9 of 9"
    what = list(visit.tabs[0].dataframe[0].value["what"])
    assert (what.count("complete"), what.count("came without phone")) == (8, 1)


def test_single_rows_are_not_for_who_sees_only_sums(door, place) -> None:
    door.set_up(place)
    door.sign_in("a screen", "viewer")
    visit = door.come("sla", period=JUNE, as_of=NOON, explain="completeness")
    assert "Single rows are not for your role: they are about people." in [
        info.value for info in visit.info
    ]
    assert not visit.download_button
