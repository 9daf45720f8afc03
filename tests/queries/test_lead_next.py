"""What comes next about a person: from the last hand-off and the deals."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from queries import lead_next
from queries.rules.business_time import HOUR
from tests.company import utc

TODAY = date(2026, 6, 30)
OPEN: dict[str, object] = {
    "handoff_no": 1,
    "decision": "pending",
    "state": "running",
    "waits_for": "attempt",
    "due_at": pd.Timestamp("2026-06-30 16:40"),
    "left": 2 * HOUR,
    "rep_zone": "Europe/Berlin",
    "paused_until": None,
    "pause_reason": None,
    "recycled_at": None,
    "recycle_until": None,
}
NO_CLOCK = OPEN | {"due_at": None, "left": None, "state": "no_clock", "waits_for": None}
ACCEPTED = NO_CLOCK | {"decision": "accepted", "state": "accepted"}
RECYCLED = ACCEPTED | {"recycled_at": utc("2026-06-10 09:00"), "recycle_until": date(2026, 7, 1)}


def step(rows: list[dict[str, object]], stages: tuple[str | None, ...] = ()) -> lead_next.NextStep:
    handoffs = pd.DataFrame(rows, columns=list(OPEN), dtype=object)
    deals = pd.DataFrame({"outcome": ["open"] * len(stages), "stage": list(stages)}, dtype=object)
    return lead_next.of(handoffs, deals, TODAY)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({}, "First attempt due 30 Jun 2026, 16:40."),
        ({"state": "due_soon"}, "First attempt due 30 Jun 2026, 16:40."),
        ({"state": "overdue"}, "First attempt overdue since 30 Jun 2026, 16:40."),
        ({"waits_for": "decision"}, "Decide until 30 Jun 2026, 16:40."),
        (
            {"waits_for": "decision", "state": "overdue"},
            "Decision overdue since 30 Jun 2026, 16:40.",
        ),
    ],
)
def test_a_clock_that_presses_comes_first(cells: dict[str, object], sentence: str) -> None:
    found = step([OPEN | cells], ("Proposal",))
    assert found.in_full("UTC") == sentence
    assert (found.due_at, found.left, found.rep_zone) == (
        utc("2026-06-30 16:40"),
        2 * HOUR,
        "Europe/Berlin",
    )


def test_the_time_is_that_of_the_zone() -> None:
    assert step([OPEN]).in_full("Asia/Tokyo") == "First attempt due 1 Jul 2026, 01:40."


def test_a_clock_that_stands_still_says_until_when() -> None:
    until = {"paused_until": pd.Timestamp("2026-07-02 00:00"), "pause_reason": "on holiday"}
    assert step([OPEN | until | {"state": "paused"}]).in_full("UTC") == (
        "Waiting for “on holiday”: the clock stands still until 2 Jul 2026, 00:00."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Nothing is open."),
        ([NO_CLOCK], "Decide on hand-off 1."),
        ([RECYCLED, NO_CLOCK | {"handoff_no": 2}], "Decide on hand-off 2."),
        ([ACCEPTED], "Nothing is open."),
        ([RECYCLED], "Comes back on 1 Jul 2026."),
        ([RECYCLED | {"recycle_until": TODAY}], "Comes back on 30 Jun 2026."),
        ([RECYCLED | {"recycle_until": date(2026, 6, 29)}], "Was to come back on 29 Jun 2026."),
        ([RECYCLED | {"recycle_until": None}], "Recycled; no day is given for its return."),
        ([RECYCLED, ACCEPTED], "Nothing is open."),
    ],
)
def test_without_a_clock_it_follows_from_the_last_hand_off(rows, sentence: str) -> None:
    assert step(rows) == lead_next.NextStep(sentence)


@pytest.mark.parametrize("rows", [[], [ACCEPTED], [RECYCLED]])
def test_an_open_deal_is_next_once_all_is_decided(rows) -> None:
    assert step(rows, ("Proposal",)).words == "Deal in stage Proposal."
    assert step(rows, (None,)).words == "Deal is open."
