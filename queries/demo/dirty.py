"""Every flaw of the demo, on purpose and few: what a check of the data must find.

All other rows keep the contract. The number of flaws does not grow with the demo.
"""

from __future__ import annotations

import datetime

import pyarrow as pa

from queries.demo import tables
from queries.demo.crowd import FIRST_NUMBER
from queries.demo.plan import Plan

FIRST_LEAD, SECOND_LEAD, THIRD_LEAD = (f"L{FIRST_NUMBER + place}" for place in range(3))
UNKNOWN_STAGE = "Nurture pool (old)"
UNKNOWN_ACTIVITY = "fax"
NO_SUCH_LEAD = "L-gone"
NO_SUCH_CAMPAIGN = "C-gone"
FUTURE_LEAD = "L-future"


def rows(plan: Plan) -> dict[str, pa.Table]:
    """The flawed rows, by relation; they are added to the demo's own."""
    last_week = plan.until - datetime.timedelta(days=7)
    found = {
        "leads": _leads(plan, last_week),
        "lead_stage_events": _stage_events(last_week),
        "activities": _activities(last_week),
        "opportunities": _opportunities(plan, last_week),
        "campaign_spend": _spend(last_week),
        "campaign_touches": _touches(last_week),
    }
    return {relation: tables.rows(relation, records) for relation, records in found.items()}


def _leads(plan: Plan, last_week: datetime.datetime) -> list[dict[str, object]]:
    """Two ids that are there already, and one lead from the future."""
    future = plan.until + datetime.timedelta(days=40)
    return [
        {
            "lead_id": lead_id,
            "created_at": created_at,
            "lead_name": name,
            "email": email,
            "source": "Direct",
            "stage_key": "lead",
            "source_status": "New",
            "is_deleted": False,
            "synced_at": plan.until,
        }
        for lead_id, created_at, name, email in (
            (FIRST_LEAD, last_week, "Import Twice", "import.twice@nordwind-tools.example"),
            (SECOND_LEAD, last_week, "Import Again", "import.again@nordwind-tools.example"),
            (FUTURE_LEAD, future, "Wrong Clock", "wrong.clock@nordwind-tools.example"),
        )
    ]


def _stage_events(last_week: datetime.datetime) -> list[dict[str, object]]:
    """Three with a stage nobody knows any more, two of a lead that does not exist."""
    return [
        {
            "event_id": f"S-dirty-{number}",
            "lead_id": lead_id,
            "to_stage": to_stage,
            "occurred_at": last_week,
            "is_inferred": False,
        }
        for number, (lead_id, to_stage) in enumerate(
            (
                (FIRST_LEAD, UNKNOWN_STAGE),
                (SECOND_LEAD, UNKNOWN_STAGE),
                (THIRD_LEAD, UNKNOWN_STAGE),
                (NO_SUCH_LEAD, "mql"),
                (NO_SUCH_LEAD, "sal"),
            )
        )
    ]


def _activities(last_week: datetime.datetime) -> list[dict[str, object]]:
    """One of a type no rule knows."""
    return [
        {
            "activity_id": "A-dirty-0",
            "lead_id": THIRD_LEAD,
            "activity_type": UNKNOWN_ACTIVITY,
            "direction": "outbound",
            "occurred_at": last_week,
            "logged_at": last_week,
            "is_done": True,
            "is_automated": False,
        }
    ]


def _opportunities(plan: Plan, last_week: datetime.datetime) -> list[dict[str, object]]:
    """Two won without any date, one with a negative amount."""
    day = last_week.date()
    return [
        {
            "opportunity_id": f"O-dirty-{number}",
            "created_at": last_week,
            "stage": stage,
            "outcome": outcome,
            "close_date": close_date,
            "amount": amount,
            "currency_code": "EUR",
            "amount_home": amount,
            "deal_type": "new",
            "is_deleted": False,
            "synced_at": plan.until,
        }
        for number, (stage, outcome, close_date, amount) in enumerate(
            (
                ("Closed won", "won", None, 12_000),
                ("Closed won", "won", None, 8_500),
                ("Proposal", "open", day, -4_000),
            )
        )
    ]


def _spend(last_week: datetime.datetime) -> list[dict[str, object]]:
    """One for a campaign that does not exist."""
    return [
        {
            "campaign_id": NO_SUCH_CAMPAIGN,
            "spend_date": last_week.date(),
            "source": "spend",
            "amount": 250,
            "currency_code": "EUR",
            "is_estimated": False,
        }
    ]


def _touches(last_week: datetime.datetime) -> list[dict[str, object]]:
    """One of no campaign."""
    return [
        {
            "touch_id": "U-dirty-0",
            "lead_id": SECOND_LEAD,
            "touched_at": last_week,
            "touch_status": "Visited",
            "is_response": False,
        }
    ]
