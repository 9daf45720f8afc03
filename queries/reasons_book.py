"""Changing the reasons that can be given for a decision: new ones, next steps, order, on and off.

A reason is never deleted or renamed, because decisions name it; it is switched off. Each change
stands in the audit log of the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import agreed, audit
from queries.agreed import NotAllowed
from queries.audit import Act
from queries.handoff_records_schema import handoff_decisions, reason_codes

DECISIONS = ("rejected", "recycled", "disqualified")
LONGEST = 100


@dataclass(frozen=True)
class Entry:
    """A reason, also one that is switched off; `used`: how often it was given here."""

    decision: str
    code: str
    next_step: str
    is_active: bool
    used: int = 0


def read(connection: Connection) -> tuple[Entry, ...]:
    """Every reason, by decision and in its order. Source: reason_codes, handoff_decisions."""
    given = handoff_decisions.c
    counted = sa.select(given.decision, given.reason_code, sa.func.count()).where(
        given.reason_code.is_not(None)
    )
    grouped = connection.execute(counted.group_by(given.decision, given.reason_code))
    used = {(decision, code): number for decision, code, number in grouped}
    rows = connection.execute(sa.select(reason_codes).order_by(*_ORDER)).all()
    found = [
        Entry(
            row.decision,
            row.reason_code,
            row.next_step,
            bool(row.is_active),
            used.get((row.decision, row.reason_code), 0),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda entry: _place_of(entry.decision)))


_ORDER = (reason_codes.c.decision, reason_codes.c.sort_order, reason_codes.c.reason_code)


def _place_of(decision: str) -> int:
    return DECISIONS.index(decision) if decision in DECISIONS else len(DECISIONS)


def add(connection: Connection, act: Act, decision: str, code: str, next_step: str) -> None:
    """A new reason, the last of its decision. Raises: NotAllowed, Conflict."""
    if decision not in DECISIONS:
        raise NotAllowed("decision", f"Decision: choose one of {', '.join(DECISIONS)}.")
    code = agreed.one_line("code", "Reason", code, LONGEST)
    next_step = agreed.one_line("next_step", "What happens next", next_step, LONGEST)
    known = _held(connection, decision)
    if code.casefold() in (each.casefold() for each in known):
        raise NotAllowed(
            "code", f"Reason: “{code}” is there already; if it is switched off, switch it on."
        )
    last = sa.select(sa.func.max(reason_codes.c.sort_order)).where(
        reason_codes.c.decision == decision
    )
    place = connection.execute(last).scalar_one()
    connection.execute(
        sa.insert(reason_codes).values(
            decision=decision,
            reason_code=code,
            next_step=next_step,
            sort_order=0 if place is None else place + 1,
            is_active=True,
        )
    )
    audit.note(connection, act, "reason added", f"{decision}: {code}", next_step)


def set_next_step(
    connection: Connection, act: Act, decision: str, code: str, next_step: str
) -> None:
    """What happens next after a reason. Raises: NotAllowed."""
    next_step = agreed.one_line("next_step", "What happens next", next_step, LONGEST)
    _of(connection, decision, code)
    _change(connection, decision, code, next_step=next_step)
    audit.note(connection, act, "next step of a reason set", f"{decision}: {code}", next_step)


def switch(connection: Connection, act: Act, decision: str, code: str, *, is_active: bool) -> None:
    """Whether a reason can be given from now on. Raises: NotAllowed."""
    known = _of(connection, decision, code)
    if known[code] is is_active:
        raise NotAllowed("code", f"Reason: it is switched {'on' if is_active else 'off'} already.")
    if not is_active and sum(known.values()) == 1:
        raise NotAllowed("code", "Reason: it is the last one; a decision needs one to be given.")
    _change(connection, decision, code, is_active=is_active)
    action = f"reason switched {'on' if is_active else 'off'}"
    audit.note(connection, act, action, f"{decision}: {code}")


def move(connection: Connection, act: Act, decision: str, code: str, place: int) -> None:
    """A reason stands at a place of its decision's list from now on, 1 being the first.

    Raises: NotAllowed.
    """
    others = [each for each in _of(connection, decision, code) if each != code]
    if not 1 <= place <= len(others) + 1:
        raise NotAllowed("place", f"Place: from 1 to {len(others) + 1}.")
    others.insert(place - 1, code)
    for number, each in enumerate(others):
        _change(connection, decision, each, sort_order=number)
    audit.note(connection, act, "reason moved", f"{decision}: {code}", f"to place {place}")


def _of(connection: Connection, decision: str, code: str) -> dict[str, bool]:
    known = _held(connection, decision)
    if code not in known:
        raise NotAllowed("code", "Reason: there is no such reason any more.")
    return known


def _held(connection: Connection, decision: str) -> dict[str, bool]:
    """The codes of a decision in their order, and whether each can be given; held until the end
    of the transaction."""
    of_it = sa.select(reason_codes).where(reason_codes.c.decision == decision)
    rows = connection.execute(of_it.order_by(*_ORDER).with_for_update())
    return {row.reason_code: bool(row.is_active) for row in rows}


def _change(connection: Connection, decision: str, code: str, **values: object) -> None:
    is_it = (reason_codes.c.decision == decision, reason_codes.c.reason_code == code)
    connection.execute(sa.update(reason_codes).where(*is_it).values(**values))
