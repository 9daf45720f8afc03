"""What happened, counted: in the period, in the one before, by week and by a dimension.

All of them are sums over the same days, so the events are read once and the days are summed up in
a few ways, instead of the events being read for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import definitions, dialects, events, people, schema
from queries.filters import COLUMNS, Filters, during


class Count(NamedTuple):
    """n rows, `inferred` of them, worth `amount` together (None where no row is worth anything)."""

    n: int = 0
    amount: Decimal | None = None
    inferred: int = 0

    def __add__(self, other: Count) -> Count:
        amounts = [one for one in (self.amount, other.amount) if one is not None]
        amount = sum(amounts) if amounts else None
        return Count(self.n + other.n, amount, self.inferred + other.inferred)

    def value(self, metric: str) -> Decimal | int:
        """What the metric says. The sum of nothing is 0."""
        return (self.amount or 0) if events.is_sum(metric) else self.n


NEVER = Count()


@dataclass(frozen=True)
class Tally:
    """The counts of one view by metric, by metric and Monday, by metric and key of a dimension.

    What did not happen is not in them.
    """

    now: Mapping[str, Count]
    before: Mapping[str, Count]
    weeks: Mapping[tuple[str, date], Count]
    keys: Mapping[tuple[str, str | None], Count]


def take(
    connection: Connection, view: Filters, *, scope: people.Scope, by: str | None = None
) -> Tally:
    """Counts all that metrics count; `keys` by the dimension `by`, empty without one.

    A metric that does not know the dimension has no keys. Source: metric_events, web_traffic.
    Raises: KeyError for another dimension.
    """
    parts: dict[str, dict] = {"before": {}, "week": {}, "key": {}}
    # By place: there are hundreds, and their names take longer than what is done with them.
    for part, metric, week, key, *count in connection.execute(statement(view, scope, by)):
        place = {"before": metric, "week": (metric, week), "key": (metric, key)}[part]
        parts[part][place] = Count(*count)
    known = {
        (metric, key): count
        for (metric, key), count in parts["key"].items()
        if definitions.knows(metric, by)
    }
    return Tally(_summed(parts["week"]), parts["before"], parts["week"], known)


def _summed(weeks: Mapping[tuple[str, date], Count]) -> dict[str, Count]:
    """The period is its weeks; those at its ends hold its days only."""
    periods: dict[str, Count] = {}
    for (metric, _), count in weeks.items():
        periods[metric] = periods.get(metric, NEVER) + count
    return periods


def statement(view: Filters, scope: people.Scope, by: str | None = None) -> sa.CompoundSelect:
    """Rows: one per part, metric and week or key. Columns: part, metric, week, key, n, amount,
    inferred."""
    before = view.compared_with()
    views = [view] if before is None else [before, view]
    # An engine that may choose would read the events again for each of the sums.
    daily = _daily(views, scope, by).cte("daily").prefix_with("MATERIALIZED")
    week = dialects.week_start(daily.c.day)
    sums = [_sum(daily, "week", view, week=week)]
    if before is not None:
        sums.append(_sum(daily, "before", before))
    if by is not None:
        sums.append(_sum(daily, "key", view, key=daily.c.key))
    return sa.union_all(*sums)


_KINDS = {"week": sa.Date(), "key": sa.Text()}


def _sum(daily: sa.CTE, part: str, view: Filters, **by: sa.ColumnElement) -> sa.Select:
    """The days of a view summed up by metric and, where it is given, by week or key."""
    return (
        sa.select(
            sa.literal(part).label("part"),
            daily.c.metric,
            *(by.get(name, sa.cast(sa.null(), kind)).label(name) for name, kind in _KINDS.items()),
            sa.func.sum(daily.c.n).label("n"),
            sa.func.sum(daily.c.amount).label("amount"),
            sa.func.sum(daily.c.inferred).label("inferred"),
        )
        .where(daily.c.day.between(view.start, view.end))
        .group_by(daily.c.metric, *by.values())
    )


def _daily(views: Sequence[Filters], scope: people.Scope, by: str | None) -> sa.CompoundSelect:
    """Per metric, day of one of the views, and key: n, amount, inferred."""
    return sa.union_all(_events(views, scope, by), _sessions(views, scope, by))


def _events(views: Sequence[Filters], scope: people.Scope, by: str | None) -> sa.Select:
    table, count = schema.metric_events, sa.func.count()
    key = [] if by is None else [table.c[COLUMNS[by]]]
    return (
        sa.select(
            table.c.metric,
            table.c.happened_on.label("day"),
            *(column.label("key") for column in key),
            count.label("n"),
            sa.func.sum(table.c.amount).label("amount"),
            count.filter(table.c.is_inferred).label("inferred"),
        )
        .where(
            people.visible(scope, table),
            views[0].matching(table),
            during(views, table.c.happened_on, table.c.happened_at),
        )
        .group_by(table.c.metric, table.c.happened_on, *key)
    )


def _sessions(views: Sequence[Filters], scope: people.Scope, by: str | None) -> sa.Select:
    event = events.EVENTS["sessions"]
    key = [event.table.c[COLUMNS[by]]] if by and definitions.knows("sessions", by) else []
    no_key = [sa.cast(sa.null(), sa.Text)] if by and not key else []
    return (
        sa.select(
            sa.literal("sessions").label("metric"),
            event.on.label("day"),
            *(column.label("key") for column in [*key, *no_key]),
            sa.func.count().label("n"),
            sa.cast(sa.func.sum(event.amount), sa.Numeric(38, 4)).label("amount"),
            sa.literal(0).label("inferred"),
        )
        .where(event.admits(views[0], scope), during(views, event.on, event.at))
        .group_by(event.on, *key)
    )
