"""The people who may sign in: adding them, changing what they may, and their passwords."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import audit, links, newcomers, people, sessions
from queries.audit import Act
from queries.newcomers import Newcomer, NotAllowed, in_small
from queries.records_schema import persons


@dataclass(frozen=True)
class Person:
    """A person who may sign in, or once might."""

    person_id: str
    name: str
    full_name: str
    email: str | None
    role: people.Role
    rep_id: str | None
    is_active: bool
    is_demo: bool
    has_password: bool
    created_at: datetime
    # For which side a leader signs the agreement.
    side: str | None = None


def as_person(row: sa.Row) -> Person:
    """A row of the table."""
    return Person(
        row.person_id,
        row.name,
        row.full_name,
        row.email,
        row.role,
        row.rep_id,
        row.is_active,
        row.is_demo,
        row.password_hash is not None,
        row.created_at,
        row.side,
    )


def everyone(connection: Connection, *, with_demo: bool) -> list[Person]:
    """All people, by name; those of the demo company only where it is the source."""
    statement = sa.select(persons).where(exists(with_demo)).order_by(persons.c.name)
    return [as_person(row) for row in connection.execute(statement)]


def find(connection: Connection, name: str, *, with_demo: bool) -> Person | None:
    """The person of a sign-in name, however it is capitalised."""
    return _found(connection, persons.c.name == in_small(name), with_demo)


def by_id(connection: Connection, person_id: str) -> Person | None:
    """The person of an id."""
    return _found(connection, persons.c.person_id == person_id, with_demo=True)


def find_by_email(connection: Connection, email: str, *, with_demo: bool) -> Person | None:
    """The person of an e-mail address."""
    return _found(connection, persons.c.email == in_small(email), with_demo)


def _found(connection: Connection, which: sa.ColumnElement, with_demo: bool) -> Person | None:
    row = connection.execute(sa.select(persons).where(which, exists(with_demo))).one_or_none()
    return None if row is None else as_person(row)


def exists(with_demo: bool) -> sa.ColumnElement[bool]:
    """People of the demo company exist only while it is the source."""
    return sa.true() if with_demo else persons.c.is_demo.is_(False)


def password_hash(connection: Connection, name: str, *, with_demo: bool) -> str | None:
    """What is kept of an active person's password; None for anybody else."""
    return connection.execute(
        sa.select(persons.c.password_hash).where(
            persons.c.name == in_small(name), persons.c.is_active, exists(with_demo)
        )
    ).scalar_one_or_none()


def add(connection: Connection, act: Act, newcomer: Newcomer) -> str:
    """A new person without a password; returns their id. Raises: NotAllowed."""
    kept, email = in_small(newcomer.name), in_small(newcomer.email) or None
    newcomers.check(newcomer)
    person_id, full_name = uuid.uuid4().hex, newcomer.full_name.strip() or newcomer.name.strip()
    who = {"person_id": person_id, "name": kept, "full_name": full_name, "email": email}
    may = {"role": newcomer.role, "rep_id": newcomer.rep_id or None, "is_demo": newcomer.is_demo}
    may |= {"side": newcomer.side or None}
    added = sa.insert(persons).values(is_active=True, created_at=act.at, **who, **may)
    if not newcomer.is_demo:
        _take_from_the_demo(connection, kept)
    try:
        with connection.begin_nested():
            connection.execute(added)
    except sa.exc.IntegrityError:
        taken = f"There is a person with the name “{kept}” or this e-mail already"
        raise NotAllowed(f"{taken}.") from None
    audit.note(
        connection,
        act,
        "person added",
        kept,
        newcomers.access(newcomer.role, newcomer.rep_id, newcomer.side),
    )
    return person_id


def _take_from_the_demo(connection: Connection, name: str) -> None:
    """A person of the demo company, whom no list shows any more, keeps nobody from a name."""
    renamed = sa.literal("demo ") + persons.c.person_id
    is_it = sa.and_(persons.c.is_demo, persons.c.name == name)
    connection.execute(sa.update(persons).where(is_it).values(name=renamed))


def change_access(
    connection: Connection,
    act: Act,
    person_id: str,
    *,
    role: str,
    rep_id: str,
    side: str | None = None,
) -> None:
    """Gives a person another role, rep or side; acts at their next run. Raises: NotAllowed.

    `side`: "" is none; None leaves it to a leader, and takes it from whoever is one no longer.
    """
    person = one(connection, person_id)
    if side is None:
        side = person.side if role == "leader" else ""
    said = Newcomer(person.name, role, person.full_name, person.email or "", rep_id)
    newcomers.check(replace(said, side=side or ""))
    if role != "admin":
        _keep_an_admin(connection, person)
    _update(connection, person_id, role=role, rep_id=rep_id or None, side=side or None)
    before = newcomers.access(person.role, person.rep_id, person.side)
    change = f"{before} -> {newcomers.access(role, rep_id, side)}"
    audit.note(connection, act, "access changed", person.name, change)


def set_active(connection: Connection, act: Act, person_id: str, *, is_active: bool) -> None:
    """Lets a person in again, or no longer; then all their sessions end. Raises: NotAllowed."""
    person = one(connection, person_id)
    if not is_active:
        _keep_an_admin(connection, person)
        sessions.end_all(connection, person_id, act.at)
        links.forget(connection, person_id, act.at)
    _update(connection, person_id, is_active=is_active)
    action = "person activated" if is_active else "person deactivated"
    audit.note(connection, act, action, person.name)


def _keep_an_admin(connection: Connection, person: Person) -> None:
    """Somebody must be left who can let people in. Demo people are no help to a real company."""
    others = sa.select(sa.func.count()).where(
        persons.c.role == "admin",
        persons.c.is_active,
        persons.c.is_demo.is_(person.is_demo),
        persons.c.person_id != person.person_id,
    )
    is_admin = person.role == "admin" and person.is_active
    if is_admin and connection.execute(others).scalar_one() == 0:
        raise NotAllowed(f"“{person.name}” is the last admin: make somebody else an admin before.")


def issue_link(connection: Connection, act: Act, person_id: str) -> str:
    """A token with which the person can choose a password once; the old one stays good until then.

    Raises: NotAllowed.
    """
    person = one(connection, person_id)
    if not person.is_active:
        raise NotAllowed(f"“{person.name}” is deactivated; activate before.")
    audit.note(connection, act, "password link issued", person.name, f"for {links.HOURS} hours")
    return links.issue(connection, person_id, act.at)


def of_link(connection: Connection, token: str, at: datetime, *, with_demo: bool) -> Person | None:
    """The person for whom a link is good at this moment."""
    is_theirs = persons.c.person_id == links.person_of(connection, token, at)
    return _found(connection, sa.and_(is_theirs, persons.c.is_active), with_demo)


def redeem_link(
    connection: Connection, token: str, password_hash: str, visit: sessions.Visit, person: Person
) -> None:
    """Sets the password of the link's person; the link is used up, all their sessions end.

    Raises: NotAllowed where the link is good no more.
    """
    one(connection, person.person_id)
    if links.use(connection, token, visit.at) != person.person_id:
        raise NotAllowed("This link has been used or is too old. Ask an admin for a new one.")
    set_password(connection, Act(person.name, visit.address, visit.at), person, password_hash)


def set_password(connection: Connection, act: Act, person: Person, password_hash: str) -> None:
    """Sets another password: all sessions of the person end, and links for one are void."""
    _update(connection, person.person_id, password_hash=password_hash)
    links.forget(connection, person.person_id, act.at)
    sessions.end_all(connection, person.person_id, act.at)
    audit.note(connection, act, "password changed", person.name)


def one(connection: Connection, person_id: str) -> Person:
    """The person, held until the end of the transaction, and with them all admins: two who remove
    each other at the same moment must not both succeed. Raises: NotAllowed."""
    which = sa.or_(persons.c.person_id == person_id, persons.c.role == "admin")
    # In one order, so that none waits for another who waits for them.
    held = sa.select(persons).where(which).order_by(persons.c.person_id).with_for_update()
    rows = [row for row in connection.execute(held) if row.person_id == person_id]
    if not rows:
        raise NotAllowed("There is no such person.")
    return as_person(rows[0])


def _update(connection: Connection, person_id: str, **values: object) -> None:
    connection.execute(sa.update(persons).where(persons.c.person_id == person_id).values(**values))
