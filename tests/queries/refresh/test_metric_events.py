"""The rows of metric_events are the rows that the events of the metrics name."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa

from queries import events, schema

KEPT = [metric for metric, event in events.EVENTS.items() if event.table is not schema.web_traffic]


@pytest.mark.parametrize("metric", KEPT)
def test_each_dated_event_of_a_metric_stands_there_once(connection, metric: str) -> None:
    event = events.EVENTS[metric]
    dimensions = ("channel", "campaign_id", "rep_id", "team_id")
    own = sa.select(
        event.on,
        event.at,
        sa.false() if event.is_inferred is None else event.is_inferred,
        sa.null() if event.amount is None else event.amount,
        *(event.table.c[name] for name in dimensions),
    ).where(event.which, event.at.is_not(None))
    table = schema.metric_events
    kept = sa.select(*(column for column in table.c if column.name != "metric")).where(
        table.c.metric == metric
    )
    expected = sorted(map(repr, connection.execute(own)))
    assert expected != []
    assert sorted(map(repr, connection.execute(kept))) == expected


def test_website_traffic_is_counted_where_it_stands(connection) -> None:
    metrics = connection.execute(sa.select(schema.metric_events.c.metric).distinct()).scalars()
    assert sorted(metrics) == sorted(KEPT)


def test_rows_of_one_metric_lie_together(connection) -> None:
    metrics = connection.execute(sa.select(schema.metric_events.c.metric)).scalars().all()
    changes = sum(one != other for one, other in itertools.pairwise(metrics))
    assert changes == len(KEPT) - 1
