"""The store of what people enter: one engine, reads, and writes that are all or nothing.

SQLite by default, PostgreSQL by URL (there in a schema of our own). Instants are UTC, naive.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

SCHEMA = "smarketing"
_POSTGRESQL = {
    "pool_pre_ping": True,
    "pool_timeout": 3,
    "pool_recycle": 1800,
    "connect_args": {
        "connect_timeout": 3,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 8000,
        "application_name": SCHEMA,
        "options": f"-c search_path={SCHEMA} -c timezone=UTC -c statement_timeout=4000"
        " -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
    },
}
_SQLITE_WAIT_SECONDS = 5
_IS_WRITE = "smarketing_is_write"

_engines: dict[str, Engine] = {}
_opening = threading.Lock()


class Conflict(RuntimeError):
    """Two have written what there can be only once; the message is for a reader."""


class RecordsUnavailable(RuntimeError):
    """The records do not answer; the message is for a reader."""


def open_records(url: str) -> Engine:
    """The engine of a records URL; one for the whole process. Raises: RecordsUnavailable."""
    with _opening:
        if url not in _engines:
            _engines[url] = _made(url)
        return _engines[url]


def _made(url: str) -> Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, hide_parameters=True, **_POSTGRESQL)
    _prepare_file(Path(parsed.database))
    engine = sa.create_engine(
        parsed, hide_parameters=True, connect_args={"timeout": _SQLITE_WAIT_SECONDS}
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # It holds what passwords are checked against: for nobody else on this machine.
        path.touch(mode=0o600)
    except OSError as error:
        sentence = f"The records cannot be kept where they shall be: {error.strerror}."
        raise RecordsUnavailable(sentence) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must leave BEGIN to us, see below.
    connection.isolation_level = None
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")


def _begin_sqlite(connection: Connection) -> None:
    # A write that has read first would be refused at once when another has written meanwhile;
    # taking the lock at the beginning waits for it instead.
    is_write = connection.get_execution_options().get(_IS_WRITE)
    if is_write:
        connection.exec_driver_sql("begin immediate")
    else:
        connection.exec_driver_sql("begin")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read with. Raises: RecordsUnavailable."""
    with _answering(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed at the end of the block, nothing of it if anything fails.

    Raises: RecordsUnavailable; Conflict, where a rule of the tables is broken.
    """
    with (
        _answering(),
        engine.connect().execution_options(**{_IS_WRITE: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise Conflict("Somebody else has written the same at this moment.") from error
    except SQLAlchemyError as error:
        raise RecordsUnavailable("The records do not answer at the moment; try again.") from error


def now() -> datetime:
    """This moment, UTC, naive, as records keep it."""
    return datetime.now(UTC).replace(tzinfo=None)
