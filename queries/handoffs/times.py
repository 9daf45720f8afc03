"""How long hand-offs wait: for a rep, for a first attempt, for a first two-way contact.

In working time, and with those that still wait (queries/rules/survival.py): the mean of the
answered would leave out the slow ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from queries import dialects, frames
from queries.handoffs import facts
from queries.handoffs.counts import admitted
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS
from queries.people import Scope
from queries.rules import business_time, survival

_SHARES = (0.5, 0.9)
# What is waited for, its words, and the columns of when it happened.
WAITS = (
    ("assigned", "Assigned to a rep"),
    ("first_attempt", "First attempt"),
    ("first_contact", "First two-way contact"),
)


def waits(
    connection: Connection,
    asked: Question,
    *,
    scope: Scope,
    only: Collection[str] = tuple(key for key, _ in WAITS),
    has_attempts: bool = True,
) -> pd.DataFrame:
    """Median and nine-tenths waiting time of the hand-offs of the period.

    Rows: one per wait (of WAITS, `only` these). Columns: key, label str; n Int64 hand-offs;
    happened Int64; median, p90 Int64 minutes of working time, rounded up, NA where so many have
    not been reached. All NA where the data has no attempts: then there is no clock.
    Source: live_handoffs, of those whose clock can be judged.
    """
    wanted = [key for key, _ in WAITS if key in only]
    if not has_attempts:
        unknown = [(key, label, *(None,) * 4) for key, label in WAITS if key in wanted]
        return frames.made(_COLUMNS, unknown)
    histograms = {
        key: lists
        for key, *lists in facts.ask(connection, _histograms(asked, scope, wanted), asked)
    }
    rows = []
    for key, label in WAITS:
        if key in wanted:
            minutes, happened, seen = (column or [] for column in histograms[key])
            reached = survival.quantiles(minutes, happened, seen, _SHARES)
            rows.append((key, label, sum(seen), sum(happened), *reached))
    return frames.made(_COLUMNS, rows)


_COLUMNS = {"key": "str", "label": "str", "n": "Int64", "happened": "Int64"}
_COLUMNS |= {"median": "Int64", "p90": "Int64"}


def _histograms(asked: Question, scope: Scope, wanted: Collection[str]) -> sa.CompoundSelect:
    """Per wait one row of lists: the whole minutes of waiting, to how many it happened then, and
    how many were seen so far; NULL where there are none.

    Who had it decided, or handed over again, without it is followed until then.
    """
    fact, now = facts.handoffs(), _now(asked)
    handed = METRICS["handed"].holds(fact, asked.view)
    waited = (
        sa.select(*(column for key in wanted for column in _waited(fact, asked, key, now)))
        .join_from(fact.rows, now, now.c.calendar_no == fact.c.calendar_no)
        .where(admitted(fact, asked, scope), handed, fact.c.is_timed)
        .cte("waited")
    )
    return sa.union_all(*(_lists(waited, key) for key in wanted))


def _now(asked: Question) -> sa.Values:
    """One row per calendar: what its clock shows at the view's moment."""
    rows = [(no, *facts.readings(clock, asked.view.as_of)) for no, clock in asked.clocks.items()]
    columns = sa.column("calendar_no", sa.Integer), sa.column("reading", sa.BigInteger)
    return sa.values(*columns, name="now").data(rows)


def _waited(
    fact: facts.Facts, asked: Question, key: str, now: sa.Values
) -> Iterator[sa.ColumnElement]:
    """The minutes of waiting, rounded up, and something where what was waited for has happened."""
    did = fact.c[f"{key}_at"] <= asked.view.as_of
    is_decided = fact.c.decided_at <= asked.view.as_of
    until = sa.case(
        (did, fact.c[f"{key}_clock"]), (is_decided, fact.c.decided_clock), else_=now.c.reading
    )
    span = sa.func.greatest(until - fact.c.handed_clock, 0)
    yield dialects.whole(span + business_time.MINUTE - 1, business_time.MINUTE).label(key)
    yield sa.case((did, 1)).label(f"{key}_happened")


def _lists(waited: sa.CTE, key: str) -> sa.Select:
    counted = (
        sa.select(
            waited.c[key].label("minutes"),
            sa.func.count(waited.c[f"{key}_happened"]).label("happened"),
            sa.func.count().label("seen"),
        )
        .group_by(waited.c[key])
        .subquery("counted")
    )
    # Thousands of rows take longer to fetch than to count.
    in_order = (postgresql.aggregate_order_by(column, counted.c.minutes) for column in counted.c)
    return sa.select(sa.literal(key), *(sa.func.array_agg(column) for column in in_order))
