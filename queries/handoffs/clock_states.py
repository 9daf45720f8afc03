"""What the clocks of a hand-off say: how they stand, and what was kept of the promises."""

from __future__ import annotations

import sqlalchemy as sa

from queries.rules import business_time

# A clock that has less left than a quarter of its target, or an hour, is due soon.
_SOON_SHARE, _SOON = 4, business_time.HOUR


def is_past(due: sa.CTE) -> sa.ColumnElement[bool]:
    """All that was promised was due in the period, and nobody had handed it over again."""
    in_period = due.c.last_due.between(due.c.start_clock, due.c.end_clock - 1)
    is_over = sa.func.coalesce(due.c.over_clock <= due.c.last_due, False)
    return sa.func.coalesce(sa.and_(in_period, due.c.last_due < due.c.past_clock, ~is_over), False)


def state(due: sa.CTE, as_of: sa.ColumnElement) -> sa.ColumnElement:
    """Where a hand-off stands: decided how, or how its clock stands (facts.STATES)."""
    left = due.c.due_clock - due.c.now_clock
    is_paused = sa.and_(due.c.paused_at <= as_of, due.c.paused_until > as_of)
    is_soon = sa.or_(left * _SOON_SHARE <= due.c.target, left <= _SOON)
    return sa.case(
        (due.c.outcome != "pending", due.c.outcome),
        (due.c.due_clock.is_(None), "no_clock"),
        (due.c.due_clock < due.c.past_clock, "overdue"),
        (is_paused, "paused"),
        (is_soon, "due_soon"),
        else_="running",
    )


def response(due: sa.CTE, was_due: sa.ColumnElement[bool]) -> sa.ColumnElement:
    """Met or breached. What was handed over again before it was due is out of the count; what was
    late already when it was handed over again stays late."""
    is_cancelled = sa.and_(
        due.c.over_clock <= due.c.response_due,
        sa.func.coalesce(due.c.stop_clock > due.c.response_due, True),
    )
    return sa.case(
        (~was_due, sa.null()),
        (due.c.stop_clock <= due.c.response_due, "met"),
        (is_cancelled, sa.null()),
        else_="breached",
    )
