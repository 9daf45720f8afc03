"""The counts of the events, in the four ways that pages ask for them.

The rows are those of tests/company.py (MARCH).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from queries import tally
from queries.people import EVERYTHING, NOTHING, Scope
from queries.tally import Count
from tests.company import MARCH, make_traffic, opened, view


def test_each_period_has_the_counts_of_its_days(connection) -> None:
    found = tally.take(connection, view(), scope=EVERYTHING)
    assert found.now == {
        "sessions": Count(3, Decimal(35), 0),
        "leads": Count(3),
        "mqls": Count(3),
        "sals": Count(1),
        "sqls": Count(1),
        "opportunities": Count(3),
        "won": Count(3),
        "revenue": Count(2, Decimal("350.50")),
    }
    # 29 January to 28 February.
    assert found.before == {
        "sessions": Count(1, Decimal(7), 0),
        "leads": Count(1),
        "opportunities": Count(2),
    }
    assert found.keys == {}


def test_without_a_comparison_nothing_is_counted_before(connection) -> None:
    assert tally.take(connection, view(compare="none"), scope=EVERYTHING).before == {}


def test_a_day_may_lie_in_both_periods(connection) -> None:
    both = view("2025-03-01", "2026-03-31", compare="year")
    found = tally.take(connection, both, scope=EVERYTHING)
    # l0 was created on 31 March 2025, the last day of the one and within the other.
    assert (found.now["leads"].n, found.before["leads"].n) == (5, 1)


def test_days_between_the_two_periods_are_in_neither(tmp_path) -> None:
    between = make_traffic("2025-09-01", 1000)
    with opened(tmp_path, *MARCH, between).connect() as connection:
        found = tally.take(connection, view(compare="year"), scope=EVERYTHING)
    assert found.now["sessions"].amount == 35
    assert "sessions" not in found.before


def test_weeks_begin_on_monday_and_end_with_the_period(connection) -> None:
    found = tally.take(connection, view(), scope=EVERYTHING)
    mqls = {week: count.n for (metric, week), count in found.weeks.items() if metric == "mqls"}
    assert mqls == {date(2026, 3, 2): 1, date(2026, 3, 9): 1, date(2026, 3, 30): 1}
    # 1 March is a Sunday; 1 April is in the last week and not in the period.
    leads = {week: count.n for (metric, week), count in found.weeks.items() if metric == "leads"}
    assert leads == {date(2026, 2, 23): 1, date(2026, 3, 9): 1, date(2026, 3, 30): 1}


@pytest.mark.parametrize("by", ["channel", "campaign", "rep", "team"])
def test_the_keys_of_a_metric_add_up_to_its_count(connection, by: str) -> None:
    found = tally.take(connection, view(), scope=EVERYTHING, by=by)
    for metric, count in found.now.items():
        keys = [part for (name, _), part in found.keys.items() if name == metric]
        if metric == "sessions" and by in ("rep", "team"):
            assert keys == []
        else:
            assert sum(part.n for part in keys) == count.n
            assert sum(part.amount or 0 for part in keys) == (count.amount or 0)


def test_rows_without_a_value_have_the_key_none(connection) -> None:
    found = tally.take(connection, view(), scope=EVERYTHING, by="rep")
    leads = {key: count.n for (metric, key), count in found.keys.items() if metric == "leads"}
    assert leads == {"bo": 1, "dee": 1, None: 1}


def test_inferred_entries_are_counted_apart(connection) -> None:
    first_of_april = view("2026-04-01", "2026-04-01")
    found = tally.take(connection, first_of_april, scope=EVERYTHING)
    assert found.now["mqls"] == Count(1, None, 1)
    assert found.now["sqls"] == Count(1, None, 0)


def test_nobody_counts_more_than_they_may_see(connection) -> None:
    seen = tally.take(connection, view(), scope=Scope("reps", ("bo",)), by="rep")
    assert {key for metric, key in seen.keys if metric == "leads"} == {"bo"}
    assert seen.now["leads"].n == 1
    nothing = tally.take(connection, view(), scope=NOTHING, by="rep")
    assert (nothing.now, nothing.weeks, nothing.keys) == ({}, {}, {})


def test_a_dimension_that_there_is_not_is_an_error(connection) -> None:
    with pytest.raises(KeyError):
        tally.take(connection, view(), scope=EVERYTHING, by="colour")


def test_the_sum_of_nothing_is_zero() -> None:
    assert tally.NEVER.value("revenue") == 0
    assert Count(3, Decimal("1.5")).value("revenue") == Decimal("1.5")
    assert Count(3, Decimal("1.5")).value("leads") == 3


def test_the_period_before_ends_the_day_before(connection) -> None:
    day = view("2026-03-01", "2026-03-01")
    before = day.compared_with()
    assert before.end == day.start - timedelta(days=1)
    found = tally.take(connection, day, scope=EVERYTHING)
    assert (found.now["leads"].n, found.before["leads"].n) == (1, 1)
