"""The Overview's numbers for each channel, campaign, rep or team."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, definitions, events, frames, overview
from queries.filters import COLUMNS, Filters
from queries.people import Scope

DIMENSIONS = ("channel", "campaign", "rep", "team")


def statement(filters: Filters, scope: Scope, by: str) -> sa.CompoundSelect:
    """Per metric that knows the dimension, and value of it: what happened in the period."""
    knowing = [metric for metric in definitions.TILES if _knows(metric, by)]
    return sa.union_all(
        *events.counts(filters, scope, knowing, lambda table, _: table.c[COLUMNS[by]].label("key"))
    )


def _knows(metric: str, dimension: str) -> bool:
    return dimension not in definitions.METRICS[metric].blind_to


def by(connection: Connection, filters: Filters, *, scope: Scope, by: str) -> pd.DataFrame:
    """The tiles of the period for each channel, campaign, rep or team.

    Rows: one per value of the dimension in which something happened, most leads first; rows
    without a value have key NA. Columns: key, label str; one Float64 per tile metric (NA = no
    data, or the metric does not know the dimension). Raises: KeyError for another dimension.
    """
    stands_on = overview.foundations(connection)
    rows: dict[str | None, dict[str, object]] = {}
    counted = {metric for metric in definitions.TILES if stands_on[metric] and _knows(metric, by)}
    for row in connection.execute(statement(filters, scope, by)):
        if row.metric in definitions.TILES:
            value = row.amount if events.is_sum(row.metric) else row.n
            rows.setdefault(row.key, {})[row.metric] = value
    names = choices.labels(connection, by, scope=scope)
    frame = frames.made(
        {"key": "str", "label": "str"} | dict.fromkeys(definitions.TILES, "Float64"),
        [
            (
                key,
                names.get(key, key) if key is not None else choices.WITHOUT[by],
                *(
                    (values.get(metric) or 0) if metric in counted else None
                    for metric in definitions.TILES
                ),
            )
            for key, values in rows.items()
        ],
    )
    order = [metric for metric in ("leads", "won", "sessions") if stands_on[metric]]
    keys = [*order, "label"]
    return frame.sort_values(
        keys, ascending=[False] * len(order) + [True], na_position="last", ignore_index=True
    )
