"""The business clock: how much working time lies before an instant, and the way back.

F(t) = open time before t, one rising function per calendar. What has elapsed is a difference of
two readings of it and what is due is its inverse, so the two cannot disagree. Instants are UTC,
readings and spans of time whole microseconds, so that no rounding decides who was late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from queries.rules import zone_days

MINUTE = 60_000_000
HOUR = 60 * MINUTE
_DAY_MINUTES = 24 * 60

# Minutes of a day between which it is open: 9:00 to 18:00 is (540, 1080), the end of a day 1440.
Span = tuple[int, int]
# Instants, UTC, the first included.
Away = tuple[datetime, datetime]


class BusinessTimeError(ValueError):
    """A calendar cannot answer; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Calendar:
    """When somebody works: the spans of each weekday (Monday first) on the clocks of a zone.

    `days` replaces the spans of single days (a holiday has none); nobody works while `away`. Where
    clocks are put on, a span is from the first time to the last that they show its ends: an hour
    that they show twice is open both times, one that they leave out is not.
    """

    name: str
    zone: str
    week: tuple[tuple[Span, ...], ...]
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    away: tuple[Away, ...] = ()

    @property
    def usual_day(self) -> int:
        """Working time of an average working day, in microseconds; 0 where there is none."""
        open_days = [spans for spans in self.week if spans]
        minutes = sum(closes - opens for spans in open_days for opens, closes in spans)
        return minutes * MINUTE // len(open_days) if open_days else 0


@dataclass(frozen=True)
class Clock:
    """The open intervals of a calendar from one instant to another, and F over them.

    `opens`, `closes`, `before`: int64, one per interval, in order; `before` is F(opens).
    Instants are moments, or int64 microseconds since 1970; a missing one is refused.
    """

    name: str
    begins: int
    ends: int
    opens: np.ndarray
    closes: np.ndarray
    before: np.ndarray

    def reading(self, at: np.ndarray) -> np.ndarray:
        """F: the open time before each instant. Raises: BusinessTimeError outside of the clock."""
        instants = _micros(at)
        if instants.size and (instants.min() < self.begins or instants.max() > self.ends):
            out = instants[(instants < self.begins) | (instants > self.ends)].flat[0]
            raise BusinessTimeError(
                f"The calendar “{self.name}” is known from {_said(self.begins)} to"
                f" {_said(self.ends)}, which {_said(out)} lies outside of: extend the calendar."
            )
        place = np.searchsorted(self.opens, instants, side="right") - 1
        # Before the first opening nothing has been open.
        interval = np.maximum(place, 0)
        within = np.minimum(instants, self.closes[interval]) - self.opens[interval]
        return np.where(place < 0, 0, self.before[interval] + within)

    def moment(self, reading: np.ndarray) -> np.ndarray:
        """The way back: the last instant before which no more than that has been open.

        That is the next opening where a reading falls on the end of working time: an answer
        outside of working time is as good as one at the next opening. datetime64[us].
        Raises: BusinessTimeError where the calendar ends before.
        """
        readings = np.asarray(reading, dtype=np.int64)
        total = self.before[-1] + self.closes[-1] - self.opens[-1]
        if readings.size and (readings.min() < 0 or readings.max() >= total):
            raise BusinessTimeError(
                f"The calendar “{self.name}” ends on {_said(self.ends)}, before the due time is"
                " reached: extend the calendar."
            )
        interval = np.searchsorted(self.before, readings, side="right") - 1
        moments = self.opens[interval] + readings - self.before[interval]
        return moments.astype("datetime64[us]")

    def elapsed(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Working time between instants, in microseconds."""
        return self.reading(stop) - self.reading(start)

    def due(self, start: np.ndarray, target: np.ndarray | int) -> np.ndarray:
        """The last instants at which no more than the target has elapsed. datetime64[us]."""
        return self.moment(self.reading(start) + np.asarray(target, dtype=np.int64))


def clock(calendar: Calendar, first: date, last: date) -> Clock:
    """The clock of a calendar over days of its zone, both included.

    Raises: BusinessTimeError where no time is open, or a span is none.
    """
    days = zone_days.of(calendar.zone, first, last)
    number, opens, closes = _spans(calendar, first, last)
    intervals = _joined(days.opening(number, opens), days.closing(number, closes))
    intervals = _without(intervals, calendar.away)
    if not len(intervals):
        raise BusinessTimeError(
            f"The calendar “{calendar.name}” has no working time from {first} to {last}:"
            " give at least one weekday hours."
        )
    opens, closes = np.ascontiguousarray(intervals[:, 0]), np.ascontiguousarray(intervals[:, 1])
    total = np.cumsum(closes - opens)
    before = total - (closes - opens)
    return Clock(calendar.name, days.begins, days.ends, opens, closes, before)


def _spans(calendar: Calendar, first: date, last: date) -> tuple[np.ndarray, ...]:
    """Every span of every day: which day from `first` on, and from when to when on its clocks."""
    days = np.arange((last - first).days + 1)
    weekday = (days + first.weekday()) % 7
    differs = {(day - first).days: spans for day, spans in calendar.days.items()}
    usual = np.isin(days, list(differs), invert=True)
    found = [
        (days[usual & (weekday == of)], span)
        for of, spans in enumerate(calendar.week)
        for span in spans
    ]
    found += [
        (days[number : number + 1], span)
        for number, spans in differs.items()
        if 0 <= number < len(days)
        for span in spans
    ]
    for _, (opens, closes) in found:
        if not 0 <= opens < closes <= _DAY_MINUTES:
            raise BusinessTimeError(
                f"The calendar “{calendar.name}” opens at minute {opens} and closes at minute"
                f" {closes} of a day: hours begin before they end, within one day."
            )
    numbers = [which for which, _ in found]
    # Without any span there is nothing to put together.
    number = np.concatenate([np.empty(0, dtype=np.int64), *numbers])
    minutes = np.array([span for _, span in found], dtype=np.int64).reshape(-1, 2) * MINUTE
    each = np.repeat(minutes, [len(which) for which in numbers], axis=0)
    return number, each[:, 0], each[:, 1]


def _since_1970(utc: datetime) -> int:
    return int(np.datetime64(utc, "us").astype(np.int64))


def _joined(opens: np.ndarray, closes: np.ndarray) -> np.ndarray:
    """Intervals in order, one per row, those that touch or overlap made one."""
    is_some = opens < closes
    opens, closes = opens[is_some], closes[is_some]
    order = np.argsort(opens, kind="stable")
    opens, closes = opens[order], np.maximum.accumulate(closes[order])
    begins = np.ones(len(opens), dtype=bool)
    begins[1:] = opens[1:] > closes[:-1]
    ends = np.roll(begins, -1)
    return np.column_stack([opens[begins], closes[ends]])


def _without(intervals: np.ndarray, away: Sequence[Away]) -> np.ndarray:
    for start, end in away:
        left, back = _since_1970(start), _since_1970(end)
        if left >= back:
            continue
        ahead, after = intervals.copy(), intervals.copy()
        ahead[:, 1] = np.minimum(ahead[:, 1], left)
        after[:, 0] = np.maximum(after[:, 0], back)
        intervals = np.concatenate([ahead, after])
        intervals = intervals[intervals[:, 0] < intervals[:, 1]]
        intervals = intervals[np.argsort(intervals[:, 0], kind="stable")]
    return intervals


def _micros(at: np.ndarray) -> np.ndarray:
    instants = np.asarray(at)
    if instants.dtype == object:
        # Plain moments, and None where there is none.
        instants = instants.astype("datetime64[us]")
    if instants.dtype.kind == "M":
        if np.isnat(instants).any():
            raise BusinessTimeError("An instant is missing: a clock cannot read what is not there.")
        instants = instants.astype("datetime64[us]").astype(np.int64)
    return instants.astype(np.int64)


def _said(micros: int) -> str:
    minute = str(np.datetime64(int(micros), "us").astype("datetime64[m]"))
    return f"{minute.replace('T', ' ')} UTC"
