"""Targets over working days, worked out by hand. 1 June 2026 is a Monday."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from queries.rules import pacing
from queries.rules.pacing import Forecast, Goal, Progress

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
NEVER = date(2020, 1, 1)


def make_days(*holidays: date, period: tuple[date, date] = JUNE) -> pacing.WorkingDays:
    """Monday to Friday but for holidays, over the whole spans of a period."""
    first, last = pacing.whole_spans(*period)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = [day.weekday() < 5 and day not in holidays for day in days]
    return pacing.WorkingDays(first, np.array(worked))


def reached(*goals: Goal, period: tuple[date, date] = JUNE, holidays: tuple[date, ...] = ()):
    return pacing.target(goals, make_days(*holidays, period=period), *period)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        # The quarter begins on a Wednesday, its week in March; it ends on a Tuesday.
        ((2026, 4, 1), (2026, 6, 30), (2026, 3, 30), (2026, 7, 5)),
        ((2026, 5, 20), (2026, 5, 20), (2026, 4, 1), (2026, 6, 30)),
        ((2026, 12, 31), (2027, 1, 1), (2026, 10, 1), (2027, 3, 31)),
        ((2024, 2, 29), (2024, 2, 29), (2024, 1, 1), (2024, 3, 31)),
    ],
)
def test_whole_spans_are_quarters_and_the_weeks_at_their_edges(start, end, first, last) -> None:
    found = pacing.whole_spans(date(*start), date(*end))
    assert found == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("per", "value", "expected"),
    [
        # June 2026: 22 working days, four whole weeks and two days, of a quarter of 65 days.
        ("day", 10, 220),
        ("week", 50, 220),
        ("month", 320, 320),
        ("quarter", 650, 220),
    ],
)
def test_a_month_by_each_span(per: str, value: float, expected: float) -> None:
    assert reached(Goal(value, per, NEVER)) == pytest.approx(expected)


def test_a_whole_month_is_exactly_its_target() -> None:
    assert reached(Goal(0.1, "month", NEVER)) == 0.1


def test_a_part_of_a_month_has_the_part_of_its_working_days() -> None:
    # 1 to 9 June: 7 of 22 working days.
    period = (date(2026, 6, 1), date(2026, 6, 9))
    assert reached(Goal(220, "month", NEVER), period=period) == pytest.approx(70)


def test_a_holiday_moves_its_part_to_the_other_days() -> None:
    # One of June's days is off: 21 are left, and 1 to 9 June has 6 of them.
    period, off = (date(2026, 6, 1), date(2026, 6, 9)), (date(2026, 6, 4),)
    assert reached(Goal(210, "month", NEVER), period=period, holidays=off) == pytest.approx(60)
    # Of a day's target nothing moves anywhere.
    assert reached(Goal(10, "day", NEVER), period=period, holidays=off) == 60


def test_a_week_without_a_working_day_is_to_reach_nothing() -> None:
    closed = tuple(date(2026, 6, day) for day in range(8, 13))
    period = (date(2026, 6, 8), date(2026, 6, 14))
    assert reached(Goal(50, "week", NEVER), period=period, holidays=closed) is None
    assert reached(Goal(50, "week", NEVER), holidays=closed) == pytest.approx(170)


def test_a_period_over_two_targets_has_of_each_its_days() -> None:
    # From Monday the 15th on 440 a month: ten days of 220/22, twelve of 440/22.
    goals = (Goal(440, "month", date(2026, 6, 15)), Goal(220, "month", NEVER))
    assert reached(*goals) == pytest.approx(10 * 10 + 12 * 20)


def test_a_target_that_begins_on_the_last_day_holds_on_it_and_one_after_it_does_not() -> None:
    old = Goal(22, "month", NEVER)
    assert reached(old, Goal(44, "month", date(2026, 6, 30))) == pytest.approx(21 + 2)
    assert reached(old, Goal(44, "month", date(2026, 7, 1))) == 22


def test_of_two_for_the_same_day_the_one_entered_last_holds() -> None:
    assert reached(Goal(1, "month", NEVER), Goal(2, "month", NEVER)) == 2


@pytest.mark.parametrize(
    ("valid_from", "expected"),
    [((2026, 5, 31), 22), ((2026, 6, 1), 22), ((2026, 6, 2), None), ((2027, 1, 1), None)],
)
def test_a_working_day_before_the_first_target_leaves_none(valid_from, expected) -> None:
    assert reached(Goal(22, "month", date(*valid_from))) == expected


def test_a_weekend_before_the_first_target_is_no_matter() -> None:
    period = (date(2026, 6, 6), date(2026, 6, 8))
    assert reached(Goal(22, "month", date(2026, 6, 8)), period=period) == pytest.approx(1)


def test_no_target_and_no_working_day_are_none() -> None:
    weekend = (date(2026, 6, 6), date(2026, 6, 7))
    assert reached() is None
    assert reached(Goal(22, "month", NEVER), period=weekend) is None


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ((2026, 5, 31), 0),
        ((2026, 6, 1), 1),
        ((2026, 6, 5), 5),
        # On a weekend as many have come as on the Friday before.
        ((2026, 6, 7), 5),
        ((2026, 6, 30), 22),
        ((2026, 12, 31), 22),
    ],
)
def test_today_counts_as_a_whole(today, day: int) -> None:
    assert pacing.progress(make_days(), *JUNE, date(*today)) == Progress(day, 22)


def test_the_share_of_a_period_without_working_days_is_nothing() -> None:
    assert (Progress(9, 21).share, Progress(0, 0).share) == (pytest.approx(0.428571, abs=1e-6), 0)


def test_a_forecast_goes_on_at_the_same_pace() -> None:
    # r = 1: 100 + 1.9207 ± sqrt(3.8415 × 200 + 3.6889) = 74.14 to 129.71 are still to come.
    half = pacing.forecast(100, 0.5, is_count=True)
    assert half.value == 200
    assert (half.low, half.high) == (
        pytest.approx(174.14, abs=0.01),
        pytest.approx(229.71, abs=0.01),
    )


def test_of_nothing_so_far_a_few_may_still_come() -> None:
    # r = 1: y² = z²·y.
    none = pacing.forecast(0, 0.5, is_count=True)
    assert (none.value, none.low, none.high) == (0, 0, pytest.approx(3.8415, abs=1e-4))


def test_a_period_that_is_over_ends_where_it_ended() -> None:
    assert pacing.forecast(7, 1.0, is_count=True) == Forecast(7, 7, 7)


def test_money_has_no_band_and_a_period_in_the_future_no_forecast() -> None:
    assert pacing.forecast(100, 0.25, is_count=False) == Forecast(400, None, None)
    assert pacing.forecast(0, 0.0, is_count=True) is None
