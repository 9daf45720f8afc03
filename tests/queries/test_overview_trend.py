"""The trend: a value for every week, also an empty one, and which weeks are whole."""

from __future__ import annotations

from datetime import datetime

import pytest

from queries import overview
from queries.people import EVERYTHING, NOTHING, Scope
from tests.company import make_traffic, opened, tiles, utc, view

METRICS = ["sessions", "leads", "mqls", "sals", "sqls", "opportunities", "won", "revenue"]
TILES = [metric for metric in METRICS if metric != "sals"]


def weeks(connection, seen, metric: str, scope=EVERYTHING) -> list[tuple[str, float, bool]]:
    """(Monday, value, is whole) of each week of a metric."""
    trend = overview.trend(connection, seen, scope=scope)
    mine = trend[trend["metric"] == metric]
    mondays = mine["week"].dt.strftime("%m-%d")
    return list(zip(mondays, mine["value"], mine["is_whole"], strict=True))


# 1 March 2026 is a Sunday, the 31st a Tuesday.
MARCH_WEEKS = [
    ("02-23", False),
    ("03-02", True),
    ("03-09", True),
    ("03-16", True),
    ("03-23", True),
    ("03-30", False),
]


@pytest.mark.parametrize(
    ("metric", "values"),
    [
        ("sessions", [10, 0, 5, 0, 0, 20]),
        ("leads", [1, 0, 1, 0, 0, 1]),
        ("mqls", [0, 1, 1, 0, 0, 1]),
        ("sals", [0, 0, 1, 0, 0, 0]),
        ("sqls", [0, 0, 1, 0, 0, 0]),
        ("opportunities", [0, 0, 2, 0, 0, 1]),
        ("won", [0, 1, 0, 1, 0, 1]),
        ("revenue", [0, 0, 0, 100, 0, 250.5]),
    ],
)
def test_each_week_of_the_period_has_its_value_zero_included(connection, metric, values) -> None:
    expected = [
        (week, value, whole) for (week, whole), value in zip(MARCH_WEEKS, values, strict=True)
    ]
    assert weeks(connection, view(), metric) == expected


def test_a_week_of_which_the_period_holds_a_day_shows_that_day_only(connection) -> None:
    assert weeks(connection, view("2026-03-31", "2026-03-31"), "sessions") == [("03-30", 20, False)]
    assert weeks(connection, view("2026-03-02", "2026-03-08"), "mqls") == [("03-02", 1, True)]
    assert weeks(connection, view("2026-03-02", "2026-03-07"), "mqls") == [("03-02", 1, False)]
    assert weeks(connection, view("2026-03-03", "2026-03-08"), "mqls") == [("03-02", 1, False)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (utc("2026-03-08 00:00"), [("03-02", 1, False)]),
        # The week's last day is not over, its very end excepted.
        (utc("2026-03-08 12:00"), [("03-02", 1, False)]),
        (utc("2026-03-08 23:59:59.999999"), [("03-02", 1, True)]),
        (utc("2026-03-09 00:00"), [("03-02", 1, True), ("03-09", 0, False)]),
        (utc("2026-03-01 00:00"), []),
    ],
)
def test_a_week_is_whole_when_it_is_over_and_weeks_to_come_are_not_shown(
    connection, as_of: datetime, expected
) -> None:
    assert weeks(connection, view("2026-03-02", "2026-03-31", as_of), "mqls") == expected


def test_metrics_come_in_funnel_order_and_only_those_with_data(tmp_path, march) -> None:
    with march.connect() as connection:
        trend = overview.trend(connection, view(), scope=EVERYTHING)
    assert list(trend["metric"].unique()) == METRICS
    assert list(trend["label"].unique())[2:4] == ["MQLs", "SALs"]
    with opened(tmp_path, make_traffic()).connect() as connection:
        assert list(overview.trend(connection, view(), scope=EVERYTHING)["metric"].unique()) == [
            "sessions"
        ]


def test_a_company_without_a_row_has_no_trend(tmp_path) -> None:
    with opened(tmp_path).connect() as connection:
        trend = overview.trend(connection, view(), scope=EVERYTHING)
    assert list(trend.columns) == ["metric", "label", "week", "value", "is_whole"]
    assert trend.empty


def test_the_weeks_of_a_trend_add_up_to_the_tile_for_every_filter_and_scope(march) -> None:
    for chosen in ({}, {"rep": ("bo",)}, {"channel": ("(none)",)}, {"campaign": ("spring",)}):
        for scope in (EVERYTHING, Scope("teams", ("north",)), NOTHING):
            seen = view(**chosen)
            with march.connect() as connection:
                trend = overview.trend(connection, seen, scope=scope)
            added = trend.groupby("metric")["value"].sum()
            assert [added[metric] for metric in TILES] == tiles(march, seen, scope=scope)
