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


def statement(asked: Question, scope: Scope, key: str) -> sa.Select:
    """One row: how many hand-offs a metric counts. KeyError for an unknown one."""
    metric, fact = METRICS[key], METRICS[key].facts
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


# The metrics that are counted one by one.
EVENTS = tuple(
    key
    for key, metric in METRICS.items()
    if not metric.clock and metric.definition != "handoff_states"
)


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

    Source: live_handoffs, live_clocks.
    """
    return Tally(
        _events(connection, asked, scope, events),
        {tuple(key): n for *key, n in facts.ask(connection, _open(asked, scope, by), asked)},
        _due_ones(connection, asked, scope, by) if with_due else None,
    )


def _due_ones(
    connection: Connection, asked: Question, scope: Scope, by: str
) -> dict[str | None, tuple[int, ...]]:
    found: dict[str | None, tuple[int, ...]] = {}
    for key, *counts in facts.ask(connection, _due(asked, scope, by), asked):
        before = found.get(key, (0,) * len(DUE))
        found[key] = tuple(sum(pair) for pair in zip(before, counts, strict=True))
    return found


def _events(
    connection: Connection, asked: Question, scope: Scope, wanted: Collection[str]
) -> dict[str, int]:
    """One by one, for each reads only the days that it is about; all decisions at one look."""
    single = [key for key in wanted if METRICS[key].definition != "handoff_decisions"]
    each = [statement(asked, scope, key).add_columns(sa.literal(key)) for key in single]
    found = facts.ask(connection, sa.union_all(*each), asked) if each else ()
    counted = {key: n for n, key in found}
    if len(single) < len(wanted):
        counted |= _decisions(connection, asked, scope)
    return {key: counted[key] for key in wanted}


def _decisions(connection: Connection, asked: Question, scope: Scope) -> dict[str, int]:
    fact = facts.handoffs()
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
    fact, today = facts.with_clocks(), asked.view.as_of_day
    ages = [
        (fact.c.handed_on > today - timedelta(days=days), n) for n, (days, _) in enumerate(AGES)
    ]
    rows = (
        sa.select(
            fact.c[COLUMNS[by]].label("key"),
            fact.c.clock_state.label("state"),
            sa.case(*ages, else_=len(AGES)).label("age"),
            fact.c.is_attempted.label("is_attempted"),
        )
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), fact.c.is_open)
        .subquery("open_ones")
    )
    return sa.select(*rows.c, sa.func.count()).group_by(*rows.c)


def _due(asked: Question, scope: Scope, by: str) -> sa.CompoundSelect:
    """Rep or team, and a count per metric of DUE: a row per kind of clock."""
    kinds = dict.fromkeys(METRICS[name].clock for name in DUE)
    return sa.union_all(*(_due_of(asked, scope, by, kind) for kind in kinds))


def _due_of(asked: Question, scope: Scope, by: str, kind: str) -> sa.Select:
    fact = facts.clocks(kind)
    key = fact.c[COLUMNS[by]]
    own = [name for name in DUE if METRICS[name].clock == kind]
    counts = [
        sa.func.count(sa.case((METRICS[name].holds(fact, asked.view), 1)))
        if name in own
        else sa.literal(0)
        for name in DUE
    ]
    wanted = (METRICS[name].holds(fact, asked.view) for name in own)
    return (
        sa.select(key, *counts)
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), sa.or_(*wanted))
        .group_by(key)
    )


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
