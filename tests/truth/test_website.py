"""A website's daily visitors, with American dates, through a mapping of four lines."""

from __future__ import annotations

from datetime import date

import pytest

from tests.truth.asked import Asked, month

ALL = ("2014-09-14", "2020-08-19")
MAPPING = """
select as_day("Date", '%m/%d/%Y') as traffic_date, "Unique.Visits" as sessions
from "daily-website-visitors"
"""


@pytest.fixture(scope="module")
def website(shared_data, tmp_path_factory) -> Asked:
    place = tmp_path_factory.mktemp("website")
    mapping = place / "mapping"
    mapping.mkdir()
    (mapping / "web_traffic.sql").write_text(MAPPING)
    return Asked(shared_data / "website_visitors", str(mapping), place)


def test_all_of_it(website) -> None:
    sessions = website.page(*ALL)["tiles"]["sessions"]
    assert sessions["value"] == website.truth["totals"]["Unique.Visits"]
    assert sessions["n"] == website.truth["days"]
    assert website.report["refused"] == []


def test_the_days_are_read_month_first(website) -> None:
    days = website.truth["range"]
    assert website.snapshot.oldest_on == date.fromisoformat(days["first"])
    assert website.snapshot.newest_on == date.fromisoformat(days["last"])
    # The day before the first and the one after the last have no row: nobody came.
    assert website.values("2014-09-13", "2014-09-13")["sessions"] == 0
    assert website.values("2020-08-20", "2020-08-20")["sessions"] == 0


def test_sessions_by_month(website) -> None:
    by_month = website.truth["unique_visits_by_month"]
    assert len(by_month) == 72
    for text, visits in by_month.items():
        assert website.values(*month(text))["sessions"] == visits


def test_sessions_by_week_also_around_new_year(website) -> None:
    weeks = {week["week"]: week for week in website.page("2019-12-23", "2020-01-12")["trend"]}
    expected = website.truth["unique_visits_iso_weeks_2020_01"]
    assert {week: entry["sessions"] for week, entry in weeks.items()} == {
        "2019-12-23": expected["2019-W52"],
        "2019-12-30": expected["2020-W01"],
        "2020-01-06": expected["2020-W02"],
    }
    assert all(entry["is_whole"] for entry in weeks.values())


def test_what_a_website_does_not_know_is_null(website) -> None:
    values = website.values(*ALL)
    assert {metric for metric, value in values.items() if value is not None} == {"sessions"}
