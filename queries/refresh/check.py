"""Every row through the contract: kept and typed, or refused with its line and its reason.

Works on one DuckDB connection whose attached database `mart` receives the kept rows. Nothing is
dropped in silence: rows read = rows kept + rows refused, per relation.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from queries import contract
from queries.refresh import files, narrowing, verdicts
from queries.refresh.lineage import Landed
from queries.refresh.mapping import STAGE_KEYS, Mapping, MappingError
from queries.refresh.sources import Source

# Parents before the relations whose rows must point into them.
ORDER = (
    "teams",
    "reps",
    "campaigns",
    "leads",
    "opportunities",
    "campaign_spend",
    "web_traffic",
    "campaign_touches",
    "lead_stage_events",
    "lead_owner_events",
    "activities",
    "opportunity_stage_events",
)


@dataclass(frozen=True)
class Checked:
    """How one relation came through. `ignored`: mapped columns that are not canonical."""

    relation: str
    is_mapped: bool
    rows_read: int = 0
    rows_kept: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def rows_refused(self) -> int:
        return self.rows_read - self.rows_kept


def check_all(
    duck: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, zone: str
) -> list[Checked]:
    """Fills `mart.<relation>` for all relations and `mart.refused_rows`; one report a relation."""
    _define_stage_macro(duck, mapping.stages)
    duck.execute(
        "create or replace table mart.refused_rows (relation varchar, file varchar, line bigint,"
        ' key varchar, "column" varchar, value varchar, reason varchar)'
    )
    reports = {
        name: _check(duck, source, mapping, contract.RELATIONS[name], zone) for name in ORDER
    }
    if not any(report.is_mapped for report in reports.values()):
        # Otherwise a wrong folder or schema would replace a good snapshot by an empty one.
        raise MappingError(
            "the source has no table that is named as a canonical relation"
            f" ({', '.join(contract.RELATIONS)}); name or write its mapping"
        )
    return [reports[name] for name in contract.RELATIONS]


def _define_stage_macro(duck: duckdb.DuckDBPyConnection, stages: dict[str, str]) -> None:
    known = {key: key for key in STAGE_KEYS} | stages
    cases = " ".join(
        f"when '{label.replace(chr(39), chr(39) * 2)}' then '{key}'" for label, key in known.items()
    )
    duck.execute(
        f"create or replace temp macro stage_of(label) as case lower(label) {cases} else label end"
    )


def _check(
    duck: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    relation: contract.Relation,
    zone: str,
) -> Checked:
    select = None if mapping.is_identity else mapping.selects.get(relation.name)
    is_asked = mapping.is_identity or select is not None
    landed = source.land(relation, select) if is_asked else None
    table = f"checked_{relation.name}"
    reads = frozenset({relation.name}) if landed is None else landed.reads
    refused = _lines_without_rows(source, reads)
    ignored: tuple[str, ...] = ()
    if landed is None:
        duck.execute(verdicts.empty(relation, table))
    else:
        unreadable, ignored = _cast(duck, landed, relation, zone)
        refused = unreadable + refused
    _refuse_lines(duck, relation.name, refused)
    _refuse_bad_cells(duck, relation)
    _refuse_repeated_keys(duck, relation)
    _refuse_orphans(duck, relation)
    kept = _keep(duck, relation)
    rows = duck.execute(f"select count(*) from {table}").fetchone()[0]
    duck.execute(f"drop table {table}")
    return Checked(relation.name, landed is not None, rows + len(refused), kept, ignored)


def _lines_without_rows(source: Source, tables: frozenset[str]) -> list[files.RefusedLine]:
    """Lines of the tables' files that were not rows at all; each is reported once."""
    mine = [line for line in source.refused if line.file.rsplit(".", 1)[0].lower() in tables]
    for line in mine:
        source.refused.remove(line)
    return mine


def _cast(
    duck: duckdb.DuckDBPyConnection, landed: Landed, relation: contract.Relation, zone: str
) -> tuple[list[files.RefusedLine], tuple[str, ...]]:
    """Creates `checked_<relation>`: typed columns, and for each bad row its first bad cell."""
    mapped = duck.sql(landed.select)
    types = {
        name.lower(): str(kind) for name, kind in zip(mapped.columns, mapped.types, strict=True)
    }
    statement = (
        f"create or replace temp table checked_{relation.name} as "
        + verdicts.checked_select(relation, types, landed.select, zone)
    )
    own = {column.name for column in relation.columns} | {"_file", "_line"}
    ignored = tuple(sorted(set(types) - own))
    try:
        duck.execute(statement)
    except narrowing.UNREADABLE:
        refused = narrowing.leave_out_unreadable(duck, relation.name, landed)
        duck.execute(statement)
        narrowing.show_all(duck)
        return refused, ignored
    return [], ignored


def _refuse_lines(
    duck: duckdb.DuckDBPyConnection, relation: str, lines: list[files.RefusedLine]
) -> None:
    rows = [
        [relation, line.file, line.line, "", line.column, line.value, line.reason] for line in lines
    ]
    if rows:
        duck.executemany("insert into mart.refused_rows values (?, ?, ?, ?, ?, ?, ?)", rows)


def _key(relation: contract.Relation, of: str = "") -> str:
    return "concat_ws(' / ', " + ", ".join(f"{of}{name}" for name in relation.key) + ")"


def _refuse_bad_cells(duck: duckdb.DuckDBPyConnection, relation: contract.Relation) -> None:
    duck.execute(
        f"insert into mart.refused_rows select '{relation.name}', _file, _line, {_key(relation)},"
        f" _column, coalesce(_value, ''), _column || ' ' || _reason"
        f" from checked_{relation.name} where _column is not null order by _line"
    )


def _refuse_repeated_keys(duck: duckdb.DuckDBPyConnection, relation: contract.Relation) -> None:
    """Of rows with one key the first is kept; the others say which one it was."""
    table, keys = f"checked_{relation.name}", ", ".join(relation.key)
    duck.execute(
        f"create or replace temp table repeated as select {keys} from {table}"
        f" where _column is null group by {keys} having count(*) > 1"
    )
    same = " and ".join(f"t.{name} is not distinct from r.{name}" for name in relation.key)
    duck.execute(
        f"""create or replace temp table losers as
        with twins as (
            select t.rowid as row_number_, t._file, t._line, {_key(relation, "t.")} as key_,
                first_value(t._line) over key_window as first_line,
                first_value(t._file) over key_window as first_file,
                row_number() over key_window as place
            from {table} t join repeated r on {same} where t._column is null
            window key_window as (
                partition by {", ".join(f"t.{name}" for name in relation.key)} order by t.rowid)
        ) select * from twins where place > 1"""
    )
    duck.execute(
        f"insert into mart.refused_rows select '{relation.name}', _file, _line, key_,"
        f" '{relation.key[0]}', key_, 'the same {' / '.join(relation.key)} stands'"
        " || case when first_line is null then ' in an earlier row'"
        " when first_file <> _file then ' on line ' || first_line || ' of ' || first_file"
        " else ' on line ' || first_line end from losers order by _line"
    )
    duck.execute(
        f"update {table} set _column = '{relation.key[0]}'"
        " where rowid in (select row_number_ from losers)"
    )


def _refuse_orphans(duck: duckdb.DuckDBPyConnection, relation: contract.Relation) -> None:
    table = f"checked_{relation.name}"
    for column in (column for column in relation.columns if column.parent):
        parent_key = contract.RELATIONS[column.parent].key[0]
        orphan = (
            f"_column is null and {column.name} not in"
            f" (select {parent_key} from mart.{column.parent})"
        )
        duck.execute(
            f"insert into mart.refused_rows select '{relation.name}', _file, _line,"
            f" {_key(relation)}, '{column.name}', {column.name},"
            f" '{column.name} is not in {column.parent}'"
            f" from {table} where {orphan} order by _line"
        )
        duck.execute(f"update {table} set _column = '{column.name}' where {orphan}")


def _keep(duck: duckdb.DuckDBPyConnection, relation: contract.Relation) -> int:
    columns = ", ".join(column.name for column in relation.columns)
    duck.execute(
        f"create or replace table mart.{relation.name} as"
        f" select {columns} from checked_{relation.name} where _column is null"
    )
    return duck.execute(f"select count(*) from mart.{relation.name}").fetchone()[0]
