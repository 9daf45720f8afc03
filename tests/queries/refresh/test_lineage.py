"""From which line of which file a mapped row came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from queries.refresh import lineage

FILES = {"contacts": "contacts.csv", "Old Leads": "Old Leads.csv", "owners": "owners.csv"}


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create table contacts (id varchar, owner varchar, _line bigint)")
        connection.execute(
            "insert into contacts values ('a', 'x', 2), ('b', 'y', 3), ('b', 'y', 5)"
        )
        connection.execute('create table "Old Leads" ("The Id" varchar, _line bigint)')
        connection.execute("""insert into "Old Leads" values ('c', 2), ('d', 4)""")
        connection.execute("create table owners (owner varchar, rep varchar, _line bigint)")
        connection.execute("insert into owners values ('y', 'Bo', 2), ('x', 'Ana', 9)")
        yield connection


def traced(duck: duckdb.DuckDBPyConnection, select: str) -> list[tuple[Any, ...]]:
    """lead_id, file and line of each row."""
    statement, tables = lineage.with_lines(duck, select, FILES)
    assert tables, "the rows cannot be followed"
    return duck.execute(f"select lead_id, _file, _line from ({statement}) order by all").fetchall()


A, B, B5 = ("a", "contacts.csv", 2), ("b", "contacts.csv", 3), ("b", "contacts.csv", 5)
C, D = ("c", "Old Leads.csv", 2), ("d", "Old Leads.csv", 4)
OLD = 'select "The Id" as lead_id from "Old Leads"'
PAIRS = "contacts c join owners o on c.owner = o.owner"


@pytest.mark.parametrize(
    ("select", "rows"),
    [
        ("select id as lead_id from contacts", [A, B, B5]),
        ("select id as lead_id from CONTACTS where id = 'b'", [B, B5]),
        ("select id as lead_id, * from contacts", [A, B, B5]),
        ("select c.id as lead_id from contacts as c order by 1 limit 1", [A]),
        ("select c.id lead_id from contacts c left join owners using (owner)", [A, B, B5]),
        (f"select c.id as lead_id, o.rep from {PAIRS}", [A, B, B5]),
        ("select id as lead_id, count(*) as n from contacts group by id", [A, B]),
        ("select id as lead_id, min(owner) as rep from contacts group by all", [A, B]),
        ("select id as lead_id from contacts group by 1 having count(*) > 1", [B]),
        (OLD, [C, D]),
        ('select x."The Id" as lead_id from "old leads" as x', [C, D]),
        (f"select id as lead_id from contacts union all {OLD}", [A, B, B5, C, D]),
        (f"({OLD}) union all (select id from contacts where id = 'a') union all {OLD}",
         [A, C, C, D, D]),
        ("with o as (select * from owners) select id as lead_id from contacts join o using (owner)",
         [A, B, B5]),
        ("select id as lead_id, row_number() over (order by id) from contacts", [A, B, B5]),
    ],
)  # fmt: skip
def test_the_line_comes_out(
    duck: duckdb.DuckDBPyConnection, select: str, rows: list[tuple[Any, ...]]
) -> None:
    assert traced(duck, select) == rows


@pytest.mark.parametrize(
    "select",
    [
        "select distinct id as lead_id from contacts",
        f"select id as lead_id from contacts union {OLD}",
        f"select id as lead_id from contacts except {OLD}",
        "select id as lead_id from (select * from contacts)",
        "with contacts as (select 'z' as id) select id as lead_id from contacts",
        "with c as (select * from contacts) select id as lead_id from c",
        "select min(id) as lead_id from contacts",
        "select 'x' as lead_id",
        "select lead_id from (values ('x')) as v(lead_id)",
        f"select id as lead_id from contacts union all select distinct lead_id from ({OLD})",
    ],
)
def test_where_a_row_has_no_one_line_the_statement_stays_as_it_was(
    duck: duckdb.DuckDBPyConnection, select: str
) -> None:
    assert lineage.with_lines(duck, select, FILES) == (select, ())


def test_the_leading_table_of_each_branch_is_named_once(duck: duckdb.DuckDBPyConnection) -> None:
    union = f"select id as lead_id from contacts union all {OLD} union all {OLD}"
    assert lineage.with_lines(duck, union, FILES)[1] == ("contacts", "Old Leads")
