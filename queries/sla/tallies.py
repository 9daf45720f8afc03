"""Clocks that were due, counted: by term and period, and by term and person, team or campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import dialects, schema
from queries.filters import COLUMNS
from queries.handoff_schema import live_clocks
from queries.handoffs import counts, facts
from queries.handoffs.facts import Question
from queries.people import Scope
from queries.sla.lines import AMOUNTS, Line
from queries.sla.spans import Steps

# Whose campaign a lead was won by: a person of marketing.
OWNER = "owner"
_campaigns = schema.CANONICAL["campaigns"]


@dataclass(frozen=True)
class Tally:
    """Clocks that were due: of these, in time, and what they count for (hand-offs or points)."""

    n: int = 0
    met: int = 0
    amount: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.n + other.n, self.met + other.met, self.amount + other.amount)


Counted = Mapping[int, Tally]


def fact() -> facts.Facts:
    """One row per clock that was due by the view's moment; of these, `ended` ones count."""
    columns = facts.Columns({column.name: column for column in live_clocks.c})
    as_of = sa.bindparam("as_of", type_=sa.DateTime())
    return facts.Facts(columns, live_clocks, live_clocks.c.due_at <= as_of)


def ended(rows: sa.FromClause = live_clocks) -> sa.ColumnElement[bool]:
    """Met or breached: what was called off before it was due does not count."""
    return rows.c.result.in_(("met", "breached"))


def of_line(line: Line, asked: Question) -> sa.ColumnElement[bool]:
    """The clocks of a promise that were due on a day of the period, and count."""
    clock = live_clocks.c
    in_period = clock.due_on.between(asked.view.start, asked.view.end)
    return sa.and_(clock.promise_no.in_(line.numbers), in_period, ended())


def statement(asked: Question, scope: Scope, line: Line) -> sa.Select:
    """One row: n, met and amount of one promise."""
    clock = live_clocks.c
    amount = _worth() if line.is_amount else sa.literal(0)
    return (
        sa.select(
            sa.func.count().label("n"),
            dialects.count_if(clock.result == "met").label("met"),
            amount.label("amount"),
        )
        .select_from(live_clocks)
        .where(counts.admitted(fact(), asked, scope), of_line(line, asked))
    )


def by_step(
    connection: Connection, asked: Question, steps: Steps, *, scope: Scope, lines: Sequence[Line]
) -> tuple[Counted, tuple[Counted, ...]]:
    """Of the period, and of each of the steps up to its end: number of the term -> its clocks.

    Source: live_clocks.
    """
    view, clock = asked.view, live_clocks.c
    first = min(view.start, steps.spans[0][0])
    daily = _grouped(asked, scope, lines, clock.due_on, first).subquery("daily")
    place = steps.place(daily.c.part).label("place")
    in_period = daily.c.part.between(view.start, view.end)
    wanted = sa.select(
        daily.c.promise_no,
        place,
        *_summed(daily, in_period),
        *_summed(daily, sa.true()),
    ).group_by(daily.c.promise_no, place)
    whole: dict[int, Tally] = {}
    each: tuple[dict[int, Tally], ...] = tuple({} for _ in steps.spans)
    for number, step, *found in facts.ask(connection, wanted, asked):
        whole[number] = whole.get(number, Tally()) + _tally(found[:3])
        if 0 <= step < len(each):
            each[step][number] = _tally(found[3:])
    return whole, each


def by_part(
    connection: Connection, asked: Question, by: str, *, scope: Scope, lines: Sequence[Line]
) -> dict[str | None, Counted]:
    """Of each rep, team, campaign, channel or owner of campaigns: number of the term -> its clocks.

    Source: live_clocks, campaigns. Raises: KeyError for another dimension.
    """
    column = live_clocks.c[COLUMNS["campaign" if by == OWNER else by]]
    part = _grouped(asked, scope, lines, column, asked.view.start).subquery("part")
    rows, key = part, part.c.part
    if by == OWNER:
        rows = part.outerjoin(_campaigns, _campaigns.c.campaign_id == part.c.part)
        key = _campaigns.c.owner_rep_id
    wanted = (
        sa.select(part.c.promise_no, key.label("key"), *_summed(part, sa.true()))
        .select_from(rows)
        .group_by(part.c.promise_no, key)
    )
    parts: dict[str | None, dict[int, Tally]] = {}
    for number, name, *found in facts.ask(connection, wanted, asked):
        if (tally := _tally(found)).n:
            parts.setdefault(name, {})[number] = tally
    return parts


def of(line: Line, counted: Counted) -> Tally:
    """The clocks of all wordings of a promise, each judged by its own."""
    return sum((counted.get(number, Tally()) for number in line.numbers), Tally())


def _grouped(
    asked: Question,
    scope: Scope,
    lines: Sequence[Line],
    part: sa.ColumnElement,
    first: date,
) -> sa.Select:
    """Clocks that were due from a day on, by term, part and result: grouped before anything is
    asked of them, for millions of texts to be looked at once."""
    clock = live_clocks.c
    key = (clock.promise_no, part.label("part"), clock.result)
    has_amounts = any(line.is_amount for line in lines)
    return (
        sa.select(
            *key,
            sa.func.count().label("n"),
            (_worth() if has_amounts else sa.literal(0)).label("amount"),
        )
        .select_from(live_clocks)
        .where(
            counts.admitted(fact(), asked, scope),
            clock.promise_no.in_([number for line in lines for number in line.numbers]),
            clock.due_on.between(first, asked.view.end),
        )
        .group_by(clock.promise_no, part, clock.result)
    )


def _worth() -> sa.ColumnElement:
    # Decimals: their sum is the same in whichever order the rows are added up.
    worth = sa.cast(live_clocks.c.amount, sa.Numeric(18, 4))
    return sa.func.coalesce(sa.func.sum(sa.case((live_clocks.c.kind.in_(AMOUNTS), worth))), 0)


def _summed(rows: sa.Subquery, condition: sa.ColumnElement[bool]) -> tuple[sa.ColumnElement, ...]:
    """n, met and amount of groups."""
    # Not by `where`: the engine would look for it in each row before it groups them.
    counts_now = sa.and_(condition, ended(rows))
    is_met = sa.and_(condition, rows.c.result == "met")
    summed = ((counts_now, rows.c.n), (is_met, rows.c.n), (counts_now, rows.c.amount))
    return tuple(
        sa.func.coalesce(sa.func.sum(sa.case((holds, column))), 0) for holds, column in summed
    )


def _tally(found: Sequence[Any]) -> Tally:
    n, met, amount = found
    return Tally(int(n), int(met), float(amount))
