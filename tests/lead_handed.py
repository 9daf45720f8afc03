"""Sue, handed over to Bo on Monday 1 June 2026 at 9:00, when the company begins to work.

Its days are 9:00 to 18:00. A first attempt is due in 4 working hours, a decision in 16: on that
Monday at 13:00, and on Tuesday the 2nd at 16:00.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.engine import Connection

from queries import filters, terms
from queries.handoffs import answers, facts, live
from tests import lead_company
from tests.company import Row, make_event, make_lead, utc

HANDED = utc("2026-06-01 09:00")
TERMS = terms.Terms(
    "Terms",
    1,
    first_attempt=terms.Target(Decimal(4), "business_hours"),
    decision=terms.Target(Decimal(16), "business_hours"),
)
NOTHING = answers.Entered(TERMS)


def make_sue(*more: Row) -> tuple[Row, ...]:
    """A lead of whom only the name is known, with her hand-off; Bo had called her before it."""
    lead = make_lead("s1", created_at="2026-05-29 09:00", lead_name="Sue Ray")
    before = lead_company.make_activity("before", lead_id="s1", occurred_at="2026-05-29 10:00")
    return lead, before, make_event("mql", "2026-06-01 09:00", "s1"), *more


def make_call(at: str, activity_id: str = "call", **cells: object) -> Row:
    """Bo calls Sue."""
    return lead_company.make_activity(
        activity_id, **{"lead_id": "s1", "occurred_at": f"2026-06-{at}"} | cells
    )


def decided(
    decision: str, at: str, reason: str | None = None, withdrawn_at: datetime | None = None
) -> answers.Entered:
    """Cy decided here on Sue after the snapshot."""
    row = ("s1", HANDED, decision, reason, None, "Cy", utc(at), withdrawn_at)
    return answers.Entered(TERMS, live.Fresh(decisions=(row,)))


def paused(at: str, until: str) -> answers.Entered:
    """The clock of Sue's hand-off was stopped after the snapshot."""
    row = ("s1", HANDED, utc(at), utc(until), "on holiday")
    return answers.Entered(TERMS, live.Fresh(pauses=(row,)))


def view(as_of: datetime, zone: str = "UTC") -> filters.Filters:
    """Everything at a moment."""
    return filters.Filters(as_of.date(), as_of.date(), as_of, zone)


def question(
    connection: Connection, as_of: datetime, entered: answers.Entered = NOTHING
) -> facts.Question:
    """The view on this connection."""
    return answers.question(connection, view(as_of), entered)
