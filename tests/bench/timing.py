"""How long something takes: the median of a few rounds, when everything is warm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7
# A round of an engine may take longer than this; then fewer of them must do.
_LONG_SECONDS = 3.0
_FEWER_ROUNDS = 3


@dataclass(frozen=True)
class Timed:
    """The median, and of how many rounds."""

    seconds: float
    rounds: int

    @property
    def milliseconds(self) -> float:
        return self.seconds * 1000


def once(act: Callable[[], object]) -> float:
    """Seconds of one round."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def median(act: Callable[[], object], warm_up: float | None = None) -> Timed:
    """The median of seven rounds, of three where one is long.

    `warm_up`: seconds of a round that has been run already; without it one is run first.
    """
    first = once(act) if warm_up is None else warm_up
    rounds = ROUNDS if first < _LONG_SECONDS else _FEWER_ROUNDS
    return Timed(statistics.median(once(act) for _ in range(rounds)), rounds)
