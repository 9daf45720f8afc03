"""Which hand-offs nobody ever tried, of those for which all that was promised was due. By hand.

Monday, 22 June 2026, 10:00: the first attempt is due at 14:00, after 4 hours of work, and the
decision on Tuesday at 17:00, after 16; then all was due.
"""

from __future__ import annotations

import pytest

from queries.people import Scope
from tests import company, handed_over
from tests.company import make_event, utc
from tests.handoff_questions import (
    HISTORY,
    TICK,
    counted,
    make_call,
    make_handoff,
    make_owner,
    promising,
    rejudged,
    some,
    view,
)

WANTED = ("past_due", "ignored")
MONDAY, TUESDAY, WEDNESDAY = (("2026-06-22",) * 2, ("2026-06-23",) * 2, ("2026-06-24",) * 2)
HANDED = "2026-06-22 10:00"
DUE = "2026-06-23 17:00"
JUST_BEFORE, JUST_AFTER = "2026-06-23 16:59:59.999999", "2026-06-23 17:00:00.000001"
OUT, TRIED, IGNORED = (0, 0), (1, 0), (1, 1)


def make_case(name: str, *rows, at: str = HANDED, rep: str = "bo") -> tuple:
    """A lead that is handed over, whose channel is its name, and what happens to it."""
    return (*make_handoff(name, at, rep=rep, source=name), *rows)


def make_given(name: str, at: str) -> tuple:
    """A lead of Bo's that became Dee's at a moment."""
    return make_case(name, make_owner(name, at, "bo", "dee"), rep="dee")


CASES = (
    make_case("never"),
    make_case("called before", make_call("called before", JUST_BEFORE)),
    make_case("called at due", make_call("called at due", DUE)),
    make_case("called after", make_call("called after", JUST_AFTER)),
    make_case("accepted", make_event("sal", "2026-06-22 12:00", "accepted")),
    make_case("recycled", make_event("recycled", "2026-06-22 12:00", "recycled")),
    make_case(
        "called, recycled",
        make_call("called, recycled", "2026-06-22 11:00"),
        make_event("recycled", "2026-06-22 12:00", "called, recycled"),
    ),
    # What is handed over the second time is due later than on Tuesday.
    *(
        make_case(name, make_event("mql", at, name))
        for name, at in (
            ("again before", JUST_BEFORE),
            ("again at due", DUE),
            ("again after", JUST_AFTER),
        )
    ),
    make_case(
        "called, again after",
        make_call("called, again after", "2026-06-22 11:00"),
        make_event("mql", JUST_AFTER, "called, again after"),
    ),
    # Sixteen hours from 11:00 are over when Tuesday ends: all is due at Wednesday's opening.
    make_case("night", at="2026-06-22 11:00"),
    make_case(
        "called at night", make_call("called at night", "2026-06-23 22:00"), at="2026-06-22 11:00"
    ),
    make_given("given before", "2026-06-22 13:59:59.999999"),
    make_given("given at due", "2026-06-22 14:00"),
    make_given("given after", "2026-06-22 14:00:00.000001"),
    make_given("given at last", DUE),
    make_given("given after all", JUST_AFTER),
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The snapshot of all cases."""
    rows = [row for case in CASES for row in case]
    return company.opened(tmp_path_factory.mktemp("ignored"), *HISTORY, *rows)


def numbers(snapshot, as_of=company.NOW, days=TUESDAY, asked=None, **chosen) -> tuple[int, ...]:
    """How many were past due and ignored; `asked`: what is asked of counted besides."""
    return some(counted(snapshot, view(as_of, *days, **chosen), **(asked or {})), *WANTED)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("never", IGNORED),
        ("called before", TRIED),
        ("called at due", TRIED),
        ("called after", IGNORED),
    ],
)
def test_who_was_tried_by_the_moment_all_was_due_was_not_ignored(cases, case, expected) -> None:
    assert numbers(cases, channel=(case,)) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [("accepted", IGNORED), ("recycled", IGNORED), ("called, recycled", TRIED)],
)
def test_r2_a_decision_is_no_attempt(cases, case, expected) -> None:
    assert numbers(cases, channel=(case,)) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("again before", OUT),
        ("again at due", OUT),
        ("again after", IGNORED),
        ("called, again after", TRIED),
    ],
)
def test_what_was_handed_over_again_by_then_is_out(cases, case, expected) -> None:
    assert numbers(cases, channel=(case,)) == expected


def test_what_is_not_due_yet_is_in_no_count(cases) -> None:
    for case, expected in (("never", IGNORED), ("called before", TRIED), ("recycled", IGNORED)):
        assert numbers(cases, utc(DUE) - TICK, channel=(case,)) == OUT
        assert numbers(cases, DUE, channel=(case,)) == expected


def test_it_belongs_to_the_day_on_which_all_was_due(cases) -> None:
    # The first attempt was due on Monday.
    found = [numbers(cases, days=days, channel=("never",)) for days in (MONDAY, TUESDAY, WEDNESDAY)]
    assert found == [OUT, IGNORED, OUT]


@pytest.mark.parametrize(("case", "expected"), [("night", IGNORED), ("called at night", TRIED)])
def test_what_is_due_in_closed_time_is_due_at_the_opening(cases, case, expected) -> None:
    assert numbers(cases, channel=(case,)) == OUT
    opening = utc("2026-06-24 09:00")
    assert numbers(cases, opening - TICK, WEDNESDAY, channel=(case,)) == OUT
    assert numbers(cases, opening, WEDNESDAY, channel=(case,)) == expected


@pytest.mark.parametrize(
    ("attempt", "decision", "monday", "tuesday"),
    [
        (4, 16, OUT, TRIED),
        # The later of both, whichever it is.
        (16, 4, OUT, TRIED),
        # Called on Tuesday at 17:00, a day after the only promise.
        (4, None, IGNORED, OUT),
        (None, 16, OUT, TRIED),
        (None, None, OUT, OUT),
    ],
)
def test_what_was_not_promised_is_not_waited_for(
    cases, tmp_path, attempt, decision, monday, tuesday
) -> None:
    ours, channel = rejudged(cases, tmp_path, promising(attempt, decision)), ("called at due",)
    assert numbers(ours, days=MONDAY, channel=channel) == monday
    assert numbers(ours, days=TUESDAY, channel=channel) == tuesday


@pytest.mark.parametrize(
    ("case", "charged"),
    [
        ("given before", "dee"),
        ("given after", "dee"),
        ("given at last", "dee"),
        ("given after all", "bo"),
    ],
)
def test_r7_it_is_of_who_had_it_when_all_was_due(cases, case, charged) -> None:
    for rep, team in (("bo", "north"), ("dee", "south")):
        expected = IGNORED if rep == charged else OUT
        assert numbers(cases, rep=(rep,), channel=(case,)) == expected
        assert numbers(cases, team=(team,), channel=(case,)) == expected
        seen = {"scope": Scope("reps", (rep,))}
        assert numbers(cases, asked=seen, channel=(case,)) == expected


def test_a_pause_moves_the_moment_by_its_working_time(tmp_path) -> None:
    # Two hours of work before the pause, the other fourteen from Tuesday, the 20th, 9:00, on.
    handed_over.pause(tmp_path, "l1", "2026-01-12 10:00", "2026-01-12 12:00")
    rows = make_handoff("l1", "2026-01-12 10:00")
    snapshot = company.opened(tmp_path, *HISTORY, *rows)
    due, days = utc("2026-01-21 14:00"), ("2026-01-21", "2026-01-21")
    assert numbers(snapshot, due - TICK, days) == OUT
    assert numbers(snapshot, due, days) == IGNORED


def test_what_has_no_clock_is_not_ignored(tmp_path) -> None:
    # Of no activity is known before 2 January 2026, 10:00.
    snapshot = company.opened(tmp_path, *HISTORY, *make_handoff("l1", "2026-01-02 09:00"))
    found = numbers(snapshot, days=("2026-01-01", "2026-06-30"))
    assert found == OUT
