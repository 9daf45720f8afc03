"""The hand-offs of a view as of its moment, each with its clocks judged: what all numbers count.

Readings of a business clock are whole numbers (queries/handoff_schema.py), so that "due", "met"
and "overdue" are comparisons with a few constants per calendar, taken here from the same clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries.filters import Filters
from queries.handoff_schema import CONTACT_FIELDS, handoff_owners, live_handoffs
from queries.handoffs import clock_states
from queries.rules import business_time
from queries.terms import Terms

# In the order in which they press.
OPEN_STATES = ("overdue", "due_soon", "running", "paused", "no_clock")
DECIDED_STATES = ("accepted", "rejected", "recycled", "disqualified", "superseded")
STATES = OPEN_STATES + DECIDED_STATES
_A_MOMENT = timedelta(microseconds=1)
# What every question asks of a hand-off, and what its clocks are judged by.
_ALWAYS = ("seq", "rep_id", "team_id", "campaign_id", "channel", "handed_at", "is_timed")
_JUDGED_BY = ("handed_clock", "decided_at", "reassigned_at", "paused_at", "paused_until")


@dataclass(frozen=True)
class Question:
    """A view, the terms that its clocks are judged by, and the clocks with their usual days."""

    view: Filters
    terms: Terms
    clocks: Mapping[int, business_time.Clock]
    usual_days: Mapping[int, int]

    @property
    def parameters(self) -> dict[str, Any]:
        """The values that statements made of `of` and `without_clocks` are asked with."""
        return {"as_of": self.view.as_of, "asked_fields": self.asked_fields} | _moments(self)

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
    """What a statement made of `of` or `without_clocks` answers to this question."""
    return connection.execute(wanted, asked.parameters)


def readings(clock: business_time.Clock, *moments: datetime) -> list[int]:
    """The clock at each moment; before its calendar and after it, at its ends."""
    instants = np.array(moments, dtype="datetime64[us]").astype(np.int64)
    return [int(one) for one in clock.reading(np.clip(instants, clock.begins, clock.ends))]


_AS_OF = sa.bindparam("as_of", type_=sa.DateTime())
# What stands in the place of each calendar's numbers, so that a statement is built once only.
_OF_CALENDARS = ("calendar_no", "attempt_target", "decision_target")
_OF_CALENDARS += ("now_clock", "past_clock", "start_clock", "end_clock")


@cache
def without_clocks() -> Facts:
    """As `of`, without what needs a clock: enough for what happened in a period, and faster."""
    known = _by_name(live_handoffs) | {"outcome": _outcome(), "is_complete": _is_complete()}
    return Facts(Columns(known), live_handoffs, live_handoffs.c.handed_at <= _AS_OF)


def _outcome() -> sa.ColumnElement:
    is_decided = live_handoffs.c.decided_at <= _AS_OF
    return sa.case((is_decided, live_handoffs.c.decision), else_="pending")


def _is_complete() -> sa.ColumnElement[bool]:
    """The lead came with all that the terms in force ask for."""
    return live_handoffs.c.missing.op("&")(sa.bindparam("asked_fields", type_=sa.Integer())) == 0


@cache
def of(*names: str, is_charged: bool = False) -> Facts:
    """One row per hand-off that was handed over by the view's moment.

    Columns: rep_id, team_id, campaign_id, channel and those of live_handoffs that are named;
    outcome text (decision by then, or pending); is_complete bool; state text (STATES);
    due_clock, left: the reading at which the clock that presses runs out, and the microseconds of
    working time until then, NULL where no clock runs;
    response: met, breached, or NULL where it was not due by then or does not count;
    is_due_in_period; is_past_in_period, all that was promised was due in it; was_ignored, without
    an attempt by then, bool; attempt_clock, decision_clock, over_clock (handed over
    again), NULL where it had not happened by then; now_clock. If `is_charged`, rep_id and team_id
    are of who is charged with it (_charged), and own_rep_id, own_team_id whose it is.
    """
    kept = tuple(dict.fromkeys((*_ALWAYS, *_JUDGED_BY, *names)))
    facts = _judged(_due(_known(kept)), is_charged=is_charged)
    return Facts(Columns(_by_name(facts)), facts, sa.true())


def _by_name(rows: sa.FromClause) -> dict[str, sa.ColumnElement]:
    return {column.name: column for column in rows.c}


def _moments(asked: Question) -> dict[str, list[Any]]:
    """Per calendar: the targets, and its clock now, a moment later, at both ends of the period."""
    now, ends = asked.view.as_of, asked.view.instants
    rows = [
        (number, *_targets(asked, number), *readings(clock, now, now + _A_MOMENT, *ends))
        for number, clock in asked.clocks.items()
    ]
    columns = zip(*rows, strict=True) if rows else ([] for _ in _OF_CALENDARS)
    return {name: list(values) for name, values in zip(_OF_CALENDARS, columns, strict=True)}


def _calendars() -> sa.Subquery:
    """One row per calendar, of what `_moments` gives."""
    numbers = sa.ARRAY(sa.BigInteger)
    return sa.select(
        *(sa.func.unnest(sa.bindparam(name, type_=numbers)).label(name) for name in _OF_CALENDARS)
    ).subquery("moments")


def _targets(asked: Question, calendar_no: int) -> tuple[int | None, ...]:
    """What is promised until the first attempt and until the decision, in microseconds."""
    targets = asked.terms.first_attempt, asked.terms.decision
    return tuple(target and target.on(asked.usual_days[calendar_no]) for target in targets)


def _known(names: Sequence[str]) -> sa.CTE:
    """What was known by then."""
    handoff, moments, by_then = live_handoffs.c, _calendars(), _AS_OF
    is_decided = handoff.decided_at <= by_then
    is_over = handoff.decision == "superseded"
    pause = sa.case((handoff.paused_at <= by_then, handoff.paused_clock), else_=0)
    # An attempt stops its clock; what stands still later cannot make a late one good.
    is_answered = handoff.first_attempt_at <= handoff.paused_at
    attempt = _when(handoff.first_attempt_at <= by_then, handoff.first_attempt_clock)
    decision = _when(sa.and_(is_decided, ~is_over), handoff.decided_clock)
    over = _when(sa.and_(is_decided, is_over), handoff.decided_clock)
    return (
        sa.select(
            *(handoff[name] for name in names),
            *(column for column in moments.c if column.name != "calendar_no"),
            _outcome().label("outcome"),
            _is_complete().label("is_complete"),
            attempt.label("attempt_clock"),
            decision.label("decision_clock"),
            over.label("over_clock"),
            pause.label("pause"),
            sa.case((is_answered, 0), else_=pause).label("attempt_pause"),
        )
        .join_from(live_handoffs, moments, moments.c.calendar_no == handoff.calendar_no)
        .where(handoff.handed_at <= by_then)
        .cte("known")
    )


def _when(condition: sa.ColumnElement[bool], value: sa.ColumnElement) -> sa.ColumnElement:
    return sa.case((condition, value))


def _due(known: sa.CTE) -> sa.CTE:
    """When each clock runs out, and which one presses: until the first attempt the nearer."""
    attempt, decision = known.c.attempt_target, known.c.decision_target
    nearer = sa.func.least(attempt, decision)
    target = sa.case((known.c.attempt_clock.is_(None), nearer), else_=decision)
    response_due = known.c.handed_clock + known.c.attempt_pause + attempt
    decision_due = known.c.handed_clock + known.c.pause + decision
    return sa.select(
        *known.c,
        _when(known.c.is_timed, response_due).label("response_due"),
        # When all of it should have been done.
        _when(known.c.is_timed, sa.func.greatest(response_due, decision_due)).label("last_due"),
        _when(known.c.is_timed, known.c.handed_clock + known.c.pause + target).label("due_clock"),
        target.label("target"),
        sa.func.least(known.c.attempt_clock, known.c.decision_clock).label("stop_clock"),
    ).cte("due")


def _judged(due: sa.CTE, *, is_charged: bool) -> sa.CTE:
    rows, rep, team = _charged(due) if is_charged else (due, due.c.rep_id, due.c.team_id)
    was_due = sa.func.coalesce(due.c.response_due < due.c.past_clock, False)
    in_period = due.c.response_due.between(due.c.start_clock, due.c.end_clock - 1)
    kept = (column for column in due.c if column.name not in ("rep_id", "team_id"))
    return (
        sa.select(
            *kept,
            rep.label("rep_id"),
            team.label("team_id"),
            due.c.rep_id.label("own_rep_id"),
            due.c.team_id.label("own_team_id"),
            clock_states.state(due, _AS_OF).label("state"),
            (due.c.due_clock - due.c.now_clock).label("left"),
            clock_states.response(due, was_due).label("response"),
            sa.and_(was_due, in_period).label("is_due_in_period"),
            clock_states.is_past(due).label("is_past_in_period"),
            sa.func.coalesce(due.c.attempt_clock > due.c.last_due, True).label("was_ignored"),
        )
        .select_from(rows)
        .cte("facts")
    )


def _charged(due: sa.CTE) -> tuple[sa.FromClause, sa.ColumnElement, sa.ColumnElement]:
    """With who had it when its first attempt was due; or its decision, if that alone is agreed."""
    charged_at = sa.func.coalesce(due.c.response_due, due.c.last_due)
    turns = sa.func.lead(handoff_owners.c.from_clock).over(
        partition_by=handoff_owners.c.seq, order_by=handoff_owners.c.from_at
    )
    owners = sa.select(handoff_owners, turns.label("until_clock")).cte("owners")
    had_it = sa.and_(
        owners.c.seq == due.c.seq,
        owners.c.from_clock <= charged_at,
        sa.or_(owners.c.until_clock.is_(None), charged_at < owners.c.until_clock),
    )
    changed_hands = due.c.reassigned_at.is_not(None)
    rep, team = (
        sa.case((changed_hands, owners.c[name]), else_=due.c[name])
        for name in ("rep_id", "team_id")
    )
    return due.outerjoin(owners, had_it), rep, team
