"""The tiles: what is counted, for whom, when, against what, and what is not known.

Every list is: sessions, leads, MQLs, SQLs, opportunities, won, revenue. The rows are those of
tests/company.py (MARCH) or stand in the test.
"""

from __future__ import annotations

import pytest

from queries import overview
from queries.people import EVERYTHING, NOTHING, Scope
from tests.company import (
    make_deal,
    make_event,
    make_lead,
    make_traffic,
    opened,
    plain,
    tiles,
    utc,
    view,
)

DAY_BEFORE = utc("2026-03-09 23:59:59.999999")


def test_a_period_holds_its_first_and_its_last_day(march) -> None:
    assert tiles(march, view()) == [35, 3, 3, 1, 3, 3, 350.5]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-02-28", [7, 1, 0, 0, 0, 0, 0]),
        ("2026-03-01", [10, 1, 0, 0, 0, 0, 0]),
        ("2026-03-31", [20, 1, 1, 0, 1, 1, 250.5]),
        ("2026-04-01", [40, 1, 1, 1, 0, 0, 0]),
    ],
)
def test_each_event_is_on_one_day(march, on: str, expected: list[float]) -> None:
    assert tiles(march, view(on, on)) == expected


def test_a_period_is_compared_with_as_many_days_before_it(march) -> None:
    # 29 January to 28 February.
    assert tiles(march, view(), "previous") == [7, 1, 0, 0, 2, 0, 0]


def test_a_period_is_compared_with_the_same_days_a_year_earlier(march) -> None:
    assert tiles(march, view(compare="year"), "previous") == [0, 1, 0, 0, 0, 0, 0]


def test_without_a_comparison_there_is_nothing_before(march) -> None:
    assert tiles(march, view(compare="none"), "previous") == [None] * 7
    assert tiles(march, view(compare="none")) == [35, 3, 3, 1, 3, 3, 350.5]


def test_n_is_the_rows_behind_a_value_and_an_amount_that_is_not_known_is_none(march) -> None:
    assert tiles(march, view(), "n") == [3, 3, 3, 1, 3, 3, 2]


def test_skipped_stages_are_counted_and_said_to_be_inferred(march) -> None:
    first_of_april = view("2026-04-01", "2026-04-01")
    assert tiles(march, first_of_april, "inferred") == [None, None, 1, 0, None, None, None]
    assert tiles(march, view(), "inferred") == [None, None, 0, 0, None, None, None]


@pytest.mark.parametrize(
    ("as_of", "leads", "sessions"),
    [
        (utc("2026-03-10 08:59:59.999999"), 1, 10),
        (utc("2026-03-10 09:00"), 2, 10),
        (utc("2026-03-14 23:59:59.999999"), 2, 10),
        # A number that is known by its day only counts from the beginning of that day.
        (utc("2026-03-15 00:00"), 2, 15),
    ],
)
def test_only_what_had_happened_by_that_moment_counts(march, as_of, leads, sessions) -> None:
    assert tiles(march, view(as_of=as_of))[:2] == [sessions, leads]


def test_a_deal_was_open_until_it_was_won(march) -> None:
    before, at = utc("2026-03-20 08:59"), utc("2026-03-20 09:00")
    assert tiles(march, view(as_of=before, rep=("bo",)))[4:] == [1, 1, 0]
    assert tiles(march, view(as_of=at, rep=("bo",)))[4:] == [1, 2, 100]


FILTERED = [
    ({"rep": ("bo",)}, [35, 1, 1, 1, 1, 2, 100]),
    ({"rep": ("cy",)}, [35, 0, 1, 0, 0, 0, 0]),
    ({"rep": ("(none)",)}, [35, 1, 0, 0, 1, 0, 0]),
    ({"rep": ("bo", "dee")}, [35, 2, 2, 1, 2, 3, 350.5]),
    ({"team": ("north",)}, [35, 1, 2, 1, 1, 2, 100]),
    ({"team": ("(none)",)}, [35, 1, 0, 0, 1, 0, 0]),
    ({"campaign": ("spring",)}, [20, 1, 1, 1, 2, 2, 350.5]),
    ({"campaign": ("(none)",)}, [15, 2, 2, 0, 1, 1, 0]),
    ({"channel": ("web",)}, [10, 2, 2, 1, 1, 1, 100]),
    ({"channel": ("ads",)}, [20, 1, 0, 0, 1, 1, 250.5]),
    ({"channel": ("(none)",)}, [5, 0, 1, 0, 1, 1, 0]),
    ({"channel": ("web", "(none)")}, [15, 2, 3, 1, 2, 2, 100]),
    ({"channel": ("web", "ads", "(none)")}, [35, 3, 3, 1, 3, 3, 350.5]),
    ({"rep": ("bo",), "channel": ("web",)}, [10, 1, 1, 1, 1, 1, 100]),
    ({"rep": ("dee",), "campaign": ("spring",)}, [20, 0, 0, 0, 1, 1, 250.5]),
    ({"team": ("south",), "rep": ("bo",)}, [35, 0, 0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("chosen", "expected"), FILTERED)
def test_filters_restrict_every_number_but_the_traffic_by_rep(march, chosen, expected) -> None:
    assert tiles(march, view(**chosen)) == expected


STRANGE = ["x' OR 1=1--", '"; drop table deals', "%", "_", "\\", "🦊", "a\0b", ":x", "x" * 10_000]


@pytest.mark.parametrize("value", STRANGE)
@pytest.mark.parametrize("dimension", ["rep", "team", "campaign", "channel"])
def test_a_value_that_nothing_has_finds_nothing(march, dimension: str, value: str) -> None:
    sessions = 35 if dimension in ("rep", "team") else 0
    assert tiles(march, view(**{dimension: (value,)})) == [sessions, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (EVERYTHING, [35, 3, 3, 1, 3, 3, 350.5]),
        (Scope("reps", ("bo",)), [35, 1, 1, 1, 1, 2, 100]),
        (Scope("reps", ("bo", "dee")), [35, 2, 2, 1, 2, 3, 350.5]),
        (Scope("teams", ("north",)), [35, 1, 2, 1, 1, 2, 100]),
        (Scope("reps", ()), [35, 0, 0, 0, 0, 0, 0]),
        (Scope("teams", ()), [35, 0, 0, 0, 0, 0, 0]),
        (NOTHING, [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_nobody_counts_more_than_they_may_see(march, scope, expected) -> None:
    assert tiles(march, view(), scope=scope) == expected


def test_a_filter_never_widens_a_scope(march) -> None:
    bo = Scope("reps", ("bo",))
    for chosen in ({"rep": ("dee",)}, {"rep": ("(none)",)}, {"team": ("south", "(none)")}):
        assert tiles(march, view(**chosen), scope=bo) == [35, 0, 0, 0, 0, 0, 0]


def test_nothing_in_the_period_is_zero_and_nothing_at_all_is_no_data(tmp_path) -> None:
    some = opened(tmp_path, make_lead(), make_event("mql"), make_traffic())
    assert tiles(some, view("2026-05-01", "2026-05-31")) == [0, 0, 0, None, None, None, None]
    assert tiles(some, view("2026-05-01", "2026-05-31"), "previous")[2:4] == [0, None]
    assert tiles(some, view("2026-05-01", "2026-05-31"), "n") == [0, 0, 0, None, None, None, None]


def test_a_company_without_a_row_has_no_data_anywhere(tmp_path) -> None:
    nothing = opened(tmp_path)
    assert tiles(nothing, view()) == [None] * 7
    assert tiles(nothing, view(rep=("bo",)), scope=NOTHING) == [None] * 7


def test_the_zone_decides_on_the_day_also_where_clocks_change(tmp_path) -> None:
    # Berlin goes from 02:00 to 03:00 on 29 March 2026: that day has 23 hours.
    there = opened(
        tmp_path,
        make_lead("eve", created_at="2026-03-28 22:59:59"),
        make_lead("first", created_at="2026-03-28 23:00:00"),
        make_lead("last", created_at="2026-03-29 21:59:59"),
        make_lead("morrow", created_at="2026-03-29 22:00:00"),
        # And back on 26 October 2025, which has 25.
        make_lead("autumn", created_at="2025-10-25 22:00:00"),
        make_lead("late", created_at="2025-10-26 22:59:59"),
        make_lead("monday", created_at="2025-10-26 23:00:00"),
        # A plain day stays that day, whatever the hour in Greenwich.
        make_deal("plain", created_at="2026-03-29", outcome="open", closed_at=""),
        make_deal("closed", created_at="2026-03-01", closed_at="", close_date="2026-03-29"),
        make_traffic("2026-03-29", 4),
        make_traffic("2026-03-30", 8),
        zone="Europe/Berlin",
    )
    spring = view("2026-03-29", "2026-03-29", zone="Europe/Berlin")
    assert tiles(there, spring) == [4, 2, None, None, 1, 1, 100]
    autumn = view("2025-10-26", "2025-10-26", zone="Europe/Berlin")
    assert tiles(there, autumn)[1] == 2
    # Half past midnight on the 30th in Berlin is still the 29th in Greenwich.
    half_past = view("2026-03-01", "2026-03-31", utc("2026-03-29 22:30"), zone=spring.zone)
    assert tiles(there, half_past)[:2] == [12, 4]
    half_to = view("2026-03-01", "2026-03-31", utc("2026-03-29 21:30"), zone=spring.zone)
    assert tiles(there, half_to)[:2] == [4, 2]


def test_merged_deleted_and_repeated_persons_are_counted_once_or_not_at_all(tmp_path) -> None:
    there = opened(
        tmp_path,
        make_lead("ann", created_at="2026-03-20 09:00"),
        # Merged into ann: her person is as old as he was, and his MQL is hers.
        make_lead("ann2", created_at="2026-02-20 09:00", merged_into_lead_id="ann"),
        make_event("mql", "2026-03-02 09:00", "ann2"),
        make_event("mql", "2026-03-21 09:00", "ann"),
        make_lead("gone", is_deleted="true"),
        make_event("mql", "2026-03-12 09:00", "gone"),
        # Steps back and coming again do not undo or repeat an entry.
        make_lead("back", created_at="2026-03-01 09:00"),
        make_event("sql", "2026-03-03 09:00", "back"),
        make_event("mql", "2026-03-04 09:00", "back"),
        make_deal("d9", is_deleted="true"),
        make_deal("d8", lead_id="ann2", outcome="lost"),
    )
    assert tiles(there, view()) == [None, 1, 2, 2, 1, None, None]
    assert tiles(there, view("2026-02-01", "2026-02-28"))[1] == 1
    # back's MQL is inferred at her SQL; ann's SQL is inferred at the deal of her other record.
    assert tiles(there, view(), "inferred")[2:4] == [1, 1]


def test_metrics_come_in_the_order_asked(connection) -> None:
    counted = overview.tiles(connection, view(), scope=EVERYTHING, metrics=("won", "sals", "leads"))
    assert plain(counted["metric"]) == ["won", "sals", "leads"]
    assert plain(counted["value"]) == [3, 1, 3]
    assert plain(counted["is_available"]) == [True, True, True]
