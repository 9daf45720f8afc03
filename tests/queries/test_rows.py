"""The rows behind a number: which they are, in which order, and the SQL that counts them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from queries import definitions, people, rows
from queries.people import EVERYTHING, NOTHING, Scope
from tests import company
from tests.company import make_lead, opened, plain, utc, view
from tests.queries.test_overview import STRANGE


def keys(connection, metric: str, seen=None, scope=EVERYTHING) -> list[str]:
    """The ids of the rows behind a metric; days and channels for traffic."""
    found = rows.everything(connection, seen or view(), metric, scope=scope)
    if metric == "sessions":
        channels = found["channel"].fillna("-")
        return [
            f"{on:%m-%d} {channel}"
            for on, channel in zip(found["traffic_date"], channels, strict=True)
        ]
    return list(found.iloc[:, 0])


def first_of(found) -> dict[str, object]:
    """The first row, None where there is no data."""
    first = found.iloc[0].astype(object)
    return dict(first.where(first.notna(), None))


BEHIND = {
    "sessions": ["03-31 ads", "03-15 -", "03-01 web"],
    "leads": ["l3", "l1", "l2"],
    "mqls": ["l2", "l1", "l4"],
    "sals": ["l1"],
    "sqls": ["l1"],
    "opportunities": ["d3", "d2", "d1"],
    "won": ["d2", "d1", "d5"],
    "revenue": ["d2", "d1"],
}


@pytest.mark.parametrize("metric", definitions.METRICS)
def test_the_rows_behind_a_number_come_newest_first(connection, metric: str) -> None:
    assert keys(connection, metric) == BEHIND[metric]
    assert rows.count(connection, view(), metric, scope=EVERYTHING) == len(BEHIND[metric])


def test_a_lead_says_who_it_is_and_when_it_got_where(connection) -> None:
    found = rows.everything(connection, view(), "sqls", scope=EVERYTHING)
    assert first_of(found) == {
        "lead_id": "l1",
        "lead_name": None,
        "company": None,
        "channel": "web",
        "campaign": "Spring",
        "rep": "Bo",
        "created_on": date(2026, 3, 10),
        "mql_on": date(2026, 3, 11),
        "sal_on": date(2026, 3, 12),
        "sql_on": date(2026, 3, 13),
        "opportunity_on": date(2026, 3, 14),
        "customer_on": date(2026, 3, 20),
        "is_inferred": False,
    }


def test_a_deal_says_what_it_is_worth(connection) -> None:
    found = rows.everything(connection, view(), "revenue", scope=EVERYTHING)
    assert first_of(found) == {
        "opportunity_id": "d2",
        "lead_id": None,
        "channel": "ads",
        "campaign": "Spring",
        "rep": "Dee",
        "stage": None,
        "outcome": "won",
        "created_on": date(2026, 3, 15),
        "closed_on": date(2026, 3, 31),
        "amount": Decimal("250.5000"),
    }


def test_inferred_entries_are_marked(connection) -> None:
    april = view("2026-04-01", "2026-04-01")
    found = rows.everything(connection, april, "mqls", scope=EVERYTHING)
    assert list(zip(found["lead_id"], found["is_inferred"], strict=True)) == [("l3", True)]


def test_pages_hold_fifty_rows_and_leave_none_out(tmp_path) -> None:
    # All of the same instant: the id decides on the order.
    there = opened(tmp_path, *(make_lead(f"l{number:03}") for number in range(1, 102)))
    with there.connect() as connection:
        pages = [
            list(rows.page(connection, view(), "leads", scope=EVERYTHING, number=number)["lead_id"])
            for number in (1, 2, 3, 4)
        ]
        assert rows.count(connection, view(), "leads", scope=EVERYTHING) == 101
    assert [len(page) for page in pages] == [50, 50, 1, 0]
    assert [page[0] for page in pages[:3]] == ["l001", "l051", "l101"]


def test_rows_take_the_filters_and_the_moment(connection) -> None:
    assert keys(connection, "leads", view(rep=("bo",))) == ["l1"]
    assert keys(connection, "leads", view(rep=("(none)",))) == ["l3"]
    assert keys(connection, "won", view(campaign=("(none)",))) == ["d5"]
    assert keys(connection, "won", view(as_of=utc("2026-03-20 08:59"))) == ["d5"]
    assert keys(connection, "won", view(as_of=utc("2026-03-20 09:00"))) == ["d1", "d5"]


@pytest.mark.parametrize("metric", definitions.METRICS)
def test_rows_outside_the_scope_are_not_shown(connection, metric: str) -> None:
    own = {"leads": ["l2"], "mqls": ["l2"], "opportunities": ["d2"], "won": ["d2"]}
    own |= {"revenue": ["d2"], "sessions": BEHIND["sessions"]}
    dee = Scope("reps", ("dee",))
    assert keys(connection, metric, scope=dee) == own.get(metric, [])
    assert rows.count(connection, view(), metric, scope=dee) == len(own.get(metric, []))
    assert keys(connection, metric, scope=NOTHING) == []
    assert rows.count(connection, view(), metric, scope=NOTHING) == 0


def test_there_are_no_rows_behind_a_number_that_is_not_there(connection) -> None:
    with pytest.raises(KeyError):
        rows.count(connection, view(), "clicks", scope=EVERYTHING)


def in_plain_duckdb(path: str, sql: str) -> dict[str, object]:
    with duckdb.connect(path, read_only=True) as duck:
        found = duck.execute(sql)
        names = [column[0] for column in found.description]
        return dict(zip(names, found.fetchone(), strict=True))


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> str:
    """The path of a snapshot file of MARCH that nobody has opened."""
    there = company.opened(tmp_path_factory.mktemp("closed"), *company.MARCH)
    path = there.engine.url.database
    there.engine.dispose()
    return path


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("sessions", 35),
        ("leads", 3),
        ("mqls", 3),
        ("sals", 1),
        ("sqls", 1),
        ("opportunities", 3),
        ("won", 3),
        ("revenue", Decimal("350.5000")),
    ],
)
def test_the_sql_of_a_tile_gives_its_number_in_any_client(closed, metric: str, value) -> None:
    answer = in_plain_duckdb(closed, rows.sql_of_tile(view(), EVERYTHING, metric))
    assert answer[f"{metric}_now"] == value


@pytest.mark.parametrize("value", STRANGE)
def test_the_sql_of_a_tile_holds_strange_values_as_texts(closed, value: str) -> None:
    sql = rows.sql_of_tile(view(channel=(value, "web")), EVERYTHING, "leads")
    assert in_plain_duckdb(closed, sql)["leads_now"] == 2


def test_the_sql_of_a_tile_keeps_to_the_scope_and_the_moment(closed) -> None:
    seen = view(as_of=utc("2026-03-31 23:59:58.000005"), team=("north", "(none)"))
    answer = in_plain_duckdb(closed, rows.sql_of_tile(seen, Scope("reps", ("bo",)), "leads"))
    assert answer["leads_now"] == 1
    answer = in_plain_duckdb(closed, rows.sql_of_tile(view(), NOTHING, "leads"))
    assert answer["leads_now"] == 0


def test_strange_values_find_no_rows(connection) -> None:
    for value in STRANGE:
        assert keys(connection, "leads", view(channel=(value,))) == []
        assert keys(connection, "won", view(rep=(value,))) == []
    assert plain(rows.page(connection, view(), "leads", scope=EVERYTHING)["lead_id"]) == [
        "l3",
        "l1",
        "l2",
    ]


@pytest.mark.parametrize("metric", ["leads", "mqls", "opportunities", "revenue"])
def test_whoever_sees_only_sums_sees_no_row(connection, metric: str) -> None:
    assert rows.everything(connection, view(), metric, scope=people.FIGURES).empty
    assert not rows.everything(connection, view(), "sessions", scope=people.FIGURES).empty
