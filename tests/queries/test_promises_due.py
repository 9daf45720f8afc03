"""When the clock of a promise runs out, and what moves that. All by hand.

Handed over on Monday, 22 June 2026, 10:00; work is from 9 to 18.
"""

from __future__ import annotations

import pytest

from queries.promises import Due
from tests.agreement_terms import make_term, make_version
from tests.promised import judge, said, stands


def attempt(**said_more):
    """A first attempt within four hours."""
    return make_term("first_attempt", **said_more)


# 22:00 on Friday in UTC is 18:00 in New York.
@pytest.mark.parametrize(
    ("calendar", "handed_at", "due"),
    [
        ("receiver", "2026-06-26 17:30", "2026-06-26 21:30"),
        ("company", "2026-06-26 17:30", "2026-06-29 12:30"),
        ("always", "2026-06-26 17:30", "2026-06-26 21:30"),
        ("receiver", "2026-06-26 18:00", "2026-06-29 13:00"),
        ("receiver", "2026-06-27 12:00", "2026-06-29 17:00"),
        ("company", "2026-06-27 12:00", "2026-06-29 13:00"),
        ("always", "2026-06-27 12:00", "2026-06-27 16:00"),
    ],
)
def test_a_clock_runs_by_the_calendar_that_was_promised(calendar, handed_at, due) -> None:
    found = stands(attempt(calendar=calendar), handed_at=handed_at, calendar_no=1)
    assert found == ("breached", due)


def test_a_day_of_work_is_that_of_the_calendar() -> None:
    two_days = {"target": ("2", "business_days")}
    assert stands(attempt(**two_days)) == ("breached", "2026-06-24 10:00")
    newyork = stands(attempt(**two_days), calendar_no=1)
    # Opens at 13:00.
    assert newyork == ("breached", "2026-06-24 13:00")
    minutes = attempt(target=("15", "minutes"))
    assert stands(minutes) == ("breached", "2026-06-22 10:15")


def one_due(term=None, **cells) -> Due:
    """Of the only hand-off."""
    return judge(term or attempt(), cells).pressing["first_attempt"]


@pytest.mark.parametrize(
    ("hours", "soon"),
    [
        # A quarter of it is left, or an hour.
        ("8", "2026-06-22 16:00"),
        ("4", "2026-06-22 13:00"),
        ("2", "2026-06-22 11:00"),
        ("1", "2026-06-22 10:00"),
    ],
)
def test_the_last_quarter_or_hour_is_soon(hours: str, soon: str) -> None:
    found = one_due(attempt(target=(hours, "business_hours")))
    assert said(found.soon_at[0]) == soon


def test_what_is_promised_within_minutes_is_soon_from_before_its_start() -> None:
    found = one_due(attempt(target=("15", "minutes")))
    assert said(found.soon_at[0]) == "2026-06-22 09:15"


def test_before_its_calendar_begins_it_is_soon_from_its_start() -> None:
    found = one_due(attempt(target=("1", "business_hours")), handed_at="2025-12-31 10:00")
    assert (said(found.soon_at[0]), said(found.due_at[0])) == (
        "2025-12-31 10:00",
        "2026-01-01 10:00",
    )


def changed(found: Due) -> tuple[str | None, str, str]:
    """When it was changed, when it is due since, and when it was before."""
    at = None if str(found.changed_at[0]) == "NaT" else said(found.changed_at[0])
    return at, said(found.due_at[0]), said(found.before_due_at[0])


# Due at 14:00.
@pytest.mark.parametrize(
    ("reassigned_at", "due"),
    [
        ("2026-06-22 10:00", "2026-06-22 14:00"),
        ("2026-06-22 13:59:59.999999", "2026-06-22 17:59:59.999999"),
        ("2026-06-22 14:00", "2026-06-23 09:00"),
        ("2026-06-22 14:00:00.000001", "2026-06-22 14:00"),
        (None, "2026-06-22 14:00"),
    ],
)
def test_r7_a_clock_starts_anew_while_it_runs_if_that_was_promised(reassigned_at, due) -> None:
    row = {"reassigned_at": reassigned_at}
    anew = attempt(restarts_on_reassignment=True)
    assert said(one_due(anew, **row).due_at[0]) == due
    assert changed(one_due(**row)) == (None, *["2026-06-22 14:00"] * 2)


def test_an_answered_clock_does_not_start_anew() -> None:
    anew, row = attempt(restarts_on_reassignment=True), {"reassigned_at": "2026-06-22 12:00"}
    for at, due in (
        ("2026-06-22 11:59:59.999999", "2026-06-22 14:00"),
        ("2026-06-22 12:00", "2026-06-22 14:00"),
        ("2026-06-22 12:00:00.000001", "2026-06-22 16:00"),
    ):
        assert stands(anew, first_attempt_at=at, **row) == ("met", due)


def paused(start: str, end: str, **more: str) -> dict[str, str]:
    return {"paused_at": f"2026-06-{start}", "paused_until": f"2026-06-{end}"} | more


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("22 10:00", "22 11:00", "2026-06-22 15:00"),
        ("22 13:59:59.999999", "22 14:59:59.999999", "2026-06-22 15:00"),
        ("22 14:00", "22 15:00", "2026-06-22 15:00"),
        # It has run out.
        ("22 14:00:00.000001", "22 15:00", "2026-06-22 14:00"),
        # Nobody works at night.
        ("22 13:00", "23 09:00", "2026-06-23 10:00"),
        ("22 13:00", "22 13:00", "2026-06-22 14:00"),
    ],
)
def test_a_clock_stands_still_only_while_it_runs(start: str, end: str, due: str) -> None:
    assert stands(attempt(), **paused(start, end)) == ("breached", due)


@pytest.mark.parametrize(
    ("days", "end", "due"),
    [
        (1, "23 09:59:59.999999", "2026-06-23 13:59:59.999999"),
        (1, "23 10:00", "2026-06-23 14:00"),
        (1, "23 10:00:00.000001", "2026-06-23 14:00"),
        (2, "30 10:00", "2026-06-24 14:00"),
        (0, "30 10:00", "2026-06-22 14:00"),
    ],
)
def test_no_clock_stands_still_for_longer_than_the_version_says(days, end, due) -> None:
    version = make_version(1, attempt(), pause_days=days)
    found = judge(version, paused("22 10:00", end)).pressing["first_attempt"]
    assert said(found.due_at[0]) == due


def test_what_stands_still_after_the_answer_changes_nothing() -> None:
    stopped = paused("22 12:00", "22 13:00")
    for at, due in (
        ("2026-06-22 11:59:59.999999", "2026-06-22 14:00"),
        ("2026-06-22 12:00", "2026-06-22 14:00"),
        ("2026-06-22 12:00:00.000001", "2026-06-22 15:00"),
    ):
        assert stands(attempt(), first_attempt_at=at, **stopped) == ("met", due)
        # A decision answers too.
        decided = {"decision": "accepted", "decided_at": at}
        assert stands(attempt(), **decided, **stopped) == ("met", due)


@pytest.mark.parametrize(
    ("stopped", "reassigned_at", "due"),
    [
        # Stood still before it started anew: that is over.
        (("22 11:00", "22 12:00"), "2026-06-22 13:00", "2026-06-22 17:00"),
        # It ran until 15:00, for it had stood still for an hour.
        (("22 11:00", "22 12:00"), "2026-06-22 15:00", "2026-06-23 10:00"),
        (("22 11:00", "22 12:00"), "2026-06-22 15:00:00.000001", "2026-06-22 15:00"),
        # Started anew while it stood still: two hours of it are left.
        (("22 11:00", "22 14:00"), "2026-06-22 12:00", "2026-06-23 09:00"),
        (("22 12:00", "22 13:00"), "2026-06-22 12:00", "2026-06-22 17:00"),
        # Stood still after it started anew.
        (("22 13:00", "22 14:00"), "2026-06-22 12:00", "2026-06-22 17:00"),
        (("22 15:00", "22 17:00"), "2026-06-22 12:00", "2026-06-23 09:00"),
    ],
)
def test_pauses_and_fresh_starts_count_in_their_order(stopped, reassigned_at, due) -> None:
    anew = attempt(restarts_on_reassignment=True)
    assert stands(anew, **paused(*stopped, reassigned_at=reassigned_at)) == ("breached", due)


def test_what_held_before_a_change_is_kept() -> None:
    anew, plain = attempt(restarts_on_reassignment=True), "2026-06-22 14:00"
    given = {"reassigned_at": "2026-06-22 12:00"}
    assert changed(one_due()) == (None, plain, plain)
    assert changed(one_due(anew, **given)) == ("2026-06-22 12:00", "2026-06-22 16:00", plain)
    stopped = one_due(**paused("22 11:00", "22 12:00"))
    assert changed(stopped) == ("2026-06-22 11:00", "2026-06-22 15:00", plain)
    assert said(stopped.before_soon_at[0]) == "2026-06-22 13:00"
    both = one_due(anew, **paused("22 13:00", "22 14:00"), **given)
    assert changed(both) == ("2026-06-22 12:00", "2026-06-22 17:00", plain)
