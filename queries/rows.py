"""The rows behind a number: the same condition as the number's, so that their count is it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Connection

from queries import events, overview, people, schema
from queries.filters import Filters
from queries.people import Scope

PAGE = 50

_journeys, _deals, _traffic = schema.journeys, schema.deals, schema.web_traffic


def named(dimension: str, key: sa.ColumnElement) -> sa.ColumnElement:
    """The name of a key; the key itself where it has none."""
    values = schema.dimension_values.alias(f"{dimension}_names")
    found = (
        sa.select(values.c.label)
        .where(values.c.dimension == dimension, values.c.key == key)
        .scalar_subquery()
    )
    return sa.func.coalesce(found, key).label(dimension)


def _lead_columns() -> list[sa.ColumnElement]:
    person = schema.leads
    return [
        _journeys.c.lead_id,
        person.c.lead_name,
        person.c.company,
        _journeys.c.channel,
        named("campaign", _journeys.c.campaign_id),
        named("rep", _journeys.c.rep_id),
        _journeys.c.created_on,
        _journeys.c.mql_on,
        _journeys.c.sal_on,
        _journeys.c.sql_on,
        _journeys.c.opportunity_on,
        _journeys.c.customer_on,
    ]


def _deal_columns() -> list[sa.ColumnElement]:
    return [
        _deals.c.opportunity_id,
        _deals.c.lead_id,
        _deals.c.channel,
        named("campaign", _deals.c.campaign_id),
        named("rep", _deals.c.rep_id),
        _deals.c.stage,
        _deals.c.outcome,
        _deals.c.created_on,
        _deals.c.closed_on,
        _deals.c.amount,
    ]


def _traffic_columns() -> list[sa.ColumnElement]:
    return [
        _traffic.c.traffic_date,
        _traffic.c.channel,
        named("campaign", _traffic.c.campaign_id),
        _traffic.c.sessions,
    ]


def statement(filters: Filters, scope: Scope, metric: str) -> sa.Select:
    """The rows behind a metric, newest first. KeyError for an unknown metric."""
    event = events.EVENTS[metric]
    if event.table is _journeys:
        source = _journeys.outerjoin(schema.leads, schema.leads.c.lead_id == _journeys.c.lead_id)
        selected, key = sa.select(*_lead_columns()).select_from(source), _journeys.c.lead_id
    elif event.table is _deals:
        selected, key = sa.select(*_deal_columns()), _deals.c.opportunity_id
    else:
        selected, key = sa.select(*_traffic_columns()), _traffic.c.channel
    if event.is_inferred is not None:
        selected = selected.add_columns(event.is_inferred.label("is_inferred"))
    if event.table is not _traffic:
        selected = selected.where(people.row_visible(scope, event.table))
    return selected.where(event.admits(filters, scope), event.happened(filters)).order_by(
        event.at.desc(), key, *([_traffic.c.campaign_id] if event.table is _traffic else [])
    )


def page(
    connection: Connection, filters: Filters, metric: str, *, scope: Scope, number: int = 1
) -> pd.DataFrame:
    """One page of the rows behind a metric, from page 1; `PAGE` rows or fewer.

    Columns: those of a lead, an opportunity or a traffic row (docs/metrics.md), the same for all
    pages. Source: journeys with leads, deals, or web_traffic. Raises: KeyError, unknown metric.
    """
    wanted = statement(filters, scope, metric).limit(PAGE).offset((number - 1) * PAGE)
    return frame(connection, wanted)


def everything(
    connection: Connection, filters: Filters, metric: str, *, scope: Scope
) -> pd.DataFrame:
    """All rows behind a metric, for an export. Columns as in `page`."""
    return frame(connection, statement(filters, scope, metric))


def frame(
    connection: Connection, wanted: sa.Select, parameters: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """What a statement finds, with the names that it gives its columns."""
    found = connection.execute(wanted, parameters)
    return pd.DataFrame(found.fetchall(), columns=list(found.keys()))


def count(connection: Connection, filters: Filters, metric: str, *, scope: Scope) -> int:
    """How many rows stand behind a metric."""
    rows = statement(filters, scope, metric).order_by(None).subquery()
    return connection.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one()


def sql_of_tile(filters: Filters, scope: Scope, metric: str) -> str:
    """The SQL that computes a metric's tile, with its parameters in place, to read and to run."""
    return readable_sql(overview.value_statement(filters, scope, metric))


def readable_sql(wanted: sa.ClauseElement) -> str:
    """A statement as the mart's engine runs it, parameters in place."""
    dialect = registry.load("duckdb")()
    compiled = wanted.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    # No client reads on after a NUL; only a literal can hold one.
    return str(compiled).replace("\0", "' || chr(0) || '")
