"""Who is signed in where. A session is a row; whoever shows its token from its browser is it.

The token is a cookie that scripts cannot read. It is fetched with a ticket, because a page that is
open cannot set such a cookie itself. Until the browser has fetched it, the page that signed in
knows the session by its id, which never leaves the server.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import people, tokens
from queries.records_schema import persons, sessions

TICKET_SECONDS = 60
# Being seen is written down at most this often; a page view must not cost a write.
_SEEN_SECONDS = 60
_LONGEST_BROWSER = 200


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without being used, and at most; whether demo people exist."""

    idle: timedelta
    longest: timedelta
    with_demo: bool


@dataclass(frozen=True)
class Visit:
    """Somebody at the door: the token of their browser, where they come from, what they use."""

    browser: str
    address: str
    agent: str
    at: datetime


@dataclass(frozen=True)
class Seat:
    """A session that gives access at this moment, and its person."""

    session_id: str
    person_id: str
    name: str
    full_name: str
    role: people.Role
    rep_id: str | None
    is_demo: bool
    method: str
    seen_at: datetime
    has_token: bool


def start(connection: Connection, person_id: str, visit: Visit, *, method: str) -> tuple[str, str]:
    """A new session of a person in a browser; returns its id and the ticket for its token."""
    session_id, ticket = uuid.uuid4().hex, tokens.new()
    connection.execute(
        sa.insert(sessions).values(
            session_id=session_id,
            person_id=person_id,
            browser_hash=tokens.hashed(visit.browser),
            ticket_hash=tokens.hashed(ticket),
            started_at=visit.at,
            seen_at=visit.at,
            method=method,
            address=visit.address,
            browser="".join(filter(str.isprintable, visit.agent))[:_LONGEST_BROWSER],
        )
    )
    return session_id, ticket


def claim(connection: Connection, ticket: str, browser: str, at: datetime) -> str | None:
    """The token of the session, once, soon, and only for the browser that signed in."""
    token = tokens.new()
    claimed = connection.execute(
        sa.update(sessions)
        .where(
            sessions.c.ticket_hash == tokens.hashed(ticket),
            sessions.c.browser_hash == tokens.hashed(browser),
            sessions.c.token_hash.is_(None),
            sessions.c.ended_at.is_(None),
            sessions.c.started_at > at - timedelta(seconds=TICKET_SECONDS),
        )
        .values(token_hash=tokens.hashed(token), ticket_hash=None)
    )
    return token if claimed.rowcount == 1 else None


def by_token(
    connection: Connection, token: str, browser: str, limits: Limits, at: datetime
) -> Seat | None:
    """The session of a cookie."""
    is_it = sessions.c.token_hash == tokens.hashed(token)
    return _seat(connection, is_it, browser, limits, at)


def by_id(
    connection: Connection, session_id: str, browser: str, limits: Limits, at: datetime
) -> Seat | None:
    """The session that this page signed in to."""
    return _seat(connection, sessions.c.session_id == session_id, browser, limits, at)


def _seat(
    connection: Connection,
    is_it: sa.ColumnElement[bool],
    browser: str,
    limits: Limits,
    at: datetime,
) -> Seat | None:
    found = connection.execute(
        sa.select(
            sessions.c.session_id,
            persons.c.person_id,
            persons.c.name,
            persons.c.full_name,
            persons.c.role,
            persons.c.rep_id,
            persons.c.is_demo,
            sessions.c.method,
            sessions.c.seen_at,
            sessions.c.token_hash.is_not(None),
        )
        .join(persons, persons.c.person_id == sessions.c.person_id)
        .where(
            is_it,
            sessions.c.browser_hash == tokens.hashed(browser),
            sessions.c.ended_at.is_(None),
            sessions.c.seen_at > at - limits.idle,
            sessions.c.started_at > at - limits.longest,
            persons.c.is_active,
            sa.true() if limits.with_demo else persons.c.is_demo.is_(False),
        )
    ).one_or_none()
    return None if found is None else Seat(*found)


def is_worth_a_touch(seat: Seat, at: datetime) -> bool:
    """It was last seen long enough ago to write it down again."""
    return at - seat.seen_at > timedelta(seconds=_SEEN_SECONDS)


def touch(connection: Connection, session_id: str, at: datetime) -> None:
    """Writes down that the session was used."""
    _update(connection, sessions.c.session_id == session_id, seen_at=at)


def end(connection: Connection, session_id: str, at: datetime) -> None:
    """Ends one session."""
    _update(connection, sessions.c.session_id == session_id, ended_at=at)


def end_all(connection: Connection, person_id: str, at: datetime) -> int:
    """Ends all sessions of a person; returns how many."""
    return _update(connection, sessions.c.person_id == person_id, ended_at=at)


def _update(connection: Connection, which: sa.ColumnElement[bool], **values: datetime) -> int:
    is_open = sessions.c.ended_at.is_(None)
    return connection.execute(sa.update(sessions).where(which, is_open).values(**values)).rowcount


def open_ones(
    connection: Connection, limits: Limits, at: datetime, person_id: str | None = None
) -> list[sa.Row]:
    """Sessions that give access at this moment, last used first.

    Columns: session_id, person_id, name, started_at, seen_at, method, address, browser.
    """
    wanted = (
        sa.select(
            sessions.c.session_id,
            sessions.c.person_id,
            persons.c.name,
            sessions.c.started_at,
            sessions.c.seen_at,
            sessions.c.method,
            sessions.c.address,
            sessions.c.browser,
        )
        .join(persons, persons.c.person_id == sessions.c.person_id)
        .where(
            sessions.c.ended_at.is_(None),
            sessions.c.seen_at > at - limits.idle,
            sessions.c.started_at > at - limits.longest,
            persons.c.is_active,
            sa.true() if limits.with_demo else persons.c.is_demo.is_(False),
            sa.true() if person_id is None else sessions.c.person_id == person_id,
        )
        .order_by(sessions.c.seen_at.desc(), sessions.c.session_id)
    )
    return list(connection.execute(wanted))
