"""Records for tests: a real SQLite file or a real PostgreSQL database, and people in them.

A test module asks for them with `engine = records_place.engine`; its tests run on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from queries import accounts, audit, migrate, records, records_schema, sessions

ENGINES = ("sqlite", "postgresql")
AT = datetime.fromisoformat("2026-06-30 12:00")
TICK = timedelta(microseconds=1)
LIMITS = sessions.Limits(idle=timedelta(hours=8), longest=timedelta(hours=12), with_demo=False)
LIMITS_OF_THE_DEMO = replace(LIMITS, with_demo=True)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where records can be kept; nothing is there yet."""
    if request.param == "sqlite":
        place = f"sqlite:///{tmp_path / 'records' / 'records.sqlite'}"
    else:
        place = request.getfixturevalue("postgres_database")
    yield place
    records.open_records(place).dispose()


@pytest.fixture
def engine(url: str) -> Engine:
    """Records with the tables of this release, and nobody in them."""
    opened = records.open_records(url)
    migrate.migrate(opened)
    return opened


def act(by: str = "root", at: datetime = AT) -> audit.Act:
    """Somebody acts from the address 10.0.0.9."""
    return audit.Act(by, "10.0.0.9", at)


def visit(
    browser: str = "ana's browser",
    address: str = "10.0.0.1",
    at: datetime = AT,
    agent: str = "Firefox",
) -> sessions.Visit:
    """Somebody at the door, at noon."""
    return sessions.Visit(browser, address, agent, at)


def kept(password: str) -> str:
    """What is kept of a password, where `check` is what compares."""
    return f"kept of {password}"


def check(password: str, hashed: str) -> bool:
    """Compares as bcrypt does, at no cost."""
    return hashed == kept(password)


def add(
    engine: Engine,
    name: str = "ana",
    role: str = "marketer",
    *,
    password: str | None = None,
    **said: str | bool,
) -> str:
    """A person, with a password if one is given; returns their id."""
    with records.writing(engine) as connection:
        person_id = accounts.add(connection, act(), accounts.Newcomer(name, role, **said))
        if password is not None:
            person = accounts.one(connection, person_id)
            accounts.set_password(connection, act(), person, kept(password))
    return person_id


def find(engine: Engine, name: str = "ana", *, with_demo: bool = True) -> accounts.Person | None:
    """The person of a name."""
    with records.reading(engine) as connection:
        return accounts.find(connection, name, with_demo=with_demo)


def sign_in(
    engine: Engine, person_id: str, at: datetime = AT, browser: str = "ana's browser"
) -> tuple[str, str]:
    """A session whose browser has fetched its token: its id and the token."""
    with records.writing(engine) as connection:
        session_id, ticket = sessions.start(
            connection, person_id, visit(browser, at=at), method="password"
        )
        token = sessions.claim(connection, ticket, browser, at)
    assert token is not None
    return session_id, token


def seat(
    engine: Engine,
    token: str,
    at: datetime = AT,
    browser: str = "ana's browser",
    limits: sessions.Limits = LIMITS,
) -> sessions.Seat | None:
    """Whom a cookie gives access at a moment."""
    with records.reading(engine) as connection:
        return sessions.by_token(connection, token, browser, limits, at)


def entries(engine: Engine) -> list[tuple[str, str, str, str]]:
    """The audit log, oldest first: actor, action, subject, details."""
    log = records_schema.audit_log.c
    wanted = sa.select(log.actor, log.action, log.subject, log.details).order_by(log.audit_id)
    with records.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def cells(engine: Engine) -> list[str]:
    """Every cell of every row of every table, as text."""
    with records.reading(engine) as connection:
        return [
            str(cell)
            for table in records_schema.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for cell in row
        ]


def at_once(*runs: Callable[[], object]) -> list[object]:
    """Runs each in a thread of its own; what each returned or raised, in the order given."""
    ends: list[object] = [None] * len(runs)

    def end(place: int, run: Callable[[], object]) -> None:
        try:
            ends[place] = run()
        except (ValueError, RuntimeError) as error:
            ends[place] = error

    threads = [Thread(target=end, args=each) for each in enumerate(runs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
