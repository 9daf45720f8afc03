"""Leaders, drafts and signatures for tests of the agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Engine

from queries import people, records
from queries.agreements import drafting, seal, signing, store
from queries.agreements.content import Version
from tests import records_place
from tests.records_place import AT, act


def add_person(engine: Engine, name: str, role: str = "leader", **said) -> people.User:
    """Somebody who may sign in, as the pages know them."""
    person_id = records_place.add(engine, name, role, **said)
    return people.User(name, role, people.EVERYTHING, person_id, name.title(), "10.0.0.9")


def versions(engine: Engine) -> dict[int, Version]:
    """All versions by number."""
    with records.reading(engine) as connection:
        return {version.number: version for version in store.versions(connection)}


def start(engine: Engine, user: people.User, source: int = 1, at: datetime = AT) -> Version:
    """A draft from a version."""
    with records.writing(engine) as connection:
        number = drafting.start(connection, act(user.name, at), user, source, "UTC")
    return versions(engine)[number]


def edit(user: people.User, seen: Version | str, at: datetime = AT) -> drafting.Edit:
    """The user edits what they have seen."""
    seal_seen = seen if isinstance(seen, str) else seal.of(seen)
    return drafting.Edit(user, act(user.name, at), seal_seen, "UTC")


def change(engine: Engine, how, *arguments) -> None:
    """Does one of drafting's changes."""
    with records.writing(engine) as connection:
        how(connection, *arguments)


def describe(engine: Engine, user: people.User, seen: Version, at: datetime = AT, **said) -> None:
    """Changes what the draft says beside its terms."""
    head = drafting.Head(seen.title, seen.text, seen.effective_from)
    change(engine, drafting.describe, edit(user, seen, at), replace(head, **said))


def sign(
    engine: Engine,
    user: people.User,
    side: str,
    seen: Version,
    at: datetime = AT,
    zone: str = "UTC",
) -> Version:
    """The user signs what they have seen."""
    asked = signing.Asked(seen.number, side, seal.of(seen))
    with records.writing(engine) as connection:
        return signing.sign(connection, act(user.name, at), user, asked, zone)
