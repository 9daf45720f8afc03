"""The records of hand-offs as the functions see them are those that the migrations make."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import handoff_records_schema, records, records_schema
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from tests import records_place
from tests.queries.test_records_schema import differences
from tests.records_place import AT

engine, url = records_place.engine, records_place.url
TABLES = {
    *("business_calendars", "business_hours", "calendar_exceptions"),
    *("reason_codes", "handoff_decisions", "handoff_pauses", "handoff_completeness"),
}
DECISION = {
    "lead_id": "l1",
    "handed_at": AT,
    "decision": "accepted",
    "note": "",
    "decided_by": "bo",
    "decided_at": AT,
    "changed_at": AT,
}
PAUSE = {"handed_at": AT, "paused_at": AT, "paused_until": AT, "reason": "x", "paused_by": "bo"}


def insert(engine, table: sa.Table, **cells: object) -> None:
    with records.writing(engine) as connection:
        connection.execute(sa.insert(table).values(**cells))


def test_the_migrations_make_these_tables(engine) -> None:
    assert set(handoff_records_schema.metadata.tables) >= TABLES
    assert handoff_records_schema.metadata is records_schema.metadata
    assert differences(engine, handoff_records_schema.metadata) == []


def test_indexes_and_unique_keys_are_those_too(engine) -> None:
    inspector = sa.inspect(engine)
    for name in TABLES:
        table = records_schema.metadata.tables[name]
        found = {index["name"] for index in inspector.get_indexes(name)}
        assert {str(index.name) for index in table.indexes} <= found
    kept = {key["name"] for key in inspector.get_unique_constraints("business_calendars")}
    assert kept == {"uq_business_calendars_scope"}


def test_one_decision_of_a_hand_off_is_in_force(engine) -> None:
    insert(engine, handoff_decisions, decision_id="1", withdrawn_at=AT, **DECISION)
    insert(engine, handoff_decisions, decision_id="2", **DECISION)
    with pytest.raises(records.Conflict):
        insert(engine, handoff_decisions, decision_id="3", **DECISION)
    insert(engine, handoff_decisions, decision_id="4", withdrawn_at=AT, **DECISION)
    insert(engine, handoff_decisions, decision_id="5", **(DECISION | {"lead_id": "l2"}))


def test_a_clock_is_stopped_once(engine) -> None:
    insert(engine, handoff_pauses, lead_id="l1", pause_id="1", changed_at=AT, **PAUSE)
    for lead_id, pause_id in (("l1", "2"), ("l2", "1")):
        with pytest.raises(records.Conflict):
            insert(
                engine, handoff_pauses, lead_id=lead_id, pause_id=pause_id, changed_at=AT, **PAUSE
            )
