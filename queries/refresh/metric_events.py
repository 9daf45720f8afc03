"""The table metric_events: a row per thing that a metric counts, by the rules of queries/events."""

from __future__ import annotations

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import registry

from queries import events, schema

_KEPT = (schema.journeys, schema.deals)
_DIMENSIONS = ("channel", "campaign_id", "rep_id", "team_id")


def fill(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills mart.metric_events. Runs after journeys and deals, and keeps their order in time."""
    branches = " union all ".join(
        _rows(event) for event in events.EVENTS.values() if event.table in _KEPT
    )
    duck.execute(f"create or replace table mart.metric_events as {branches}")


def _rows(event: events.Event) -> str:
    table = event.table.name
    is_inferred = "false" if event.is_inferred is None else _sql(event.is_inferred)
    amount = "null::decimal(18, 4)" if event.amount is None else _sql(event.amount)
    return (
        f"select '{event.metric}' as metric, {_sql(event.on)} as happened_on,"
        f" {_sql(event.at)} as happened_at, {is_inferred} as is_inferred, {amount} as amount,"
        f" {', '.join(f'{table}.{name}' for name in _DIMENSIONS)}"
        f" from mart.{table} as {table}"
        f" where {_sql(event.at)} is not null and {_sql(event.which)}"
    )


def _sql(expression: sa.ColumnElement) -> str:
    dialect = registry.load("duckdb")()
    return str(expression.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
