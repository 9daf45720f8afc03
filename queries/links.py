"""Links with which a person chooses a password: good once, and only for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import tokens
from queries.records_schema import one_time_links

HOURS = 72


def issue(connection: Connection, person_id: str, at: datetime) -> str:
    """A token with which the person can choose a password; earlier ones are void."""
    forget(connection, person_id, at)
    token = tokens.new()
    connection.execute(
        sa.insert(one_time_links).values(
            link_hash=tokens.hashed(token),
            person_id=person_id,
            good_until=at + timedelta(hours=HOURS),
        )
    )
    return token


def person_of(connection: Connection, token: str, at: datetime) -> str | None:
    """Whose link it is, while it is good."""
    wanted = sa.select(one_time_links.c.person_id).where(
        one_time_links.c.link_hash == tokens.hashed(token),
        one_time_links.c.used_at.is_(None),
        one_time_links.c.good_until > at,
    )
    return connection.execute(wanted).scalar_one_or_none()


def use(connection: Connection, token: str, at: datetime) -> str | None:
    """Whose link it was; from now on it is good no more."""
    person_id = person_of(connection, token, at)
    used = sa.update(one_time_links).where(
        one_time_links.c.link_hash == tokens.hashed(token), one_time_links.c.used_at.is_(None)
    )
    # Of two who use it at the same moment only one finds a row to change.
    is_first = connection.execute(used.values(used_at=at)).rowcount == 1
    return person_id if is_first else None


def forget(connection: Connection, person_id: str, at: datetime) -> None:
    """The person's links are good no more."""
    connection.execute(
        sa.update(one_time_links)
        .where(one_time_links.c.person_id == person_id, one_time_links.c.used_at.is_(None))
        .values(used_at=at)
    )


def spend(connection: Connection, person_id: str, proof: str, at: datetime) -> bool:
    """Whether a proof of another kind is shown for the first time."""
    kept = tokens.hashed(proof)
    is_known = sa.select(one_time_links.c.link_hash).where(one_time_links.c.link_hash == kept)
    if connection.execute(is_known).first():
        return False
    spent = {"link_hash": kept, "person_id": person_id, "good_until": at, "used_at": at}
    connection.execute(sa.insert(one_time_links).values(**spent))
    return True
