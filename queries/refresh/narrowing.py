"""Finding the lines that a mapping's own casts cannot read, so that only these are refused.

A mapping may cast (`close_date::date`). One bad cell makes such a statement fail as a whole; the
culprits are found by halving each leading table by its lines, and left out with DuckDB's reason.
"""

from __future__ import annotations

import duckdb

from queries.refresh import files
from queries.refresh.lineage import Landed
from queries.refresh.mapping import MappingError

UNREADABLE = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
)
# More than this and the mapping is wrong, not the data.
_MOST_UNREADABLE = 200


def leave_out_unreadable(
    duck: duckdb.DuckDBPyConnection, relation: str, landed: Landed
) -> list[files.RefusedLine]:
    """Hides from the SELECT the lines of its leading tables that it cannot read.

    From then on these tables mean themselves without those lines, until `show_all` is called.
    Raises: MappingError where the lines cannot be told apart, or too many are unreadable.
    """
    failure = _failure(duck, landed.select)
    if not landed.starts:
        raise MappingError(f"{relation}.sql: {failure}")
    duck.execute("create schema if not exists narrowed")
    duck.execute("set search_path = 'narrowed,main'")
    refused: list[files.RefusedLine] = []
    try:
        # The branches of a UNION ALL fail apart: each is searched while the others are empty.
        for table, _ in landed.starts:
            _show(duck, table, "false")
        for table, file in landed.starts:
            found = _unreadable_lines(duck, landed.select, table, file)
            if found is None:
                raise MappingError(
                    f"{relation}.sql cannot read more than {_MOST_UNREADABLE} lines of {table}:"
                    f" {failure}"
                )
            refused += found
        for table, file in landed.starts:
            _show(duck, table, _all_but([line.line for line in refused if line.file == file]))
        if _failure(duck, landed.select):
            raise MappingError(f"{relation}.sql: {failure}")
    except MappingError:
        show_all(duck)
        raise
    return refused


def show_all(duck: duckdb.DuckDBPyConnection) -> None:
    """Every table is whole again."""
    duck.execute("reset search_path")
    duck.execute("drop schema if exists narrowed cascade")


def _unreadable_lines(
    duck: duckdb.DuckDBPyConnection, select: str, table: str, file: str
) -> list[files.RefusedLine] | None:
    """The lines of one table that the SELECT fails on, in order; None where they are too many."""
    highest = duck.execute(f"select coalesce(max(_line), 0) from main.{_quoted(table)}").fetchone()
    refused: list[files.RefusedLine] = []
    pending = [(1, highest[0])]
    while pending and len(refused) <= _MOST_UNREADABLE:
        first, last = pending.pop()
        _show(duck, table, f"_line between {first} and {last}")
        reason = _failure(duck, select)
        if reason and first == last:
            refused.append(files.RefusedLine(file, first, "", "", f"not readable: {reason}"))
        elif reason:
            middle = (first + last) // 2
            pending += [(middle + 1, last), (first, middle)]
    _show(duck, table, "false")
    return refused if len(refused) <= _MOST_UNREADABLE else None


def _all_but(lines: list[int]) -> str:
    return f"_line not in ({', '.join(map(str, lines))})" if lines else "true"


def _show(duck: duckdb.DuckDBPyConnection, table: str, where: str) -> None:
    """Lets the SELECT see only these lines of the table."""
    duck.execute(
        f"create or replace view narrowed.{_quoted(table)} as"
        f" select * from main.{_quoted(table)} where {where}"
    )


def _quoted(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _failure(duck: duckdb.DuckDBPyConnection, select: str) -> str:
    """Why the SELECT cannot be run as a whole; "" where it can. Runs every column of it."""
    try:
        duck.execute(f"create or replace temp table narrowing_probe as {select}")
        duck.execute("drop table narrowing_probe")
    except UNREADABLE as error:
        return str(error).splitlines()[0]
    return ""
