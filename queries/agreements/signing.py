"""Signing the draft: each side's leader signs exactly what stands there, and only for that side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import accounts, audit, people, words
from queries.agreement_schema import AGREEMENT, sla_agreements, sla_signatures
from queries.agreements import draft_check, seal, standing, store
from queries.agreements.content import Side, Version


class NotSigned(RuntimeError):
    """No signature was written; the message says to a reader why and what to do."""


@dataclass(frozen=True)
class Asked:
    """What somebody signs: a version, for a side, by the seal that they saw."""

    number: int
    side: Side
    seen: str


def side_of(connection: Connection, user: people.User) -> Side | None:
    """The side for which a person may sign; none of whoever is not its leader."""
    person = accounts.by_id(connection, user.person_id)
    return None if person is None else _side(person)


def _side(person: accounts.Person) -> Side | None:
    leads = person.is_active and person.role == "leader"
    return next((side for side in store.SIDES if leads and side == person.side), None)


def sign(
    connection: Connection, act: audit.Act, user: people.User, asked: Asked, zone: str
) -> Version:
    """Writes the signature; with the second one the version is signed, and has its moment.

    Returns the version as it is then. The same signature sent twice is one. Raises: NotSigned.
    """
    version = _held(connection, asked.number)
    signer = _signer(connection, user, asked.side)
    given = store.signatures(connection)
    counting = store.counting(version, given)
    if (mine := counting.get(asked.side)) and asked.seen == mine.content_sha256:
        if mine.signer_user == signer.name:
            return version
        raise NotSigned(_by_another(mine, zone))
    _check(version, asked, counting, signer)
    _insert(connection, act, asked, signer)
    details = f"for {asked.side}, seal {asked.seen}"
    audit.note(connection, act, "agreement signed", store.subject(version.number), details)
    if len(counting) + 1 < len(store.SIDES):
        return version
    return _bring_into_force(connection, act, version, zone)


def _held(connection: Connection, number: int) -> Version:
    """The version, held until the end of the transaction: of two who sign at the same moment the
    second one sees the signature of the first."""
    which = (sla_agreements.c.agreement_id == AGREEMENT, sla_agreements.c.version == number)
    held = sa.select(sla_agreements.c.version).where(*which).with_for_update()
    if connection.execute(held).first() is None:
        raise NotSigned("There is no such version of the agreement.")
    return next(each for each in store.versions(connection) if each.number == number)


def _signer(connection: Connection, user: people.User, side: Side) -> accounts.Person:
    """The person as they are now, not as they were when their page was drawn."""
    person = accounts.by_id(connection, user.person_id)
    if person is None or not person.is_active or person.role != "leader":
        raise NotSigned("The leaders of marketing and sales sign the agreement, nobody else.")
    if person.side is None:
        raise NotSigned("An admin must say first which side you lead, on the page Admin.")
    if person.side != side:
        raise NotSigned(f"You lead {person.side}: you cannot sign for {side}.")
    return person


def _check(
    version: Version,
    asked: Asked,
    counting: dict[Side, store.Signature],
    signer: accounts.Person,
) -> None:
    if version.status == "discarded":
        raise NotSigned("This draft was discarded; it cannot be signed any more.")
    if version.status == "signed":
        raise NotSigned("Both sides have signed this version already.")
    if seal.of(version) != asked.seen:
        raise NotSigned(
            "The draft was changed after you opened it. Read it again: you sign what stands there"
            " now."
        )
    # Whoever was moved from one side to the other has signed for the first one already.
    if any(each.signer_user == signer.name for each in counting.values()):
        raise NotSigned("You have signed this for the other side: somebody else signs for this.")
    if lacking := draft_check.lacks(version):
        raise NotSigned(lacking)


def _by_another(mine: store.Signature, zone: str) -> str:
    when = words.moment(mine.signed_at, zone)
    return f"{mine.signer_name} has signed this for {mine.side} on {when}."


def _insert(connection: Connection, act: audit.Act, asked: Asked, signer: accounts.Person) -> None:
    connection.execute(
        sa.insert(sla_signatures).values(
            agreement_id=AGREEMENT,
            version=asked.number,
            side=asked.side,
            content_sha256=asked.seen,
            signer_user=signer.name,
            signer_name=signer.full_name,
            signed_at=act.at,
        )
    )


def _bring_into_force(
    connection: Connection, act: audit.Act, version: Version, zone: str
) -> Version:
    begins_at = begins(store.versions(connection), act.at, version, zone)
    signed = replace(version, status="signed", effective_at=begins_at)
    is_it = (sla_agreements.c.agreement_id == AGREEMENT, sla_agreements.c.version == version.number)
    cells = {"status": "signed", "signed_at": act.at, "effective_at": signed.effective_at}
    connection.execute(sa.update(sla_agreements).where(*is_it).values(**cells))
    audit.note(connection, act, store.AGREED, store.subject(version.number), store.agreed(signed))
    return signed


def begins(versions: Iterable[Version], at: datetime, version: Version, zone: str) -> datetime:
    """From when (UTC, naive) a version holds whose second signature is written at a moment: never
    before the moment of signing, nor before a version that was signed earlier begins."""
    wanted = version.effective_from
    moments = [at if wanted is None else max(at, standing.midnight(wanted, zone))]
    others = (each.effective_at for each in versions)
    return max([*moments, *(moment for moment in others if moment is not None)])
