"""The business clock against a count of minutes, and what holds for every calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from queries.rules import business_time
from queries.rules.business_time import HOUR, MINUTE, Calendar

# Weeks in which clocks are put on or back, in one of these zones at least.
FIRST_DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2024-03-08", "2024-03-29", "2024-04-05", "2024-10-04", "2024-10-25", "2024-11-01")
)
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "UTC"),
    *("Asia/Beirut", "America/Havana", "America/Santiago"),
)
DAYS = 6

spans = st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
days = st.one_of(st.just(()), st.just(((0, 1440),)), st.just(((540, 1080),)), spans)


@st.composite
def calendars(draw) -> tuple[Calendar, date]:
    """A calendar, and the first of the days that it is looked at on."""
    first = draw(st.sampled_from(FIRST_DAYS))
    midnight = datetime.fromisoformat(str(first))
    minutes = st.integers(0, (DAYS + 1) * 1440).map(lambda n: midnight + timedelta(minutes=n))
    away = st.lists(st.tuples(minutes, minutes), max_size=2).map(tuple)
    differs = st.dictionaries(st.integers(0, DAYS - 1), days, max_size=2)
    return Calendar(
        "any",
        draw(st.sampled_from(ZONES)),
        draw(st.tuples(*[days] * 7)),
        {first + timedelta(days=number): each for number, each in draw(differs).items()},
        draw(away),
    ), first


def clock_of(drawn: tuple[Calendar, date]) -> business_time.Clock:
    calendar, first = drawn
    try:
        return business_time.clock(calendar, first, first + timedelta(days=DAYS - 1))
    except business_time.BusinessTimeError:
        # Nobody works at all.
        assume(False)
        raise


def counted(drawn: tuple[Calendar, date], clock: business_time.Clock) -> np.ndarray:
    """Whether each minute from the first of the days to the last is open, one by one."""
    calendar, _ = drawn
    zone = ZoneInfo(calendar.zone)
    minutes = range(clock.begins // MINUTE, clock.ends // MINUTE)
    shown = [datetime.fromtimestamp(minute * 60, UTC).astimezone(zone) for minute in minutes]
    is_open = np.zeros(len(minutes), dtype=bool)
    for day in {at.date() for at in shown}:
        of_day = [(place, at) for place, at in enumerate(shown) if at.date() == day]
        for opens, closes in calendar.days.get(day, calendar.week[day.weekday()]):
            since = [place for place, at in of_day if at.hour * 60 + at.minute >= opens]
            until = [place for place, at in of_day if at.hour * 60 + at.minute < closes]
            if since and until:
                is_open[since[0] : until[-1] + 1] = True
    for left, back in calendar.away:
        for place, at in enumerate(shown):
            if left <= at.astimezone(UTC).replace(tzinfo=None) < back:
                is_open[place] = False
    return is_open


@settings(max_examples=80, deadline=None)
@given(calendars())
def test_the_clock_counts_what_minutes_counted_one_by_one_do(drawn) -> None:
    clock = clock_of(drawn)
    is_open = counted(drawn, clock)
    before = np.concatenate([[0], np.cumsum(is_open)]) * MINUTE
    at = clock.begins + np.arange(len(before)) * MINUTE
    assert at[-1] == clock.ends
    assert (clock.reading(at) == before).all()
    # The last minute before which no more than that was open.
    readings = np.arange(int(before[-1] // MINUTE)) * MINUTE
    last = np.searchsorted(before, readings, side="right") - 1
    assert (clock.moment(readings).astype(np.int64) == at[last]).all()


@st.composite
def clocks(draw, instants: int) -> tuple[business_time.Clock, list[int]]:
    """A clock, and instants on it in order."""
    clock = clock_of(draw(calendars()))
    ends = st.sampled_from([*clock.opens.tolist(), *clock.closes.tolist()])
    near = st.builds(lambda end, more: end + more, ends, st.integers(-1, 1))
    some = st.one_of(st.integers(clock.begins, clock.ends), near)
    drawn = draw(st.lists(some, min_size=instants, max_size=instants))
    return clock, sorted(int(np.clip(at, clock.begins, clock.ends)) for at in drawn)


@settings(max_examples=300, deadline=None)
@given(clocks(3))
def test_working_time_adds_up_and_never_runs_back(drawn) -> None:
    clock, (first, second, third) = drawn
    parts = [int(clock.elapsed(*pair)) for pair in ((first, second), (second, third))]
    assert min(parts) >= 0
    assert clock.elapsed(first, third) == sum(parts)
    assert parts[0] <= second - first


@settings(max_examples=500, deadline=None)
@given(clocks(2), st.integers(0, 9 * HOUR))
def test_in_time_by_what_has_elapsed_is_in_time_by_what_is_due(drawn, target: int) -> None:
    clock, (start, stop) = drawn
    total = int(clock.reading(clock.ends))
    assume(clock.reading(start) + target < total)
    due = int(clock.due(start, target).astype(np.int64))
    assert clock.elapsed(start, due) == target
    assert bool(clock.elapsed(start, stop) <= target) is (stop <= due)
    # At the due time itself, and the smallest moment later.
    assert clock.elapsed(start, min(due + 1, clock.ends)) > target or due == clock.ends


@settings(max_examples=300, deadline=None)
@given(clocks(1), st.integers(0, 9 * HOUR))
def test_a_start_that_moves_while_nobody_works_moves_nothing(drawn, target: int) -> None:
    clock, (start,) = drawn
    assume(clock.reading(start) + target < clock.reading(clock.ends))
    # Until the next opening, where it is none at present.
    latest = int(clock.moment(clock.reading(start)).astype(np.int64))
    for later in (start, (start + latest) // 2, latest):
        assert clock.due(start, target) == clock.due(later, target)
