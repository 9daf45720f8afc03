"""The agreement as it is kept: all versions, who signed them, and whether they are still whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries.agreement_schema import AGREEMENT, sla_agreements, sla_signatures, sla_terms
from queries.agreements import defaults, rows, seal, standing
from queries.agreements.content import Side, Term, Version
from queries.records_schema import audit_log

SIDES: tuple[Side, ...] = ("marketing", "sales")
# The seal of the default terms, which nobody signed: they are as they were shipped, or not.
_SHIPPED = {1: seal.of(defaults.VERSION)}

_CHANGED = "Somebody has changed it in the database."
AGREED = "agreement signed by both sides"


@dataclass(frozen=True)
class Signature:
    """Who signed which content of a version for which side."""

    number: int
    side: Side
    signer_user: str
    signer_name: str
    signed_at: datetime
    content_sha256: str


@dataclass(frozen=True)
class Damage:
    """A signed version that does not say any more what was signed."""

    number: int
    sentence: str


def versions(connection: Connection) -> tuple[Version, ...]:
    """All versions with their terms, by number. Source: sla_agreements, sla_terms."""
    terms: dict[int, list[Term]] = defaultdict(list)
    kept = sa.select(sla_terms).where(sla_terms.c.agreement_id == AGREEMENT)
    for row in connection.execute(kept.order_by(sla_terms.c.sort_order, sla_terms.c.term_id)):
        terms[row.version].append(rows.as_term(row))
    wanted = sa.select(sla_agreements).where(sla_agreements.c.agreement_id == AGREEMENT)
    found = connection.execute(wanted.order_by(sla_agreements.c.version))
    return tuple(rows.as_version(row, tuple(terms[row.version])) for row in found)


def signed(connection: Connection) -> tuple[Version, ...]:
    """The signed versions as they come into force, the default first."""
    return tuple(standing.in_order(versions(connection)))


def in_force(connection: Connection, at: datetime) -> Version:
    """The version that holds at an instant (UTC, naive)."""
    return standing.in_force(versions(connection), at)


def signatures(connection: Connection) -> tuple[Signature, ...]:
    """All signatures, oldest first, also for a content that was changed later."""
    names = (*("version", "side", "signer_user", "signer_name", "signed_at", "content_sha256"),)
    wanted = (
        sa.select(*(sla_signatures.c[name] for name in names))
        .where(sla_signatures.c.agreement_id == AGREEMENT)
        .order_by(sla_signatures.c.signed_at, sla_signatures.c.side)
    )
    return tuple(Signature(*row) for row in connection.execute(wanted))


def counting(version: Version, given: tuple[Signature, ...]) -> dict[Side, Signature]:
    """The signatures for what a version says now, by side."""
    sealed = seal.of(version)
    return {
        each.side: each
        for each in given
        if each.number == version.number and each.content_sha256 == sealed
    }


def agreed(version: Version) -> str:
    """What the audit log keeps of a version that both sides have signed."""
    since = version.effective_at.isoformat() if version.effective_at else "always"
    return f"seal {seal.of(version)}, in force from {since}"


def check(connection: Connection) -> tuple[Damage, ...]:
    """Signed versions of which the stored text or moment is not the one that was signed."""
    given = signatures(connection)
    log = audit_log.c
    wanted = sa.select(log.subject, log.details).where(log.action == AGREED)
    noted = {(row.subject, row.details) for row in connection.execute(wanted)}
    return tuple(
        Damage(version.number, sentence)
        for version in versions(connection)
        if version.status == "signed" and (sentence := _damage(version, given, noted))
    )


def _damage(version: Version, given: tuple[Signature, ...], noted: set[tuple[str, str]]) -> str:
    number, sealed = version.number, seal.of(version)
    if number in _SHIPPED:
        is_whole = sealed == _SHIPPED[number] and version.effective_at is None
        shipped = f"The terms of version {number} are not those that were shipped."
        return "" if is_whole else f"{shipped} {_CHANGED}"
    if len(counting(version, given)) < len(SIDES):
        signed = sorted({seal.short(one.content_sha256) for one in given if one.number == number})
        was = f"what was signed has {' and '.join(signed)}" if signed else "nobody signed it"
        return (
            f"Version {number} is not what both sides signed: its seal is {seal.short(sealed)},"
            f" {was}. {_CHANGED}"
        )
    if (subject(number), agreed(version)) not in noted:
        return f"The audit log does not know that version {number} was signed like this. {_CHANGED}"
    return ""


def subject(number: int) -> str:
    """A version in the audit log."""
    return f"agreement version {number}"
