"""The records of what was agreed as the functions see them are those that the migrations make."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import agreed_schema, records, records_schema
from tests import records_place
from tests.queries.test_records_schema import differences
from tests.records_place import AT

engine, url = records_place.engine, records_place.url


def test_the_migrations_make_these_tables(engine) -> None:
    assert agreed_schema.metadata is records_schema.metadata
    assert set(records_schema.metadata.tables) >= {"targets", "personas", "definitions"}
    assert differences(engine, records_schema.metadata) == []


def test_a_definition_has_a_version_once(engine) -> None:
    row = {"key": "leads", "version": 2, "effective_from": AT.date(), "label": "Leads"}
    row |= {"plain_text": "x", "sql_text": "", "agreed_by": "lee", "agreed_at": AT}
    add = sa.insert(agreed_schema.definitions)
    with records.writing(engine) as connection:
        connection.execute(add.values(**row))
    with pytest.raises(records.Conflict), records.writing(engine) as connection:
        connection.execute(add.values(**row))
