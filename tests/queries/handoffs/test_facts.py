"""What was known of each hand-off at a moment, and when its clock runs out. All by hand.

22 June 2026 is a Monday; work is from 9 to 18. The first attempt is due after 4 hours of work,
the decision after 16.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import clocks
from queries.handoffs import facts
from tests import company
from tests.company import utc
from tests.handoff_questions import (
    HISTORY,
    TICK,
    ask,
    ended,
    judged,
    make_call,
    make_handoff,
    promising,
    rejudged,
    view,
)

# plain was handed over and nothing more, called was called an hour later; of early, on the 2nd of
# January, no activity is known.
ROWS = (
    *HISTORY,
    *make_handoff("plain", "2026-06-22 10:00"),
    *make_handoff("called", "2026-06-22 10:00"),
    make_call("called", "2026-06-22 11:00"),
    *make_handoff("early", "2026-01-02 09:00"),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return company.opened(tmp_path_factory.mktemp("facts"), *ROWS)


def test_what_was_handed_over_later_was_not_there_yet(snapshot) -> None:
    at = utc("2026-06-22 10:00")
    assert sorted(judged(snapshot, view(at - TICK), "state")) == ["early"]
    assert "plain" in judged(snapshot, view(at), "state")


def test_an_attempt_that_came_later_had_not_happened(snapshot) -> None:
    at = utc("2026-06-22 11:00")
    columns = "is_attempted", "waits_for", "due_at"
    before, then = (judged(snapshot, view(each), *columns)["called"] for each in (at - TICK, at))
    assert before == (False, "attempt", utc("2026-06-22 14:00"))
    assert then == (True, "decision", utc("2026-06-23 17:00"))


@pytest.mark.parametrize(
    ("value", "at"),
    [
        # A day of work has nine hours: Tuesday 10:00, and half of a day more, 14:30.
        ("1", "2026-06-23 10:00"),
        ("1.5", "2026-06-23 14:30"),
    ],
)
def test_days_are_those_of_the_calendar(snapshot, tmp_path, value: str, at: str) -> None:
    ours = rejudged(snapshot, tmp_path, promising(value, unit="business_days"))
    before, then = (
        judged(ours, view(when), "state")["plain"] for when in (utc(at) - TICK, utc(at))
    )
    assert (before, then) == ("due_soon", "overdue")


def test_readings_outside_of_a_calendar_are_those_at_its_ends(snapshot) -> None:
    with snapshot.connect() as connection:
        clock = clocks.load(connection)[0]
        end = clock.before[-1] + clock.closes[-1] - clock.opens[-1]
        found = facts.readings(clock, utc("1900-01-01"), utc("2199-01-01"))
    assert found == [0, int(end)]


def test_one_statement_answers_the_questions_of_all_moments(snapshot) -> None:
    fact = facts.with_clocks()
    state = sa.select(fact.c.state).select_from(fact.rows).where(fact.c.lead_id == "plain")
    with snapshot.connect() as connection:
        found = [
            facts.ask(connection, state, ask(connection, view(f"2026-06-22 {at}"))).scalar()
            for at in ("12:00", "13:00", "14:00")
        ]
    assert found == ["running", "due_soon", "overdue"]


@pytest.mark.parametrize(
    ("attempt", "decision", "last"),
    # From Monday, 10:00: 4 hours of work are over at 14:00, 16 on Tuesday at 17:00.
    [
        (4, 16, "2026-06-23 17:00:00"),
        (16, 4, "2026-06-23 17:00:00"),
        (4, None, "2026-06-22 14:00:00"),
        (None, 16, "2026-06-23 17:00:00"),
        (None, None, None),
    ],
)
def test_all_is_due_with_the_later_of_what_was_promised(
    snapshot, tmp_path, attempt, decision, last
) -> None:
    ours = rejudged(snapshot, tmp_path, promising(attempt, decision))
    found = ended(ours, view(), "coverage")
    assert found.get("plain", (None, None))[1] == last
    # No clock of it can be judged.
    assert "early" not in found
