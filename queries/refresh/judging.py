"""A relation's judged rows, under a name: a view of the source where that is cheap, else a copy.

Judged rows are read three times or more (bad cells and parents, keys, those that are kept). What
a Parquet file holds has its types already, so it is read again rather than written down twice;
what is text would be cast each time.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from queries import contract
from queries.refresh import files, narrowing, verdicts
from queries.refresh.lineage import Landed


@dataclass(frozen=True)
class Judged:
    """Where judged rows stand (see verdicts). `place`: a number in source order, no two alike."""

    name: str
    place: str


def types_of(duck: duckdb.DuckDBPyConnection, landed: Landed) -> dict[str, str]:
    """The types of the mapped columns by their names in lower case."""
    mapped = duck.sql(landed.select)
    return {
        name.lower(): str(kind) for name, kind in zip(mapped.columns, mapped.types, strict=True)
    }


def can_be_a_view(relation: contract.Relation, landed: Landed, types: dict[str, str]) -> bool:
    """Whether each row can be told by its line alone, and nothing has to be cast from text."""
    return landed.has_line_per_row and not any(
        types.get(column.name) == "VARCHAR" for column in relation.columns if column.kind != "text"
    )


def as_view(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, landed: Landed, zone: str
) -> Judged:
    """The judged rows, computed whenever they are read: what cannot be read fails only then."""
    _forget(duck)
    select = verdicts.checked_select(relation, types_of(duck, landed), landed.select, zone)
    duck.execute(f"create temp view judged_rows as {select}")
    return Judged("judged_rows", "_line")


def as_table(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, landed: Landed, zone: str
) -> tuple[Judged, list[files.RefusedLine]]:
    """The judged rows, written down, and the lines that could not be read at all."""
    _forget(duck)
    select = verdicts.checked_select(relation, types_of(duck, landed), landed.select, zone)
    statement = f"create temp table judged_copy as {select}"
    unreadable: list[files.RefusedLine] = []
    try:
        duck.execute(statement)
    except narrowing.UNREADABLE:
        unreadable = narrowing.leave_out_unreadable(duck, relation.name, landed)
        duck.execute(statement)
        narrowing.show_all(duck)
    return Judged("judged_copy", "rowid"), unreadable


def _forget(duck: duckdb.DuckDBPyConnection) -> None:
    duck.execute("drop view if exists judged_rows")
    duck.execute("drop table if exists judged_copy")
