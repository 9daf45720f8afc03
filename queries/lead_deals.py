"""The opportunities of one person, as they were at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, frames, people, schema
from queries.people import Scope

_COLUMNS = {
    "opportunity_id": "str",
    "created_at": "datetime64[us]",
    "stage": "str",
    "outcome": "str",
    "closed_at": "datetime64[us]",
    "amount": "Float64",
    "owner": "str",
    "loss_reason": "str",
}
_deals, _opportunities = schema.deals, schema.CANONICAL["opportunities"]
_events = schema.CANONICAL["opportunity_stage_events"]


def load(connection: Connection, lead_id: str, *, scope: Scope, as_of: datetime) -> pd.DataFrame:
    """The opportunities of a person that the viewer may see, oldest first.

    Columns: opportunity_id, stage, outcome (open, won, lost), owner, loss_reason str; created_at,
    closed_at datetime64 UTC; amount Float64 in the reporting currency, as it is now. What closed
    after `as_of` was open then. Source: deals, opportunities, opportunity_stage_events.
    """
    found = connection.execute(
        sa.select(_deals, _opportunities.c.loss_reason)
        .join(_opportunities, _opportunities.c.opportunity_id == _deals.c.opportunity_id)
        .where(_of(lead_id, as_of), people.row_visible(scope, _deals))
        .order_by(_deals.c.created_at, _deals.c.opportunity_id)
    ).all()
    names, stages = choices.names(connection)["rep"], {}
    if any(_was_open(row, as_of) for row in found):
        stages = _stages(connection, [row.opportunity_id for row in found], as_of)
    return frames.made(_COLUMNS, [_as_it_was(row, as_of, stages, names) for row in found])


def hidden(connection: Connection, lead_id: str, *, scope: Scope, as_of: datetime) -> int:
    """How many opportunities of a person are not for the viewer: others own them."""
    wanted = sa.select(sa.func.count()).where(
        _of(lead_id, as_of), sa.not_(sa.func.coalesce(people.row_visible(scope, _deals), False))
    )
    return connection.execute(wanted).scalar_one()


def _of(lead_id: str, as_of: datetime) -> sa.ColumnElement[bool]:
    began = sa.func.coalesce(_deals.c.created_at, _deals.c.closed_at)
    return sa.and_(_deals.c.lead_id == lead_id, sa.or_(began.is_(None), began <= as_of))


def _was_open(row: sa.Row, as_of: datetime) -> bool:
    return row.closed_at is not None and row.closed_at > as_of


def _stages(connection: Connection, ids: list[str], as_of: datetime) -> dict[str, str]:
    """The last stage that each of them had entered."""
    found = connection.execute(
        sa.select(_events.c.opportunity_id, _events.c.to_stage)
        .where(_events.c.opportunity_id.in_(ids), _events.c.occurred_at <= as_of)
        .order_by(_events.c.occurred_at, _events.c.event_id)
    )
    return {row.opportunity_id: row.to_stage for row in found}


def _as_it_was(
    row: sa.Row, as_of: datetime, stages: dict[str, str], names: dict[str, str]
) -> tuple[Any, ...]:
    was_open = _was_open(row, as_of)
    return (
        row.opportunity_id,
        row.created_at,
        stages.get(row.opportunity_id) if was_open else row.stage,
        "open" if was_open else row.outcome,
        None if was_open else row.closed_at,
        None if row.amount is None else float(row.amount),
        names.get(row.rep_id, row.rep_id),
        None if was_open else row.loss_reason,
    )
