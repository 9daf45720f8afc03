"""What a company's data must look like once its mapping has named it.

The canonical relations (docs/metrics.md names what is counted from them). A mapping gives any
subset of the relations and, of each, any subset of the columns; what it leaves out is NULL.
Rows that break this contract are refused with their reason, never dropped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "money", "boolean", "day", "instant"]

# Funnel order. The rank decides what counts as "a later stage" and as a step back.
STAGES = ("lead", "mql", "sal", "sql", "opportunity", "customer")
DETOURS = ("recycled", "rejected", "disqualified", "lost")


@dataclass(frozen=True)
class Column:
    """One canonical column: its kind, and what a legal value is.

    `parent`: the relation it must point into, or the row is refused (an event of nobody).
    `link`: the relation it should point into; a dangling one is kept and counted as a finding.
    `default`: what an empty cell means.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    one_of: tuple[str, ...] = ()
    parent: str = ""
    link: str = ""
    default: str | None = None


@dataclass(frozen=True)
class Relation:
    """One canonical relation: its key (unique, never empty) and its columns."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]


def _relation(name: str, key: tuple[str, ...], *columns: Column) -> Relation:
    return Relation(name, key, columns)


def _id(name: str) -> Column:
    return Column(name, required=True)


RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        _relation(
            "teams",
            ("team_id",),
            _id("team_id"),
            Column("team_name"),
            Column("side", one_of=("marketing", "sales"), default="sales"),
        ),
        _relation(
            "reps",
            ("rep_id",),
            _id("rep_id"),
            Column("rep_name"),
            Column("email"),
            Column("team_id", link="teams"),
            Column("manager_id", link="reps"),
            Column("time_zone"),
            Column("is_active", "boolean", default="true"),
        ),
        _relation(
            "campaigns",
            ("campaign_id",),
            _id("campaign_id"),
            Column("campaign_name"),
            Column("channel"),
            Column("parent_campaign_id", link="campaigns"),
            Column("owner_rep_id", link="reps"),
            Column("start_date", "day"),
            Column("end_date", "day"),
            Column("status"),
            Column("budget", "money"),
            Column("currency_code"),
        ),
        _relation(
            "campaign_spend",
            ("campaign_id", "spend_date", "source"),
            Column("campaign_id", required=True, link="campaigns"),
            Column("spend_date", "day", required=True),
            Column("source", default="spend"),
            Column("amount", "money", required=True),
            Column("currency_code"),
            Column("is_estimated", "boolean", default="false"),
        ),
        _relation(
            "web_traffic",
            ("traffic_date", "channel", "campaign_id"),
            Column("traffic_date", "day", required=True),
            Column("channel"),
            Column("campaign_id", link="campaigns"),
            Column("sessions", "integer", required=True),
            Column("visitors", "integer"),
            Column("form_submissions", "integer"),
        ),
        _relation(
            "leads",
            ("lead_id",),
            _id("lead_id"),
            Column("created_at", "instant"),
            Column("lead_name"),
            Column("email"),
            Column("phone"),
            Column("company"),
            Column("job_title"),
            Column("country"),
            Column("persona"),
            Column("source"),
            Column("owner_rep_id", link="reps"),
            Column("stage_key"),
            Column("source_status"),
            Column("opportunity_id", link="opportunities"),
            Column("converted_contact_id"),
            Column("converted_at", "instant"),
            Column("merged_into_lead_id", link="leads"),
            Column("is_deleted", "boolean", default="false"),
            Column("time_zone"),
            Column("synced_at", "instant"),
        ),
        _relation(
            "campaign_touches",
            ("touch_id",),
            _id("touch_id"),
            Column("lead_id", required=True, parent="leads"),
            Column("campaign_id", link="campaigns"),
            Column("touched_at", "instant", required=True),
            Column("touch_status"),
            Column("is_response", "boolean", default="true"),
        ),
        _relation(
            "lead_stage_events",
            ("event_id",),
            _id("event_id"),
            Column("lead_id", required=True, parent="leads"),
            Column("from_stage"),
            Column("to_stage", required=True),
            Column("occurred_at", "instant", required=True),
            Column("actor_rep_id", link="reps"),
            Column("reason_code"),
            Column("is_inferred", "boolean", default="false"),
        ),
        _relation(
            "lead_owner_events",
            ("event_id",),
            _id("event_id"),
            Column("lead_id", required=True, parent="leads"),
            Column("from_rep_id", link="reps"),
            Column("to_rep_id", link="reps"),
            Column("occurred_at", "instant", required=True),
            Column("actor_rep_id", link="reps"),
        ),
        _relation(
            "activities",
            ("activity_id",),
            _id("activity_id"),
            Column("lead_id", link="leads"),
            Column("opportunity_id", link="opportunities"),
            Column("rep_id", link="reps"),
            Column(
                "activity_type",
                required=True,
                one_of=("call", "email", "meeting", "social", "task"),
            ),
            Column("direction", one_of=("inbound", "outbound"), default="outbound"),
            Column("outcome"),
            Column("occurred_at", "instant", required=True),
            Column("logged_at", "instant"),
            Column("is_done", "boolean", default="true"),
            Column("is_automated", "boolean", default="false"),
        ),
        _relation(
            "opportunities",
            ("opportunity_id",),
            _id("opportunity_id"),
            Column("lead_id", link="leads"),
            Column("account_id"),
            Column("owner_rep_id", link="reps"),
            Column("primary_campaign_id", link="campaigns"),
            Column("created_at", "instant"),
            Column("stage"),
            Column("outcome", required=True, one_of=("open", "won", "lost")),
            Column("close_date", "day"),
            Column("closed_at", "instant"),
            Column("amount", "money"),
            Column("currency_code"),
            Column("amount_home", "money"),
            Column("deal_type"),
            Column("loss_reason"),
            Column("is_deleted", "boolean", default="false"),
            Column("synced_at", "instant"),
        ),
        _relation(
            "opportunity_stage_events",
            ("event_id",),
            _id("event_id"),
            Column("opportunity_id", required=True, parent="opportunities"),
            Column("from_stage"),
            Column("to_stage", required=True),
            Column("occurred_at", "instant", required=True),
            Column("actor_rep_id", link="reps"),
        ),
    )
}
