"""The work list: the open hand-offs one by one, the most urgent first; and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, frames, people
from queries.handoff_schema import CONTACT_FIELDS, handoff_activities, rep_calendars
from queries.handoffs import counts, facts
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS
from queries.people import Scope

PAGE = 15


def statement(asked: Question, scope: Scope, key: str) -> sa.Select:
    """The numbers (seq) of the open hand-offs of a metric, the most urgent first."""
    fact = facts.with_clocks()
    return (
        sa.select(fact.c.seq)
        .select_from(fact.rows)
        .where(
            counts.admitted(fact, asked, scope),
            people.row_visible(scope, fact),
            METRICS[key].holds(fact, asked.view),
        )
        # Where no clock runs, age presses.
        .order_by(sa.nulls_last(fact.c.due_at), fact.c.handed_at, fact.c.handoff_id)
    )


def _selected(fact: facts.Facts) -> sa.Select:
    names = ("seq", "handoff_id", "lead_id", "lead_name", "company", "handoff_no", "handed_at")
    names += ("state", "outcome", "due_at", "waits_for")
    names += ("calendar_no", "campaign_id", "rep_id", "missing")
    names += ("paused_at", "paused_until", "pause_reason")
    names += ("decided_at", "decided_by", "reason_code", "decision_source")
    return sa.select(*(fact.c[name].label(name) for name in names)).select_from(fact.rows)


def page(
    connection: Connection, asked: Question, *, scope: Scope, key: str = "open", number: int = 1
) -> pd.DataFrame:
    """One page of the work list, from page 1; `PAGE` rows or fewer.

    Columns: handoff_id, lead_id, lead_name, company, campaign, rep, rep_zone, state, outcome,
    decided_by, decision_source, reason_code str (None where there is none); decided_at,
    handoff_no, attempts int; handed_at datetime64 UTC; due_at datetime64 UTC,
    NaT without a clock; left Int64 microseconds of working time; missing str, the fields that the
    terms ask for and the lead lacks; paused_until datetime64; pause_reason str; waits_for str,
    what the clock is about. Source: live_handoffs, handoff_activities.
    """
    wanted = statement(asked, scope, key).limit(PAGE).offset((number - 1) * PAGE)
    # Their numbers first: of a few rows the many columns are read in no time.
    numbers = list(facts.ask(connection, wanted, asked).scalars())
    fact = facts.with_clocks()
    found = facts.ask(connection, _selected(fact).where(fact.c.seq.in_(numbers)), asked)
    rows = {row["seq"]: row for row in found.mappings()}
    return _frame(connection, asked, [rows[number] for number in numbers])


def one(connection: Connection, asked: Question, *, scope: Scope, handoff_id: str) -> pd.DataFrame:
    """One hand-off that the viewer may see, decided or not; no row where there is none.

    Columns as in `page`.
    """
    fact = facts.with_clocks()
    wanted = _selected(fact).where(people.row_visible(scope, fact), fact.c.handoff_id == handoff_id)
    return _frame(connection, asked, facts.ask(connection, wanted, asked).mappings())


def _frame(
    connection: Connection, asked: Question, found: Iterable[Mapping[str, Any]]
) -> pd.DataFrame:
    rows = [dict(row) for row in found]
    _name(connection, rows)
    _count_attempts(connection, asked, rows)
    for row in rows:
        row["left"] = _left(asked, row)
        row["missing"] = ", ".join(_missing(asked, row["missing"]))
        row["waits_for"] = _WAITS_FOR[row["waits_for"]]
    return frames.made(_COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])


_COLUMNS = {
    "handoff_id": "str",
    "lead_id": "str",
    "lead_name": "str",
    "company": "str",
    "campaign": "str",
    "rep": "str",
    "rep_zone": "str",
    "state": "str",
    "outcome": "str",
    "decided_at": "datetime64[us]",
    "decided_by": "str",
    "decision_source": "str",
    "reason_code": "str",
    "handoff_no": "int64",
    "attempts": "int64",
    "handed_at": "datetime64[us]",
    "due_at": "datetime64[us]",
    "left": "Int64",
    "missing": "str",
    "paused_until": "datetime64[us]",
    "pause_reason": "str",
    "waits_for": "str",
}


def _name(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """What the ids of the rows are called."""
    names = choices.names(connection)
    zones = dict(
        connection.execute(
            sa.select(rep_calendars.c.rep_id, rep_calendars.c.zone).where(
                rep_calendars.c.rep_id.in_([row["rep_id"] for row in rows if row["rep_id"]])
            )
        ).all()
    )
    for row in rows:
        row["campaign"] = _label(names, "campaign", row["campaign_id"])
        row["rep"] = _label(names, "rep", row["rep_id"])
        row["rep_zone"] = zones.get(row["rep_id"])


def _label(names: Mapping[str, Mapping[str, str]], dimension: str, key: str | None) -> str:
    return choices.WITHOUT[dimension] if key is None else names[dimension].get(key, key)


def _count_attempts(
    connection: Connection, asked: Question, rows: Sequence[dict[str, Any]]
) -> None:
    done = handoff_activities.c
    wanted = (
        sa.select(done.seq, sa.func.count())
        .where(
            done.seq.in_([row["seq"] for row in rows]),
            done.is_attempt,
            done.happened_at <= asked.view.as_of,
        )
        .group_by(done.seq)
    )
    found = dict(connection.execute(wanted).all())
    for row in rows:
        row["attempts"] = found.get(row["seq"], 0)


def _left(asked: Question, row: Mapping[str, Any]) -> int | None:
    """Working time until the clock runs out, in microseconds; below 0 how late it is."""
    if row["due_at"] is None:
        return None
    clock = asked.clocks[row["calendar_no"]]
    now, due = facts.readings(clock, asked.view.as_of, row["due_at"])
    return due - now


_WAITS_FOR = {"attempt": "first attempt", "decision": "decision", None: "decision"}


def _missing(asked: Question, missing: int | None) -> list[str]:
    bits = (missing or 0) & asked.asked_fields
    return [
        name.replace("_", " ") for place, name in enumerate(CONTACT_FIELDS) if bits & (1 << place)
    ]
