"""Public holidays by country and region; what is not known has none."""

from __future__ import annotations

from datetime import date

import pytest

from queries import public_holidays

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_countries_and_regions_have_codes_and_names() -> None:
    assert public_holidays.countries()["DE"] == "Germany"
    assert public_holidays.countries()["US"] == "United States"
    assert public_holidays.regions("US")["NY"] == "New York"
    assert public_holidays.regions("XX") == {}
    assert list(public_holidays.countries().values())[:2] == ["Afghanistan", "Aland Islands"]


@pytest.mark.parametrize(
    ("day", "country", "region", "is_holiday"),
    [
        ("2026-10-03", "DE", "", True),
        ("2026-01-06", "DE", "", False),
        ("2026-01-06", "DE", "BY", True),
        ("2026-01-06", "DE", "BE", False),
        ("2026-11-26", "US", "", True),
        ("2026-10-03", "US", "", False),
    ],
)
def test_a_region_has_days_of_its_own(day, country, region, is_holiday) -> None:
    found = public_holidays.days(country, region, *YEAR)
    assert (date.fromisoformat(day) in found) is is_holiday


def test_both_days_of_the_span_are_included() -> None:
    christmas = (date(2026, 12, 25), date(2026, 12, 26))
    assert public_holidays.days("DE", "", *christmas) == set(christmas)
    new_year = (date(2025, 12, 27), date(2026, 1, 1))
    assert public_holidays.days("DE", "", *new_year) == {date(2026, 1, 1)}


@pytest.mark.parametrize("place", [("", ""), ("XX", ""), ("DE", "XX"), ("de", "")])
def test_what_is_not_known_has_no_holidays(place) -> None:
    assert public_holidays.days(*place, *YEAR) == frozenset()
