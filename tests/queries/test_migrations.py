"""The migrations: up, down and up again, and an audit log that cannot be changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command, config
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from queries import (
    agreed_schema,
    agreement_schema,
    audit,
    handoff_records_schema,
    migrate,
    records,
    records_schema,
)
from tests import records_place
from tests.records_place import act

engine, url = records_place.engine, records_place.url
# All schemas share one metadata; each adds its tables when it is imported.
SCHEMAS = records_schema, handoff_records_schema, agreement_schema, agreed_schema
TABLES = {name for schema in SCHEMAS for name in schema.metadata.tables}


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


def test_the_default_terms_survive_going_down_one_step_and_up_again(engine) -> None:
    before = kept_terms(engine)
    assert len(before) == 9
    down(engine, "0004")
    with records.reading(engine) as connection:
        old = connection.exec_driver_sql(
            "select metric_key, comparator, segment_json, status from sla_terms"
            " join sla_agreements using (agreement_id, version) order by sort_order"
        )
        assert [tuple(row) for row in old] == [
            ("first_attempt", "at most", "{}", "in_force"),
            ("decision", "at most", "{}", "in_force"),
            (
                "reason_coverage",
                "at least",
                '{"decisions": ["rejected", "recycled", "disqualified"]}',
                "in_force",
            ),
            (
                "completeness",
                "at least",
                '{"fields": ["email", "phone", "company", "job_title", "country"]}',
                "in_force",
            ),
        ]
    migrate.migrate(engine)
    assert kept_terms(engine) == before


def kept_terms(engine: Engine) -> list[tuple]:
    table = agreement_schema.sla_terms
    with records.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.select(table).order_by("term_id"))]


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
