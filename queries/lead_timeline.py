"""All that is known to have happened to one person, in one order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, contract, frames, lead_activities, lead_entries, schema, words
from queries.lead_entries import Entry
from queries.leads import Lead, stage_label

_RANKS = {stage: rank for rank, stage in enumerate(contract.STAGES)}
_DECISIONS = {
    "accepted": "accepted",
    "rejected": "rejected",
    "recycled": "recycled",
    "disqualified": "disqualified",
    "superseded": "closed by the next one",
}
_CANONICAL = schema.CANONICAL


def load(
    connection: Connection,
    lead: Lead,
    *,
    deals: pd.DataFrame,
    handoffs: pd.DataFrame,
    as_of: datetime,
) -> pd.DataFrame:
    """What had happened to a person by `as_of`, newest last.

    Columns: at datetime64 UTC; kind one of lead_entries.KINDS; title, detail, who str, NA
    where there is none; is_inferred bool (no event says so, another does); amount Float64 in the
    reporting currency.
    `deals`, `handoffs`: lead_deals.load and lead_handoffs.load for the same viewer and moment.
    Source: leads, campaign_touches, lead_stage_events, journeys, lead_owner_events, activities,
    opportunity_stage_events; what is without its moment is not in it.
    """
    names = choices.names(connection)
    asked = (connection, lead, as_of)
    ids = list(deals["opportunity_id"])
    found = [
        *_records(*asked),
        *_touches(*asked, names["campaign"]),
        *_stages(*asked, names["rep"]),
        *_owners(*asked, names["rep"]),
        *lead_activities.entries(
            connection, lead, deals=ids, handoffs=handoffs, reps=names["rep"], as_of=as_of
        ),
        *_deal_stages(*asked, ids, names["rep"]),
        *_of_deals(deals),
        *_of_handoffs(handoffs),
    ]
    return lead_entries.framed(found)


def _records(connection: Connection, lead: Lead, as_of: datetime) -> Iterator[Entry]:
    table = schema.leads
    found = connection.execute(
        sa.select(table).where(table.c.lead_id.in_(lead.ids)).order_by(table.c.lead_id)
    )
    if lead.created_at is not None:
        yield Entry(lead.created_at, "created", "Lead created", lead.contact["source"])
    for row in found:
        if row.lead_id != lead.lead_id and row.created_at and row.created_at <= as_of:
            yield Entry(
                row.created_at, "merged", "Record created that was merged later", row.lead_id
            )
        if row.converted_at and row.converted_at <= as_of:
            yield Entry(row.converted_at, "converted", "Became a contact", row.converted_contact_id)


def _touches(
    connection: Connection, lead: Lead, as_of: datetime, campaigns: dict[str, str]
) -> Iterator[Entry]:
    table = _CANONICAL["campaign_touches"]
    for row in lead_entries.rows(
        connection, table, table.c.touched_at, table.c.lead_id.in_(lead.ids), as_of
    ):
        title = "Responded to a campaign" if row.is_response else "Reached by a campaign"
        campaign = campaigns.get(row.campaign_id, row.campaign_id)
        yield Entry(row.touched_at, "touch", title, lead_entries.joined(campaign, row.touch_status))


def _stages(
    connection: Connection, lead: Lead, as_of: datetime, reps: dict[str, str]
) -> Iterator[Entry]:
    table = _CANONICAL["lead_stage_events"]
    events = lead_entries.rows(
        connection, table, table.c.occurred_at, table.c.lead_id.in_(lead.ids), as_of
    )
    told = {(row.occurred_at, row.to_stage) for row in events}
    for stage, at, is_inferred in lead.entries:
        if is_inferred and (at, stage) not in told and at <= as_of:
            title = f"Stage {stage_label(stage)}"
            yield Entry(at, "stage", title, "skipped: a later stage was reached", is_inferred=True)
    before = None
    for row in sorted(events, key=lambda row: (row.occurred_at, _RANKS.get(row.to_stage, 99))):
        rank = _RANKS.get(row.to_stage)
        is_back = rank is not None and before is not None and rank < before
        title = f"{'Back to stage' if is_back else 'Stage'} {stage_label(row.to_stage)}"
        came_from = f"from {stage_label(row.from_stage)}" if row.from_stage else None
        who = reps.get(row.actor_rep_id, row.actor_rep_id)
        detail = lead_entries.joined(came_from, row.reason_code)
        yield Entry(row.occurred_at, "stage", title, detail, who, bool(row.is_inferred))
        before = rank if rank is not None else before


def _owners(
    connection: Connection, lead: Lead, as_of: datetime, reps: dict[str, str]
) -> Iterator[Entry]:
    table = _CANONICAL["lead_owner_events"]
    for row in lead_entries.rows(
        connection, table, table.c.occurred_at, table.c.lead_id.in_(lead.ids), as_of
    ):
        owner = reps.get(row.to_rep_id, row.to_rep_id)
        before = reps.get(row.from_rep_id, row.from_rep_id)
        yield Entry(
            row.occurred_at,
            "owner",
            f"Given to {owner}" if owner else "Has no owner any more",
            f"from {before}" if before else None,
            reps.get(row.actor_rep_id, row.actor_rep_id),
        )


def _deal_stages(
    connection: Connection, lead: Lead, as_of: datetime, deals: list[str], reps: dict[str, str]
) -> Iterator[Entry]:
    del lead
    table = _CANONICAL["opportunity_stage_events"]
    of = table.c.opportunity_id.in_(deals)
    for row in lead_entries.rows(connection, table, table.c.occurred_at, of, as_of):
        title = f"Opportunity in stage {row.to_stage}"
        came_from = f"from {row.from_stage}" if row.from_stage else None
        who = reps.get(row.actor_rep_id, row.actor_rep_id)
        detail = lead_entries.joined(row.opportunity_id, came_from)
        yield Entry(row.occurred_at, "opportunity", title, detail, who)


def _of_deals(deals: pd.DataFrame) -> Iterator[Entry]:
    for deal in frames.records(deals):
        about, owner, amount = deal["opportunity_id"], deal["owner"], deal["amount"]
        if deal["created_at"] is not None:
            yield Entry(deal["created_at"], "opportunity", "Opportunity opened", about, owner)
        if deal["closed_at"] is not None and deal["outcome"] == "won":
            yield Entry(deal["closed_at"], "won", "Closed-won", about, owner, amount=amount)
        if deal["closed_at"] is not None and deal["outcome"] == "lost":
            detail = lead_entries.joined(about, deal["loss_reason"])
            yield Entry(deal["closed_at"], "lost", "Closed-lost", detail, owner)


def _of_handoffs(handoffs: pd.DataFrame) -> Iterator[Entry]:
    for row in frames.records(handoffs):
        number = row["handoff_no"]
        campaign = f"campaign {row['campaign']}" if row["campaign"] else None
        at, who, is_inferred = row["handed_at"], row["handed_by"], row["is_inferred"]
        yield Entry(at, "handoff", f"Hand-off {number}", campaign, who, is_inferred)
        if row["paused_at"] is not None:
            reason = f"waiting for: {row['pause_reason']}"
            yield Entry(row["paused_at"], "pause", f"Clock of hand-off {number} stopped", reason)
        if row["decided_at"] is not None:
            until = f"until {words.day(row['recycle_until'])}" if row["recycle_until"] else None
            yield Entry(
                row["decided_at"],
                "decision",
                decided(number, row["decision"]),
                lead_entries.joined(row["reason_code"], until),
                row["decided_by"],
                row["decision_is_inferred"],
            )


def decided(number: int, decision: str) -> str:
    """Hand-off 2 accepted"""
    return f"Hand-off {number} {_DECISIONS.get(decision, decision)}"
