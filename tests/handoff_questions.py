"""Small companies that hand leads over, asked as the Handoffs page asks them.

Everybody works from Monday to Friday, 9 to 18, UTC. Of activities is known since 2 January 2026.
"""

from __future__ import annotations

import shutil
import uuid
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import stores
from queries.agreements import content
from queries.agreements.content import Version
from queries.filters import Filters
from queries.handoffs import answers, counts, facts, live
from queries.people import EVERYTHING, Scope
from queries.refresh import clock_readings
from queries.refresh.handoffs import plain_columns
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


def promising(
    attempt: str | int | None = None,
    decision: str | int | None = None,
    unit: str = "business_hours",
) -> Version:
    """A version that promises a first attempt and a decision within so much, or not."""
    given = {"first_attempt": attempt, "decision": decision}
    terms = (
        content.Term(kind, kind, "sales_to_marketing", kind, content.Target(Decimal(value), unit))
        for kind, value in given.items()
        if value is not None
    )
    return Version(1, "Ours", "", "signed", tuple(terms))


def rejudged(snapshot: stores.Snapshot, place: Path, *versions: Version) -> stores.Snapshot:
    """The same hand-offs, judged by these versions of the agreement."""
    copy = place / f"{uuid.uuid4().hex}.duckdb"
    shutil.copy(snapshot.engine.url.database, copy)
    with duckdb.connect() as duck:
        duck.execute("set TimeZone = 'UTC'")
        duck.execute(f"attach '{copy}' as mart")
        kept = ", ".join(plain_columns())
        duck.execute(f"create temp table plain_handoffs as select {kept} from mart.handoffs")
        for name in ("handoff_activities", "handoff_owners"):
            duck.execute(f"create temp table plain_{name} as from mart.{name}")
        clock_readings.fill(duck, versions, snapshot.zone)
    return stores.open_snapshot(copy)


def ended(
    snapshot: stores.Snapshot, seen: Filters, kind: str = "first_attempt"
) -> dict[str, tuple[str, str, str | None]]:
    """lead_id -> how the clock of a kind ended, when it was due, and whose it was; of those that
    were due by then and count."""
    with snapshot.connect() as connection:
        asked, fact = ask(connection, seen), facts.clocks_of_handoffs(kind)
        columns = fact.c.lead_id, fact.c.result, fact.c.due_at, fact.c.rep_id
        wanted = sa.select(*columns).select_from(fact.rows)
        wanted = wanted.where(fact.where, fact.c.result != "cancelled")
        found = facts.ask(connection, wanted.order_by(fact.c.handed_at), asked).all()
    return {lead: (result, str(due_at), rep) for lead, result, due_at, rep in found}


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
        asked, fact = ask(connection, seen, terms, fresh), facts.with_clocks()
        columns = [fact.c[name].label(name) for name in names]
        wanted = sa.select(fact.c.lead_id, *columns).select_from(fact.rows).where(fact.where)
        found = facts.ask(connection, wanted.order_by(fact.c.handed_at), asked).all()
    return {row[0]: row[1] if len(names) == 1 else tuple(row[1:]) for row in found}
