"""The tables that the queries see are the tables that a refresh writes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import contract, dialects, schema

# How SQLAlchemy names the types that stand in a snapshot.
KINDS = {
    sa.Text: "VARCHAR",
    sa.BigInteger: "BIGINT",
    sa.Integer: "INTEGER",
    sa.Numeric: "DECIMAL(18,4)",
    sa.Boolean: "BOOLEAN",
    sa.Date: "DATE",
    sa.DateTime: "TIMESTAMP",
    sa.Float: "DOUBLE",
    dialects.Category: "ENUM",
}


@pytest.mark.parametrize("name", schema.metadata.tables)
def test_a_snapshot_has_each_table_with_its_columns_and_types(connection, name: str) -> None:
    wanted = [(column.name, column.type) for column in schema.metadata.tables[name].columns]
    described = sa.text("select column_name, data_type from duckdb_columns() where table_name = :t")
    found = dict(list(connection.execute(described, {"t": name})))
    assert list(found) == [column for column, _ in wanted]
    # An enumeration is described by its values.
    kinds = [kind.split("(")[0] if kind.startswith("ENUM") else kind for kind in found.values()]
    assert kinds == [KINDS[type(kind)] for _, kind in wanted]


def test_a_snapshot_has_no_other_table(connection) -> None:
    found = connection.exec_driver_sql("select table_name from duckdb_tables()").scalars()
    assert sorted(found) == sorted(schema.metadata.tables)


def test_a_stage_that_is_entered_has_its_moment_its_day_and_how_it_is_known() -> None:
    assert schema.ENTRY_STAGES == ("mql", "sal", "sql", "opportunity", "customer")
    for stage in schema.ENTRY_STAGES:
        names = [f"{stage}_at", f"{stage}_on", f"{stage}_is_inferred"]
        assert [schema.journeys.c[name].name for name in names] == names


def test_the_canonical_relations_are_those_of_the_contract() -> None:
    assert list(schema.CANONICAL) == list(contract.RELATIONS)
    assert [column.name for column in schema.web_traffic.columns] == [
        *("traffic_date", "channel", "campaign_id", "sessions", "visitors", "form_submissions")
    ]
