"""`show lead`: what the Lead page shows, as data, from the same functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import lead_answers, lead_notes, schema
from queries.filters import Filters
from queries.handoffs import answers, live
from queries.people import Scope


def lead_page(
    connection: Connection,
    rows: Connection,
    view: Filters,
    *,
    scope: Scope,
    asked_id: str,
    now: datetime,
) -> dict[str, Any] | None:
    """Everything that the Lead page shows of a person; None where it shows nobody.

    `rows`: a connection to the records. A view of the newest data is brought up to `now`.
    """
    newest = connection.execute(sa.select(schema.snapshot.c.read_at)).scalar_one()
    entered = answers.entered(rows, live.read_at(connection), now)
    is_now = view.as_of >= newest
    view = live.at_present(view, newest, entered.fresh, now)
    found = lead_answers.load(connection, view, scope=scope, entered=entered, asked_id=asked_id)
    shown = found.person
    if shown is None:
        return None
    by_then = now if is_now else view.as_of
    said = lead_notes.read(rows, shown.lead.ids)
    timeline = lead_notes.told(shown.timeline, shown.handoffs, said, by_then)
    return {"as_of": _plain(view.as_of), "asked_id": asked_id} | _told(
        replace(shown, timeline=timeline), view.zone
    )


def _told(shown: lead_answers.Answers, zone: str) -> dict[str, Any]:
    lead, step = shown.lead, shown.next_step
    return {
        "lead_id": lead.lead_id,
        "merged": list(lead.merged),
        "created_at": _plain(lead.created_at),
        "name": lead.name,
        "contact": {
            field: {"value": value, "state": lead.gaps[field]}
            for field, value in lead.contact.items()
        },
        "stage": lead.stage,
        "owner": lead.owner,
        "team": lead.team,
        "campaign": lead.campaign,
        "next_step": step.in_full(zone),
        "next_due_at": _plain(step.due_at),
        "handoffs": _records(shown.handoffs.drop(columns=["seq", "is_decidable"])),
        "opportunities": _records(shown.deals),
        "hidden_opportunities": shown.hidden_deals,
        "timeline": _records(shown.timeline),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A value as JSON knows it: a moment is UTC, missing is null, whole numbers are whole."""
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
