"""The SELECT that judges each mapped row: its typed columns, and its first bad cell."""

from __future__ import annotations

from queries import contract
from queries.refresh import casting

STAGE_COLUMNS = (
    ("leads", "stage_key"),
    ("lead_stage_events", "from_stage"),
    ("lead_stage_events", "to_stage"),
)
_DUCK_TYPES: dict[contract.Kind, str] = {
    "text": "varchar",
    "integer": "bigint",
    "money": "decimal(18, 4)",
    "boolean": "boolean",
    "day": "date",
    "instant": "timestamp",
}


def table(relation: contract.Relation, name: str) -> str:
    """Makes the empty table of a relation's typed rows."""
    columns = ", ".join(
        f"{column.name} {_DUCK_TYPES[column.kind]}"
        + (" using compression zstd" if _is_mostly_distinct(relation, column) else "")
        for column in relation.columns
    )
    return f"create or replace table {name} ({columns})"


def _is_mostly_distinct(relation: contract.Relation, column: contract.Column) -> bool:
    """An identifier of one row among many: to look for repetitions in it costs more than all else.

    With zstd such a column is written in a third of the time and takes a sixth more room.
    """
    many = ("leads", "opportunities")
    return relation.key == (column.name,) or column.parent in many or column.link in many


def checked_select(
    relation: contract.Relation, types: dict[str, str], select: str, zone: str
) -> str:
    """The relation's columns, typed; where a row is refused `_column`, `_value`, `_reason` say why.

    `types`: the type of each mapped column. The macro `stage_of` translates labels of stages.
    """
    mapped = [column for column in relation.columns if column.name in types]
    given = [f"{casting.cell(c.name, types[c.name])} as given_{c.name}" for c in mapped]
    values = [f"{_value(relation, c, types[c.name], zone)} as value_{c.name}" for c in mapped]
    finals = [
        _default(column, f"value_{column.name}" if column in mapped else "null")
        + f" as {column.name}"
        for column in relation.columns
    ]
    faults = [fault for column in relation.columns for fault in _faults(column, types)]
    return (
        f"with mapped as ({select}),"
        f" given as (select {', '.join([*given, '_file', '_line'])} from mapped),"
        f" typed as (select {', '.join(['*', *values])} from given)"
        f" select {', '.join(finals)}, _file, _line, {_verdict(faults, types)} from typed"
    )


def _value(relation: contract.Relation, column: contract.Column, landed: str, zone: str) -> str:
    value = casting.value(column, f"given_{column.name}", landed, zone)
    is_stage = (relation.name, column.name) in STAGE_COLUMNS
    return f"stage_of({value})" if is_stage else value


def _default(column: contract.Column, value: str) -> str:
    kind = _DUCK_TYPES[column.kind]
    if column.default is None:
        return f"({value})::{kind}"
    return f"coalesce(({value})::{kind}, '{column.default}'::{kind})"


def _faults(column: contract.Column, types: dict[str, str]) -> list[tuple[str, str, str]]:
    """What can be wrong with a cell: the column, when it is, and the end of the sentence."""
    is_needed = column.required and column.default is None
    if column.name not in types:
        return [(column.name, "true", "is not mapped")] if is_needed else []
    given, faults = f"given_{column.name}", []
    if column.kind != "text" or column.one_of:
        is_bad = f"{given} is not null and value_{column.name} is null"
        faults.append((column.name, is_bad, casting.reason(column)))
    if is_needed:
        faults.append((column.name, f"{given} is null", "is empty"))
    return faults


def _verdict(faults: list[tuple[str, str, str]], types: dict[str, str]) -> str:
    """The first bad cell of a row: its column, what stood there, and why it is refused."""
    if not faults:
        return "null as _column, null as _value, null as _reason"
    columns = " ".join(f"when {bad} then '{name}'" for name, bad, _ in faults)
    reasons = " ".join(f"when {bad} then '{why}'" for _, bad, why in faults)
    cells = " ".join(
        f"when {bad} then left(given_{name}::varchar, 200)"
        if name in types
        else f"when {bad} then ''"
        for name, bad, _ in faults
    )
    return (
        f"case {columns} end as _column, case {cells} end as _value, case {reasons} end as _reason"
    )
