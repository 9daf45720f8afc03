"""How sure a rate is."""

from __future__ import annotations

import math
from dataclasses import dataclass

# The 97.5 % point of the normal distribution: 95 % of it lies between plus and minus this.
_Z = 1.959963984540054


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """The 95 % Wilson interval of successes/n, 0..1; None where n is 0.

    Raises: ValueError where successes is not within 0..n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a rate")
    if n == 0:
        return None
    rate = successes / n
    centre = rate + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    # Of none and of all these are the ends; reckoned they would miss them by a hair.
    low = max(0.0, (centre - spread) / scale) if successes else 0.0
    return low, min(1.0, (centre + spread) / scale) if successes < n else 1.0


@dataclass(frozen=True)
class Rate:
    """A share of n, 0..1, with its 95 % interval; all three None where n is 0."""

    part: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def rate(part: int, n: int) -> Rate:
    """part/n. Raises: ValueError where part is not within 0..n."""
    interval = wilson(part, n)
    if interval is None:
        return Rate(part, n, None, None, None)
    return Rate(part, n, part / n, *interval)
