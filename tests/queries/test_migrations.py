"""The migrations: up, down and up again, and an audit log that cannot be changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command, config
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from queries import audit, migrate, records, records_schema
from tests import records_place
from tests.records_place import act

engine, url = records_place.engine, records_place.url
TABLES = set(records_schema.metadata.tables)


def down(engine: Engine, to: str) -> None:
    settings = config.Config()
    settings.set_main_option("script_location", "queries:migrations")
    with records.writing(engine) as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, to)


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(engine) -> None:
    assert tables(engine) == TABLES
    down(engine, "base")
    assert tables(engine) == set()
    assert migrate.version(engine) is None
    migrate.migrate(engine)
    assert tables(engine) == TABLES
    records_place.add(engine, "ana")
    assert [entry[1] for entry in records_place.entries(engine)] == ["person added"]


def test_nothing_is_left_behind_in_postgresql(postgres_database) -> None:
    opened = records.open_records(postgres_database)
    migrate.migrate(opened)
    down(opened, "base")
    left = "select count(*) from pg_proc join pg_namespace n on n.oid = pronamespace"
    with records.reading(opened) as connection:
        found = connection.exec_driver_sql(f"{left} where nspname = 'smarketing'").scalar_one()
    opened.dispose()
    assert found == 0


REPLACED = "insert into audit_log values (1, '2026-01-01', 'eve', '', 'x', 'y', 'z')"
CHANGES = {
    "sqlite": (
        "update audit_log set actor = 'eve'",
        "delete from audit_log",
        "delete from audit_log where audit_id = 1",
        REPLACED.replace("insert", "insert or replace"),
        "replace into audit_log values (1, '2026-01-01', 'eve', '', 'x', 'y', 'z')",
        f"{REPLACED} on conflict (audit_id) do update set actor = 'eve'",
    ),
    "postgresql": (
        "update audit_log set actor = 'eve'",
        "update audit_log set actor = 'eve' where audit_id = 0",
        "delete from audit_log",
        "truncate audit_log",
        f"{REPLACED} on conflict (audit_id) do update set actor = 'eve'",
    ),
}


def test_the_audit_log_is_only_ever_appended_to(engine) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "one")
    before = records_place.entries(engine)
    for change in CHANGES[engine.dialect.name]:
        with (
            pytest.raises(DBAPIError, match="the audit log is only ever appended to"),
            engine.begin() as connection,
        ):
            connection.exec_driver_sql(change)
    assert records_place.entries(engine) == before
    with records.writing(engine) as connection:
        audit.note(connection, act(), "tried", "two")
    assert len(records_place.entries(engine)) == 2
