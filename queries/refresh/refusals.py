"""Which judged rows are refused, and why: a bad cell, a key that stands already, no parent.

All of it is gathered in the temp table `refused`, by the place of the row; it is small, so the
rows that are left over are those whose place is not in it.
"""

from __future__ import annotations

import duckdb

from queries import contract
from queries.refresh.judging import Judged


def collect(duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged) -> str:
    """Fills `refused`; returns the condition that holds for the rows that are kept."""
    duck.execute(
        "create or replace temp table refused (place bigint, file varchar, line bigint,"
        ' key varchar, "column" varchar, value varchar, reason varchar)'
    )
    has_bad_cells, has_repeated_keys = _suspect(duck, relation, judged)
    if has_bad_cells:
        _bad_cells(duck, relation, judged)
    if has_repeated_keys:
        _repeated_keys(duck, relation, judged)
    for column in (column for column in relation.columns if column.parent):
        _orphans(duck, relation, judged, column)
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


def _suspect(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged
) -> tuple[bool, bool]:
    """Whether there may be bad cells, and repeated keys: mostly one look at all rows is enough.

    Keys are told apart by their hashes, in half the time; `suspects` has those to look at closely.
    """
    duck.execute(
        f"create or replace temp table suspects as select hash({', '.join(relation.key)}) as"
        " key_hash, bool_or(_column is not null) as has_bad_cell, count(*) > 1 as is_repeated"
        f" from {judged.name} group by key_hash having has_bad_cell or is_repeated"
    )
    return duck.execute(
        "select coalesce(bool_or(has_bad_cell), false), coalesce(bool_or(is_repeated), false)"
        " from suspects"
    ).fetchone()


def _bad_cells(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged
) -> None:
    duck.execute(
        f"insert into refused select {judged.place}, _file, _line, {_key(relation)},"
        f" _column, coalesce(_value, ''), _column || ' ' || _reason"
        f" from {judged.name} where _column is not null order by _line, {judged.place}"
    )


def _repeated_keys(
    duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged
) -> None:
    """Of rows with one key the first is kept; the others say which one it was."""
    left_over, keys = _left_over(duck, judged), ", ".join(relation.key)
    duck.execute(
        f"""insert into refused
        with twins as (
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


def _orphans(
    duck: duckdb.DuckDBPyConnection,
    relation: contract.Relation,
    judged: Judged,
    column: contract.Column,
) -> None:
    parent_key = contract.RELATIONS[column.parent].key[0]
    duck.execute(
        f"insert into refused select {judged.place}, _file, _line, {_key(relation)},"
        f" '{column.name}', {column.name}, '{column.name} is not in {column.parent}'"
        f" from {judged.name} where {_left_over(duck, judged)}"
        f" and {column.name} not in (select {parent_key} from mart.{column.parent})"
        f" order by _line, {judged.place}"
    )
