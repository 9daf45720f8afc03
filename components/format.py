"""Numbers, money and shares as words for the screen; what is missing says so."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

NO_DATA = "no data"
NOT_APPLICABLE = "n/a"

_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_SYMBOLS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "BRL": "R$",
    "AUD": "A$",
    "CAD": "C$",
    "KRW": "₩",
    "ILS": "₪",
    "TRY": "₺",
    "UAH": "₴",
    "VND": "₫",
    "NGN": "₦",
    "PHP": "₱",
}
_WITHOUT_CENTS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "HUF"})


class Change(NamedTuple):
    """A change in words and its direction: "up", "down" or "none"."""

    text: str
    direction: str


def told_apart(labels: Mapping[str, str], marks: Mapping[str, str] | None = None) -> dict[str, str]:
    """The labels by key; one that several keys share has its key, or its mark, behind it, because
    a widget sends back labels."""
    times = Counter(labels.values())
    behind = marks or {}
    return {
        key: label if times[label] == 1 else f"{label} ({behind.get(key, key)})"
        for key, label in labels.items()
    }


def count(value: float | None, compact: bool = False) -> str:
    """1234567 as "1,234,567", or compact as "1.23M"; missing is "no data"."""
    known = _known(value)
    if known is None:
        return NO_DATA
    return _signed(known, _compact(abs(known)) if compact else f"{abs(known):,.0f}")


def money(value: float | None, currency: str, compact: bool = False) -> str:
    """1234567 as "€1,234,567", or compact as "€1.23M"; cents only below 100."""
    known = _known(value)
    if known is None:
        return NO_DATA
    amount = abs(known)
    text = _compact(amount) if compact else f"{amount:,.0f}"
    has_cents = round(amount, 2) < 100 and not round(amount, 2).is_integer()
    if has_cents and currency.upper() not in _WITHOUT_CENTS:
        text = f"{amount:,.2f}"
    return _signed(known, f"{unit(currency)}{text}", is_zero=float(f"{known:.2f}") == 0)


def unit(currency: str) -> str:
    """What stands before an amount: a sign where everyone knows it, else the code."""
    code = currency.upper()
    # A no-break space: the code and its amount stay on one line.
    return _SYMBOLS.get(code, f"{code}\u00a0")


def rate(value: float | None) -> str:
    """0.384 as "38 %"; 0 % and 100 % only for really none and all; missing is "n/a"."""
    known = _known(value)
    if known is None:
        return NOT_APPLICABLE
    share = abs(known)
    if 0 < share < 0.01 or 0.995 <= share < 1:
        text = "<0.1" if share < 0.001 else ">99.9" if share > 0.999 else f"{share * 100:.1f}"
    else:
        text = f"{share * 100:,.0f}"
    return _signed(known, f"{text} %", is_zero=known == 0)


def change(value: float | None, previous: float | None) -> Change:
    """(112, 100) as ("+12 %", "up"); nothing to compare with is ("n/a", "none")."""
    now, before = _known(value), _known(previous)
    if now is None or before is None or before <= 0:
        return Change(NOT_APPLICABLE, "none")
    if now == before:
        return Change("no change", "none")
    share = abs(now - before) / before
    # 99.6 % of all is "not all"; a change of 99.6 % is just large.
    words = f"{min(share, 0.999) * 100:.1f} %" if 0.99 < share < 1 else rate(share)
    is_up = now > before
    return Change(f"{'+' if is_up else '−'}{words}", "up" if is_up else "down")


def _known(value: float | None) -> float | None:
    if value is None or pd.isna(value) or math.isinf(value):
        return None
    return float(value)


def _signed(value: float, text: str, *, is_zero: bool | None = None) -> str:
    rounds_to_zero = round(value) == 0 if is_zero is None else is_zero
    return text if value >= 0 or rounds_to_zero else f"−{text}"


def _compact(amount: float) -> str:
    # Three digits first, then the step: 999,500 is 1M, never "1000K".
    rounded = float(f"{amount:.3g}") if amount >= 1000 else round(amount)
    for size, letter in _STEPS:
        if rounded >= size:
            steps = rounded / size
            # Above 999T there is no further letter, and "1e+03T" is no number for a meeting.
            return f"{steps:.3g}{letter}" if steps < 1000 else f"{steps:,.0f}{letter}"
    return f"{rounded:.0f}"
