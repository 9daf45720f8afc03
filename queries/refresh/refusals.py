"""Which judged rows are refused, and why: a bad cell, a key that stands already, no parent.

All of it is gathered in the temp table `refused`, by the place of the row; it is small, so the
rows that are left over are those whose place is not in it.
"""

from __future__ import annotations

import duckdb

from queries import contract
from queries.refresh.judging import Judged

# The other name that a parent goes by: a CRM hangs the events of a lead on the contact it becomes.
_OTHER_NAMES = {"leads": "converted_contact_id"}


def collect(duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged) -> str:
    """Fills `refused`; returns the condition that holds for the rows that are kept."""
    duck.execute(
        "create or replace temp table refused (place bigint, file varchar, line bigint,"
        ' key varchar, "column" varchar, value varchar, reason varchar)'
    )
    _doubt(duck, relation, judged)
    _bad_cells(duck)
    if _may_have_repeated_keys(duck, relation, judged):
        _repeated_keys(duck, relation, judged)
    for column in _parents(relation):
        _orphans(duck, column)
    return _left_over(duck, judged)


def report(duck: duckdb.DuckDBPyConnection, relation: contract.Relation) -> None:
    """Writes `refused` to mart.refused_rows."""
    duck.execute(
        f"insert into mart.refused_rows select '{relation.name}', * exclude (place) from refused"
    )


def _left_over(duck: duckdb.DuckDBPyConnection, judged: Judged) -> str:
    if not duck.execute("select count(*) from refused").fetchone()[0]:
        return "true"
    return f"{judged.place} not in (select place from refused)"


def _key(relation: contract.Relation) -> str:
    return f"concat_ws(' / ', {', '.join(relation.key)})"


def _parents(relation: contract.Relation) -> list[contract.Column]:
    return [column for column in relation.columns if column.parent]


def _doubt(duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged) -> None:
    """Fills `doubtful` in one look at all rows: those with a bad cell or without a parent."""
    lacks = {
        column.name: f"{column.name} not in"
        f" (select {contract.RELATIONS[column.parent].key[0]} from mart.{column.parent})"
        for column in _parents(relation)
    }
    flags = "".join(
        f", {name} as parent_{name}, {lack} as lacks_{name}" for name, lack in lacks.items()
    )
    is_doubtful = " or ".join(["_column is not null", *(f"lacks_{name}" for name in lacks)])
    duck.execute(
        f"create or replace temp table doubtful as select {judged.place} as place, _file, _line,"
        f" {_key(relation)} as key, _column, _value, _reason{flags}"
        f" from {judged.name} where {is_doubtful}"
    )


def _bad_cells(duck: duckdb.DuckDBPyConnection) -> None:
    duck.execute(
        "insert into refused select place, _file, _line, key,"
        " _column, coalesce(_value, ''), _column || ' ' || _reason"
        " from doubtful where _column is not null order by _line, place"
    )


def _may_have_repeated_keys(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged
) -> bool:
    """Keys are told apart by their hashes, in half the time; mostly that is the end of it."""
    keys = f"hash({', '.join(relation.key)})"
    return duck.execute(
        f"select count(distinct {keys}) < count({keys}) from {judged.name}"
    ).fetchone()[0]


def _repeated_keys(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged
) -> None:
    """Of rows with one key the first is kept; the others say which one it was."""
    left_over, keys = _left_over(duck, judged), ", ".join(relation.key)
    duck.execute(
        f"""insert into refused
        with suspects as (
            select hash({keys}) as key_hash from {judged.name} group by 1 having count(*) > 1
        ), twins as (
            select {judged.place} as place, _file, _line, {_key(relation)} as key,
                first_value(_line) over key_window as first_line,
                first_value(_file) over key_window as first_file,
                row_number() over key_window as nth
            from {judged.name}
            where {left_over} and hash({keys}) in (select key_hash from suspects)
            window key_window as (partition by {keys} order by {judged.place})
        )
        select place, _file, _line, key, '{relation.key[0]}', key,
            'the same {" / ".join(relation.key)} stands'
            || case when first_line is null then ' in an earlier row'
                when first_file <> _file then ' on line ' || first_line || ' of ' || first_file
                else ' on line ' || first_line end
        from twins where nth > 1 order by _line, place"""
    )


def _orphans(duck: duckdb.DuckDBPyConnection, column: contract.Column) -> None:
    duck.execute(
        f"insert into refused select place, _file, _line, key,"
        f" '{column.name}', parent_{column.name}, '{column.name} is not in {column.parent}'"
        f" from doubtful where lacks_{column.name}{_and_no_other_name(column)}"
        " and place not in (select place from refused) order by _line, place"
    )


def _and_no_other_name(column: contract.Column) -> str:
    # Asked of the doubtful rows only: nearly all rows have their parent by its own name.
    if column.parent not in _OTHER_NAMES:
        return ""
    other = _OTHER_NAMES[column.parent]
    return (
        f" and parent_{column.name} not in"
        f" (select {other} from mart.{column.parent} where {other} is not null)"
    )
