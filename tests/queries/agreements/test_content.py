"""What a version says: spans, ratios and counts in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from queries.agreements import content
from queries.agreements.content import Target
from queries.rules.business_time import HOUR, MINUTE


@pytest.mark.parametrize(
    ("value", "unit", "micros", "words"),
    [
        ("15", "minutes", 15 * MINUTE, "15 minutes"),
        ("1", "business_hours", HOUR, "1 business hour"),
        ("4", "business_hours", 4 * HOUR, "4 business hours"),
        ("4.0000", "business_hours", 4 * HOUR, "4 business hours"),
        ("0.25", "business_hours", 15 * MINUTE, "0.25 business hours"),
        ("10", "business_hours", 10 * HOUR, "10 business hours"),
        # A day of work of seven and a half hours.
        ("1", "business_days", 15 * HOUR // 2, "1 business day"),
        ("2", "business_days", 15 * HOUR, "2 business days"),
        ("1.5", "business_days", 45 * HOUR // 4, "1.5 business days"),
        ("100", "business_days", 750 * HOUR, "100 business days"),
    ],
)
def test_a_target_is_a_span_of_working_time(value, unit, micros, words) -> None:
    target = Target(Decimal(value), unit)
    assert target.is_span
    assert target.on(15 * HOUR // 2) == micros
    assert target.in_words() == words
    assert Target(target.value.normalize(), unit).in_words() == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("0.9", "ratio", "90 %"),
        ("1", "ratio", "100 %"),
        ("0.125", "ratio", "12.5 %"),
        ("1500", "count", "1,500"),
        ("12000", "points", "12,000 points"),
        ("1", "points", "1 point"),
    ],
)
def test_or_a_ratio_a_count_or_points(value, unit, words) -> None:
    assert Target(Decimal(value), unit).in_words() == words
    assert not Target(Decimal(value), unit).is_span


def test_a_number_is_written_as_people_do() -> None:
    written = [content.plain(Decimal(number)) for number in ("1E+3", "0.2500", "1234567.5", "0")]
    assert written == ["1,000", "0.25", "1,234,567.5", "0"]
