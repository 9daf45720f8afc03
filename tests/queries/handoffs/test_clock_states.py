"""How the clocks of each hand-off stand, and what was kept of the promises. All by hand.

22 June 2026 is a Monday; work is from 9 to 18. The first attempt is due after 4 hours of work,
the decision after 16.
"""

from __future__ import annotations

import pytest

from queries.handoffs import facts
from tests import company, handed_over
from tests.company import make_event
from tests.handoff_questions import (
    HISTORY,
    counted,
    ended,
    judged,
    make_call,
    make_handoff,
    promising,
    rejudged,
    view,
)

# lead         handed over        and then
# plain        Mon 22 10:00       nothing: due at 14:00
# evening      Mon 22 14:00       nothing: four hours are over at 18:00, due on Tuesday at 9:00
# friday       Fri 26 17:59       nothing: due on Monday, 29, at 12:59
# called       Mon 22 10:00       called on Monday at 11:00: decision due on Tuesday at 17:00
# accepted     Mon 22 10:00       accepted on Tuesday at 10:00
# rejected, recycled, disqualified: so on Monday at 12:00
# again        Mon 22 10:00       handed over again on Tuesday at 10:00
# early        2 Jan 2026 09:00   nothing: no activity is known of before 10:00 of this day
# skipped      never              became SQL on Monday at 10:00
ROWS = (
    *HISTORY,
    *make_handoff("plain", "2026-06-22 10:00"),
    *make_handoff("evening", "2026-06-22 14:00"),
    *make_handoff("friday", "2026-06-26 17:59"),
    *make_handoff("called", "2026-06-22 10:00"),
    make_call("called", "2026-06-22 11:00"),
    *make_handoff("accepted", "2026-06-22 10:00"),
    make_event("sal", "2026-06-23 10:00", "accepted"),
    *(
        row
        for decision in ("rejected", "recycled", "disqualified")
        for row in (
            *make_handoff(decision, "2026-06-22 10:00"),
            make_event(decision, "2026-06-22 12:00", decision),
        )
    ),
    *make_handoff("again", "2026-06-22 10:00"),
    make_event("mql", "2026-06-23 10:00", "again"),
    *make_handoff("early", "2026-01-02 09:00"),
    company.make_lead("skipped"),
    make_event("sql", "2026-06-22 10:00", "skipped"),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return company.opened(tmp_path_factory.mktemp("states"), *ROWS)


@pytest.mark.parametrize(
    ("lead", "as_of", "state"),
    [
        ("plain", "2026-06-22 10:00", "running"),
        ("plain", "2026-06-22 12:59:59.999999", "running"),
        # A quarter of the four hours is left.
        ("plain", "2026-06-22 13:00", "due_soon"),
        ("plain", "2026-06-22 13:59:59.999999", "due_soon"),
        ("plain", "2026-06-22 14:00", "overdue"),
        ("plain", "2026-06-30 12:00", "overdue"),
        # An answer at night is as good as one at the opening.
        ("evening", "2026-06-22 18:00", "due_soon"),
        ("evening", "2026-06-23 08:59:59.999999", "due_soon"),
        ("evening", "2026-06-23 09:00", "overdue"),
        ("friday", "2026-06-28 12:00", "running"),
        ("friday", "2026-06-29 11:58:59.999999", "running"),
        ("friday", "2026-06-29 11:59", "due_soon"),
        ("friday", "2026-06-29 12:59", "overdue"),
        ("called", "2026-06-22 10:59:59.999999", "running"),
        ("called", "2026-06-23 12:59:59.999999", "running"),
        # Four of its sixteen hours are left.
        ("called", "2026-06-23 13:00", "due_soon"),
        ("called", "2026-06-23 16:59:59.999999", "due_soon"),
        ("called", "2026-06-23 17:00", "overdue"),
        ("accepted", "2026-06-23 09:59:59.999999", "overdue"),
        ("accepted", "2026-06-23 10:00", "accepted"),
        ("rejected", "2026-06-22 11:59:59.999999", "running"),
        ("rejected", "2026-06-22 12:00", "rejected"),
        ("recycled", "2026-06-22 12:00", "recycled"),
        ("disqualified", "2026-06-22 12:00", "disqualified"),
        ("early", "2026-06-30 12:00", "no_clock"),
        ("skipped", "2026-06-22 10:00", "accepted"),
    ],
)
def test_a_state_begins_at_its_moment_and_not_before(snapshot, lead, as_of, state) -> None:
    assert judged(snapshot, view(as_of), "state")[lead] == state


def test_a_lead_that_is_handed_over_again_leaves_its_first_hand_off_superseded(snapshot) -> None:
    wanted = "open", "superseded", "handed"
    numbers = [counted(snapshot, view(f"2026-06-23 {at}")) for at in ("09:59:59.999999", "10:00")]
    first, second = ([each[name] for name in wanted] for each in numbers)
    # Skipped was handed over by inference; early, of January, is open too.
    assert first == [6, 0, 9]
    assert second == [5, 1, 10]


def test_an_hour_is_soon_however_short_the_target_is(snapshot, tmp_path) -> None:
    two_hours = rejudged(snapshot, tmp_path, promising(2))
    states = [
        judged(two_hours, view(f"2026-06-22 {at}"), "state")["plain"]
        for at in ("10:59:59.999999", "11:00", "12:00")
    ]
    assert states == ["running", "due_soon", "overdue"]


@pytest.mark.parametrize(
    ("attempt", "decision", "states"),
    [
        # plain has not been attempted, called has.
        (None, None, ("no_clock", "no_clock")),
        (4, None, ("overdue", "no_clock")),
        (None, 16, ("running", "running")),
        # Who must decide within the hour is late before the first attempt is due.
        (40, 1, ("overdue", "overdue")),
    ],
)
def test_a_promise_that_nobody_gave_has_no_clock(
    snapshot, tmp_path, attempt, decision, states
) -> None:
    ours = rejudged(snapshot, tmp_path, promising(attempt, decision))
    found = judged(ours, view("2026-06-22 15:00"), "state")
    assert (found["plain"], found["called"]) == states


def test_without_a_promised_attempt_none_is_due(snapshot, tmp_path) -> None:
    ours = rejudged(snapshot, tmp_path, promising(decision=16))
    assert ended(ours, view()) == {}
    assert counted(ours, view())["due"] == 0


# plain is due on Monday at 14:00, and called was called at 11:00.
@pytest.mark.parametrize(
    ("lead", "as_of", "response"),
    [
        ("plain", "2026-06-22 13:59:59.999999", None),
        ("plain", "2026-06-22 14:00", "breached"),
        ("called", "2026-06-22 13:59:59.999999", None),
        ("called", "2026-06-22 14:00", "met"),
        # A decision stops the clock too.
        ("recycled", "2026-06-22 14:00", "met"),
        # Decided the next day only.
        ("accepted", "2026-06-30 12:00", "breached"),
        ("early", "2026-06-30 12:00", None),
    ],
)
def test_a_response_is_judged_when_it_is_due(snapshot, lead, as_of, response) -> None:
    result, *_ = ended(snapshot, view(as_of)).get(lead, (None,))
    assert result == response


def test_all_is_due_sixteen_hours_of_work_after_the_hand_off(snapshot) -> None:
    before, then = (
        ended(snapshot, view(f"2026-06-23 {at}"), "coverage") for at in ("16:59:59.999999", "17:00")
    )
    assert before == {}
    due = "2026-06-23 17:00:00"
    # Decided or not.
    results = {"plain": "breached", "called": "met", "recycled": "breached"}
    assert {lead: then[lead][:2] for lead in results} == {
        lead: (result, due) for lead, result in results.items()
    }
    assert "early" not in ended(snapshot, view(), "coverage")


@pytest.fixture(scope="module")
def paused(tmp_path_factory):
    """Clocks that Cy stopped until Tuesday, 20 January 2026, midnight."""
    place = tmp_path_factory.mktemp("paused")
    # Mon 12 10:00 is due at 14:00. From 12:00 on it stands still for six hours of this day and
    # nine of each of the next five: due nine and a half days of work later.
    for lead in ("waits", "late"):
        at = {"waits": "2026-01-12 12:00", "late": "2026-01-12 16:00"}[lead]
        handed_over.pause(place, lead, "2026-01-12 10:00", at)
    rows = (
        *make_handoff("waits", "2026-01-12 10:00"),
        *make_handoff("late", "2026-01-12 10:00"),
        make_call("late", "2026-01-12 15:00"),
    )
    return company.opened(place, *HISTORY, *rows)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        # What is entered later was not known.
        ("2026-01-12 11:59:59.999999", "running"),
        ("2026-01-12 12:00", "paused"),
        ("2026-01-13 12:00", "paused"),
        ("2026-01-19 23:59:59.999999", "paused"),
        # Two hours are left from Tuesday, 9:00, on.
        ("2026-01-20 00:00", "running"),
        ("2026-01-20 10:00", "due_soon"),
        ("2026-01-20 10:59:59.999999", "due_soon"),
        ("2026-01-20 11:00", "overdue"),
    ],
)
def test_a_pause_moves_the_due_time_by_its_working_time(paused, as_of, state) -> None:
    assert judged(paused, view(as_of), "state")["waits"] == state


def test_a_pause_after_a_late_attempt_does_not_make_it_good(paused) -> None:
    found = ended(paused, view("2026-02-01 12:00"))["late"]
    assert found == ("breached", "2026-01-12 14:00:00", "bo")


def test_every_hand_off_is_in_one_state_of_those_there_are(snapshot) -> None:
    for as_of in ("2026-06-22 12:00", "2026-06-23 10:00", "2026-06-30 12:00"):
        states = list(judged(snapshot, view(as_of), "state").values())
        assert set(states) <= set(facts.STATES)
