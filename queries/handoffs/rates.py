"""The shares that the Handoffs page shows: which hand-offs, of which."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from queries.rules import intervals

# Name -> the metrics whose counts are the part and the whole (queries/handoffs/metrics.py).
RATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "attainment": ("met", "due"),
        "ignored_rate": ("ignored", "past_due"),
        "acceptance": ("accepted", "decided"),
        "rejection": ("rejected", "decided"),
        "recycling": ("recycled", "decided"),
        "disqualification": ("disqualified", "decided"),
        "completeness": ("complete", "handed"),
        "came_back": ("came_back", "sent_back"),
        "won_after": ("won_after", "came_back"),
    }
)


def of(counts: Mapping[str, int | None]) -> dict[str, intervals.Rate]:
    """Each share of the hand-offs that these metrics count; those of whose parts both are there."""
    return {
        name: intervals.rate(counts[part], counts[whole])
        for name, (part, whole) in RATES.items()
        if counts.get(part) is not None and counts.get(whole) is not None
    }
