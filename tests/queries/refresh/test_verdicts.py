"""The SELECT that judges rows: typed columns, and the first bad cell."""

from __future__ import annotations

from typing import Any

import duckdb

from queries import contract
from queries.refresh import verdicts

TEAMS, SPEND = contract.RELATIONS["teams"], contract.RELATIONS["campaign_spend"]


def judged(relation: contract.Relation, select: str) -> list[dict[str, Any]]:
    """The judged rows of a SELECT of text."""
    with duckdb.connect() as duck:
        duck.execute("create macro stage_of(label) as label")
        mapped = f"select *, 'x.csv' as _file, 2 as _line from ({select})"
        types = dict.fromkeys(duck.sql(select).columns, "VARCHAR")
        statement = verdicts.checked_select(relation, types, mapped, "UTC")
        return duck.sql(statement).to_arrow_table().to_pylist()


def test_a_good_row_has_its_types_and_defaults_and_no_verdict() -> None:
    row = judged(TEAMS, "select 'T1' as team_id, '' as side")[0]
    assert row == {
        "team_id": "T1", "team_name": None, "side": "sales", "_file": "x.csv", "_line": 2,
        "_column": None, "_value": None, "_reason": None,
    }  # fmt: skip


def verdict(relation: contract.Relation, select: str) -> tuple[Any, ...]:
    row = judged(relation, select)[0]
    return row["_column"], row["_value"], row["_reason"]


def test_the_first_bad_cell_is_the_verdict() -> None:
    bad = "select 'C1' as campaign_id, 'soon' as spend_date, 'much' as amount"
    assert verdict(SPEND, bad) == ("spend_date", "soon", "is not a day written YYYY-MM-DD")


def test_an_empty_or_missing_required_cell_is_a_verdict() -> None:
    assert verdict(TEAMS, "select ' ' as team_id") == ("team_id", None, "is empty")
    assert verdict(TEAMS, "select 'x' as team_name") == ("team_id", "", "is not mapped")


def test_a_long_value_is_shown_by_its_beginning() -> None:
    long = "select 'T1' as team_id, repeat('x', 500) as side"
    assert verdict(TEAMS, long) == ("side", "x" * 200, "is not one of marketing, sales")


def test_the_table_of_a_relation_takes_the_judged_rows() -> None:
    with duckdb.connect() as duck:
        duck.execute(verdicts.table(TEAMS, "kept"))
        columns = [row[0] for row in duck.execute("describe kept").fetchall()]
    verdict = ["_file", "_line", "_column", "_value", "_reason"]
    assert columns + verdict == list(judged(TEAMS, "select 'T1' as team_id")[0])
