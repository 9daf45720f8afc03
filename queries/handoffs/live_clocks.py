"""The clocks of the hand-offs that something was entered for since the snapshot, as the next
refresh will judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import clocks, handoff_schema, promises_kept, words
from queries.agreements.content import Version
from queries.handoff_schema import handoff_activities, handoff_owners
from queries.promises import Handoffs
from queries.rules import many_clocks

_MOMENTS = (
    *("handed_at", "assigned_at", "reassigned_at", "first_attempt_at", "first_contact_at"),
    *("decided_at", "paused_at", "paused_until"),
)
_DUES = tuple(column.name for column in handoff_schema.dues())
_Row = dict[str, Any]


def judge(
    connection: Connection, rows: Sequence[_Row], versions: Sequence[Version], zone: str
) -> list[_Row]:
    """Rows of handoff_clocks for these rows of handoffs, whose due times it fills in.

    Source: handoff_activities, handoff_owners, calendars, business_intervals.
    """
    known = many_clocks.Clocks(clocks.load(connection), clocks.usual_days(connection))
    handoffs = _arrays(rows, versions, _efforts(connection, rows, versions))
    judged = promises_kept.judge(handoffs, versions, known)
    pressing = [column for due in judged.pressing.values() for column in due.columns()]
    for name, column in zip(_DUES, pressing, strict=True):
        for row, at in zip(rows, column.tolist(), strict=True):
            row[name] = at
    owners = _owners(connection, rows)
    return [
        _clock(rows[place], each, cells, owners, zone)
        for each in judged.terms
        for place, *cells in _cells(each)
    ]


def _cells(each: promises_kept.Judged) -> zip:
    columns = (each.places, each.due_at, each.done_at, each.result, each.amount)
    return zip(*(column.tolist() for column in columns), strict=True)


def _clock(
    row: _Row,
    each: promises_kept.Judged,
    cells: Sequence[Any],
    owners: Mapping[int, Sequence[tuple[datetime, str | None, str | None]]],
    zone: str,
) -> _Row:
    due_at, done_at, result, amount = cells
    found = {name: row[name] for name in ("seq", "rep_id", "team_id", "campaign_id", "channel")}
    if each.term.direction == "sales_to_marketing" and row["reassigned_at"] is not None:
        had_it = [owner for owner in owners[row["seq"]] if owner[0] <= due_at]
        if had_it:
            _, found["rep_id"], found["team_id"] = had_it[-1]
    found |= {"promise_no": each.number, "kind": each.term.kind, "result": result}
    due_on = words.local_day(due_at, zone)
    return found | {"due_at": due_at, "due_on": due_on, "done_at": done_at, "amount": amount}


def _arrays(
    rows: Sequence[_Row],
    versions: Sequence[Version],
    efforts: Mapping[tuple[int, int], np.ndarray],
) -> Handoffs:
    columns = {
        name: np.array([row[name] for row in rows], dtype="datetime64[us]") for name in _MOMENTS
    }
    for name, kind in (("calendar_no", int), ("missing", int), ("is_inferred", bool)):
        columns[name] = np.array([row[name] for row in rows], dtype=kind)
    columns["is_timed"] = np.array([row["is_timed"] for row in rows], dtype=bool)
    outcomes = [handoff_schema.OUTCOMES.index(row["decision"]) for row in rows]
    columns["decision"] = np.array(outcomes, dtype=int)
    has_reason = [bool((row["reason_code"] or "").strip()) for row in rows]
    columns["has_reason"] = np.array(has_reason, dtype=bool)
    for name in promises_kept.looked_at(versions):
        columns[name] = np.array([row[name] or "" for row in rows], dtype=object)
    return Handoffs(columns, efforts)


def _efforts(
    connection: Connection, rows: Sequence[_Row], versions: Sequence[Version]
) -> dict[tuple[int, int], np.ndarray]:
    """When each hand-off had had enough attempts over enough channels, for each pair asked for."""
    done, attempts = handoff_activities.c, defaultdict(list)
    wanted = sa.select(done.seq, done.happened_at, done.activity_type).where(
        done.is_attempt, done.seq.in_([row["seq"] for row in rows])
    )
    for seq, at, channel in connection.execute(wanted.order_by(done.seq, done.happened_at)):
        attempts[seq].append((at, channel))
    return {
        pair: np.array([_enough(attempts[row["seq"]], *pair) for row in rows], "datetime64[us]")
        for pair in promises_kept.efforts(versions)
    }


def _enough(done: Sequence[tuple[datetime, str]], attempts: int, channels: int) -> datetime | None:
    used: set[str] = set()
    for nth, (at, channel) in enumerate(done, 1):
        used.add(channel)
        if nth >= attempts and len(used) >= channels:
            return at
    return None


def _owners(
    connection: Connection, rows: Sequence[_Row]
) -> Mapping[int, Sequence[tuple[datetime, str | None, str | None]]]:
    """seq -> from when on who had it, in turn, of those that changed hands."""
    owner, found = handoff_owners.c, defaultdict(list)
    wanted = (
        sa.select(owner.seq, owner.from_at, owner.rep_id, owner.team_id)
        .where(owner.seq.in_([row["seq"] for row in rows]))
        .order_by(owner.seq, owner.from_at)
    )
    for seq, *turn in connection.execute(wanted):
        found[seq].append(tuple(turn))
    return found
