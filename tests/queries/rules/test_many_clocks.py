"""Many clocks at once say what each of them says alone."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.rules import business_time
from queries.rules.business_time import HOUR
from queries.rules.many_clocks import ALWAYS, Clocks

DAY, NONE = 24 * HOUR, np.datetime64("NaT", "us")


def make_clock(zone: str, *span: int) -> business_time.Clock:
    calendar = business_time.Calendar(zone, zone, (((span),),) * 5 + ((),) * 2)
    return business_time.clock(calendar, date(2026, 6, 1), date(2026, 6, 30))


# The company works 9 hours a day, another calendar 4; 1 June 2026 is a Monday.
COMPANY, BERLIN = make_clock("UTC", 540, 1080), make_clock("Europe/Berlin", 480, 720)
CLOCKS = Clocks({0: COMPANY, 7: BERLIN}, {0: 9 * HOUR, 7: 4 * HOUR})


def numbers(*each: int) -> np.ndarray:
    return np.array(each, dtype=int)


def moments(*each: str | np.datetime64) -> np.ndarray:
    return np.array(each, dtype="datetime64[us]")


def test_each_moment_is_read_on_its_own_clock() -> None:
    noon = ["2026-06-02 12:00"] * 4
    # Berlin is two hours ahead and closed at 12:00, which is 10:00 UTC.
    found = CLOCKS.readings(numbers(7, 0, ALWAYS, 7), moments(*noon))
    assert found.tolist() == [8 * HOUR, 12 * HOUR, 36 * HOUR, 8 * HOUR]


def test_a_moment_that_is_not_there_reads_nothing() -> None:
    found = CLOCKS.readings(numbers(0, 7, 0), moments(NONE, NONE, "2026-06-01 10:00"))
    assert found.tolist() == [0, 0, HOUR]


def test_what_lies_outside_of_a_calendar_is_read_at_its_ends() -> None:
    at = moments("1990-01-01", "2200-01-01", "1990-01-01", "2200-01-01")
    found = CLOCKS.readings(numbers(0, 0, ALWAYS, ALWAYS), at)
    # June 2026 has 22 working days.
    assert found.tolist() == [0, 22 * 9 * HOUR, 0, 30 * DAY]


def test_a_reading_beyond_a_calendar_is_at_its_last_open_moment() -> None:
    found = CLOCKS.moments(numbers(0, 0, 7), np.array([-5, 10_000 * HOUR, 10_000 * HOUR]))
    assert (
        found.tolist()
        == moments(
            "2026-06-01 09:00", "2026-06-30 17:59:59.999999", "2026-06-30 09:59:59.999999"
        ).tolist()
    )


@pytest.mark.parametrize(
    ("hours", "expected"),
    [("8.999", "2026-06-01 17:59:56.4"), ("9", "2026-06-02 09:00"), ("10", "2026-06-02 10:00")],
)
def test_the_end_of_a_day_is_the_beginning_of_the_next(hours: str, expected: str) -> None:
    found = CLOCKS.moments(numbers(0), np.array([int(float(hours) * HOUR)]))
    assert found.tolist() == moments(expected).tolist()


def test_the_clock_that_never_stands_still_has_days_of_24_hours() -> None:
    assert CLOCKS.usual(numbers(7, ALWAYS, 0)).tolist() == [4 * HOUR, DAY, 9 * HOUR]
    saturday = CLOCKS.moments(numbers(ALWAYS), np.array([5 * DAY + HOUR]))
    assert saturday.tolist() == moments("2026-06-06 01:00").tolist()


def test_of_nothing_nothing_is_read() -> None:
    assert CLOCKS.readings(numbers(), moments()).tolist() == []
    assert CLOCKS.moments(numbers(), np.array([], dtype=np.int64)).tolist() == []
    assert CLOCKS.usual(numbers()).tolist() == []


HOURS_OF_JUNE = st.integers(0, 30 * 24 * 60).map(lambda n: timedelta(minutes=n))
ASKED = st.lists(st.tuples(st.sampled_from([0, 7]), HOURS_OF_JUNE, st.integers(0, 80 * HOUR)))


@settings(max_examples=100, deadline=None)
@given(ASKED)
def test_it_is_what_each_clock_says_alone(asked) -> None:
    own = {0: COMPANY, 7: BERLIN}
    which = numbers(*(number for number, _, _ in asked))
    # Both calendars cover what lies between the beginning of the one and the end of the other.
    at = moments(*(np.datetime64("2026-06-01", "us") + since for _, since, _ in asked))
    at = np.minimum(at, np.datetime64("2026-06-30 22:00", "us"))
    spans = np.array([span for _, _, span in asked], dtype=np.int64)
    read = [int(own[number].reading(one)) for number, one in zip(which.tolist(), at, strict=True)]
    assert CLOCKS.readings(which, at).tolist() == read
    each = zip(which.tolist(), spans, strict=True)
    assert CLOCKS.moments(which, spans).tolist() == [own[n].moment(span).item() for n, span in each]
