"""How many hand-offs: by metric, by state and rep, by age."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, frames, people
from queries.filters import COLUMNS
from queries.handoffs import facts
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS, OUTCOMES
from queries.people import Scope
from queries.rules import intervals

# Days since a hand-off, and the words for it; the last is for all that are older.
AGES = ((1, "today"), (3, "1 to 2 days"), (8, "3 to 7 days"), (31, "8 to 30 days"))
_OLDER = "over 30 days"


def admitted(fact: facts.Facts, asked: Question, scope: Scope) -> sa.ColumnElement[bool]:
    """The rows that the viewer may see and has not filtered away."""
    return sa.and_(fact.where, people.visible(scope, fact), asked.view.matching(fact))


def is_open(fact: facts.Facts, asked: Question) -> sa.ColumnElement[bool]:
    """Nothing was decided by the view's moment: seen at a glance, which no clock need be for."""
    return sa.or_(fact.c.decided_at.is_(None), fact.c.decided_at > asked.view.as_of)


def statement(asked: Question, scope: Scope, key: str) -> sa.Select:
    """One row: how many hand-offs a metric counts. KeyError for an unknown one."""
    metric = METRICS[key]
    needs_clocks = metric.needs_clocks
    fact = facts.of(is_charged=metric.is_charged) if needs_clocks else facts.without_clocks()
    holds = sa.and_(admitted(fact, asked, scope), metric.holds(fact, asked.view))
    return sa.select(sa.func.count().label("n")).select_from(fact.rows).where(holds)


@dataclass(frozen=True)
class Tally:
    """Hand-offs counted. `events`: metric -> n. `open_ones`: (rep or team, state, age in AGES,
    is attempted) -> n. `due_ones`: rep or team -> n per metric of DUE; None if not asked for."""

    events: Mapping[str, int]
    open_ones: Mapping[tuple[str | None, str, int, bool], int]
    due_ones: Mapping[str | None, tuple[int, ...]] | None

    def by_metric(self) -> dict[str, int]:
        """How many hand-offs each metric counts, of those that were asked for."""
        states = dict.fromkeys(facts.OPEN_STATES, 0)
        for (_, state, _, _), n in self.open_ones.items():
            states[state] += n
        known = dict(self.events) | states | {"open": sum(states.values())}
        if self.due_ones is None:
            return known
        due = [sum(column) for column in zip(*self.due_ones.values(), strict=True)]
        return known | dict(zip(DUE, due or [0] * len(DUE), strict=True))


DUE = ("due", "met", "past_due", "ignored")


# The metrics that are counted one by one, without a clock.
EVENTS = tuple(key for key, metric in METRICS.items() if not metric.needs_clocks)


def tally(
    connection: Connection,
    asked: Question,
    *,
    scope: Scope,
    by: str,
    events: Collection[str] = EVENTS,
    with_due: bool = True,
) -> Tally:
    """Counts the open ones by rep or team, these events and, if asked for, what was due.

    Source: live_handoffs, handoff_owners.
    """
    return Tally(
        _events(connection, asked, scope, events),
        {tuple(key): n for *key, n in facts.ask(connection, _open(asked, scope, by), asked)},
        {key: tuple(n) for key, *n in facts.ask(connection, _due(asked, scope, by), asked)}
        if with_due
        else None,
    )


def _events(
    connection: Connection, asked: Question, scope: Scope, wanted: Collection[str]
) -> dict[str, int]:
    single = [key for key in wanted if METRICS[key].definition != "handoff_decisions"]
    each = [statement(asked, scope, key).add_columns(sa.literal(key)) for key in single]
    found = facts.ask(connection, sa.union_all(*each), asked) if each else ()
    counted = {key: n for n, key in found}
    if len(single) < len(wanted):
        # All decisions at one look.
        counted |= _decisions(connection, asked, scope)
    return {key: counted[key] for key in wanted}


def _decisions(connection: Connection, asked: Question, scope: Scope) -> dict[str, int]:
    fact = facts.without_clocks()
    wanted = (
        sa.select(fact.c.outcome, sa.func.count())
        .select_from(fact.rows)
        .where(
            admitted(fact, asked, scope),
            fact.c.decided_on.between(asked.view.start, asked.view.end),
            fact.c.outcome != "pending",
        )
        .group_by(fact.c.outcome)
    )
    found = dict.fromkeys(OUTCOMES, 0) | dict(facts.ask(connection, wanted, asked).all())
    return found | {"decided": sum(n for key, n in found.items() if key != "superseded")}


def _open(asked: Question, scope: Scope, by: str) -> sa.Select:
    fact, today = facts.of("handed_on"), asked.view.as_of_day
    ages = [
        (fact.c.handed_on > today - timedelta(days=days), n) for n, (days, _) in enumerate(AGES)
    ]
    key = (
        fact.c[COLUMNS[by]],
        fact.c.state,
        sa.case(*ages, else_=len(AGES)).label("age"),
        fact.c.attempt_clock.is_not(None).label("is_attempted"),
    )
    return (
        sa.select(*key, sa.func.count())
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), is_open(fact, asked))
        .group_by(*key)
    )


def _due(asked: Question, scope: Scope, by: str) -> sa.Select:
    fact = facts.of(is_charged=True)
    key = fact.c[COLUMNS[by]]
    counts = [sa.func.count(sa.case((METRICS[name].holds(fact, asked.view), 1))) for name in DUE]
    return (
        sa.select(key, *counts)
        .select_from(fact.rows)
        .where(
            admitted(fact, asked, scope),
            sa.or_(*(METRICS[name].holds(fact, asked.view) for name in ("due", "past_due"))),
            _could_be(fact, asked, scope),
        )
        .group_by(key)
    )


def _could_be(fact: facts.Facts, asked: Question, scope: Scope) -> sa.ColumnElement[bool]:
    """What must hold of all that were due in the period and are admitted, and is seen at a glance:
    they were handed over before its end, and were somebody else's only if they changed hands."""
    own = fact.c | {"rep_id": fact.c.own_rep_id, "team_id": fact.c.own_team_id}
    is_own = admitted(facts.Facts(facts.Columns(own), fact.rows, fact.where), asked, scope)
    _, end = asked.view.instants
    return sa.and_(fact.c.handed_at < end, sa.or_(is_own, fact.c.reassigned_at.is_not(None)))


def board(
    connection: Connection, counted: Tally, by: str, *, has_attempts: bool = True
) -> pd.DataFrame:
    """The open hand-offs by state and the due ones met, of each rep or team.

    Rows: one per rep (team) that has any, by name; the unassigned (key None) last.
    Columns: key, label; open, overdue, due_soon, running, paused, no_clock, due, met Int64, NA
    where the data has no attempts to know it; rate, low, high float (met of due, NaN where none
    was due). They sum to `Tally.by_metric`.
    """
    states: dict[str | None, dict[str, int]] = {}
    for (key, state, _, _), n in counted.open_ones.items():
        own = states.setdefault(key, dict.fromkeys(facts.OPEN_STATES, 0))
        own[state] += n
    names, rows, due_ones = choices.names(connection)[by], [], counted.due_ones or {}
    for key in states | due_ones:
        own = states.get(key, dict.fromkeys(facts.OPEN_STATES, 0))
        due, met, *_ = due_ones.get(key, (0,) * len(DUE))
        label = choices.WITHOUT[by] if key is None else names.get(key, key)
        rows.append((key, label, sum(own.values()), *own.values(), due, met, *rate(met, due)))
    rows.sort(key=lambda row: (row[0] is None, row[1].lower(), row[0] or ""))
    found = frames.made(_BOARD_COLUMNS, rows)
    if not has_attempts:
        found[[name for name in _COUNTED if METRICS[name].needs_activities]] = pd.NA
    return found


def rate(part: int | None, n: int | None) -> tuple[float, float, float]:
    """part/n with its interval; NaN where there is nothing to divide by, or neither is known."""
    found = intervals.rate(part or 0, n or 0)
    return (found.value, found.low, found.high) if n else (float("nan"),) * 3


_COUNTED = ("open", *facts.OPEN_STATES, "due", "met")
_BOARD_COLUMNS = {"key": "str", "label": "str"} | dict.fromkeys(_COUNTED, "Int64")
_BOARD_COLUMNS |= dict.fromkeys(("rate", "low", "high"), "float64")


def ages(counted: Tally, *, has_attempts: bool = True) -> pd.DataFrame:
    """The open hand-offs by how long ago they were handed over.

    Rows: one per age, the youngest first, zero included. Columns: age str; n int; attempted,
    untouched Int64, NA where the data has no attempts. They sum to the metric `open`.
    """
    labels = [*(words for _, words in AGES), _OLDER]
    rows = [[label, 0, 0, 0] for label in labels]
    for (_, _, age, is_attempted), n in counted.open_ones.items():
        rows[age][1] += n
        rows[age][2 if is_attempted else 3] += n
    known = rows if has_attempts else [[*row[:2], None, None] for row in rows]
    kinds = {"age": "str", "n": "int64", "attempted": "Int64", "untouched": "Int64"}
    return frames.made(kinds, known)
