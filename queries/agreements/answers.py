"""What the Agreement page knows: all versions, who signed them, who may, and who wrote the draft,
as the records say at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import accounts, people, words
from queries.agreement_schema import AGREEMENT, sla_agreements
from queries.agreements import signing, standing, store
from queries.agreements.content import Side, Version


@dataclass(frozen=True)
class Written:
    """Who began the draft and who changed it last. Instants are UTC, naive."""

    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True)
class Answers:
    """The agreement at an instant (`at`, UTC, naive). Two are equal if nothing has happened between
    them.

    `in_force`: the number of the version that holds. `leaders`: side -> the names of those who may
    sign for it. `side`: for which the viewer may sign.
    """

    versions: tuple[Version, ...]
    given: tuple[store.Signature, ...]
    damages: tuple[store.Damage, ...]
    in_force: int
    leaders: Mapping[Side, tuple[str, ...]]
    side: Side | None
    written: Written | None
    at: datetime = field(compare=False)

    def version(self, number: int | None) -> Version | None:
        """The version of a number; None where there is none."""
        return next((each for each in self.versions if each.number == number), None)

    @property
    def draft(self) -> Version | None:
        """The one that can be changed."""
        return next((each for each in self.versions if each.status == "draft"), None)

    def standing(self, version: Version) -> standing.Standing:
        """How a version stands to the others."""
        return standing.standing(version, self.versions, self.at)

    def said(self, version: Version, zone: str) -> str:
        """In force since 1 Mar 2026; superseded by version 3 on 1 May 2026; draft, last changed by
        lee on 1 May 2026, 14:02"""
        stands = self.standing(version)
        if stands == "draft" and self.written:
            when = words.moment(self.written.changed_at, zone)
            return f"draft, last changed by {self.written.changed_by} on {when}"
        if stands == "coming" and version.effective_at:
            return f"comes into force on {standing.since(version.effective_at, zone)}"
        if stands == "superseded" and (next_one := self._after(version)).effective_at:
            when = standing.since(next_one.effective_at, zone)
            return f"superseded by version {next_one.number} on {when}"
        if stands == "discarded":
            return "discarded, never in force"
        return standing.in_words(version, self.versions, self.at, zone)

    def _after(self, version: Version) -> Version:
        order = standing.in_order(self.versions)
        return order[order.index(version) + 1]


def load(connection: Connection, user: people.User, *, at: datetime, with_demo: bool) -> Answers:
    """All of it for a viewer. `with_demo`: the people of the demo company exist.

    Source: sla_agreements, sla_terms, sla_signatures, persons, audit_log.
    """
    versions = store.versions(connection)
    everyone = accounts.everyone(connection, with_demo=with_demo)
    return Answers(
        versions,
        store.signatures(connection),
        store.check(connection),
        standing.in_force(versions, at).number,
        {side: tuple(_leaders(everyone, side)) for side in store.SIDES},
        signing.side_of(connection, user),
        _written(connection),
        at,
    )


def _leaders(everyone: list[accounts.Person], side: Side) -> list[str]:
    return [
        person.full_name
        for person in everyone
        if person.is_active and person.role == "leader" and person.side == side
    ]


def _written(connection: Connection) -> Written | None:
    kept = sla_agreements.c
    is_it = (kept.agreement_id == AGREEMENT, kept.status == "draft")
    wanted = sa.select(kept.created_by, kept.created_at, kept.changed_by, kept.changed_at)
    row = connection.execute(wanted.where(*is_it)).one_or_none()
    return None if row is None else Written(*row)
