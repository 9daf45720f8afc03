"""How long it takes until something happens, when some still wait for it: Kaplan and Meier.

The mean of those that were answered leaves the others out, which are the slow ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def quantiles(
    times: Sequence[int], happened: Sequence[int], seen: Sequence[int], shares: Sequence[float]
) -> list[int | None]:
    """The time by which each share has happened; None where so many never have, as far as seen.

    One entry per distinct time, ascending: how often it happened at that time, and how many were
    followed up to that time and no further (those to whom it happened included).
    """
    if len(times) == 0:
        return [None for _ in shares]
    ended = np.asarray(seen, dtype=float)
    at_risk = ended[::-1].cumsum()[::-1]
    still_waits = np.cumprod(1 - np.asarray(happened, dtype=float) / at_risk)
    # A share of exactly a half has come when the curve gets there, whatever rounding leaves of it.
    reached = [np.flatnonzero(still_waits <= 1 - share + 1e-12) for share in shares]
    return [int(times[places[0]]) if len(places) else None for places in reached]
