"""The tables as the functions see them are those that the migrations make."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from queries import records
from queries.records_schema import metadata, persons
from tests import records_place

engine, url = records_place.engine, records_place.url


def differences(engine: sa.Engine, wanted: sa.MetaData) -> list[object]:
    with records.reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, wanted)


def test_the_migrations_make_these_tables(engine) -> None:
    assert differences(engine, metadata) == []


def test_names_of_keys_and_indexes_are_those_too(engine) -> None:
    inspector = sa.inspect(engine)
    for table in metadata.sorted_tables:
        assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        wanted = {key.name for key in table.foreign_key_constraints}
        assert {key["name"] for key in inspector.get_foreign_keys(table.name)} == {
            str(name) for name in wanted
        } or not wanted


def test_a_difference_would_be_found(engine) -> None:
    other = sa.MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(other)
    other.tables["persons"].append_column(sa.Column("shoe_size", sa.Integer))
    ((kind, _, table, column),) = differences(engine, other)
    assert (kind, table, column.name) == ("add_column", "persons", "shoe_size")


def test_a_name_is_there_once() -> None:
    assert persons.c.name.unique
    assert not persons.c.name.nullable
