"""The funnel, twice: what happened in the period, and what became of those who entered in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import contract, definitions, events, frames, overview, schema, stores
from queries.filters import Filters
from queries.people import Scope
from queries.rules.intervals import wilson

_STAGE_METRICS = tuple(definitions.STAGE_METRICS.values())


def in_period(connection: Connection, filters: Filters, *, scope: Scope) -> pd.DataFrame:
    """How often each stage was entered in the period, whoever entered it.

    Rows: one per stage, funnel order. Columns: stage str; label str; count, inferred Int64 (NA =
    no data). No rate: these are different people. Source: tiles.
    """
    alone = replace(filters, compare="none")
    counted = overview.tiles(connection, alone, scope=scope, metrics=_STAGE_METRICS)
    labels = [definitions.STAGE_LABELS[stage] for stage in contract.STAGES]
    return pd.DataFrame(
        {
            "stage": pd.array(contract.STAGES, dtype="str"),
            "label": pd.array(labels, dtype="str"),
            "count": counted["value"].array.astype("Int64"),
            "inferred": counted["inferred"].array,
        }
    )


def cohort_statement(filters: Filters, scope: Scope, mature_after: Mapping[str, int]) -> sa.Select:
    """The persons created in the period: how many, how many had got to each stage, how many are
    old enough for that stage. `mature_after`: days per stage, as in `maturity_days`."""
    journeys = schema.journeys
    born = events.EVENTS["leads"]
    columns = [sa.func.count().label("lead")]
    for stage in schema.ENTRY_STAGES:
        reached = journeys.c[f"{stage}_at"] <= filters.as_of
        # Where nobody has ever got there, nobody is old enough.
        days = mature_after.get(stage)
        last_day = date.min if days is None else filters.as_of_day - timedelta(days=days)
        columns += [
            sa.func.count().filter(reached).label(stage),
            sa.func.count().filter(journeys.c.created_on <= last_day).label(f"{stage}_matured"),
        ]
    return sa.select(*columns).where(born.admits(filters, scope), born.happened(filters))


def of_cohort(connection: Connection, filters: Filters, *, scope: Scope) -> pd.DataFrame:
    """Of the leads created in the period, how many have reached each stage or a later one.

    Rows: one per stage, funnel order. Columns: stage str; label str; count Int64 (NA = no data);
    rate, low, high Float64, share of the stage before with its 95 % interval (NA where that is
    0); matured Int64 leads old enough to be judged; is_mature bool, all of them are.
    Source: journeys, maturities.
    """
    wanted = cohort_statement(filters, scope, maturity_days(connection))
    found = connection.execute(wanted).mappings().one()
    stands_on = overview.foundations(connection)
    rows, before = [], None
    for stage in contract.STAGES:
        is_available = stands_on["leads"] > 0 and _has_entries(stage, stands_on)
        count = found[stage] if is_available else None
        interval = wilson(count, before) if count is not None and before else None
        matured = found[stage] if stage == "lead" else found[f"{stage}_matured"]
        rows.append(
            (
                stage,
                definitions.STAGE_LABELS[stage],
                count,
                count / before if interval else None,
                *(interval or (None, None)),
                matured if is_available else None,
                matured == found["lead"],
            )
        )
        before = count if is_available else before
    return frames.made(_COHORT_COLUMNS, rows)


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
