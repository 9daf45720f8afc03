"""Signing in with a password: the throttle, the check, the session, and the entry in the log."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from queries import accounts, audit, passwords, records, sessions, tokens
from queries.audit import Act
from queries.records_schema import sign_in_attempts

_WINDOW = timedelta(minutes=15)
# Failures within the window after which nothing is checked any more. Of one name from one address:
# somebody guesses. Of one name: many guess, or one from many addresses; the owner may still be let
# in from elsewhere before. Of one address: somebody tries one password with many names, but a whole
# office may sign in from there on a Monday.
_FEWEST_OF_BOTH, _FEWEST_OF_NAME, _FEWEST_OF_ADDRESS = 5, 20, 60

WRONG = "The name or the password is wrong."


class Refused(ValueError):
    """Nobody was signed in; the message is for whoever tried, and the same for all names."""


def with_password(
    engine: Engine,
    name: str,
    password: str,
    visit: sessions.Visit,
    check: passwords.Check,
    *,
    with_demo: bool,
) -> tuple[str, str]:
    """Signs a person in; returns the session's id and the ticket for its token.

    The try is counted before the password is checked, so that many at once are counted too.
    `check` compares a password with a hash. Raises: Refused, RecordsUnavailable.
    """
    kept = _admit(engine, name, visit, with_demo=with_demo)
    is_right = passwords.matches(password, kept, check)
    with records.writing(engine) as connection:
        person = accounts.find(connection, name, with_demo=with_demo)
        if person is not None:
            accounts.one(connection, person.person_id)
        # Deactivated or given another password while this one was checked: then it is wrong. The
        # person is held, so that neither comes between this look and the session.
        still_kept = accounts.password_hash(connection, name, with_demo=with_demo)
        if is_right and person is not None and still_kept == kept:
            _forgive(connection, name, visit)
            return begin(connection, person, visit, method="password")
        known = "unknown name" if person is None else person.name
        audit.note(connection, Act(known, visit.address, visit.at), "sign-in refused", known)
    raise Refused(WRONG)


def prove(
    engine: Engine,
    person: accounts.Person,
    password: str,
    visit: sessions.Visit,
    check: passwords.Check,
) -> None:
    """Somebody who is signed in shows that they know the password. Throttled in the same way.

    Raises: Refused, RecordsUnavailable.
    """
    kept = _admit(engine, person.name, visit, with_demo=person.is_demo)
    is_right = passwords.matches(password, kept, check)
    with records.writing(engine) as connection:
        if is_right:
            _forgive(connection, person.name, visit)
        else:
            act = Act(person.name, visit.address, visit.at)
            audit.note(connection, act, "password not proved", person.name)
    if not is_right:
        raise Refused("The password until now is another one.")


def _admit(engine: Engine, name: str, visit: sessions.Visit, *, with_demo: bool) -> str | None:
    """Counts a try; returns what is kept of the password. Raises: Refused."""
    who = _of_name(name)
    with records.writing(engine) as connection:
        _in_turn(connection)
        _forget_old(connection, visit.at)
        wait = _wait(connection, who, visit)
        if wait is None:
            _count(connection, who, visit)
            return accounts.password_hash(connection, name, with_demo=with_demo)
        person = accounts.find(connection, name, with_demo=with_demo)
        known = "unknown name" if person is None else person.name
        audit.note(connection, Act(known, visit.address, visit.at), "sign-in throttled", known)
    raise Refused(_too_many(wait))


def _of_name(name: str) -> str:
    return tokens.hashed(accounts.in_small(name))


def begin(
    connection: Connection, person: accounts.Person, visit: sessions.Visit, *, method: str
) -> tuple[str, str]:
    """The session of a person who has proved who they are: its id, and the ticket for its token."""
    act = Act(person.name, visit.address, visit.at)
    audit.note(connection, act, "signed in", person.name, f"by {method}")
    return sessions.start(connection, person.person_id, visit, method=method)


def _in_turn(connection: Connection) -> None:
    """Of many who try at once each counts those before it. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("lock table sign_in_attempts in share row exclusive mode"))


def _forget_old(connection: Connection, at: datetime) -> None:
    old = sign_in_attempts.c.tried_at <= at - _WINDOW
    connection.execute(sa.delete(sign_in_attempts).where(old))


def _count(connection: Connection, who: str, visit: sessions.Visit) -> None:
    attempt = {"name_hash": who, "address": visit.address, "tried_at": visit.at}
    connection.execute(sa.insert(sign_in_attempts).values(succeeded=False, **attempt))


def _forgive(connection: Connection, name: str, visit: sessions.Visit) -> None:
    """Who got it right in the end had mistyped it before."""
    own = sa.and_(
        sign_in_attempts.c.name_hash == _of_name(name), sign_in_attempts.c.address == visit.address
    )
    connection.execute(sa.update(sign_in_attempts).where(own).values(succeeded=True))


def _wait(connection: Connection, who: str, visit: sessions.Visit) -> timedelta | None:
    """How long until the next try is allowed; None where it is now."""
    is_name = sign_in_attempts.c.name_hash == who
    is_address = sign_in_attempts.c.address == visit.address
    limits = (
        (sa.and_(is_name, is_address), _FEWEST_OF_BOTH),
        (is_name, _FEWEST_OF_NAME),
        (is_address, _FEWEST_OF_ADDRESS),
    )
    waits = [_wait_for(connection, which, fewest, visit.at) for which, fewest in limits]
    return max((wait for wait in waits if wait is not None), default=None)


def _wait_for(
    connection: Connection, which: sa.ColumnElement[bool], fewest: int, at: datetime
) -> timedelta | None:
    """Until so few failures are left in the window that there may be one more."""
    failed = (
        sa.select(sign_in_attempts.c.tried_at)
        .where(which, sign_in_attempts.c.succeeded.is_(False))
        .order_by(sign_in_attempts.c.tried_at.desc())
        .offset(fewest - 1)
        .limit(1)
    )
    oldest = connection.execute(failed).scalar_one_or_none()
    return None if oldest is None else oldest + _WINDOW - at


def _too_many(wait: timedelta) -> str:
    minutes = math.ceil(wait / timedelta(minutes=1))
    unit = "minute" if minutes == 1 else "minutes"
    return f"Too many tries. Wait {minutes} {unit}, or ask an admin for a link."
