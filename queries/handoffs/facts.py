"""The hand-offs of a view as of its moment, each with how its clocks stand: what all numbers count.

When a clock runs out stands in the snapshot (queries/promises), so that "due", "met" and "overdue"
are comparisons of moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries.filters import Filters
from queries.handoff_schema import CONTACT_FIELDS, live_clocks, live_handoffs
from queries.handoffs import clock_states
from queries.rules import business_time
from queries.terms import Terms

# In the order in which they press.
OPEN_STATES = ("overdue", "due_soon", "running", "paused", "no_clock")
DECIDED_STATES = ("accepted", "rejected", "recycled", "disqualified", "superseded")
STATES = OPEN_STATES + DECIDED_STATES


@dataclass(frozen=True)
class Question:
    """A view, the terms in force, and the clocks with their usual days."""

    view: Filters
    terms: Terms
    clocks: Mapping[int, business_time.Clock]
    usual_days: Mapping[int, int]

    @property
    def parameters(self) -> dict[str, Any]:
        """The values that statements made of `handoffs` and `clocks` are asked with."""
        return {"as_of": self.view.as_of, "asked_fields": self.asked_fields}

    @property
    def asked_fields(self) -> int:
        """The bits of handoffs.missing that the terms in force ask for."""
        fields = self.terms.fields
        return sum(1 << place for place, name in enumerate(CONTACT_FIELDS) if name in fields)


class Columns(dict[str, sa.ColumnElement]):
    """Columns by name, also as attributes, as tables have them."""

    __getattr__ = dict.__getitem__


@dataclass(frozen=True)
class Facts:
    """Columns that conditions look at; `rows` is what they are selected from, by `where`."""

    c: Columns
    rows: sa.FromClause
    where: sa.ColumnElement[bool]


def ask(
    connection: Connection, wanted: sa.Select | sa.CompoundSelect, asked: Question
) -> sa.Result:
    """What a statement made of `handoffs` or `clocks` answers to this question."""
    return connection.execute(wanted, asked.parameters)


def readings(clock: business_time.Clock, *moments: datetime) -> list[int]:
    """The clock at each moment; before its calendar and after it, at its ends."""
    instants = np.array(moments, dtype="datetime64[us]").astype(np.int64)
    return [int(one) for one in clock.reading(np.clip(instants, clock.begins, clock.ends))]


_AS_OF = sa.bindparam("as_of", type_=sa.DateTime())


@cache
def handoffs() -> Facts:
    """One row per hand-off that was handed over by the view's moment.

    Columns: those of live_handoffs; outcome text (decision by then, or pending); is_open,
    is_complete bool.
    """
    known = {"outcome": _outcome(live_handoffs), "is_open": _is_open(live_handoffs)}
    known["is_complete"] = _is_complete(live_handoffs)
    columns = Columns(_by_name(live_handoffs) | known)
    return Facts(columns, live_handoffs, live_handoffs.c.handed_at <= _AS_OF)


@cache
def with_clocks() -> Facts:
    """As `handoffs`, with how the clocks stand.

    Further columns: is_attempted bool, by then; attempt_due_at, decision_due_at as was known by
    then; waits_for text (attempt or decision) and due_at: the clock that presses, NULL where none
    runs; clock_state text (OPEN_STATES), of the open ones; state text (STATES).
    """
    rows = clock_states.pressing(live_handoffs, _AS_OF)
    known = {
        "outcome": _outcome(rows),
        "is_open": _is_open(rows),
        "is_complete": _is_complete(rows),
    }
    known |= clock_states.judged(rows, _AS_OF)
    known["state"] = sa.case((known["is_open"], known["clock_state"]), else_=known["outcome"])
    return Facts(Columns(_by_name(rows) | known), rows, rows.c.handed_at <= _AS_OF)


@cache
def clocks(kind: str) -> Facts:
    """One row per hand-off that a term of a kind was about, and that was due by the view's moment.

    Columns: those of live_clocks; rep_id and team_id are of whoever had it when it was due.
    """
    is_due = sa.and_(live_clocks.c.kind == kind, live_clocks.c.due_at <= _AS_OF)
    return Facts(Columns(_by_name(live_clocks)), live_clocks, is_due)


@cache
def clocks_of_handoffs(kind: str) -> Facts:
    """As `clocks`, with the columns of `with_clocks` that are not its own."""
    handed, clock = with_clocks(), clocks(kind)
    rows = live_clocks.join(handed.rows, handed.c.seq == clock.c.seq)
    return Facts(Columns(handed.c | clock.c), rows, clock.where)


def _by_name(rows: sa.FromClause) -> dict[str, sa.ColumnElement]:
    return {column.name: column for column in rows.c}


def _outcome(rows: sa.FromClause) -> sa.ColumnElement:
    is_decided = rows.c.decided_at <= _AS_OF
    return sa.case((is_decided, rows.c.decision), else_="pending")


def _is_open(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    """Nothing was decided by then."""
    return sa.or_(rows.c.decided_at.is_(None), rows.c.decided_at > _AS_OF)


def _is_complete(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    """The lead came with all that the terms in force ask for."""
    return rows.c.missing.op("&")(sa.bindparam("asked_fields", type_=sa.Integer())) == 0
