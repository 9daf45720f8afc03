"""The hand-offs of one person as they were at a moment, each with its clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, frames, people
from queries.handoff_schema import (
    CONTACT_FIELDS,
    handoff_activities,
    handoff_owners,
    live_handoffs,
    rep_calendars,
)
from queries.handoffs import facts
from queries.people import Scope
from queries.rules import business_time

_COLUMNS = {
    "seq": "int64",
    "handoff_id": "str",
    "handoff_no": "int64",
    "handed_at": "datetime64[us]",
    "is_inferred": "bool",
    "is_decidable": "bool",
    "handed_by": "str",
    "campaign": "str",
    "owner": "str",
    "owner_at_handoff": "str",
    "owner_when_due": "str",
    "receiver": "str",
    "rep_zone": "str",
    "assigned_at": "datetime64[us]",
    "first_attempt_at": "datetime64[us]",
    "first_contact_at": "datetime64[us]",
    "attempts": "int64",
    "decision": "str",
    "decided_at": "datetime64[us]",
    "decided_by": "str",
    "decision_source": "str",
    "reason_code": "str",
    "decision_is_inferred": "bool",
    "recycled_at": "datetime64[us]",
    "recycle_until": "object",
    "state": "str",
    "waits_for": "str",
    "due_at": "datetime64[us]",
    "left": "Int64",
    "attempt_due_at": "datetime64[us]",
    "decision_due_at": "datetime64[us]",
    "response": "str",
    "late": "Int64",
    "paused_at": "datetime64[us]",
    "paused_until": "datetime64[us]",
    "pause_reason": "str",
    "missing": "str",
    "missing_seen_at": "datetime64[us]",
}
_ASKED = (
    *("seq", "rep_id", "campaign_id", "handed_at", "decided_at", "paused_at", "paused_until"),
    *("outcome", "state", "waits_for", "due_at", "attempt_due_at", "decision_due_at"),
    *("handoff_id", "handoff_no", "is_inferred", "handed_by", "rep_at_handoff", "calendar_no"),
    *("receiving_rep_id", "assigned_at", "first_attempt_at", "first_contact_at", "decided_by"),
    *("decision_source", "reason_code", "decision_is_inferred", "recycled_at", "recycle_until"),
    *("pause_reason", "missing", "missing_seen_at"),
)
_MOMENTS = ("assigned_at", "first_attempt_at", "first_contact_at", "recycled_at", "paused_at")
_OF_DECISION = ("decided_at", "decided_by", "decision_source", "reason_code")


def load(
    connection: Connection, lead_id: str, asked: facts.Question, *, scope: Scope
) -> pd.DataFrame:
    """The hand-offs of a person whom the viewer may see, oldest first.

    Columns: seq, handoff_no, attempts int; handed_at, assigned_at, first_attempt_at,
    first_contact_at, decided_at, recycled_at, paused_at, paused_until, missing_seen_at datetime64
    UTC; recycle_until date; is_inferred, decision_is_inferred bool; is_decidable bool, the hand-off
    is the viewer's own; handoff_id, handed_by, campaign, receiver, decision, decided_by,
    decision_source, reason_code, pause_reason str; owner (now, or when it was decided),
    owner_at_handoff, owner_when_due (of those that went to another rep) str; rep_zone of the owner.
    state as facts.STATES; waits_for (attempt, decision; NA without a clock), due_at, left
    (microseconds of working time): the clock that presses; attempt_due_at, decision_due_at;
    response: met or breached, NA where it was not due yet or does not count; late Int64
    microseconds of working time, by which the first attempt came or is too late; missing str,
    contact data that was not there when it was looked at. What came after the view's moment had
    not happened. Source: live_handoffs, live_clocks, handoff_activities, handoff_owners.
    """
    fact = facts.with_clocks()
    # By number: of a million hand-offs those of a few are found by it at once.
    of_lead = sa.select(live_handoffs.c.seq).where(live_handoffs.c.lead_id == lead_id)
    numbers = connection.execute(of_lead).scalars().all()
    wanted = (
        sa.select(
            *(fact.c[name].label(name) for name in _ASKED),
            people.row_visible(scope, fact).label("is_decidable"),
        )
        .select_from(fact.rows)
        .where(fact.where, fact.c.seq.in_(numbers))
        .order_by(fact.c.handoff_no)
    )
    found = facts.ask(connection, wanted, asked).mappings()
    rows = [_by_then(dict(row), asked.view.as_of) for row in found]
    _judge(connection, asked, rows)
    _count_attempts(connection, asked, rows)
    _name(connection, rows)
    return frames.made(_COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])


def _by_then(row: dict[str, Any], as_of: datetime) -> dict[str, Any]:
    """Without what came later."""
    later = [name for name in _MOMENTS if row[name] is not None and row[name] > as_of]
    row |= dict.fromkeys(later)
    row["decision"] = row["outcome"]
    if row["outcome"] == "pending":
        row |= dict.fromkeys(_OF_DECISION) | {"decision_is_inferred": False}
    if row["recycled_at"] is None:
        row["recycle_until"] = None
    if row["paused_at"] is None:
        row |= dict.fromkeys(("paused_until", "pause_reason"))
    return row


def _judge(connection: Connection, asked: facts.Question, rows: Sequence[dict[str, Any]]) -> None:
    """How the clocks stand, and by how much the first attempt was missed."""
    answered = _first_attempts(connection, asked, rows)
    for row in rows:
        is_running = row["outcome"] == "pending" and row["due_at"] is not None
        if not is_running:
            row |= dict.fromkeys(("waits_for", "due_at"))
        clock = asked.clocks[row["calendar_no"]]
        row["left"] = _between(clock, asked.view.as_of, row["due_at"]) if is_running else None
        row["response"], row["rep_when_due"] = answered.get(row["seq"], (None, None))
        row["late"] = _late(row, clock, asked.view.as_of)
        missing = row["missing"] or 0
        row["missing"] = ", ".join(
            name.replace("_", " ")
            for place, name in enumerate(CONTACT_FIELDS)
            if missing & (1 << place)
        )


def _first_attempts(
    connection: Connection, asked: facts.Question, rows: Sequence[dict[str, Any]]
) -> dict[int, tuple[str | None, str | None]]:
    """seq -> how the clock of the first attempt ended and whose it was, of those that were due."""
    fact = facts.clocks("first_attempt")
    counted = sa.case((fact.c.result != "cancelled", fact.c.result))
    wanted = sa.select(fact.c.seq, counted, fact.c.rep_id).where(
        fact.where, fact.c.seq.in_([row["seq"] for row in rows])
    )
    return {seq: (result, rep) for seq, result, rep in facts.ask(connection, wanted, asked)}


def _between(clock: business_time.Clock, start: datetime, end: datetime) -> int:
    """Working time from one moment to another, in microseconds."""
    before, after = facts.readings(clock, start, end)
    return after - before


def _late(row: Mapping[str, Any], clock: business_time.Clock, now: datetime) -> int | None:
    if row["response"] != "breached":
        return None
    until = row["first_attempt_at"] or (now if row["outcome"] == "pending" else None)
    return None if until is None else max(_between(clock, row["attempt_due_at"], until), 0)


def _count_attempts(
    connection: Connection, asked: facts.Question, rows: Sequence[dict[str, Any]]
) -> None:
    """By then: what came since is in the snapshot's count."""
    done = handoff_activities.c
    wanted = sa.select(done.seq).where(
        done.seq.in_([row["seq"] for row in rows]),
        done.is_attempt,
        done.happened_at <= asked.view.as_of,
    )
    found = Counter(connection.execute(wanted).scalars())
    for row in rows:
        row["attempts"] = found[row["seq"]]


def _name(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """What the ids of the rows are called."""
    names, handed_on = choices.names(connection), _handed_on(connection, rows)
    zones = dict(connection.execute(sa.select(rep_calendars.c.rep_id, rep_calendars.c.zone)).all())
    for row in rows:
        row["rep_zone"] = zones.get(row["rep_id"])
        row["campaign"] = names["campaign"].get(row["campaign_id"], row["campaign_id"])
        reps = {
            "handed_by": row["handed_by"],
            "owner": row["rep_id"],
            "owner_at_handoff": row["rep_at_handoff"],
            "owner_when_due": row["rep_when_due"] if row["seq"] in handed_on else None,
            "receiver": row["receiving_rep_id"],
            "decided_by": row["decided_by"],
        }
        row |= {name: names["rep"].get(key, key) for name, key in reps.items()}


def _handed_on(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[int]:
    """The numbers of those that went from one rep to another."""
    owners = handoff_owners.c
    wanted = sa.select(owners.seq).where(owners.seq.in_([row["seq"] for row in rows]))
    return set(connection.execute(wanted).scalars())
