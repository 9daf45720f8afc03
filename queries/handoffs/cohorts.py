"""What became of the hand-offs of a period: of those that are old enough to tell."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import frames, stores
from queries.handoff_schema import handoff_maturities
from queries.handoffs import counts, facts
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS, OUTCOMES, STEPS
from queries.people import Scope


def maturity_days(connection: Connection) -> dict[str, int]:
    """Step -> days within which nine of ten hand-offs that ever get there have got there."""
    return stores.once(connection, _maturity_days)


def _maturity_days(connection: Connection) -> dict[str, int]:
    rows = connection.execute(sa.select(handoff_maturities.c.step, handoff_maturities.c.days))
    return {step: days or 0 for step, days in rows}


def cohort(
    connection: Connection, asked: Question, *, scope: Scope, has_attempts: bool = True
) -> pd.DataFrame:
    """Of the hand-offs of the period that are old enough for a step, how many have taken it.

    Rows: one per step after the first and one per outcome, in order. Columns: key, label str;
    days int, the age asked for; n Int64, old enough; reached Int64, both NA for a step that
    nobody can know because the data has no attempts; rate, low, high float.
    """
    old_enough, found = maturity_days(connection), {}
    steps = [_of_cohort(asked, scope, key, old_enough.get(key, 0)) for key in _STEP_COLUMNS]
    for key, n, reached in facts.ask(connection, sa.union_all(*steps), asked):
        found[key] = n, reached
    outcomes = _outcomes_of_cohort(asked, scope, old_enough.get("decided", 0))
    decided = dict(facts.ask(connection, outcomes, asked).all())
    n = sum(decided.values())
    found |= {key: (n, decided.get(key, 0)) for key in OUTCOMES}
    found["decided"] = n, sum(decided.get(key, 0) for key in OUTCOMES[:-1])
    rows = []
    for key in (*STEPS[1:], *OUTCOMES):
        is_known = has_attempts or not METRICS[key].needs_activities
        n, reached = found[key] if is_known else (None, None)
        days = old_enough.get(key if key in STEPS else "decided", 0)
        rows.append((key, METRICS[key].label, days, n, reached, *counts.rate(reached, n)))
    return frames.made(_COHORT_COLUMNS, rows)


_STEP_COLUMNS = {
    "assigned": "assigned_at",
    "attempted": "first_attempt_at",
    "contacted": "first_contact_at",
}


def _old_enough(asked: Question, scope: Scope, days: int) -> sa.ColumnElement[bool]:
    fact = facts.handoffs()
    handed = METRICS["handed"].holds(fact, asked.view)
    is_old = fact.c.handed_on <= asked.view.as_of_day - timedelta(days=days)
    return sa.and_(counts.admitted(fact, asked, scope), handed, is_old)


def _of_cohort(asked: Question, scope: Scope, key: str, days: int) -> sa.Select:
    fact = facts.handoffs()
    is_there = sa.case((fact.c[_STEP_COLUMNS[key]] <= asked.view.as_of, 1))
    return (
        sa.select(sa.literal(key), sa.func.count(), sa.func.count(is_there))
        .select_from(fact.rows)
        .where(_old_enough(asked, scope, days))
    )


def _outcomes_of_cohort(asked: Question, scope: Scope, days: int) -> sa.Select:
    fact = facts.handoffs()
    return (
        sa.select(fact.c.outcome, sa.func.count())
        .select_from(fact.rows)
        .where(_old_enough(asked, scope, days))
        .group_by(fact.c.outcome)
    )


_COHORT_COLUMNS = {"key": "str", "label": "str", "days": "int64", "n": "Int64", "reached": "Int64"}
_COHORT_COLUMNS |= dict.fromkeys(("rate", "low", "high"), "float64")
