"""Many moments read on many business clocks at once, each on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from queries.rules import business_time

# The number of the clock that never stands still.
ALWAYS = -1
COMPANY = 0
_DAY = 24 * business_time.HOUR


@dataclass(frozen=True)
class Clocks:
    """Clocks by their numbers, 0 the company's, and how long the usual day of each is.

    Moments are datetime64[us], NaT where there is none. What lies outside of a calendar is read at
    its ends, so that one moment of a wrong century stops nobody.
    """

    clocks: Mapping[int, business_time.Clock]
    usual_days: Mapping[int, int]

    def readings(self, numbers: np.ndarray, at: np.ndarray) -> np.ndarray:
        """What each clock showed at each moment: int64, 0 where there is no moment."""
        found = np.zeros(len(at), dtype=np.int64)
        instants, is_known = at.astype(np.int64), ~np.isnat(at)
        for clock, which in self._each(numbers):
            known = which[is_known[which]]
            found[known] = clock.reading(np.clip(instants[known], clock.begins, clock.ends))
        return found

    def moments(self, numbers: np.ndarray, readings: np.ndarray) -> np.ndarray:
        """The last moment at which each clock shows no more than that: datetime64[us]."""
        found = np.zeros(len(readings), dtype="datetime64[us]")
        for clock, which in self._each(numbers):
            last = int(clock.before[-1] + clock.closes[-1] - clock.opens[-1]) - 1
            found[which] = clock.moment(np.clip(readings[which], 0, last))
        return found

    def usual(self, numbers: np.ndarray) -> np.ndarray:
        """The usual day of each clock, in microseconds."""
        found = np.full(len(numbers), _DAY, dtype=np.int64)
        for number, usual_day in self.usual_days.items():
            found[numbers == number] = usual_day
        return found

    def _each(self, numbers: np.ndarray) -> Iterator[tuple[business_time.Clock, np.ndarray]]:
        """Each clock that is asked for, with the places of its moments."""
        order = np.argsort(numbers, kind="stable")
        asked, begins = np.unique(numbers[order], return_index=True)
        for number, which in zip(asked.tolist(), np.split(order, begins)[1:], strict=True):
            yield (self._always if number == ALWAYS else self.clocks[number]), which

    @cached_property
    def _always(self) -> business_time.Clock:
        company = self.clocks[COMPANY]
        opens, closes = (np.array([end], dtype=np.int64) for end in (company.begins, company.ends))
        return business_time.Clock(
            "always", company.begins, company.ends, opens, closes, np.zeros(1, dtype=np.int64)
        )
