"""When things happen: seasons, weekdays, hours of the day, and working time."""

from __future__ import annotations

import numpy as np

from queries.demo.plan import COMPANY, DAY, HOUR, Plan

# Monday to Sunday.
WEEKDAYS = np.array([1.06, 1.14, 1.12, 1.05, 0.84, 0.20, 0.24])
# January to December: quiet in the summer holidays and before Christmas.
MONTHS = np.array([0.97, 1.04, 1.10, 1.04, 1.02, 1.0, 0.84, 0.72, 1.10, 1.12, 1.10, 0.74])
GROWTH_PER_YEAR = 1.20
# Share of a day's new leads per hour of the wall clock.
HOURS = np.array([4, 3, 2, 2, 2, 4, 10, 26, 58, 84, 92, 88, 62, 74, 86, 82, 70, 54])
HOURS = np.append(HOURS, [36, 28, 24, 20, 14, 8])
HOUR_CURVE = np.append(0.0, np.cumsum(HOURS) / HOURS.sum())
HOUR_STARTS = np.arange(25) * HOUR

OPENS = 9 * HOUR
WORKDAY = 9 * HOUR
WORKDAYS = 5
# 1970-01-01 was a Thursday; with this added, day 0 of a week is its Monday.
MONDAY_SHIFT = 3
STAYS_ON_WEEKEND = 0.3


def day_weights(plan: Plan) -> np.ndarray:
    """How busy each day of the demo is; the last day only as far as it has gone."""
    days = np.arange(plan.first_day, plan.last_day + 1)
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    growth = GROWTH_PER_YEAR ** ((days - plan.first_day) / 365)
    weights = WEEKDAYS[(days + MONDAY_SHIFT) % 7] * MONTHS[month] * growth
    weights[-1] *= _share_of_last_day(plan)
    return weights


def moments_of(rng: np.random.Generator, plan: Plan, day_index: np.ndarray) -> np.ndarray:
    """An instant on each of the days, at the hours people write to companies."""
    chance = rng.random(len(day_index))
    chance = np.where(day_index == plan.days - 1, chance * _share_of_last_day(plan), chance)
    wall = (plan.first_day + day_index) * DAY + np.interp(chance, HOUR_CURVE, HOUR_STARTS)
    # The offset is that of noon, so a night of the clock change may end past its own day.
    return np.minimum(plan.to_utc(wall.astype(np.int64), COMPANY), plan.horizon)


def mostly_weekdays(rng: np.random.Generator, plan: Plan, instants: np.ndarray) -> np.ndarray:
    """The same days at a believable hour, most weekend ones moved on to Monday."""
    day = plan.local(instants, COMPANY) // DAY
    weekday = (day + MONDAY_SHIFT) % 7
    moves = (weekday >= WORKDAYS) & (rng.random(len(day)) > STAYS_ON_WEEKEND)
    day = day + np.where(moves, 7 - weekday, 0)
    wall = day * DAY + np.interp(rng.random(len(day)), HOUR_CURVE, HOUR_STARTS)
    return plan.to_utc(wall.astype(np.int64), COMPANY)


def after_work(
    plan: Plan, instants: np.ndarray, work_seconds: np.ndarray, zone: np.ndarray | int
) -> np.ndarray:
    """The instant when that much working time (Mon-Fri, 9 to 18 in the zone) has passed."""
    worked = _worked(plan.local(instants, zone)) + work_seconds.astype(np.int64)
    workday, second = np.divmod(worked, WORKDAY)
    week, weekday = np.divmod(workday, WORKDAYS)
    wall = (week * 7 + weekday - MONDAY_SHIFT) * DAY + OPENS + second
    return np.maximum(plan.to_utc(wall, zone), instants)


def lognormal(
    rng: np.random.Generator, count: int, median: float | np.ndarray, spread: float
) -> np.ndarray:
    """Waiting times: many short, some very long."""
    return median * np.exp(spread * rng.standard_normal(count))


def _worked(wall: np.ndarray) -> np.ndarray:
    """Working seconds of the zone before this wall clock reading, since 1970."""
    day, second = np.divmod(wall, DAY)
    week, weekday = np.divmod(day + MONDAY_SHIFT, 7)
    today = np.where(weekday < WORKDAYS, np.clip(second - OPENS, 0, WORKDAY), 0)
    return (week * WORKDAYS + np.minimum(weekday, WORKDAYS)) * WORKDAY + today


def _share_of_last_day(plan: Plan) -> float:
    now = plan.local(np.array([plan.horizon]), COMPANY)[0] - plan.last_day * DAY
    return float(np.interp(now, HOUR_STARTS, HOUR_CURVE))
