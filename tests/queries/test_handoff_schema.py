"""The tables of hand-offs as the queries see them are those that a refresh writes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import handoff_schema, schema
from tests.queries.test_schema import KINDS

TABLES = (
    *("handoffs", "handoff_activities", "handoff_owners", "handoff_maturities"),
    *("calendars", "business_intervals", "rep_calendars", "records_state"),
)


@pytest.mark.parametrize("name", TABLES)
def test_a_snapshot_has_each_table_with_its_columns_and_types(connection, name: str) -> None:
    wanted = getattr(handoff_schema, name).columns
    described = connection.exec_driver_sql(f"describe {name}").all()
    assert [(row[0], row[1]) for row in described] == [
        (column.name, KINDS[type(column.type)]) for column in wanted
    ]


def test_they_are_tables_of_the_mart() -> None:
    assert set(TABLES) <= set(schema.metadata.tables)
    # The view of each connection is none.
    assert "live_handoffs" not in schema.metadata.tables


def test_a_live_hand_off_has_what_a_hand_off_has() -> None:
    columns = [
        [(column.name, type(column.type)) for column in table.columns]
        for table in (handoff_schema.handoffs, handoff_schema.live_handoffs)
    ]
    assert columns[0] == columns[1]
    assert columns[0][0] == ("seq", sa.BigInteger)


def test_beside_each_reading_stand_its_instant_and_its_day() -> None:
    names = handoff_schema.handoffs.c
    every = [column.name for column in names]
    read = [name.removesuffix("_clock") for name in every if name.endswith("_clock")]
    assert read == ["handed", "assigned", "first_attempt", "first_contact", "decided"]
    for moment in read:
        assert isinstance(names[f"{moment}_at"].type, sa.DateTime)
        assert isinstance(names[f"{moment}_on"].type, sa.Date)


def test_each_decision_can_be_found_again_in_the_mart(connection) -> None:
    found = connection.exec_driver_sql("select distinct decision from handoffs").scalars()
    assert set(found) <= {*handoff_schema.DECISIONS, "pending", "superseded"}
    assert handoff_schema.DECISIONS == ("accepted", "rejected", "recycled", "disqualified")
