"""Numbers as words, at every edge where the words change."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from components import format as formats

MISSING = [None, math.nan, pd.NA, math.inf, -math.inf]


@pytest.mark.parametrize("value", MISSING)
def test_what_is_missing_says_so_and_is_never_zero(value: float | None) -> None:
    assert formats.count(value) == "no data"
    assert formats.count(value, compact=True) == "no data"
    assert formats.money(value, "EUR") == "no data"
    assert formats.rate(value) == "n/a"
    assert formats.change(value, 1) == ("n/a", "none")
    assert formats.change(1, value) == ("n/a", "none")


@pytest.mark.parametrize(
    ("value", "full", "compact"),
    [
        (0, "0", "0"),
        (-0.0, "0", "0"),
        (-0.4, "0", "0"),
        (0.6, "1", "1"),
        (999, "999", "999"),
        (999.4, "999", "999"),
        (999.6, "1,000", "1K"),
        (1000, "1,000", "1K"),
        (1234, "1,234", "1.23K"),
        (-1234, "−1,234", "−1.23K"),
        (99_950, "99,950", "100K"),
        (999_499, "999,499", "999K"),
        (999_500, "999,500", "1M"),
        (999_999, "999,999", "1M"),
        (1_000_000, "1,000,000", "1M"),
        (999_500_000, "999,500,000", "1B"),
        (1e12, "1,000,000,000,000", "1T"),
        (1e15, "1,000,000,000,000,000", "1,000T"),
    ],
)
def test_counts(value: float, full: str, compact: str) -> None:
    assert (formats.count(value), formats.count(value, compact=True)) == (full, compact)


@pytest.mark.parametrize(
    ("value", "currency", "full", "compact"),
    [
        (0, "EUR", "€0", "€0"),
        (0.004, "EUR", "€0", "€0"),
        (-0.004, "EUR", "€0", "€0"),
        (0.005001, "EUR", "€0.01", "€0.01"),
        (-0.4, "EUR", "−€0.40", "−€0.40"),
        (99.5, "EUR", "€99.50", "€99.50"),
        (99.994, "EUR", "€99.99", "€99.99"),
        (99.996, "EUR", "€100", "€100"),
        (100.5, "EUR", "€100", "€100"),
        (99.5, "JPY", "¥100", "¥100"),
        (-1_234_567, "usd", "−$1,234,567", "−$1.23M"),
        (999_500, "GBP", "£999,500", "£1M"),
        (5, "CHF", "CHF\u00a05", "CHF\u00a05"),
    ],
)
def test_money(value: float, currency: str, full: str, compact: str) -> None:
    assert formats.money(value, currency) == full
    assert formats.money(value, currency, compact=True) == compact


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (0.0001, "<0.1 %"),
        (0.001, "0.1 %"),
        (0.0049, "0.5 %"),
        (0.00999, "1.0 %"),
        (0.01, "1 %"),
        (0.384, "38 %"),
        (0.994, "99 %"),
        (0.995, "99.5 %"),
        (0.999, "99.9 %"),
        (0.9999, ">99.9 %"),
        (1, "100 %"),
        (12.5, "1,250 %"),
        (-0.2, "−20 %"),
    ],
)
def test_none_and_all_are_kept_for_what_is_really_none_and_all(share: float, text: str) -> None:
    assert formats.rate(share) == text


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (112, 100, ("+12 %", "up")),
        (88, 100, ("−12 %", "down")),
        (100, 100, ("no change", "none")),
        (0, 0, ("n/a", "none")),
        (5, 0, ("n/a", "none")),
        (5, -1, ("n/a", "none")),
        (0, 5, ("−100 %", "down")),
        (300, 100, ("+200 %", "up")),
        (1, 250, ("−99.6 %", "down")),
        (1, 100_000, ("−99.9 %", "down")),
        (100_001, 100_000, ("+<0.1 %", "up")),
    ],
)
def test_changes(now: float, before: float, expected: tuple[str, str]) -> None:
    assert formats.change(now, before) == expected


def test_what_has_one_label_can_be_told_apart() -> None:
    labels = {"r1": "Bo", "r2": "Ana", "r3": "Bo"}
    assert formats.told_apart(labels) == {"r1": "Bo (r1)", "r2": "Ana", "r3": "Bo (r3)"}
    marked = formats.told_apart(labels, {"r1": "first", "r3": "second"})
    assert marked == {"r1": "Bo (first)", "r2": "Ana", "r3": "Bo (second)"}
