"""Every row through the contract: kept and typed, or refused with its line and its reason.

Works on one DuckDB connection whose attached database `mart` receives the kept rows. Nothing is
dropped in silence: rows read = rows kept + rows refused, per relation.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from queries import contract
from queries.refresh import files, judging, narrowing, refusals, verdicts
from queries.refresh.judging import Judged
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
    duck.execute(verdicts.table(relation, f"mart.{relation.name}"))
    reads = frozenset({relation.name}) if landed is None else landed.reads
    no_rows = _lines_without_rows(source, reads)
    if landed is None:
        _refuse_lines(duck, relation.name, no_rows)
        return Checked(relation.name, False, len(no_rows))
    types = judging.types_of(duck, landed)
    own = {column.name for column in relation.columns} | {"_file", "_line"}
    judged, unreadable = _sort_out(duck, landed, relation, zone)
    _refuse_lines(duck, relation.name, unreadable + no_rows)
    refusals.report(duck, relation)
    return Checked(
        relation.name,
        True,
        _count(duck, judged.name) + len(unreadable) + len(no_rows),
        _count(duck, f"mart.{relation.name}"),
        tuple(sorted(set(types) - own)),
    )


def _lines_without_rows(source: Source, tables: frozenset[str]) -> list[files.RefusedLine]:
    """Lines of the tables' files that were not rows at all; each is reported once."""
    mine = [line for line in source.refused if line.file.rsplit(".", 1)[0].lower() in tables]
    for line in mine:
        source.refused.remove(line)
    return mine


def _sort_out(
    duck: duckdb.DuckDBPyConnection, landed: Landed, relation: contract.Relation, zone: str
) -> tuple[Judged, list[files.RefusedLine]]:
    """Good rows into `mart.<relation>`, the others into `refused`; and the unreadable lines."""
    if judging.can_be_a_view(relation, landed, judging.types_of(duck, landed)):
        judged = judging.as_view(duck, relation, landed, zone)
        # What this view cannot read is looked for line by line in the copy.
        with contextlib.suppress(*narrowing.UNREADABLE):
            _keep(duck, relation, judged)
            return judged, []
    judged, unreadable = judging.as_table(duck, relation, landed, zone)
    _keep(duck, relation, judged)
    return judged, unreadable


def _keep(duck: duckdb.DuckDBPyConnection, relation: contract.Relation, judged: Judged) -> None:
    is_kept = refusals.collect(duck, relation, judged)
    columns = ", ".join(column.name for column in relation.columns)
    with _in_any_order(duck):
        duck.execute(
            f"insert into mart.{relation.name} select {columns} from {judged.name} where {is_kept}"
        )


@contextlib.contextmanager
def _in_any_order(duck: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Lets rows be written as they come from each thread: a quarter less work than in order.

    What is made of these tables decides by values, never by where a row stands in them.
    """
    duck.execute("set preserve_insertion_order = false")
    try:
        yield
    finally:
        duck.execute("reset preserve_insertion_order")


def _refuse_lines(
    duck: duckdb.DuckDBPyConnection, relation: str, lines: list[files.RefusedLine]
) -> None:
    rows = [
        [relation, line.file, line.line, "", line.column, line.value, line.reason] for line in lines
    ]
    if rows:
        duck.executemany("insert into mart.refused_rows values (?, ?, ?, ?, ?, ?, ?)", rows)


def _count(duck: duckdb.DuckDBPyConnection, table: str) -> int:
    return duck.execute(f"select count(*) from {table}").fetchone()[0]
