"""The records of the agreement are those that the migrations make, and keep what is signed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from queries import agreement_schema, records, records_schema
from queries.agreement_schema import sla_agreements, sla_signatures, sla_terms
from tests import records_place
from tests.queries.test_records_schema import differences
from tests.records_place import AT

engine, url = records_place.engine, records_place.url
TABLES = {"sla_agreements", "sla_terms", "sla_signatures"}
DRAFT = {
    "agreement_id": "default",
    "version": 2,
    "title": "Ours",
    "text": "",
    "status": "draft",
    "pause_days": 10,
    "pause_statuses": "[]",
    "created_by": "ana",
    "created_at": AT,
    "changed_by": "ana",
    "changed_at": AT,
}
TERM = {
    "agreement_id": "default",
    "version": 2,
    "term_key": "acceptance",
    "direction": "marketing_to_sales",
    "kind": "acceptance",
    "target_value": 0.5,
    "unit": "ratio",
    "about_json": "[]",
    "segment_json": "{}",
    "points_json": "{}",
    "calendar": "receiver",
    "owner": "",
    "restarts_on_reassignment": False,
    "sort_order": 0,
}
SIGNATURE = {
    "agreement_id": "default",
    "version": 2,
    "side": "sales",
    "content_sha256": "abc",
    "signer_user": "bo",
    "signer_name": "Bo",
    "signed_at": AT,
}
SIGNED = "what is signed cannot be changed"
KEPT = "signatures are only ever appended to"
COPIED = (
    "insert or replace into sla_agreements select agreement_id, version, 'Mine', text, status,"
    " effective_from, effective_at, pause_days, pause_statuses, supersedes_version, created_by,"
    " created_at, changed_by, changed_at, signed_at from sla_agreements where version = 1"
)
TAKEN_OVER = (
    "insert or replace into sla_terms select 'default 1 decision', agreement_id, version, 'x',"
    " direction, kind, target_value, unit, share, per, attempts, channels, about_json,"
    " segment_json, points_json, calendar, owner, restarts_on_reassignment, 9 from sla_terms"
    " where term_id = 't1'"
)
# Each way past the page, with what the database says to it.
ON_BOTH = (
    ("update sla_agreements set text = 'x' where version = 1", SIGNED),
    ("update sla_agreements set status = 'draft' where version = 1", SIGNED),
    ("update sla_agreements set effective_at = '2026-01-01' where version = 1", SIGNED),
    ("delete from sla_agreements where version = 1", SIGNED),
    ("update sla_agreements set version = 7 where version = 2", "keeps its number"),
    ("update sla_terms set target_value = 99 where term_id = 'default 1 decision'", SIGNED),
    ("delete from sla_terms where term_id = 'default 1 decision'", SIGNED),
    ("delete from sla_terms", SIGNED),
    ("update sla_terms set version = 1, term_key = 'x' where term_id = 't1'", SIGNED),
    ("update sla_terms set version = 2 where term_id = 'default 1 decision'", SIGNED),
    ("update sla_signatures set signer_name = 'Eve'", KEPT),
    ("delete from sla_signatures", KEPT),
)
WAYS = {
    "sqlite": (
        *ON_BOTH,
        (COPIED, SIGNED),
        (COPIED.replace("insert or ", ""), SIGNED),
        (TAKEN_OVER, SIGNED),
        ("update or replace sla_terms set term_id = 'default 1 decision' where version = 2", "a t"),
        ("update or replace sla_terms set rowid = 1 where version = 2", "a term keeps its number"),
        ("insert or replace into sla_signatures select * from sla_signatures", KEPT),
    ),
    "postgresql": (
        *ON_BOTH,
        ("truncate sla_agreements cascade", "what is signed|signatures are"),
        ("truncate sla_terms", SIGNED),
        ("truncate sla_signatures", KEPT),
        (
            "insert into sla_signatures select * from sla_signatures"
            " on conflict on constraint pk_sla_signatures do update set signer_name = 'Eve'",
            KEPT,
        ),
    ),
}


def insert(engine, table: sa.Table, **cells: object) -> None:
    with records.writing(engine) as connection:
        connection.execute(sa.insert(table).values(**cells))


def contents(engine) -> list[list[tuple]]:
    with records.reading(engine) as connection:
        return [
            sorted(map(repr, connection.execute(sa.select(records_schema.metadata.tables[name]))))
            for name in sorted(TABLES)
        ]


def test_the_migrations_make_these_tables(engine) -> None:
    assert set(records_schema.metadata.tables) >= TABLES
    assert agreement_schema.metadata is records_schema.metadata
    assert differences(engine, records_schema.metadata) == []


def test_there_is_one_draft_at_a_time(engine) -> None:
    insert(engine, sla_agreements, **DRAFT)
    with pytest.raises(records.Conflict):
        insert(engine, sla_agreements, **(DRAFT | {"version": 3}))
    insert(engine, sla_agreements, **(DRAFT | {"version": 3, "status": "discarded"}))
    insert(engine, sla_agreements, **(DRAFT | {"version": 4, "status": "signed"}))


def test_a_key_is_in_a_version_once(engine) -> None:
    insert(engine, sla_agreements, **DRAFT)
    insert(engine, sla_terms, term_id="t1", **TERM)
    with pytest.raises(records.Conflict):
        insert(engine, sla_terms, term_id="t2", **TERM)


def test_nobody_changes_what_is_signed(engine) -> None:
    insert(engine, sla_agreements, **DRAFT)
    insert(engine, sla_terms, term_id="t1", **TERM)
    insert(engine, sla_signatures, **SIGNATURE)
    before = contents(engine)
    for way, said in WAYS[engine.dialect.name]:
        with pytest.raises(DBAPIError, match=said), engine.begin() as connection:
            connection.exec_driver_sql(way)
    with pytest.raises(DBAPIError, match=SIGNED), engine.begin() as connection:
        connection.execute(sa.insert(sla_terms).values(term_id="t2", **(TERM | {"version": 1})))
    assert contents(engine) == before


def test_a_discarded_version_stays_as_it_was(engine) -> None:
    insert(engine, sla_agreements, **(DRAFT | {"status": "discarded"}))
    with pytest.raises(DBAPIError, match=SIGNED), engine.begin() as connection:
        connection.exec_driver_sql("update sla_agreements set status = 'draft' where version = 2")
    with pytest.raises(DBAPIError, match=SIGNED), engine.begin() as connection:
        connection.execute(sa.insert(sla_terms).values(term_id="t1", **TERM))


def test_a_draft_can_be_changed_and_signed(engine) -> None:
    insert(engine, sla_agreements, **DRAFT)
    insert(engine, sla_terms, term_id="t1", **TERM)
    with records.writing(engine) as connection:
        for change in (
            "update sla_agreements set text = 'x' where version = 2",
            "update sla_terms set target_value = 0.7 where version = 2",
            "update sla_agreements set status = 'signed' where version = 2",
        ):
            connection.exec_driver_sql(change)
    with records.reading(engine) as connection:
        rows = list(connection.exec_driver_sql("select status, text from sla_agreements"))
    assert ("signed", "x") in map(tuple, rows)
