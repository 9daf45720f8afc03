"""Targets over working days: what a period is to reach, how far it has come, where it will end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

SPANS = ("day", "week", "month", "quarter")
_DAY = timedelta(days=1)
# The square of the 97.5 % point of the normal distribution.
_Z2 = 1.959963984540054**2
# 1 January 1970, from which numpy counts, was a Thursday.
_MONDAY = 3


@dataclass(frozen=True)
class Goal:
    """So much per day, week, month or quarter, from a day on until the next goal begins."""

    value: float
    per: str
    valid_from: date


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """Days from `first` on, one after another: whether each is a working day."""

    first: date
    is_worked: np.ndarray

    def count(self, start: date, end: date) -> int:
        """The working days from one day to another, both included; 0 where the end is before."""
        return int(np.count_nonzero(self.is_worked[self.place(start) : self.place(end) + 1]))

    def place(self, day: date) -> int:
        """Where a day stands; what lies before the first day or after the last is at the edge."""
        return min(max((day - self.first).days, 0), len(self.is_worked))


@dataclass(frozen=True)
class Progress:
    """How many of the working days of a period have come, today as a whole included."""

    day: int
    days: int

    @property
    def share(self) -> float:
        """0..1; nothing has come of a period without a working day."""
        return self.day / self.days if self.days else 0.0


@dataclass(frozen=True)
class Forecast:
    """Where a period will end, and between what in 95 of 100 cases; None where that is not known
    because what is counted does not come one by one."""

    value: float
    low: float | None
    high: float | None


def whole_spans(start: date, end: date) -> tuple[date, date]:
    """The first and the last day of all the weeks, months and quarters that a period touches."""
    quarter = start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1)
    # The 28th and four days more is always in the next month.
    last_month = end.replace(month=(end.month - 1) // 3 * 3 + 3, day=28)
    quarter_end = (last_month + 4 * _DAY).replace(day=1) - _DAY
    monday, sunday = start - start.weekday() * _DAY, end + (6 - end.weekday()) * _DAY
    return min(quarter, monday), max(quarter_end, sunday)


def target(goals: Sequence[Goal], days: WorkingDays, start: date, end: date) -> float | None:
    """What is to be reached from one day to another, both included.

    Each working day has its part of the goal that holds on it: of a month with 20 working days a
    twentieth. Of goals that begin on the same day the last given holds. None where a working day
    lies before the first goal, or nothing is to be reached. `days`: at least those of whole_spans.
    """
    ordered = sorted(goals, key=lambda goal: goal.valid_from)
    first, last = days.place(start), days.place(end) + 1
    edges = [min(max(days.place(goal.valid_from), first), last) for goal in ordered] + [last]
    if days.is_worked[first : edges[0]].any():
        return None
    parts = [
        goal.value * _spans(goal.per, days, begins, ends)
        for goal, begins, ends in zip(ordered, edges, edges[1:], strict=False)
    ]
    return math.fsum(parts) or None


def _spans(per: str, days: WorkingDays, begins: int, ends: int) -> float:
    """How many days, weeks, ... lie between two places, by their working days; one without any
    counts nothing."""
    worked = days.is_worked.astype(float)
    number = _numbers(per, days)
    whole = np.bincount(number, weights=worked)
    part = np.bincount(number[begins:ends], weights=worked[begins:ends], minlength=len(whole))
    return math.fsum(part[whole > 0] / whole[whole > 0])


def _numbers(per: str, days: WorkingDays) -> np.ndarray:
    """The number of the span in which each day lies, from 0 on."""
    day = np.datetime64(days.first, "D") + np.arange(len(days.is_worked))
    if per in ("day", "week"):
        number = day.astype(np.int64)
        number = (number + _MONDAY) // 7 if per == "week" else number
    else:
        number = day.astype("datetime64[M]").astype(np.int64)
        number = number // 3 if per == "quarter" else number
    return number - number[0]


def progress(days: WorkingDays, start: date, end: date, today: date) -> Progress:
    """How far a period has come by a day."""
    come = 0 if today < start else days.count(start, min(today, end))
    return Progress(come, days.count(start, end))


def forecast(actual: float, share: float, *, is_count: bool) -> Forecast | None:
    """Where what has reached `actual` after a share of its working days will end at this pace.

    The band is for counts of single events, and is of what is still to come (Poisson: both what
    was seen and what will be vary): all y with (y − r·x)² ≤ z²·r·(x + y), x seen and r = the rest
    of the days by those that have come. None where no day has come.
    """
    if share <= 0:
        return None
    value = actual / share
    if not is_count:
        return Forecast(value, None, None)
    rest = (1 - share) / share
    middle = rest * actual + _Z2 * rest / 2
    spread = math.sqrt(_Z2 * (rest * actual * (1 + rest) + _Z2 * rest**2 / 4))
    return Forecast(value, actual + max(0.0, middle - spread), actual + middle + spread)
