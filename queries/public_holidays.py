"""Public holidays of countries and their regions, from the `holidays` package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Code of two letters -> name in English, by name."""
    named = {
        codes[1]: name.replace("_", " ").title()
        for name, codes in holidays.registry.COUNTRIES.items()
    }
    return dict(sorted(named.items(), key=lambda each: each[1]))


@lru_cache(maxsize=50)
def regions(country: str) -> Mapping[str, str]:
    """Code -> name of the regions of a country, by name; none where the country is not known."""
    if country not in countries():
        return {}
    known = holidays.country_holidays(country)
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    named = {code: names.get(code, code) for code in known.subdivisions}
    return dict(sorted(named.items(), key=lambda each: each[1]))


@lru_cache(maxsize=200)
def days(country: str, region: str, first: date, last: date) -> frozenset[date]:
    """The public holidays from one day to another, both included; "" is no region.

    None where the country or its region is not known: a newer package may not know it any more,
    and the clocks must run on.
    """
    if country not in countries() or (region and region not in regions(country)):
        return frozenset()
    years = range(first.year, last.year + 1)
    found = holidays.country_holidays(country, subdiv=region or None, years=years)
    return frozenset(day for day in found if first <= day <= last)
