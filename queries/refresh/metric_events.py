"""The table metric_events: a row per thing that a metric counts, by the rules of queries/events."""

from __future__ import annotations

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import registry

from queries import dialects, events, schema
from queries.filters import UNSET

_KEPT = (schema.journeys, schema.deals)
_DIMENSIONS = ("channel", "campaign_id", "rep_id", "team_id")


def fill(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills mart.metric_events. Runs after journeys and deals, and keeps their order in time."""
    for category in schema.CATEGORIES:
        duck.execute(f"create type mart.{category.type.name} as enum ({_values(category)})")
    branches = " union all ".join(
        _rows(event) for event in events.EVENTS.values() if event.table in _KEPT
    )
    columns = ", ".join(
        f"{column.name}::mart.{column.type.name} as {column.name}"
        if isinstance(column.type, dialects.Category)
        else column.name
        for column in schema.metric_events.columns
    )
    duck.execute(
        f"create or replace table mart.metric_events as select {columns} from ({branches})"
    )


def _values(category: sa.Column) -> str:
    """A query for the texts of a category; an enum is never without any."""
    if category.name not in _DIMENSIONS:
        return ", ".join(f"'{metric}'" for metric in events.EVENTS)
    used = " union ".join(f"select {category.name} from mart.{table.name}" for table in _KEPT)
    return (
        f"select {category.name} from ({used} union select '{UNSET}')"
        f" where {category.name} is not null order by 1"
    )


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
