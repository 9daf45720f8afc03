"""Points of hand-offs as people type them, a line each: Web | Buyer = 40, others = 10."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

_OTHERS = "others"


def lines(points: Mapping[str, Decimal]) -> str:
    """Points of a term as `read` reads them, those of all others last."""
    in_order = sorted(points.items(), key=lambda one: (not one[0], one[0]))
    return "\n".join(
        f"{' | '.join(name.split('|')) or _OTHERS} = {worth.normalize():f}"
        for name, worth in in_order
    )


def read(typed: str) -> dict[str, Decimal]:
    """Channel and persona, as in Web|Buyer, -> points; nothing is all others.

    Raises: ValueError, with a sentence about the first line that cannot be read.
    """
    found: dict[str, Decimal] = {}
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        name, sign, worth = line.rpartition("=")
        parts = [part.strip() for part in name.split("|")]
        is_others = len(parts) == 1 and parts[0].lower() == _OTHERS
        if not sign or not (is_others or len(parts) == 2):
            raise ValueError(f"Points: “{line[:60]}” is no line like Web | Buyer = 40.")
        key = "" if is_others else "|".join(parts)
        if key in found:
            raise ValueError(f"Points: “{name.strip()[:60]}” is there twice; leave one of the two.")
        found[key] = _number(worth.strip())
    return found


def _number(typed: str) -> Decimal:
    try:
        return Decimal(typed)
    except InvalidOperation:
        raise ValueError(f"Points: “{typed[:60]}” is no number.") from None
