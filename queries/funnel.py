"""The funnel, twice: what happened in the period, and what became of those who entered in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import (
    contract,
    definitions,
    dialects,
    events,
    frames,
    overview,
    schema,
    stores,
    tally,
)
from queries.filters import Filters
from queries.people import Scope
from queries.rules import intervals

_STAGE_METRICS = tuple(definitions.STAGE_METRICS.values())


def in_period(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    counted: tally.Tally | None = None,
) -> pd.DataFrame:
    """How often each stage was entered in the period, whoever entered it.

    Rows: one per stage, funnel order. Columns: stage str; label str; count, inferred Int64 (NA =
    no data). No rate: these are different people. Source: tiles.
    """
    tiles = overview.tiles(
        connection, filters, scope=scope, metrics=_STAGE_METRICS, counted=counted
    )
    labels = [definitions.STAGE_LABELS[stage] for stage in contract.STAGES]
    return pd.DataFrame(
        {
            "stage": pd.array(contract.STAGES, dtype="str"),
            "label": pd.array(labels, dtype="str"),
            "count": tiles["value"].array.astype("Int64"),
            "inferred": tiles["inferred"].array,
        }
    )


def cohort_statement(filters: Filters, scope: Scope) -> sa.Select:
    """The persons created in the period, by the day: how many, and how many had got to each stage.

    Rows: one per day. Columns: day; lead, mql, sal, ... int.
    """
    journeys, born = schema.journeys, events.EVENTS["leads"]
    reached = (
        dialects.count_if(journeys.c[f"{stage}_at"] <= filters.as_of).label(stage)
        for stage in schema.ENTRY_STAGES
    )
    return (
        sa.select(born.on.label("day"), sa.func.count().label("lead"), *reached)
        .where(born.admits(filters, scope), born.happened(filters))
        .group_by(born.on)
    )


def of_cohort(connection: Connection, filters: Filters, *, scope: Scope) -> pd.DataFrame:
    """Of the leads created in the period, how many have reached each stage or a later one.

    Rows: one per stage, funnel order. Columns: stage str; label str; count Int64 (NA = no data);
    rate, low, high Float64, share of the stage before with its 95 % interval (NA where that is
    0); matured Int64 leads old enough to be judged; is_mature bool, all of them are.
    Source: journeys, maturities.
    """
    days = [tuple(day) for day in connection.execute(cohort_statement(filters, scope))]
    reached = {
        stage: sum(day[place] for day in days) for place, stage in enumerate(contract.STAGES, 1)
    }
    mature_after, stands_on = maturity_days(connection), overview.foundations(connection)
    rows, before = [], None
    for stage in contract.STAGES:
        is_available = stands_on["leads"] > 0 and _has_entries(stage, stands_on)
        count = reached[stage] if is_available else None
        share = intervals.rate(count, before) if count is not None and before else None
        born_until = _mature_until(stage, filters, mature_after)
        matured = sum(born for day, born, *_ in days if day <= born_until)
        rows.append(
            (
                stage,
                definitions.STAGE_LABELS[stage],
                count,
                *((share.value, share.low, share.high) if share else (None,) * 3),
                matured if is_available else None,
                matured == reached["lead"],
            )
        )
        before = count if is_available else before
    return frames.made(_COHORT_COLUMNS, rows)


def _mature_until(stage: str, filters: Filters, mature_after: Mapping[str, int]) -> date:
    """The last day whose leads are old enough to be judged by this stage."""
    if stage == "lead":
        return date.max
    days = mature_after.get(stage)
    # Where nobody has ever got there, nobody is old enough.
    return date.min if days is None else filters.as_of_day - timedelta(days=days)


_COHORT_COLUMNS = {
    "stage": "str",
    "label": "str",
    "count": "Int64",
    "rate": "Float64",
    "low": "Float64",
    "high": "Float64",
    "matured": "Int64",
    "is_mature": "bool",
}


def _has_entries(stage: str, stands_on: dict[str, int]) -> bool:
    return stands_on[definitions.STAGE_METRICS[stage]] > 0 or (
        # A deal that was won was an opportunity, also where nobody kept the day it was opened.
        stage == "opportunity" and stands_on["won"] > 0
    )


def maturity_days(connection: Connection) -> dict[str, int]:
    """Stage -> days within which nine of ten leads that get there have got there."""
    return stores.once(connection, _maturity_days)


def _maturity_days(connection: Connection) -> dict[str, int]:
    table = schema.maturities
    rows = connection.execute(sa.select(table).where(table.c.days.is_not(None)))
    return {row.stage: row.days for row in rows}
