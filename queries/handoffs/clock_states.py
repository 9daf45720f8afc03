"""What the clocks of a hand-off say at a moment: which one presses, and how it stands."""

from __future__ import annotations

import sqlalchemy as sa

from queries.handoff_schema import PRESSING, dues

_COMPUTED = {column.name for column in dues()}


def pressing(handoffs: sa.Table, as_of: sa.ColumnElement) -> sa.Subquery:
    """The hand-offs as they were at a moment.

    Columns: those of the table, where attempt_due_at, attempt_soon_at and those of the decision
    are as was known by then; is_attempted bool; waits_for_attempt bool, the clock of the first
    attempt presses: until there is one, the clock that runs out first does.
    """
    # In steps, for the engine to read each expression once.
    plain = (column for column in handoffs.c if column.name not in _COMPUTED)
    is_attempted = sa.func.coalesce(handoffs.c.first_attempt_at <= as_of, False)
    known = sa.select(
        *plain,
        is_attempted.label("is_attempted"),
        *(
            _known(handoffs, clock, name, as_of)
            for clock in PRESSING
            for name in ("due_at", "soon_at")
        ),
    ).subquery("known")
    attempt, decision = known.c.attempt_due_at, known.c.decision_due_at
    is_nearer = sa.func.coalesce(attempt <= decision, attempt.is_not(None))
    waits = sa.and_(~known.c.is_attempted, is_nearer).label("waits_for_attempt")
    return sa.select(*known.c, waits).subquery("handed")


def _known(handoffs: sa.Table, clock: str, name: str, as_of: sa.ColumnElement) -> sa.ColumnElement:
    """Before a clock was stopped for a while, or started anew, nobody knew of it."""
    is_changed_later = handoffs.c[f"{clock}_changed_at"] > as_of
    before, after = handoffs.c[f"{clock}_first_{name}"], handoffs.c[f"{clock}_{name}"]
    return sa.case((is_changed_later, before), else_=after).label(f"{clock}_{name}")


def judged(rows: sa.FromClause, as_of: sa.ColumnElement) -> dict[str, sa.ColumnElement]:
    """Of the rows of `pressing`: what is waited for, until when, and how that clock stands."""
    waits_for_attempt, decision_due_at = rows.c.waits_for_attempt, rows.c.decision_due_at
    due_at, soon_at = (
        sa.case((waits_for_attempt, rows.c[f"attempt_{name}"]), else_=rows.c[f"decision_{name}"])
        for name in ("due_at", "soon_at")
    )
    is_paused = sa.and_(rows.c.paused_at <= as_of, rows.c.paused_until > as_of)
    clock_state = sa.case(
        (due_at.is_(None), "no_clock"),
        (due_at <= as_of, "overdue"),
        (is_paused, "paused"),
        (soon_at <= as_of, "due_soon"),
        else_="running",
    )
    waits_for = sa.case((waits_for_attempt, "attempt"), (decision_due_at.is_not(None), "decision"))
    return {"waits_for": waits_for, "due_at": due_at, "clock_state": clock_state}
