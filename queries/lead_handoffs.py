"""The hand-offs of one person as they were at a moment, each with its clocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
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
# What is taken of the hand-off itself, beside what is judged of it.
_ASKED = (
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
    not happened. Source: live_handoffs, handoff_activities, handoff_owners.
    """
    fact = facts.of(*_ASKED)
    # By number: of a million hand-offs those of a few are found by it at once.
    of_lead = sa.select(live_handoffs.c.seq).where(live_handoffs.c.lead_id == lead_id)
    numbers = connection.execute(of_lead).scalars().all()
    wanted = (
        sa.select(*fact.c.values(), people.row_visible(scope, fact).label("is_decidable"))
        .select_from(fact.rows)
        .where(fact.where, fact.c.seq.in_(numbers))
        .order_by(fact.c.handoff_no)
    )
    found = facts.ask(connection, wanted, asked).mappings()
    rows = [_by_then(dict(row), asked.view.as_of) for row in found]
    _judge(asked, rows)
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


def _judge(asked: facts.Question, rows: Sequence[dict[str, Any]]) -> None:
    """When the clocks run out, and by how much they were missed."""
    for row in rows:
        has_clock = row["is_timed"]
        due = {"attempt": row["response_due"], "decision": _decision_due(asked, row)}
        for name, reading in due.items():
            row[f"{name}_due_at"] = _moment(asked, row, reading) if has_clock else None
        is_attempt = row["attempt_clock"] is None and row["due_clock"] == row["response_due"]
        is_running = has_clock and row["outcome"] == "pending" and row["due_clock"] is not None
        waits_for = "attempt" if is_attempt else "decision"
        row["waits_for"] = waits_for if is_running else None
        row["due_at"] = _moment(asked, row, row["due_clock"]) if is_running else None
        row["left"] = row["left"] if is_running else None
        row["late"] = _late(row)
        missing = row["missing"] or 0
        row["missing"] = ", ".join(
            name.replace("_", " ")
            for place, name in enumerate(CONTACT_FIELDS)
            if missing & (1 << place)
        )


def _decision_due(asked: facts.Question, row: Mapping[str, Any]) -> int | None:
    target = asked.terms.decision
    if target is None:
        return None
    return row["handed_clock"] + row["pause"] + target.on(asked.usual_days[row["calendar_no"]])


def _moment(
    asked: facts.Question, row: Mapping[str, Any], reading: int | None
) -> np.datetime64 | None:
    return None if reading is None else asked.clocks[row["calendar_no"]].moment(reading)[()]


def _late(row: Mapping[str, Any]) -> int | None:
    if row["response"] != "breached":
        return None
    until = row["attempt_clock"]
    if until is None:
        until = row["now_clock"] if row["outcome"] == "pending" else None
    return None if until is None else max(until - row["response_due"], 0)


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
    names, turns = choices.names(connection), _turns(connection, rows)
    zones = dict(connection.execute(sa.select(rep_calendars.c.rep_id, rep_calendars.c.zone)).all())
    for row in rows:
        row["rep_zone"] = zones.get(row["rep_id"])
        row["campaign"] = names["campaign"].get(row["campaign_id"], row["campaign_id"])
        reps = {
            "handed_by": row["handed_by"],
            "owner": row["rep_id"],
            "owner_at_handoff": row["rep_at_handoff"],
            "owner_when_due": _owner_when_due(row, turns[row["seq"]]),
            "receiver": row["receiving_rep_id"],
            "decided_by": row["decided_by"],
        }
        row |= {name: names["rep"].get(key, key) for name, key in reps.items()}


def _turns(
    connection: Connection, rows: Sequence[dict[str, Any]]
) -> Mapping[int, list[tuple[int, str | None]]]:
    """seq -> (reading, owner from then on), in turn, of hand-offs that went to another rep."""
    owners, found = handoff_owners.c, defaultdict(list)
    wanted = (
        sa.select(owners.seq, owners.from_clock, owners.rep_id)
        .where(owners.seq.in_([row["seq"] for row in rows]))
        .order_by(owners.seq, owners.from_at)
    )
    for seq, from_clock, rep_id in connection.execute(wanted):
        found[seq].append((from_clock, rep_id))
    return found


def _owner_when_due(row: Mapping[str, Any], turns: Sequence[tuple[int, str | None]]) -> str | None:
    due = row["response_due"]
    if due is None or due >= row["past_clock"] or not row["is_timed"]:
        return None
    had_it = [rep_id for from_clock, rep_id in turns if from_clock <= due]
    return had_it[-1] if had_it else None
