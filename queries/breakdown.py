"""The Overview's numbers for each channel, campaign, rep or team."""

from __future__ import annotations

import pandas as pd
from sqlalchemy.engine import Connection

from queries import choices, definitions, frames, overview, tally
from queries.filters import Filters
from queries.people import Scope

DIMENSIONS = ("channel", "campaign", "rep", "team")


def dimensions(scope: Scope) -> tuple[str, ...]:
    """What the viewer may break numbers down by: not everybody sees the figures of a person."""
    return tuple(name for name in DIMENSIONS if name != "rep" or scope.sees_persons)


def by(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    by: str,
    counted: tally.Tally | None = None,
) -> pd.DataFrame:
    """The tiles of the period for each channel, campaign, rep or team.

    Rows: one per value of the dimension in which something happened, most leads first; rows
    without a value have key NA. Columns: key, label str; one Float64 per tile metric (NA = no
    data, or the metric does not know the dimension). No rows where the viewer may not see them.
    Raises: KeyError for another dimension.
    `counted`: the view's tally by this dimension, where it was taken before. Source: tally.
    """
    counted = counted or tally.take(connection, filters, scope=scope, by=by)
    stands_on = overview.foundations(connection)
    rows: dict[str | None, dict[str, object]] = {}
    known = {
        metric
        for metric in definitions.TILES
        if stands_on[metric] and definitions.knows(metric, by)
    }
    is_seen = by in dimensions(scope)
    for (metric, key), count in counted.keys.items():
        if is_seen and metric in definitions.TILES:
            rows.setdefault(key, {})[metric] = count.value(metric)
    names = choices.names(connection)[by]
    order = [metric for metric in ("leads", "won", "sessions") if metric in known]
    parts = [
        (
            key,
            names.get(key, key) if key is not None else choices.WITHOUT[by],
            *(values.get(metric, 0) if metric in known else None for metric in definitions.TILES),
        )
        for key, values in rows.items()
    ]
    # Sorted before it is a frame: pandas takes ten times as long for a few rows.
    places = [_COLUMNS.index(metric) for metric in order]
    parts.sort(key=lambda part: (*(-part[place] for place in places), part[1]))
    kinds = {"key": "str", "label": "str"} | dict.fromkeys(definitions.TILES, "Float64")
    return frames.made(kinds, parts)


_COLUMNS = ("key", "label", *definitions.TILES)
