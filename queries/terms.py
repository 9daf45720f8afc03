"""What the two sides have promised each other: the terms in force, as the clocks need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import records
from queries.agreements import store
from queries.agreements.content import Target, Term, Version
from queries.handoff_records_schema import reason_codes


@dataclass(frozen=True)
class Terms:
    """The terms in force. A promise that nobody gave is None; then its clock does not run."""

    title: str
    version: int
    first_attempt: Target | None = None
    decision: Target | None = None
    # Decisions for which a reason must be given, and the fields that a lead must come with.
    needs_reason: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """A reason that can be given for a decision, and what happens next."""

    decision: str
    code: str
    next_step: str


def in_force(connection: Connection, at: datetime | None = None) -> Terms:
    """The terms of the version in force now, or at an instant (UTC, naive).

    Of each kind the first term that holds for every hand-off. Source: sla_agreements, sla_terms.
    """
    return of_version(store.in_force(connection, at or records.now()))


def of_version(version: Version) -> Terms:
    """The terms of a version, as the clocks need them."""
    general: dict[str, Term] = {}
    for term in version.terms:
        if not term.segment:
            general.setdefault(term.kind, term)
    targets = {kind: term.target for kind, term in general.items()}
    about = {kind: term.about for kind, term in general.items()}
    return Terms(
        version.title,
        version.number,
        first_attempt=targets.get("first_attempt"),
        decision=targets.get("decision"),
        needs_reason=about.get("reason_coverage", ()),
        fields=about.get("completeness", ()),
    )


def reasons(connection: Connection) -> tuple[Reason, ...]:
    """The reasons that can be chosen, in their order. Source: reason_codes."""
    wanted = (
        sa.select(reason_codes.c.decision, reason_codes.c.reason_code, reason_codes.c.next_step)
        .where(reason_codes.c.is_active)
        .order_by(reason_codes.c.decision, reason_codes.c.sort_order)
    )
    return tuple(Reason(*row) for row in connection.execute(wanted))
