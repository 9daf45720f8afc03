"""What was known of each hand-off at a moment, and when its clock runs out. All by hand.

22 June 2026 is a Monday; work is from 9 to 18. The first attempt is due after 4 hours of work,
the decision after 16.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from queries import clocks
from queries.handoffs import facts
from queries.rules.business_time import HOUR
from queries.terms import Target, Terms
from tests import company
from tests.company import utc
from tests.handoff_questions import (
    HISTORY,
    TERMS,
    TICK,
    ask,
    judged,
    make_call,
    make_handoff,
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
    assert judged(snapshot, view(at - TICK), "attempt_clock", "left")["called"] == (
        None,
        3 * HOUR + 1,
    )
    # Of sixteen hours one is over.
    found = judged(snapshot, view(at), "attempt_clock", "now_clock", "left")["called"]
    assert found[0] == found[1]
    assert found[2] == 15 * HOUR


@pytest.mark.parametrize(
    ("value", "at"),
    [
        # A day of work has nine hours: Tuesday 10:00, and half of a day more, 14:30.
        ("1", "2026-06-23 10:00"),
        ("1.5", "2026-06-23 14:30"),
    ],
)
def test_days_are_those_of_the_calendar(snapshot, value: str, at: str) -> None:
    terms = Terms("", 1, first_attempt=Target(Decimal(value), "business_days"))
    before, then = (
        judged(snapshot, view(when), "state", terms=terms)["plain"]
        for when in (utc(at) - TICK, utc(at))
    )
    assert (before, then) == ("due_soon", "overdue")


def test_readings_outside_of_a_calendar_are_those_at_its_ends(snapshot) -> None:
    with snapshot.connect() as connection:
        clock = clocks.load(connection)[0]
        end = clock.before[-1] + clock.closes[-1] - clock.opens[-1]
        found = facts.readings(clock, utc("1900-01-01"), utc("2199-01-01"))
    assert found == [0, int(end)]


def test_one_statement_answers_the_questions_of_all_terms_and_moments(snapshot) -> None:
    fact = facts.of("lead_id")
    state = sa.select(fact.c.state).select_from(fact.rows).where(fact.c.lead_id == "plain")
    two_hours = Terms("", 1, first_attempt=Target(Decimal(2), "business_hours"))
    asked = (("12:00", TERMS), ("12:00", two_hours), ("14:00", TERMS))
    with snapshot.connect() as connection:
        found = [
            facts.ask(connection, state, ask(connection, view(f"2026-06-22 {at}"), terms)).scalar()
            for at, terms in asked
        ]
    assert found == ["running", "overdue", "overdue"]


@pytest.mark.parametrize(
    ("attempt", "decision", "last"),
    # Hours of work after the hand-off, at Monday, 10:00.
    [(4, 16, 16), (16, 4, 16), (4, None, 4), (None, 16, 16), (None, None, None)],
)
def test_all_is_due_with_the_later_of_what_was_promised(snapshot, attempt, decision, last) -> None:
    given = [value and Target(Decimal(value), "business_hours") for value in (attempt, decision)]
    found = judged(snapshot, view(), "last_due", "handed_clock", terms=Terms("", 1, *given))
    due, handed = found["plain"]
    assert due == (None if last is None else handed + last * HOUR)
    # No clock of it can be judged.
    assert found["early"][0] is None
