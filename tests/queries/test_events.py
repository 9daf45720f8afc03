"""Each metric is a kind of event: of one table, on a day, at a moment."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import definitions, events
from queries.people import EVERYTHING, NOTHING, Scope
from tests.company import utc, view


def count(connection, metric: str, where: sa.ColumnElement[bool]) -> int:
    table = events.EVENTS[metric].table
    wanted = sa.select(sa.func.count()).select_from(table).where(where)
    return connection.execute(wanted).scalar_one()


def test_every_metric_is_an_event_of_a_known_table() -> None:
    assert list(events.EVENTS) == list(definitions.METRICS)
    assert {event.metric: event.table.name for event in events.EVENTS.values()} == {
        "sessions": "web_traffic",
        "leads": "journeys",
        "mqls": "journeys",
        "sals": "journeys",
        "sqls": "journeys",
        "opportunities": "deals",
        "won": "deals",
        "revenue": "deals",
    }


def test_the_events_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        events.EVENTS["leads"] = events.EVENTS["mqls"]


@pytest.mark.parametrize(
    ("metric", "expected"),
    # Rows of March: d4 was lost and d5 has no amount.
    [("leads", 3), ("won", 3), ("revenue", 2), ("opportunities", 3), ("sessions", 3)],
)
def test_an_event_happened_on_a_day_of_the_period(connection, metric, expected) -> None:
    assert count(connection, metric, events.EVENTS[metric].happened(view())) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (utc("2026-03-31 23:59:58.999999"), 2),
        (utc("2026-03-31 23:59:59"), 3),
        (utc("2026-03-31 23:59:59.000001"), 3),
    ],
)
def test_an_event_happened_at_its_moment_not_before(connection, as_of, expected) -> None:
    assert count(connection, "won", events.EVENTS["won"].happened(view(as_of=as_of))) == expected


@pytest.mark.parametrize(
    ("metric", "chosen", "scope", "expected"),
    [
        ("leads", {}, EVERYTHING, 6),
        ("leads", {"rep": ("bo",)}, EVERYTHING, 3),
        ("leads", {"rep": ("bo",)}, Scope("reps", ("dee",)), 0),
        ("leads", {}, NOTHING, 0),
        # Traffic does not know who sells, so it is neither filtered nor hidden by it.
        ("sessions", {"rep": ("bo",), "team": ("south",)}, Scope("reps", ("dee",)), 5),
        ("sessions", {"channel": ("ads",)}, EVERYTHING, 1),
        ("sessions", {}, NOTHING, 0),
    ],
)
def test_rows_are_admitted_by_scope_and_filters(
    connection, metric, chosen, scope, expected
) -> None:
    admitted = events.EVENTS[metric].admits(view(**chosen), scope)
    assert count(connection, metric, admitted) == expected


def test_only_amounts_are_added_up() -> None:
    assert [metric for metric in events.EVENTS if events.is_sum(metric)] == ["sessions", "revenue"]
