"""The points of a small chart as they are drawn and told."""

from __future__ import annotations

from datetime import date

import pytest

from components import sla_trend
from queries.sla import scores


def point(month: int, n: int, value: float | None, target: float | None = 0.9) -> scores.Point:
    return scores.Point(date(2026, month, 1), date(2026, month, 28), n, value, target, True)


def test_points_keep_their_places_and_say_what_they_are() -> None:
    rows = sla_trend.rows((point(1, 3, None), point(2, 1200, 0.714)), "month", is_share=True)
    assert rows.column("order").to_pylist() == [0, 1]
    assert rows.column("value").to_pylist() == [None, 0.714]
    assert rows.column("told").to_pylist() == ["n = 3", "71 % (n = 1,200)"]
    assert rows.column("label").to_pylist() == ["1–28 Jan 2026", "1–28 Feb 2026"]


def test_amounts_are_told_against_their_targets() -> None:
    points = (point(4, 120, 120.0, 299.6), point(5, 7, 7.5, None))
    rows = sla_trend.rows(points, "quarter", is_share=False)
    assert rows.column("told").to_pylist() == ["120 of 300", "7.5"]
    assert rows.column("label").to_pylist() == ["quarter 2 of 2026", "quarter 2 of 2026"]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([point(1, 3, None)], "Decision: in none of the last 1 periods was enough due."),
        (
            [point(1, 10, 0.5), point(2, 3, None), point(3, 8, 0.75)],
            "Decision: from 50 % (n = 10) in 1–28 Jan 2026 to 75 % (n = 8) in 1–28 Mar 2026.",
        ),
    ],
)
def test_who_does_not_see_the_chart_is_told_where_it_leads(points: list, expected: str) -> None:
    assert sla_trend.message("Decision", points, "month", is_share=True) == expected
