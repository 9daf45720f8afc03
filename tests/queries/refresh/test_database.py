"""A company's database as a source: read as it stands, never written to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from queries.refresh import MappingError, SourceError
from tests import small_company
from tests.small_company import built


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    path = tmp_path / "crm 100%.db"
    with sqlite3.connect(path) as connection:
        connection.execute('create table Leads (LEAD_ID text, "created_at" text, other text)')
        connection.execute(
            "insert into Leads values ('L1', '2026-01-01', 'x'), ('L2', 'soon', 'y')"
        )
        connection.execute("create view reps as select 'R1' as rep_id, 'Ana 100%' as rep_name")
    return path


def url_of(path: Path) -> str:
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


def test_tables_and_views_of_canonical_names_are_read_whatever_their_case(
    tmp_path: Path, crm: Path
) -> None:
    mart = built(tmp_path, {}, source_url=url_of(crm))
    assert mart.rows("select lead_id from leads") == [("L1",)]
    assert mart.rows("select rep_name from reps") == [("Ana 100%",)]
    assert mart.refused() == [
        ("leads", "", None, "created_at", "soon",
         "created_at is not a moment written YYYY-MM-DD HH:MM:SS"),
    ]  # fmt: skip
    assert mart.rows("select key from refused_rows") == [("L2",)]
    assert mart.rows("select source from snapshot") == [("sqlite",)]


def test_percent_signs_and_colons_of_a_statement_are_its_own(tmp_path: Path, crm: Path) -> None:
    select = "select LEAD_ID as lead_id, '10:30 %s' as lead_name from Leads where LEAD_ID like 'L%'"
    mart = built(tmp_path, {}, {"leads.sql": select}, source_url=url_of(crm))
    assert mart.rows("select distinct lead_name from leads") == [("10:30 %s",)]


def test_a_database_that_is_not_there_stops_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not answer: unable to open database file"):
        built(tmp_path, {}, source_url=url_of(tmp_path / "mistyped.db"))
    assert not (tmp_path / "mistyped.db").exists()


@pytest.mark.parametrize(
    ("select", "sentence"),
    [
        ("select nobody as lead_id from Leads", r"leads.sql: no such column: nobody"),
        ("selec 1", r"leads.sql: near .selec.: syntax error"),
        ("select 'a' as lead_id, 'b' as LEAD_ID", r"leads.sql gives two columns of one name"),
    ],
)
def test_a_statement_that_cannot_run_stops_with_its_file(
    tmp_path: Path, crm: Path, select: str, sentence: str
) -> None:
    with pytest.raises(MappingError, match=sentence):
        built(tmp_path, {}, {"leads.sql": select}, source_url=url_of(crm))


def test_sqlite_is_not_written_to(tmp_path: Path, crm: Path) -> None:
    before = crm.read_bytes()
    with pytest.raises(MappingError, match=r"leads.sql: attempt to write a readonly database"):
        built(
            tmp_path,
            {},
            {"leads.sql": "insert into Leads values ('L3', '', '') returning LEAD_ID as lead_id"},
            source_url=url_of(crm),
        )
    assert crm.read_bytes() == before


@pytest.fixture
def postgres(postgres_database: str) -> sa.Engine:
    engine = sa.create_engine(postgres_database, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table leads (lead_id text, at date, n int)")
        connection.exec_driver_sql(
            "insert into leads select 'L' || n, '2026-01-01', n from generate_series(1, 30000) n"
        )
    return engine


def url_of_engine(engine: sa.Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("select", "sentence"),
    [
        ("select eat() as lead_id", "cannot execute DELETE in a read-only transaction"),
        (
            "with gone as (delete from leads returning *) select * from gone",
            "must not contain data",
        ),
    ],
)
def test_postgresql_is_not_written_to(
    tmp_path: Path, postgres: sa.Engine, select: str, sentence: str
) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(
            "create function eat() returns text language sql as"
            " 'delete from leads returning lead_id'"
        )
    with pytest.raises(MappingError, match=f"leads.sql: .*{sentence}"):
        built(tmp_path, {}, {"leads.sql": select}, source_url=url_of_engine(postgres))
    with postgres.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from leads").scalar() == 30_000


def test_a_statement_that_fails_in_the_middle_stops_with_its_file(
    tmp_path: Path, postgres: sa.Engine
) -> None:
    late = {"leads.sql": "select lead_id, 1 / (n - 25000) as company from leads order by n"}
    with pytest.raises(MappingError, match=r"leads.sql: division by zero"):
        built(tmp_path, {}, late, source_url=url_of_engine(postgres))


def test_a_value_that_python_cannot_hold_stops_with_its_table(
    tmp_path: Path, postgres: sa.Engine
) -> None:
    select = {"leads.sql": "select lead_id, 'infinity'::date as created_at from leads"}
    with pytest.raises(MappingError, match=r"leads.sql: .*date too large"):
        built(tmp_path, {}, select, source_url=url_of_engine(postgres))


def test_all_relations_are_read_from_one_moment(tmp_path: Path, postgres: sa.Engine) -> None:
    """The second statement waits until a lead and its event were added by somebody else."""
    with postgres.begin() as connection:
        connection.exec_driver_sql("create table events (id text, lead text)")
        connection.exec_driver_sql("create extension if not exists dblink")
        connection.exec_driver_sql(
            "create function meanwhile() returns text language sql as $$ select dblink_exec("
            f"'dbname={postgres.url.database} host=127.0.0.1 port={postgres.url.port}"
            f" user={postgres.url.username} password={postgres.url.password}',"
            " 'insert into events values (''E1'', ''new'')') $$"
        )
    mapping = {
        "leads.sql": "select lead_id, meanwhile() as company from leads where n = 1",
        "lead_stage_events.sql": "select id as event_id, lead as lead_id, 'mql' as to_stage,"
        " '2026-01-01' as occurred_at from events",
    }
    mart = built(tmp_path, {}, mapping, source_url=url_of_engine(postgres))
    assert mart.refused() == []
    with postgres.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from events").scalar() == 1


def test_a_server_that_is_away_is_said_without_the_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://ana:geheim@127.0.0.1:1/crm"
    with pytest.raises(SourceError, match="the source database does not answer: ") as refusal:
        built(tmp_path, {}, source_url=url)
    assert "geheim" not in str(refusal.value)
    assert small_company.configured(tmp_path, source_url=url).source_url == url
