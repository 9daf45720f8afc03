"""The Overview's numbers: each metric in the period, against before, and by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import definitions, events, frames, schema, stores, tally
from queries.filters import Filters
from queries.people import Scope


def foundations(connection: Connection) -> dict[str, int]:
    """Metric -> on how many rows of the whole snapshot it stands; 0 is "no data"."""
    return stores.once(connection, _foundations)


def _foundations(connection: Connection) -> dict[str, int]:
    table = schema.foundations
    return {row.metric: row.rows for row in connection.execute(sa.select(table))}


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
    counted: tally.Tally | None = None,
) -> pd.DataFrame:
    """How many sessions, leads, MQLs, ... in the period, and in the one compared with.

    Rows: one per metric, in the order asked. Columns: metric str; value, previous Float64 (NA =
    no data, or nothing to compare with); n Int64 rows behind the value; inferred Int64 (NA where
    a metric cannot be); is_available bool. Units: persons, opportunities, reporting currency.
    `counted`: the view's tally, where it was taken before. Source: tally.
    """
    counted = counted or tally.take(connection, filters, scope=scope)
    stands_on = foundations(connection)
    has_before = filters.compared_with() is not None
    rows = []
    for metric in metrics:
        now, before = (found.get(metric, tally.NEVER) for found in (counted.now, counted.before))
        cells = (
            now.value(metric),
            before.value(metric) if has_before else None,
            now.n,
            now.inferred if definitions.METRICS[metric].has_inferred else None,
        )
        is_available = stands_on[metric] > 0
        rows.append((metric, *(cells if is_available else [None] * len(cells)), is_available))
    return frames.made(_TILE_COLUMNS, rows)


_TILE_COLUMNS = {
    "metric": "str",
    "value": "Float64",
    "previous": "Float64",
    "n": "Int64",
    "inferred": "Int64",
    "is_available": "bool",
}


def trend(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    counted: tally.Tally | None = None,
) -> pd.DataFrame:
    """The value of each metric by week.

    Rows: one per available metric and week of the period, zero where nothing happened; in funnel
    and time order. Columns: metric str; label str; week datetime64 (its Monday); value float;
    is_whole bool, the week lies wholly within the period and was over by `as_of`.
    `counted`: the view's tally, where it was taken before. Source: tally.
    """
    counted = counted or tally.take(connection, filters, scope=scope)
    stands_on = foundations(connection)
    weeks = _weeks(filters.start, min(filters.end, filters.as_of_day))
    last_whole = filters.last_whole_day - timedelta(days=6)
    rows = [
        (metric, label, week, count.value(metric), filters.start <= week <= last_whole)
        for metric in definitions.TRENDS
        if stands_on[metric] > 0
        for label in [definitions.METRICS[metric].label]
        for week in weeks
        for count in [counted.weeks.get((metric, week), tally.NEVER)]
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
