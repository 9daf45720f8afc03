"""Personas: what a company calls the kinds of people in its data, and what it means by each.

The kinds are those that the data names; none are invented. Wordings are kept as targets are: a new
one begins on a day, one that was wrong is struck, each change stands in the audit log.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import agreed, audit, people, schema, words
from queries.agreed import NotAllowed
from queries.agreed_schema import personas
from queries.audit import Act
from queries.people import Scope

LONGEST_LABEL, LONGEST_DESCRIPTION = 100, 4_000


@dataclass(frozen=True)
class Persona:
    """What a persona of the data is called, and what is meant by it, from a day on."""

    wording_id: str
    key: str
    label: str
    description: str
    valid_from: date
    entered_by: str
    entered_at: datetime
    struck_by: str | None = None
    struck_at: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """A wording as it is said."""

    key: str
    label: str
    description: str
    valid_from: date | None


def of_data(connection: Connection, *, scope: Scope) -> tuple[tuple[str, int], ...]:
    """Persona of the data -> how many persons have it that the viewer may see, most first.

    Source: leads, journeys.
    """
    persona, count = schema.leads.c.persona, sa.func.count()
    known = (
        sa.select(persona, count)
        .join(schema.journeys, schema.journeys.c.lead_id == schema.leads.c.lead_id)
        .where(persona.is_not(None), people.visible(scope, schema.journeys))
        .group_by(persona)
        .order_by(count.desc(), persona)
    )
    return tuple((row[0], row[1]) for row in connection.execute(known))


def read(connection: Connection) -> tuple[Persona, ...]:
    """Every wording that was ever entered, in that order. Source: personas."""
    in_order = sa.select(personas).order_by(personas.c.entered_at, personas.c.wording_id)
    return tuple(_as_persona(row) for row in connection.execute(in_order))


def _as_persona(row: sa.Row) -> Persona:
    said = (row.persona_key, row.label, row.description, row.valid_from)
    return Persona(
        row.wording_id, *said, row.entered_by, row.entered_at, row.struck_by, row.struck_at
    )


def in_force(found: Sequence[Persona], on: date) -> dict[str, Persona]:
    """Of wordings in the order of entry, by persona the one that holds on a day."""
    held = {}
    for each in sorted(found, key=lambda one: one.valid_from):
        if each.valid_from <= on and each.struck_at is None:
            held[each.key] = each
    return held


def enter(connection: Connection, act: Act, wanted: Wanted) -> str:
    """A wording from a day on; returns its id. Raises: NotAllowed."""
    key = agreed.one_line("key", "Persona", wanted.key, 500)
    label = agreed.one_line("label", "Called", wanted.label, LONGEST_LABEL)
    text = agreed.some_lines("description", "Meaning", wanted.description, LONGEST_DESCRIPTION)
    if wanted.valid_from is None:
        raise NotAllowed("valid_from", "From: choose the day on which it begins.")
    wording_id = uuid.uuid4().hex
    connection.execute(
        sa.insert(personas).values(
            wording_id=wording_id,
            persona_key=key,
            label=label,
            description=text,
            valid_from=wanted.valid_from,
            entered_by=act.by,
            entered_at=act.at,
        )
    )
    said = f"{label}, from {words.day(wanted.valid_from)} on: {text}"
    audit.note(connection, act, "persona worded", key, said)
    return wording_id


def strike(connection: Connection, act: Act, wording_id: str) -> None:
    """A wording holds on no day any more; that it was entered stays known. Raises: NotAllowed."""
    is_it = sa.and_(personas.c.wording_id == wording_id, personas.c.struck_at.is_(None))
    row = connection.execute(sa.select(personas).where(is_it).with_for_update()).one_or_none()
    if row is None:
        raise NotAllowed("wording", "This wording is struck already.")
    struck = sa.update(personas).where(is_it)
    connection.execute(struck.values(struck_by=act.by, struck_at=act.at))
    said = f"{row.label}, from {words.day(row.valid_from)} on"
    audit.note(connection, act, "wording of a persona struck", row.persona_key, said)
