"""When a clock runs out, in words that are read in two seconds."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from components import due_words
from tests.company import utc

MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("microseconds", "expected"),
    [
        (0, "under a minute"),
        (MINUTE - 1, "under a minute"),
        (MINUTE, "1 min"),
        (60 * MINUTE - 1, "59 min"),
        (60 * MINUTE, "1 h"),
        (61 * MINUTE, "1 h 01"),
        (80 * MINUTE, "1 h 20"),
        (-80 * MINUTE, "1 h 20"),
        (60_000 * MINUTE, "1,000 h"),
    ],
)
def test_a_span_is_hours_and_minutes(microseconds: int, expected: str) -> None:
    assert due_words.span(microseconds) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(0, "0 min"), (1, "1 min"), (540, "9 h")])
def test_a_waiting_time_is_in_whole_minutes(minutes: int, expected: str) -> None:
    assert due_words.minutes(minutes) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-06-23 09:05", "23 Jun 2026"),
        ("2026-06-24 09:05", "Wed 09:05"),
        ("2026-06-29 23:59", "yesterday 23:59"),
        ("2026-06-30 00:00", "today 00:00"),
        ("2026-07-01 00:00", "tomorrow 00:00"),
        ("2026-07-02 00:00", "Thu 00:00"),
        ("2026-07-06 23:59", "Mon 23:59"),
        ("2026-07-07 00:00", "7 Jul 2026"),
    ],
)
def test_a_moment_near_today_needs_no_date(at: str, expected: str) -> None:
    assert due_words.when(utc(at), "UTC", date(2026, 6, 30)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # The clock goes from 1:59 to 3:00 on 29 March.
        ("2026-03-29 00:59", "today 01:59"),
        ("2026-03-29 01:00", "today 03:00"),
        ("2026-03-29 22:00", "tomorrow 00:00"),
    ],
)
def test_the_readers_own_clock_is_told_also_when_it_changes(at: str, expected: str) -> None:
    assert due_words.when(utc(at), "Europe/Berlin", date(2026, 3, 29)) == expected


def due(state: str, left: int | None, at: str | None, zone: str = "UTC") -> str:
    moment: datetime | None = utc(at) if at else None
    return due_words.due(state, left, moment, zone, utc("2026-06-30 22:30"))


def test_a_clock_says_how_long_and_until_when() -> None:
    assert due("running", 80 * MINUTE, "2026-07-01 10:20") == "in 1 h 20 · tomorrow 10:20"
    # In Berlin it is past midnight already.
    berlin = due("running", 80 * MINUTE, "2026-07-01 10:20", "Europe/Berlin")
    assert berlin == "in 1 h 20 · today 12:20"


def test_a_late_clock_says_since_when() -> None:
    assert due("overdue", -MINUTE, "2026-06-29 16:40") == "since yesterday 16:40"


def test_without_a_clock_there_is_no_time() -> None:
    assert due("no_clock", None, None) == "no clock"
    assert due("running", MINUTE, None) == "no clock"


@pytest.mark.parametrize(
    ("rep_zone", "expected"),
    [
        (None, ""),
        ("", ""),
        ("Europe/Berlin", ""),
        # Another name for the same hour.
        ("Europe/Paris", ""),
        ("America/New_York", "06:00 in New York"),
        ("Asia/Kolkata", "15:30 in Kolkata"),
    ],
)
def test_the_reps_own_hour_is_told_where_it_differs(rep_zone: str | None, expected: str) -> None:
    assert due_words.beside(utc("2026-06-30 10:00"), "Europe/Berlin", rep_zone) == expected
