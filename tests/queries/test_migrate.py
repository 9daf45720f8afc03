"""Bringing the records to this release: once, whole, by one server at a time, never backwards."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from queries import migrate, records
from queries.records import RecordsUnavailable
from tests import records_place

url = records_place.url
HEAD = "0006"


def test_empty_records_have_no_version(url) -> None:
    opened = records.open_records(url)
    assert migrate.version(opened) is None
    assert not migrate.is_current(opened)


@pytest.mark.parametrize("to", [(), ("head",), (HEAD,)])
def test_records_are_brought_to_this_release(url, to: tuple[str, ...]) -> None:
    opened = records.open_records(url)
    migrate.migrate(opened, *to)
    assert migrate.version(opened) == HEAD
    assert migrate.is_current(opened)


def test_twice_is_once_and_keeps_what_is_there(url) -> None:
    opened = records.open_records(url)
    migrate.migrate(opened)
    records_place.add(opened, "ana")
    migrate.migrate(opened)
    assert records_place.find(opened, "ana").role == "marketer"
    assert migrate.version(opened) == HEAD


def test_two_servers_that_start_at_once_both_find_their_tables(url) -> None:
    opened = records.open_records(url)
    assert records_place.at_once(*[lambda: migrate.migrate(opened)] * 2) == [None, None]
    assert migrate.is_current(opened)


def test_the_tables_of_a_newer_release_are_left_alone(url) -> None:
    opened = records.open_records(url)
    migrate.migrate(opened)
    with records.writing(opened) as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(RecordsUnavailable, match="version 9999, which is newer than this release"):
        migrate.migrate(opened)
    assert migrate.version(opened) == "9999"
    assert not migrate.is_current(opened)


def test_what_cannot_be_made_whole_is_not_made_at_all(url) -> None:
    opened = records.open_records(url)
    with records.writing(opened) as connection:
        if opened.dialect.name == "postgresql":
            connection.exec_driver_sql("create schema smarketing")
        # In the way of the last table.
        connection.exec_driver_sql("create table audit_log (x integer)")
    with pytest.raises(RecordsUnavailable):
        migrate.migrate(opened)
    assert migrate.version(opened) is None
    assert set(sa.inspect(opened).get_table_names()) - {"alembic_version"} == {"audit_log"}


def test_records_that_do_not_answer_are_said() -> None:
    opened = records.open_records("postgresql+psycopg://ana@127.0.0.1:1/migrate")
    with pytest.raises(RecordsUnavailable):
        migrate.migrate(opened)


def test_whoever_may_not_make_schemas_can_use_one_that_was_made_for_them(postgres_database) -> None:
    role = f"smarketing_{uuid.uuid4().hex}"
    owner = sa.create_engine(postgres_database, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with owner.connect() as connection:
        connection.exec_driver_sql(f"create role {role} login")
        connection.exec_driver_sql(f"create schema smarketing authorization {role}")
    limited = sa.make_url(postgres_database).set(username=role)
    opened = records.open_records(limited.render_as_string(hide_password=False))
    migrate.migrate(opened)
    found = migrate.version(opened)
    opened.dispose()
    with owner.connect() as connection:
        connection.exec_driver_sql(f"drop owned by {role} cascade")
        connection.exec_driver_sql(f"drop role {role}")
    assert found == HEAD
