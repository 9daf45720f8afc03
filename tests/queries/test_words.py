"""Days, moments, names and views in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from queries import words
from tests.company import utc, view
from tests.queries.test_filters import KNOWN


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), "1 Jan 2026"),
        (date(2026, 1, 1), date(2026, 1, 31), "1–31 Jan 2026"),
        (date(2026, 1, 31), date(2026, 2, 1), "31 Jan – 1 Feb 2026"),
        (date(2025, 12, 15), date(2026, 1, 14), "15 Dec 2025 – 14 Jan 2026"),
        (date(2025, 1, 1), date(2026, 1, 1), "1 Jan 2025 – 1 Jan 2026"),
    ],
)
def test_a_period_says_each_month_and_year_once(start, end, expected) -> None:
    assert words.period(start, end) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "29 Mar 2026, 00:59"),
        ("Europe/Berlin", "29 Mar 2026, 01:59"),
        ("America/Sao_Paulo", "28 Mar 2026, 21:59"),
    ],
)
def test_a_moment_is_said_in_the_zone(zone: str, expected: str) -> None:
    assert words.moment(utc("2026-03-29 00:59"), zone) == expected
    # A minute later clocks in Berlin go from 02:00 to 03:00.
    assert words.moment(utc("2026-03-29 01:00"), "Europe/Berlin") == "29 Mar 2026, 03:00"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Bo"], "Ana and Bo"),
        (["Ana", "Bo", "Cy"], "Ana, Bo and Cy"),
        (["Ana", "Bo", "Cy", "Dee"], "Ana, Bo, Cy and Dee"),
        (["Ana", "Bo", "Cy", "Dee", "Eve"], "Ana, Bo, Cy and 2 more"),
    ],
)
def test_many_names_are_counted(names, expected) -> None:
    assert words.listed(names) == expected


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (view(compare="none"), "Everything, 1–31 Mar 2026"),
        (view(), "Everything, 1–31 Mar 2026, compared with 29 Jan – 28 Feb 2026"),
        (view(compare="year"), "Everything, 1–31 Mar 2026, compared with 1–31 Mar 2025"),
        (
            view(rep=("bo", "(none)"), channel=("web",), compare="none"),
            "Bo and Unassigned, web, 1–31 Mar 2026",
        ),
        (view(rep=("zoe",), compare="none"), "zoe, 1–31 Mar 2026"),
        (
            view(as_of=utc("2026-04-01 08:05"), compare="none", zone="Europe/Berlin"),
            "Everything, 1–31 Mar 2026, as it was on 1 Apr 2026, 10:05",
        ),
    ],
)
def test_a_view_is_said_in_one_sentence(seen, expected: str) -> None:
    assert words.view(seen, KNOWN, is_compared=True) == expected


def test_what_is_not_compared_does_not_say_so() -> None:
    for compare in ("previous", "year", "none"):
        told = words.view(view(compare=compare), KNOWN, is_compared=False)
        assert told == "Everything, 1–31 Mar 2026"


def test_a_view_says_whose_rows_are_all_that_one_sees() -> None:
    limited = replace(KNOWN, limited_to=("Bo", "Cy"))
    seen = view()
    told = [
        words.view(each, limited, is_compared=False)
        for each in (seen, replace(seen, channel=("web",)))
    ]
    assert told == [
        "Everything of Bo and Cy, 1–31 Mar 2026",
        "web of Bo and Cy, 1–31 Mar 2026",
    ]


@pytest.mark.parametrize(
    ("at", "zone", "on"),
    [
        ("2026-06-30 23:59:59.999999", "UTC", date(2026, 6, 30)),
        ("2026-06-30 21:59:59.999999", "Europe/Berlin", date(2026, 6, 30)),
        ("2026-06-30 22:00", "Europe/Berlin", date(2026, 7, 1)),
        ("2026-07-01 02:59", "America/Sao_Paulo", date(2026, 6, 30)),
    ],
)
def test_a_day_is_that_of_the_zone(at: str, zone: str, on: date) -> None:
    assert words.local_day(utc(at), zone) == on


@pytest.mark.parametrize(
    ("microseconds", "expected"),
    [
        (59_999_999, "under a minute"),
        (60_000_000, "1 min"),
        (3_600_000_000, "1 h"),
        (-4_800_000_000, "1 h 20"),
    ],
)
def test_a_span_is_told_in_hours_and_minutes(microseconds: int, expected: str) -> None:
    assert words.span(microseconds) == expected
