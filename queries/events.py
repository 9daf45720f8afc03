"""What each metric counts: the one place that says which rows are events of which day.

The rows behind a tile are read by its `Event`. Its value, its trend and its breakdown are counted
in the table metric_events, which refresh fills from the same `Event`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import sqlalchemy as sa

from queries import definitions, dialects, people, schema
from queries.filters import Filters


@dataclass(frozen=True)
class Event:
    """Rows of `table` that happen `on` a day, `at` an instant, and are worth `amount` each."""

    metric: str
    table: sa.FromClause
    on: sa.ColumnElement
    at: sa.ColumnElement
    amount: sa.ColumnElement | None = None
    is_inferred: sa.ColumnElement | None = None
    which: sa.ColumnElement[bool] = field(default_factory=sa.true)

    def happened(self, filters: Filters) -> sa.ColumnElement[bool]:
        """The event lies in the period and had happened by `as_of`."""
        return sa.and_(self.which, filters.during(self.on, self.at))

    def admits(self, filters: Filters, scope: people.Scope) -> sa.ColumnElement[bool]:
        """The rows that the viewer may see and has not filtered away, whenever they happened."""
        metric = definitions.METRICS[self.metric]
        seen = (
            people.company_figures(scope)
            if "rep" in metric.blind_to
            else people.visible(scope, self.table)
        )
        return sa.and_(seen, filters.matching(self.table, but=metric.blind_to))


_journeys, _deals, _traffic = schema.journeys, schema.deals, schema.web_traffic


def _entry(metric: str, stage: str) -> Event:
    return Event(
        metric,
        _journeys,
        on=_journeys.c[f"{stage}_on"],
        at=_journeys.c[f"{stage}_at"],
        is_inferred=_journeys.c[f"{stage}_is_inferred"],
    )


_WON = _deals.c.outcome == "won"

EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        event.metric: event
        for event in (
            Event(
                "sessions",
                _traffic,
                on=_traffic.c.traffic_date,
                # Nothing finer is known; `Filters.during` counts a day from its beginning.
                at=_traffic.c.traffic_date,
                amount=_traffic.c.sessions,
            ),
            Event("leads", _journeys, on=_journeys.c.created_on, at=_journeys.c.created_at),
            _entry("mqls", "mql"),
            _entry("sals", "sal"),
            _entry("sqls", "sql"),
            Event("opportunities", _deals, on=_deals.c.created_on, at=_deals.c.created_at),
            Event("won", _deals, on=_deals.c.closed_on, at=_deals.c.closed_at, which=_WON),
            Event(
                "revenue",
                _deals,
                on=_deals.c.closed_on,
                at=_deals.c.closed_at,
                amount=_deals.c.amount,
                which=sa.and_(_WON, _deals.c.amount.is_not(None)),
            ),
        )
    }
)


_stored = schema.metric_events


def counted(metric: str) -> Event:
    """The event as it is counted: from metric_events, where that keeps it."""
    event = EVENTS[metric]
    if event.table is _traffic:
        return event
    return replace(
        event,
        table=_stored,
        on=_stored.c.happened_on,
        at=_stored.c.happened_at,
        amount=None if event.amount is None else _stored.c.amount,
        is_inferred=_stored.c.is_inferred,
        which=dialects.among(_stored.c.metric, [metric]),
    )


def is_sum(metric: str) -> bool:
    """Its value is the sum of what its rows are worth, not their number."""
    return EVENTS[metric].amount is not None
