"""The store of what people enter: all or nothing, and a sentence where it does not answer."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from queries import audit, migrate, records
from queries.records import Conflict, RecordsUnavailable
from queries.records_schema import audit_log, sessions
from tests import records_place
from tests.records_place import act

engine, url = records_place.engine, records_place.url


def subjects(connection: Connection) -> list[str]:
    wanted = sa.select(audit_log.c.subject).order_by(audit_log.c.subject)
    return list(connection.execute(wanted).scalars())


def write_and_fail(engine: Engine) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "one")
        raise KeyError


def write_and_lose_the_server(engine: Engine) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "one")
        connection.exec_driver_sql("select pg_terminate_backend(pg_backend_pid())")


def test_one_engine_serves_the_whole_process(url) -> None:
    assert records.open_records(url) is records.open_records(url)


def test_what_is_written_is_there_afterwards(engine) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "one")
        audit.note(connection, act(), "tried", "two")
    with records.reading(engine) as connection:
        assert subjects(connection) == ["one", "two"]


def test_of_what_fails_nothing_is_written(engine) -> None:
    with pytest.raises(KeyError):
        write_and_fail(engine)
    with records.reading(engine) as connection:
        assert subjects(connection) == []


def test_what_a_reader_writes_is_lost(engine) -> None:
    with records.reading(engine) as connection:
        audit.note(connection, act(), "tried", "one")
    with records.reading(engine) as connection:
        assert subjects(connection) == []


def test_a_rule_of_the_tables_is_for_the_caller(engine) -> None:
    orphan = {"session_id": "s", "person_id": "nobody", "browser_hash": "b", "method": "m"}
    orphan |= {"address": "a", "browser": "f", "started_at": act().at, "seen_at": act().at}
    with pytest.raises(Conflict), records.writing(engine) as connection:
        connection.execute(sa.insert(sessions).values(**orphan))


def test_of_two_who_write_at_once_after_reading_both_succeed(engine) -> None:
    has_read = Event()

    def first() -> None:
        with records.writing(engine) as connection:
            subjects(connection)
            has_read.set()
            # The other is at its door, or inside, by now.
            second.join(0.3)
            audit.note(connection, act(), "tried", "first")

    def wait_and_write() -> None:
        has_read.wait(20)
        with records.writing(engine) as connection:
            subjects(connection)
            audit.note(connection, act(), "tried", "second")

    second = Thread(target=wait_and_write)
    second.start()
    first()
    second.join()
    with records.reading(engine) as connection:
        assert subjects(connection) == ["first", "second"]


def test_a_reader_does_not_wait_for_a_writer(engine) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "one")
        with records.reading(engine) as other:
            assert subjects(other) == []


def test_the_tables_of_postgresql_stand_in_a_schema_of_their_own(engine) -> None:
    inspector = sa.inspect(engine)
    schema = records.SCHEMA if engine.dialect.name == "postgresql" else "main"
    assert "persons" in inspector.get_table_names(schema)
    if engine.dialect.name == "postgresql":
        assert inspector.get_table_names("public") == []


def test_nothing_waits_for_ever_on_postgresql(postgres_database) -> None:
    opened = records.open_records(postgres_database)
    with records.reading(opened) as connection:
        found = {
            name: connection.exec_driver_sql("select current_setting(%s)", (name,)).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "TimeZone", "application_name")
        }
    with pytest.raises(RecordsUnavailable), records.reading(opened) as connection:
        connection.exec_driver_sql("select pg_sleep(20)")
    opened.dispose()
    assert list(found.values()) == ["4s", "2s", "UTC", "smarketing"]


def test_the_file_is_for_nobody_else_on_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "made" / "on the way" / "records.sqlite"
    opened = records.open_records(f"sqlite:///{path}")
    with records.writing(opened) as connection:
        connection.exec_driver_sql("create table t (x)")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    opened.dispose()
    assert modes == dict.fromkeys(modes, 0o600)
    assert {"records.sqlite", "records.sqlite-wal"} <= set(modes)


def test_where_no_server_is_there_a_sentence_is() -> None:
    opened = records.open_records("postgresql+psycopg://ana:geheim@127.0.0.1:1/crm")
    for access in (records.reading, records.writing):
        with pytest.raises(RecordsUnavailable, match="do not answer") as refusal, access(opened):
            pass
        assert "geheim" not in str(refusal.value)


def test_a_server_that_goes_away_is_said_and_found_again(postgres_database) -> None:
    opened = records.open_records(postgres_database)
    migrate.migrate(opened)
    with pytest.raises(RecordsUnavailable):
        write_and_lose_the_server(opened)
    with records.reading(opened) as connection:
        assert subjects(connection) == []
    opened.dispose()


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_text("a shopping list, and long enough " * 99)
    opened = records.open_records(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with pytest.raises(RecordsUnavailable, match="do not answer"), records.reading(opened):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordsUnavailable, match="cannot be kept where they shall be"):
        records.open_records(f"sqlite:///{tmp_path / 'file' / 'records.sqlite'}")


def test_tables_that_are_not_there_are_no_answer(url) -> None:
    opened = records.open_records(url)
    with pytest.raises(RecordsUnavailable), records.reading(opened) as connection:
        subjects(connection)


def test_now_is_utc_and_does_not_say_so() -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    assert before <= records.now() <= datetime.now(UTC).replace(tzinfo=None)
    assert records.now().tzinfo is None
