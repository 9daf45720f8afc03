"""The days of a time zone, whose clocks are put on now and then: from what they show to instants.

No clock is put on twice in one day. Instants are microseconds since 1970, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

_SECOND = 1_000_000


@dataclass(frozen=True)
class ZoneDays:
    """Days of a zone and how its clocks stand in each; int64 microseconds, one per day.

    `midnight`: what the clocks show when a day begins. `before` and `after`: how far they are
    ahead of UTC at the beginning and at the end of it; `turn`: the instant from which on they are
    the latter. The days are from the instant `begins` to the instant `ends`.
    """

    midnight: np.ndarray
    before: np.ndarray
    after: np.ndarray
    turn: np.ndarray
    begins: int
    ends: int

    def opening(self, day: np.ndarray, shown: np.ndarray) -> np.ndarray:
        """The first instant of a day at which its clocks show so much, or more."""
        wall = self.midnight[day] + shown
        late = np.maximum(self.turn[day], wall - self.after[day])
        return np.where(wall - self.before[day] < self.turn[day], wall - self.before[day], late)

    def closing(self, day: np.ndarray, shown: np.ndarray) -> np.ndarray:
        """The instant after the last of a day at which its clocks show less than that."""
        wall = self.midnight[day] + shown
        early = np.minimum(self.turn[day], wall - self.before[day])
        return np.where(wall - self.after[day] > self.turn[day], wall - self.after[day], early)

    def number(self, instants: np.ndarray) -> np.ndarray:
        """Which of the days each instant is in, from 0; one before them is in the first."""
        every = np.arange(len(self.midnight))
        starts = self.opening(every, np.zeros(len(every), dtype=np.int64))
        return np.maximum(np.searchsorted(starts, instants, side="right") - 1, 0)


@lru_cache(maxsize=200)
def of(zone_name: str, first: date, last: date) -> ZoneDays:
    """The days of a zone from one to another, both included."""
    zone = ZoneInfo(zone_name)
    days = [first + timedelta(days=number) for number in range((last - first).days + 2)]
    shown = np.array(days, dtype="datetime64[us]").astype(np.int64)
    ahead = [datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset() for day in days]
    offset = np.array(ahead, dtype="timedelta64[us]").astype(np.int64)
    midnight, before, after = shown[:-1], offset[:-1], offset[1:]
    turn = midnight - before
    for number in np.flatnonzero(before != after):
        until = int(shown[number + 1] - after[number])
        turn[number] = _turning(zone, int(turn[number]), until, int(after[number]))
    begins, ends = int(shown[0] - offset[0]), int(shown[-1] - offset[-1])
    return ZoneDays(midnight, before, after, turn, begins, ends)


def _turning(zone: ZoneInfo, since: int, until: int, ahead: int) -> int:
    """From which second on, between two instants, the clocks of a zone are so far ahead of UTC."""
    low, high = since // _SECOND, until // _SECOND
    while low < high:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == timedelta(microseconds=ahead):
            high = middle
        else:
            low = middle + 1
    return low * _SECOND
