"""The same data through files, SQLite and PostgreSQL gives the same snapshot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
import sqlalchemy as sa

from queries.refresh import MappingError, SourceError
from tests import small_company
from tests.small_company import Mart, built

# Columns of a kind of their own; the others are text. Days and moments have no zone to differ in.
TYPES: dict[str, sa.types.TypeEngine] = {
    "created_at": sa.DateTime(timezone=True),
    "occurred_at": sa.DateTime(timezone=True),
    "touched_at": sa.DateTime(timezone=True),
    "closed_at": sa.DateTime(timezone=True),
    "close_date": sa.Date(),
    "amount": sa.Numeric(14, 2),
    "is_deleted": sa.Boolean(),
    "is_response": sa.Boolean(),
}
TABLES = {
    "reps": "rep_id,rep_name,team_id\nR1,Ana,T1\nR2,Bo,",
    "campaigns": "campaign_id,campaign_name,channel\nC1,Spring,event",
    "leads": """
        lead_id,created_at,source,owner_rep_id,merged_into_lead_id,is_deleted,email
        L1,2026-01-05 22:59:59+00:00,web,R1,,false,ana@x.com
        L2,2026-01-05 23:00:00+00:00,web,R2,,false,
        L3,2026-03-29 01:30:00+02:00,,,L2,false,
        L4,2026-01-07 00:00:00+00:00,mail,R1,,true,
        L5,,mail,R1,,,Ünï@x.com""",
    "lead_stage_events": """
        event_id,lead_id,to_stage,occurred_at
        E1,L1,mql,2026-01-06 10:00:00+00:00
        E2,L1,sql,2026-01-08 10:00:00.250000+00:00
        E3,L3,MQL,2026-04-01 00:30:00+02:00
        E4,L9,mql,2026-01-06 10:00:00+00:00""",
    "campaign_touches": """
        touch_id,lead_id,campaign_id,touched_at,is_response
        T1,L1,C1,2026-01-05 10:00:00+00:00,true""",
    "opportunities": """
        opportunity_id,lead_id,outcome,created_at,close_date,closed_at,amount,is_deleted
        O1,L1,won,2026-01-09 09:00:00+00:00,2026-02-01,,1234.50,false
        O2,L3,lost,2026-01-09 09:00:00+00:00,2026-02-01,2026-02-02 23:30:00+00:00,-0.01,
        O3,,open,2026-01-09 09:00:00+00:00,2026-02-01,,,false""",
}


def typed(text: str) -> pa.Table:
    """The small file as a typed table."""
    lines = "\n".join(line.strip() for line in text.strip().split("\n"))
    names = lines.split("\n")[0].split(",")
    kinds = {
        sa.DateTime: pa.timestamp("us", tz="UTC"), sa.Date: pa.date32(),
        sa.Numeric: pa.decimal128(14, 2), sa.Boolean: pa.bool_(),
    }  # fmt: skip
    types = {name: kinds[type(TYPES[name])] if name in TYPES else pa.string() for name in names}
    options = pa.csv.ConvertOptions(
        column_types=types, strings_can_be_null=True, timestamp_parsers=["%Y-%m-%d %H:%M:%S%z"]
    )
    # Arrow's own reader of moments knows no fractions of a second beside an offset.
    whole = re.sub(r"(:\d\d)\.250000\+", r"\1+", lines)
    table = pa.csv.read_csv(pa.py_buffer(whole.encode()), convert_options=options)
    if whole == lines:
        return table
    place = table.schema.get_field_index("occurred_at")
    values = table.column("occurred_at").to_pylist()
    values[1] = values[1].replace(microsecond=250_000)
    return table.set_column(place, "occurred_at", pa.array(values, types["occurred_at"]))


def load(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    metadata = sa.MetaData()
    for name, text in TABLES.items():
        table = typed(text)
        columns = [sa.Column(c, TYPES.get(c, sa.Text())) for c in table.column_names]
        sa.Table(name, metadata, *columns)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name, text in TABLES.items():
            connection.execute(metadata.tables[name].insert(), typed(text).to_pylist())


def answers(mart: Mart) -> dict[str, list[tuple[Any, ...]]]:
    asked = {name: f"from {name} order by all" for name in ("journeys", "deals", "leads")}
    asked["refused"] = 'select relation, key, "column", reason from refused_rows order by all'
    return {name: mart.rows(sql) for name, sql in asked.items()}


@pytest.fixture(params=["parquet", "sqlite", "postgresql"])
def source_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "parquet":
        for name, text in TABLES.items():
            (tmp_path / "parquet").mkdir(exist_ok=True)
            pa.parquet.write_table(typed(text), tmp_path / "parquet" / f"{name}.parquet")
        return f"files:{tmp_path / 'parquet'}"
    url = f"sqlite:///{tmp_path / 'crm.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    load(url)
    return url


def test_every_kind_of_source_gives_the_same(tmp_path: Path, source_url: str) -> None:
    zone = "Europe/Berlin"
    files = {f"{name}.csv": text for name, text in TABLES.items()}
    expected = answers(built(tmp_path, files, company_time_zone=zone))
    found = answers(built(tmp_path, {}, source_url=source_url, company_time_zone=zone))
    assert found == expected
    assert expected["refused"] == [
        ("lead_stage_events", "E4", "lead_id", "lead_id is not in leads"),
    ]
    assert [row[0] for row in expected["journeys"]] == ["L1", "L2", "L5"]
    days = built(tmp_path, files, company_time_zone=zone).rows(
        "select lead_id, created_on::varchar, mql_on::varchar, sql_at::varchar from journeys"
        " where created_on is not null order by 1"
    )
    assert days == [
        ("L1", "2026-01-05", "2026-01-06", "2026-01-08 10:00:00.25"),
        ("L2", "2026-01-06", "2026-01-09", "2026-01-09 09:00:00"),
    ]


def test_a_mapping_speaks_the_dialect_of_its_database(
    tmp_path: Path, postgres_database: str
) -> None:
    load(postgres_database)
    select = """select lead_id, created_at, initcap(source) as source,
        coalesce((array_agg(email) filter (where email ~* '^ana'))[1], '') as email,
        max(created_at) over () as synced_at
        from leads where created_at >= date '2026-01-01' + interval '4 days'
        group by lead_id, created_at, source;"""
    mart = built(tmp_path, {}, {"leads.sql": select}, source_url=postgres_database)
    assert mart.rows("select lead_id, source, email from leads order by 1") == [
        ("L1", "Web", "ana@x.com"), ("L2", "Web", None), ("L3", None, None), ("L4", "Mail", None),
    ]  # fmt: skip
    assert mart.rows("select source from snapshot") == [("postgresql",)]


def test_a_moment_without_a_zone_is_utc_in_every_database(
    tmp_path: Path, postgres_database: str
) -> None:
    engine = sa.create_engine(postgres_database, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table leads (lead_id text, created_at timestamp)")
        connection.exec_driver_sql("insert into leads values ('L1', '2026-01-05 23:30')")
    mart = built(tmp_path, {}, source_url=postgres_database, company_time_zone="Europe/Berlin")
    assert mart.rows("select created_at::varchar, created_on::varchar from journeys") == [
        ("2026-01-05 23:30:00", "2026-01-06")
    ]


def test_a_folder_that_is_away_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        built(tmp_path, {}, source_url=f"files:{tmp_path / 'away'}")


def test_files_are_not_written_to(tmp_path: Path) -> None:
    source = small_company.write(tmp_path / "source", {"leads.csv": TABLES["leads"]})
    before = {path.name: path.stat().st_mtime_ns for path in source.iterdir()}
    built(tmp_path, {})
    assert {path.name: path.stat().st_mtime_ns for path in source.iterdir()} == before


def test_columns_are_found_whatever_their_case(tmp_path: Path) -> None:
    mart = built(tmp_path, {"Leads.csv": "Lead_ID,CREATED_AT\nL1,2026-01-01"})
    assert mart.rows("select lead_id, created_at is not null from leads") == [("L1", True)]


def test_a_mapping_may_take_all_columns_as_they_are(tmp_path: Path) -> None:
    files = {"people.csv": "lead_id,created_at,odd\nL1,2026-01-01,x\nL2,soon,x"}
    mart = built(tmp_path, files, {"leads.sql": "select * from people;"})
    assert mart.rows("select lead_id from leads") == [("L1",)]
    assert [row[1:3] for row in mart.refused()] == [("people.csv", 3)]
    assert mart.finding("ignored_column") == [("leads", 2, False, "odd")]


def test_a_mapping_of_two_statements_stops(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"leads.sql: "):
        built(tmp_path, {"a.csv": "id\n1"}, {"leads.sql": "select id as lead_id from a; select 1"})
