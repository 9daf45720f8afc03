"""What is decided here on a hand-off: one decision, whoever clicks how often.

A hand-off is the one of a lead at a moment. The form makes the id of a decision, so that the same
form sent twice, or again after a crash, is one decision; a second person is told who was first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from queries import audit, people, terms, words
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoff_schema import DECISIONS

LONGEST_NOTE = 2_000
_LONGEST_RECYCLING = timedelta(days=730)
_LONGEST_PAUSE = timedelta(days=31)
_DECIDERS = ("rep", "sales_manager", "admin")


class NotDecided(RuntimeError):
    """Nothing was written; the message says to a reader why and what to do."""


class AlreadyDecided(NotDecided):
    """Somebody was first; the message says who, what and when."""


@dataclass(frozen=True)
class Handoff:
    """The hand-off that is decided on, as its page shows it."""

    handoff_id: str
    lead_id: str
    handed_at: datetime
    decision: str = "pending"
    decided_by: str = ""
    decided_at: datetime | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody filled in. `form_id`: made when the form was opened."""

    form_id: str
    decision: str
    reason: str | None = None
    until: date | None = None
    note: str = ""


def may_decide(user: people.User) -> bool:
    """Deciding is an act of sales: of reps on their own hand-offs, of managers on their team's."""
    return user.role in _DECIDERS and user.scope.sees_persons


def decide(
    connection: Connection, act: audit.Act, handoff: Handoff, asked: Asked, zone: str
) -> None:
    """Writes the decision, and the audit log. `zone`: in which moments are told.

    Raises: NotDecided, AlreadyDecided.
    """
    _check(connection, asked, words.local_day(act.at, zone))
    if handoff.decision == "superseded":
        raise NotDecided("This lead was handed over again since: decide on its newer hand-off.")
    mine = in_force(connection, handoff.lead_id, handoff.handed_at)
    if handoff.decided_at is not None and mine is None:
        raise AlreadyDecided(_first(handoff.decision, handoff.decided_by, handoff.decided_at, zone))
    row = {
        "decision_id": asked.form_id,
        "lead_id": handoff.lead_id,
        "handed_at": handoff.handed_at,
        "decision": asked.decision,
        "reason_code": asked.reason,
        "recycle_until": asked.until,
        "note": _written(asked.note),
        "decided_by": act.by,
        "decided_at": act.at,
        "changed_at": act.at,
    }
    if not _insert(connection, handoff_decisions, row):
        _compare(connection, handoff, asked.form_id, zone)
        return
    until = f", until {asked.until}" if asked.until else ""
    details = f"{asked.reason or 'no reason'}{until}. {_written(asked.note)}"
    audit.note(connection, act, f"hand-off {asked.decision}", handoff.handoff_id, details.rstrip())


def _written(text: str) -> str:
    """A text as it is kept; PostgreSQL keeps no NUL."""
    return text.replace("\0", "").strip()


def _insert(connection: Connection, table: sa.Table, row: dict[str, object]) -> bool:
    """Inserts unless a row is there that excludes it; waits for who is writing one just now."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(row).on_conflict_do_nothing()
    # How many rows it wrote is not told by every driver; which ones it wrote is.
    written = connection.execute(statement.returning(*table.primary_key.columns))
    return written.first() is not None


def _compare(connection: Connection, handoff: Handoff, form_id: str, zone: str) -> None:
    """The decision that is there is this very form's, or somebody else was first."""
    first = in_force(connection, handoff.lead_id, handoff.handed_at)
    if first is None:
        raise NotDecided("This form was sent before, and taken back since then: open it anew.")
    if first.decision_id != form_id:
        raise AlreadyDecided(_first(first.decision, first.decided_by, first.decided_at, zone))


def _first(decision: str, by: str, at: datetime, zone: str) -> str:
    who = by or "The CRM"
    return (
        f"{who} was first: {decision} on {words.moment(at, zone)}."
        " Your decision was not saved; what you typed is still here."
    )


def _check(connection: Connection, asked: Asked, today: date) -> None:
    if asked.decision not in DECISIONS:
        raise NotDecided("Choose one of the decisions.")
    agreed = terms.in_force(connection)
    known = {each.code for each in terms.reasons(connection) if each.decision == asked.decision}
    if asked.reason is not None and asked.reason not in known:
        raise NotDecided(f"“{asked.reason[:60]}” is no reason for {asked.decision}: choose one.")
    if asked.reason is None and asked.decision in agreed.needs_reason:
        raise NotDecided(f"Choose a reason: the terms in force ask for one for {asked.decision}.")
    if asked.reason == "other" and not _written(asked.note):
        raise NotDecided("Say in the note what the other reason was.")
    if len(asked.note) > LONGEST_NOTE:
        raise NotDecided(
            f"The note has {len(asked.note):,} characters; {LONGEST_NOTE:,} can be kept."
        )
    _check_until(asked, today)


def _check_until(asked: Asked, today: date) -> None:
    if asked.decision != "recycled":
        if asked.until is not None:
            raise NotDecided("Only a recycled lead comes back on a day.")
        return
    if asked.until is not None and not today < asked.until <= today + _LONGEST_RECYCLING:
        raise NotDecided("Choose a day to come back on: after today, within two years.")


def in_force(connection: Connection, lead_id: str, handed_at: datetime) -> sa.Row | None:
    """The decision made here that is in force for a hand-off."""
    table = handoff_decisions
    wanted = sa.select(table).where(
        table.c.lead_id == lead_id,
        table.c.handed_at == handed_at,
        table.c.withdrawn_at.is_(None),
    )
    return connection.execute(wanted).one_or_none()


def withdraw(connection: Connection, act: audit.Act, handoff: Handoff) -> None:
    """Takes back the decision made here; it stays in the log. Raises: NotDecided."""
    found = in_force(connection, handoff.lead_id, handoff.handed_at)
    if found is None:
        raise NotDecided("There is no decision made here that could be taken back.")
    table = handoff_decisions
    withdrawn = connection.execute(
        sa.update(table)
        .where(table.c.decision_id == found.decision_id, table.c.withdrawn_at.is_(None))
        .values(withdrawn_by=act.by, withdrawn_at=act.at, changed_at=act.at)
    )
    if withdrawn.rowcount == 0:
        raise NotDecided("This decision was taken back a moment ago by somebody else.")
    details = f"{found.decision} by {found.decided_by}"
    audit.note(connection, act, "decision taken back", handoff.handoff_id, details)


def pause(
    connection: Connection,
    act: audit.Act,
    handoff: Handoff,
    *,
    form_id: str,
    until: datetime,
    reason: str,
) -> None:
    """Stops the clock of a hand-off until a moment; once, and not when it is too late.

    Raises: NotDecided.
    """
    if not (written := _written(reason)):
        raise NotDecided("Say what you are waiting for: a clock does not stop without a reason.")
    if handoff.decision != "pending":
        raise NotDecided("This hand-off is decided; its clock has stopped.")
    if handoff.is_overdue:
        raise NotDecided("This clock has run out already; stopping it now cannot change that.")
    if not act.at < until <= act.at + _LONGEST_PAUSE:
        raise NotDecided("Choose when the clock goes on: later than now, within a month.")
    row = {"lead_id": handoff.lead_id, "handed_at": handoff.handed_at, "pause_id": form_id}
    row |= {"paused_at": act.at, "paused_until": until, "reason": written[:LONGEST_NOTE]}
    if _insert(connection, handoff_pauses, row | {"paused_by": act.by, "changed_at": act.at}):
        details = f"until {words.moment(until, 'UTC')} UTC: {written}"
        audit.note(connection, act, "clock stopped", handoff.handoff_id, details)
        return
    found = connection.execute(
        sa.select(handoff_pauses.c.pause_id, handoff_pauses.c.paused_by).where(
            handoff_pauses.c.lead_id == handoff.lead_id,
            handoff_pauses.c.handed_at == handoff.handed_at,
        )
    ).one_or_none()
    if found is None or found.pause_id != form_id:
        by = found.paused_by if found else "somebody"
        raise NotDecided(f"The clock was stopped before, by {by}: it can be stopped once only.")
