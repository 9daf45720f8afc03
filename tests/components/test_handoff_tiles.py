"""The numbers above the Handoffs page: shares with their interval, and none of very few."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import handoff_tiles
from queries.rules import intervals
from tests import visits

COUNTS = {"overdue": 1_234, "due_soon": 2, "running": 3, "paused": 0, "no_clock": 0}


@pytest.mark.parametrize(
    ("part", "n", "value", "note"),
    [
        (0, 0, "n/a", "n = 0"),
        (0, 1, "0 of 1", "too few for a share"),
        (4, 4, "4 of 4", "too few for a share"),
        # Wilson: (p + 1.92/n ± 1.96 √(p(1-p)/n + 0.96/n²)) / (1 + 3.84/n)
        (0, 5, "0 %", "0 % to 43 % · n = 5"),
        (5, 5, "100 %", "57 % to 100 % · n = 5"),
        (3, 6, "50 %", "19 % to 81 % · n = 6"),
        (500, 1_000, "50 %", "47 % to 53 % · n = 1,000"),
    ],
)
def test_a_share_has_its_n_and_interval(part: int, n: int, value: str, note: str) -> None:
    tile = handoff_tiles.share("met", "Answered in time", intervals.rate(part, n))
    assert (tile.value, tile.note) == (value, note)


def shown(counts: dict[str, int | None], *, is_present: bool = False) -> AppTest:
    def page(counts: dict, is_present: bool) -> None:
        import pandas as pd
        import streamlit as st

        from components import handoff_tiles
        from queries.handoffs import answers

        found = answers.Answers(counts, pd.DataFrame(), pd.DataFrame(), True, True)
        has_links = not is_present
        asked = handoff_tiles.states(found, is_present=is_present, has_links=has_links)
        st.text(f"asked: {asked}")

    visit = visits.of_function(page, args=(counts, is_present)).run()
    assert not visit.exception
    return visit


def test_the_states_are_counted_and_lead_to_their_list() -> None:
    visit = shown(COUNTS)
    assert {tile.label: tile.value for tile in visit.metric} == {
        "Overdue": "1,234",
        "Due soon": "2",
        "Running": "3",
        "Paused": "0",
    }
    assert visit.text[0].value == "asked: None"
    visit.button(key="handoff_tiles.due_soon").click().run()
    assert visit.text[0].value == "asked: due_soon"


def test_those_without_a_clock_are_shown_where_there_are_any() -> None:
    visit = shown(COUNTS | {"no_clock": 1})
    assert [tile.label for tile in visit.metric][-1] == "Without a clock"


def test_without_activities_no_clock_is_known() -> None:
    visit = shown(dict.fromkeys(COUNTS) | {"no_clock": 9})
    assert [tile.value for tile in visit.metric] == ["no data"] * 4 + ["9"]
    assert [button.label for button in visit.button] == ["Show without a clock"]


def test_on_a_projector_there_is_nothing_to_press() -> None:
    visit = shown(COUNTS, is_present=True)
    assert len(visit.metric) == 4
    assert not visit.button
