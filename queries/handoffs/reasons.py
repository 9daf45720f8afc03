"""Why hand-offs were not accepted, and what became of those that were sent back."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import frames
from queries.handoffs import facts
from queries.handoffs.counts import admitted
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS
from queries.people import Scope

_WITH_REASONS = ("rejected", "recycled", "disqualified")
_SOON = timedelta(days=30)
# Sources are read more often than that.
_WEEK = timedelta(days=7)
# When the leads that wait come back, in order.
RETURNS = ("overdue", "within 30 days", "later", "no date")


def by_reason(connection: Connection, asked: Question, *, scope: Scope) -> pd.DataFrame:
    """The decisions of the period that were no acceptance, by their reasons.

    Rows: one per decision and reason that there is, the most frequent first; without a reason is
    a row of its own (reason NA). Columns: decision str; reason str or NA; n int. Per decision
    they sum to its metric. Source: live_handoffs.
    """
    fact = facts.handoffs()
    in_period = fact.c.decided_on.between(asked.view.start, asked.view.end)
    wanted = (
        sa.select(fact.c.outcome, fact.c.reason_code, sa.func.count())
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), in_period, fact.c.outcome.in_(_WITH_REASONS))
        .group_by(fact.c.outcome, fact.c.reason_code)
    )
    found: dict[tuple[str, str | None], int] = {}
    for outcome, written, n in facts.ask(connection, wanted, asked):
        reason = (written or "").strip() or None
        found[outcome, reason] = found.get((outcome, reason), 0) + n
    rows = [(*key, n) for key, n in found.items()]
    rows.sort(key=lambda row: (_WITH_REASONS.index(row[0]), -row[2], row[1] is None, row[1] or ""))
    return frames.made({"decision": "str", "reason": "str", "n": "int64"}, rows)


def returns(connection: Connection, asked: Question, *, scope: Scope) -> pd.DataFrame:
    """The recycled leads that have not been handed over again, by when they shall come back.

    Rows: one per entry of RETURNS, zero included. Columns: due str; n int. They sum to the metric
    `waiting`. Source: live_handoffs.
    """
    fact = facts.handoffs()
    waiting = METRICS["waiting"].holds(fact, asked.view)
    wanted = (
        sa.select(fact.c.recycle_until, sa.func.count())
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), waiting)
        .group_by(fact.c.recycle_until)
    )
    found: dict[str, int] = dict.fromkeys(RETURNS, 0)
    for day, n in facts.ask(connection, wanted, asked):
        found[_return(day, asked.view.as_of_day)] += n
    return frames.made({"due": "str", "n": "int64"}, list(found.items()))


def _return(day: date | None, today: date) -> str:
    if day is None:
        return "no date"
    if day <= today:
        return "overdue"
    return "within 30 days" if day <= today + _SOON else "later"


def completeness(connection: Connection, asked: Question, *, scope: Scope) -> dict[str, int]:
    """Of the hand-offs of the period: n; complete, with all fields that the terms ask for; late,
    looked at only after a week, when the CRM may have been mended. Source: live_handoffs."""
    fact = facts.handoffs()
    is_complete = METRICS["complete"].holds(fact, asked.view)
    is_late = fact.c.missing_seen_at > fact.c.handed_at + sa.literal(_WEEK)
    wanted = (
        sa.select(
            sa.func.count().label("n"),
            sa.func.count(sa.case((is_complete, 1))).label("complete"),
            sa.func.count(sa.case((is_late, 1))).label("late"),
        )
        .select_from(fact.rows)
        .where(admitted(fact, asked, scope), METRICS["handed"].holds(fact, asked.view))
    )
    row = facts.ask(connection, wanted, asked).one()
    return dict(row._mapping)
