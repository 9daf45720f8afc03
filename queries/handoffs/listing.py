"""The work list: the open hand-offs one by one, the most urgent first; and one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
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
    """The open hand-offs of a metric (open, overdue, ...), the most urgent first."""
    fact = facts.of(*_ASKED)
    return (
        _selected(fact)
        .where(
            counts.admitted(fact, asked, scope),
            people.row_visible(scope, fact),
            METRICS[key].holds(fact, asked.view),
            counts.is_open(fact, asked),
        )
        # Working time left compares across calendars; where no clock runs, age does.
        .order_by(fact.c.state == "no_clock", fact.c.left, fact.c.handed_at, fact.c.handoff_id)
    )


_ASKED = (
    "handoff_id",
    "lead_id",
    "lead_name",
    "company",
    "handoff_no",
    "calendar_no",
    "missing",
    "pause_reason",
)
_ASKED += ("missing", "pause_reason", "decided_by", "reason_code", "decision_source")


def _selected(fact: facts.Facts) -> sa.Select:
    names = ("seq", "handoff_id", "lead_id", "lead_name", "company", "handoff_no", "handed_at")
    names += ("state", "outcome")
    names += ("due_clock", "left", "calendar_no", "campaign_id", "rep_id", "missing")
    names += ("paused_at", "paused_until", "pause_reason", "attempt_clock")
    names += ("decided_at", "decided_by", "reason_code", "decision_source")
    return sa.select(*(fact.c[name] for name in names)).select_from(fact.rows)


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
    return _frame(connection, asked, wanted)


def one(connection: Connection, asked: Question, *, scope: Scope, handoff_id: str) -> pd.DataFrame:
    """One hand-off that the viewer may see, decided or not; no row where there is none.

    Columns as in `page`.
    """
    fact = facts.of(*_ASKED)
    wanted = _selected(fact).where(people.row_visible(scope, fact), fact.c.handoff_id == handoff_id)
    return _frame(connection, asked, wanted)


def _frame(connection: Connection, asked: Question, wanted: sa.Select) -> pd.DataFrame:
    rows = [dict(row) for row in facts.ask(connection, wanted, asked).mappings()]
    _name(connection, rows)
    _count_attempts(connection, asked, rows)
    for row in rows:
        row["due_at"] = _due_at(asked, row)
        row["missing"] = ", ".join(_missing(asked, row["missing"]))
        row["waits_for"] = _waits_for(asked, row)
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


def _due_at(asked: Question, row: Mapping[str, Any]) -> np.datetime64:
    """The last instant at which the clock is not yet late."""
    if row["due_clock"] is None:
        return np.datetime64("NaT", "us")
    return asked.clocks[row["calendar_no"]].moment(row["due_clock"])[()]


def _waits_for(asked: Question, row: Mapping[str, Any]) -> str:
    """What the clock that presses is about."""
    usual = asked.usual_days[row["calendar_no"]]
    attempt, decision = asked.terms.first_attempt, asked.terms.decision
    if row["attempt_clock"] is not None or attempt is None:
        return "decision"
    is_nearer = decision is not None and decision.on(usual) < attempt.on(usual)
    return "decision" if is_nearer else "first attempt"


def _missing(asked: Question, missing: int | None) -> list[str]:
    bits = (missing or 0) & asked.asked_fields
    return [
        name.replace("_", " ") for place, name in enumerate(CONTACT_FIELDS) if bits & (1 << place)
    ]
