"""Small companies that hand leads over, asked as the Handoffs page asks them.

Everybody works from Monday to Friday, 9 to 18, UTC. Of activities is known since 2 January 2026.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import stores
from queries.filters import Filters
from queries.handoffs import answers, counts, facts, live
from queries.people import EVERYTHING, Scope
from queries.terms import Target, Terms
from tests import company, lead_company
from tests.company import Row

TICK = company.NOW.resolution
TERMS = Terms(
    "Default terms",
    1,
    first_attempt=Target(Decimal(4), "business_hours"),
    decision=Target(Decimal(16), "business_hours"),
    needs_reason=("rejected", "recycled", "disqualified"),
    fields=("email", "phone", "company", "job_title", "country"),
)


def make_call(lead_id: str, at: str, **cells: object) -> Row:
    """A call of Bo's to a lead, without saying what came of it."""
    return lead_company.make_activity(
        f"{lead_id} {at}", lead_id=lead_id, occurred_at=at, direction="outbound", **cells
    )


def make_owner(lead_id: str, at: str, before: str, after: str) -> Row:
    """A lead goes from one rep to another."""
    owners = {"from_rep_id": before, "to_rep_id": after, "actor_rep_id": ""}
    return lead_company.make_owner_event(
        f"{lead_id} {at}", lead_id=lead_id, occurred_at=at, **owners
    )


def make_handoff(lead_id: str, at: str, *, rep: str = "bo", **cells: object) -> tuple[Row, ...]:
    """A lead of a rep that is handed over at a moment."""
    created = {"created_at": "2026-01-02 09:00", "owner_rep_id": rep}
    lead = company.make_lead(lead_id, **(created | cells))
    return lead, company.make_event("mql", at, lead_id)


# A lead that was never handed over, and the first activity that is known.
HISTORY: tuple[Row, ...] = (
    company.make_lead("l0", created_at="2026-01-02 09:00"),
    make_call("l0", "2026-01-02 10:00"),
)


def view(
    as_of: str | datetime = company.NOW,
    start: str = "2026-06-01",
    end: str = "2026-06-30",
    **chosen: Any,
) -> Filters:
    """June 2026, as it was at a moment."""
    at = datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return company.view(start, end, at, **chosen)


def ask(
    connection: Connection,
    seen: Filters,
    terms: Terms = TERMS,
    fresh: live.Fresh = live.NOTHING,
) -> facts.Question:
    """The question of a view."""
    return answers.question(connection, seen, answers.Entered(terms, fresh))


def counted(
    snapshot: stores.Snapshot,
    seen: Filters,
    *,
    scope: Scope = EVERYTHING,
    terms: Terms = TERMS,
    fresh: live.Fresh = live.NOTHING,
    by: str = "rep",
) -> dict[str, int]:
    """How many hand-offs each metric counts."""
    with snapshot.connect() as connection:
        asked = ask(connection, seen, terms, fresh)
        return counts.tally(connection, asked, scope=scope, by=by).by_metric()


def some(numbers: dict[str, int], *names: str) -> tuple[int, ...]:
    """The numbers of some metrics."""
    return tuple(numbers[name] for name in names)


def judged(
    snapshot: stores.Snapshot,
    seen: Filters,
    *names: str,
    terms: Terms = TERMS,
    fresh: live.Fresh = live.NOTHING,
) -> dict[str, Any]:
    """lead_id -> the column, or the columns, that are named; of the last hand-off of each lead."""
    with snapshot.connect() as connection:
        asked, fact = ask(connection, seen, terms, fresh), facts.of("lead_id", *_stored(names))
        columns = [fact.c[name] for name in names]
        wanted = sa.select(fact.c.lead_id, *columns).select_from(fact.rows)
        found = facts.ask(connection, wanted.order_by(fact.c.handed_at), asked).all()
    return {row[0]: row[1] if len(names) == 1 else tuple(row[1:]) for row in found}


def _stored(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in live.handoffs.c)
