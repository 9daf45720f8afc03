"""The Overview's numbers: each metric in the period, against before, and by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import definitions, dialects, events, frames, schema, stores
from queries.filters import Filters
from queries.people import Scope


def foundations(connection: Connection) -> dict[str, int]:
    """Metric -> on how many rows of the whole snapshot it stands; 0 is "no data"."""
    return stores.once(connection, _foundations)


def _foundations(connection: Connection) -> dict[str, int]:
    table = schema.foundations
    return {row.metric: row.rows for row in connection.execute(sa.select(table))}


def tiles_statement(
    filters: Filters, scope: Scope, metrics: Sequence[str] = definitions.TILES
) -> sa.CompoundSelect:
    """Per metric, in the period ("now") and in the one compared with ("before"): what happened."""
    views = {"now": filters, "before": filters.compared_with()}
    return sa.union_all(
        *(
            counted.add_columns(sa.literal(when).label("period"))
            for when, view in views.items()
            if view is not None
            for counted in events.counts(view, scope, metrics)
        )
    )


def value_statement(filters: Filters, scope: Scope, metric: str) -> sa.Select:
    """The value of one tile: a row of one column, `<metric>_now`."""
    event = events.counted(metric)
    value = sa.func.count() if event.amount is None else sa.func.sum(event.amount)
    return sa.select(sa.func.coalesce(value, 0).label(f"{metric}_now")).where(
        event.admits(filters, scope), event.happened(filters)
    )


def tiles(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    metrics: Sequence[str] = definitions.TILES,
) -> pd.DataFrame:
    """How many sessions, leads, MQLs, ... in the period, and in the one compared with.

    Rows: one per metric, in the order asked. Columns: metric str; value, previous Float64 (NA =
    no data, or nothing to compare with); n Int64 rows behind the value; inferred Int64 (NA where
    a metric cannot be); is_available bool. Units: persons, opportunities, reporting currency.
    Source: web_traffic, journeys, deals.
    """
    found = {
        (row.metric, row.period): row
        for row in connection.execute(tiles_statement(filters, scope, metrics))
    }
    stands_on = foundations(connection)
    has_before = filters.compared_with() is not None
    rows = [
        _tile(metric, found.get((metric, "now")), found.get((metric, "before")), has_before)
        if stands_on[metric]
        else (metric, None, None, None, None, False)
        for metric in metrics
    ]
    return frames.made(_TILE_COLUMNS, rows)


_TILE_COLUMNS = {
    "metric": "str",
    "value": "Float64",
    "previous": "Float64",
    "n": "Int64",
    "inferred": "Int64",
    "is_available": "bool",
}


def _tile(metric: str, now: sa.Row | None, before: sa.Row | None, has_before: bool) -> tuple:
    inferred = now.inferred if now else 0
    return (
        metric,
        _value(metric, now),
        _value(metric, before) if has_before else None,
        now.n if now else 0,
        inferred if definitions.METRICS[metric].has_inferred else None,
        True,
    )


def _value(metric: str, row: sa.Row | None) -> object:
    """What was not found did not happen; the sum of nothing is none."""
    if row is None:
        return 0
    return (row.amount or 0) if events.is_sum(metric) else row.n


def trend_statement(
    filters: Filters, scope: Scope, metrics: Sequence[str] = definitions.TRENDS
) -> sa.Select:
    """Per metric and week (its Monday) of the period: what happened."""
    by_day = sa.union_all(*events.counts(filters, scope, metrics, _day)).subquery()
    # Weeks are made of the few days, not of the many events.
    week = dialects.week_start(by_day.c.day)
    return sa.select(
        by_day.c.metric,
        week.label("week"),
        sa.func.sum(by_day.c.n).label("n"),
        sa.func.sum(by_day.c.amount).label("amount"),
    ).group_by(by_day.c.metric, week)


def _day(_table: sa.FromClause, on: sa.ColumnElement) -> sa.ColumnElement:
    return on.label("day")


def trend(connection: Connection, filters: Filters, *, scope: Scope) -> pd.DataFrame:
    """The value of each metric by week.

    Rows: one per available metric and week of the period, zero where nothing happened; in funnel
    and time order. Columns: metric str; label str; week datetime64 (its Monday); value float;
    is_whole bool, the week lies wholly within the period and was over by `as_of`.
    """
    found = {
        (row.metric, row.week): _value(row.metric, row)
        for row in connection.execute(trend_statement(filters, scope))
    }
    stands_on = foundations(connection)
    weeks = _weeks(filters.start, min(filters.end, filters.as_of_day))
    last_whole = filters.last_whole_day - timedelta(days=6)
    rows = [
        (metric, label, week, found.get((metric, week), 0), filters.start <= week <= last_whole)
        for metric in definitions.TRENDS
        if stands_on[metric] > 0
        for label in [definitions.METRICS[metric].label]
        for week in weeks
    ]
    return frames.made(_TREND_COLUMNS, rows)


_TREND_COLUMNS = {
    "metric": "str",
    "label": "str",
    "week": "datetime64[us]",
    "value": "float64",
    "is_whole": "bool",
}


def _weeks(start: date, end: date) -> list[date]:
    monday = start - timedelta(days=start.weekday())
    return [monday + timedelta(weeks=n) for n in range((end - monday).days // 7 + 1)]
