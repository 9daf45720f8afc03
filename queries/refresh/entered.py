"""What people entered about hand-offs, as a snapshot takes it in; and what it leaves with them.

The records are read once, before anything is derived. What is entered later is in no snapshot;
whoever shows one adds what changed since `read_at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from queries import agreement_schema, handoff_records_schema, records, working_time
from queries.agreements import defaults, store
from queries.agreements.content import Version
from queries.settings import Settings
from queries.working_time import WorkingTime

# The CRM forgets what was missing once it is mended; who is read later than this is too late.
REMEMBERED_FOR = timedelta(days=7)
_BATCH = 1000
_ARROW = {sa.Text: pa.string(), sa.DateTime: pa.timestamp("us"), sa.Date: pa.date32()}
_decisions = handoff_records_schema.handoff_decisions.c
_pauses = handoff_records_schema.handoff_pauses.c
_seen = handoff_records_schema.handoff_completeness.c
_DECISIONS = (
    _decisions.decision_id,
    _decisions.lead_id,
    _decisions.handed_at,
    _decisions.decision,
    _decisions.reason_code,
    _decisions.recycle_until,
    _decisions.decided_by,
    _decisions.decided_at,
)
_PAUSES = (
    _pauses.pause_id,
    _pauses.lead_id,
    _pauses.handed_at,
    _pauses.paused_at,
    _pauses.paused_until,
    _pauses.reason,
)
_COMPLETENESS = (_seen.lead_id, _seen.handed_at, _seen.missing, _seen.seen_at)


@dataclass(frozen=True)
class Entered:
    """The records that hand-offs are derived with, each with the columns of its table.

    decisions: those in force. versions: those of the agreement that were signed, oldest first.
    """

    decisions: pa.Table
    pauses: pa.Table
    completeness: pa.Table
    read_at: datetime
    working_time: WorkingTime = working_time.NOTHING
    versions: tuple[Version, ...] = (defaults.VERSION,)


@dataclass(frozen=True)
class Seen:
    """What was missing of a lead when its hand-off was read (bits of CONTACT_FIELDS)."""

    lead_id: str
    handed_at: datetime
    missing: int
    seen_at: datetime


def read(settings: Settings, read_at: datetime | None = None) -> Entered:
    """What is entered; nothing where no records are kept yet. `read_at` is UTC, naive.

    Raises: RecordsUnavailable, where there are records and they do not answer.
    """
    at = read_at or records.now()
    if not _has_place(settings.records):
        return nothing(at)
    with records.reading(records.open_records(settings.records)) as connection:
        if not _has_tables(connection):
            return nothing(at)
        return Entered(
            _rows(connection, _DECISIONS, _decisions.withdrawn_at.is_(None)),
            _rows(connection, _PAUSES, sa.true()),
            _rows(connection, _COMPLETENESS, sa.true()),
            at,
            working_time.read(connection),
            _versions(connection),
        )


def nothing(read_at: datetime) -> Entered:
    """Nobody has entered anything."""
    return Entered(_table(_DECISIONS, []), _table(_PAUSES, []), _table(_COMPLETENESS, []), read_at)


def _has_place(url: str) -> bool:
    """A file that is not there must not come into being because somebody looked."""
    parsed = sa.make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database).exists()


def _has_tables(connection: Connection) -> bool:
    return sa.inspect(connection).has_table(handoff_records_schema.handoff_completeness.name)


def _versions(connection: Connection) -> tuple[Version, ...]:
    """Records that were not migrated yet know of no signature."""
    is_known = sa.inspect(connection).has_table(agreement_schema.sla_signatures.name)
    return (store.signed(connection) if is_known else ()) or (defaults.VERSION,)


def _rows(
    connection: Connection, columns: Sequence[sa.Column], which: sa.ColumnElement[bool]
) -> pa.Table:
    return _table(columns, connection.execute(sa.select(*columns).where(which)).all())


def _table(columns: Sequence[sa.Column], rows: Sequence[Sequence[object]]) -> pa.Table:
    """Rows with their types, also where there are none."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    kinds = [_ARROW.get(type(column.type), pa.int32()) for column in columns]
    arrays = [pa.array(cell, kind) for cell, kind in zip(cells, kinds, strict=True)]
    return pa.table(arrays, names=[column.name for column in columns])


def lay_out(duck: duckdb.DuckDBPyConnection, entered: Entered) -> None:
    """Fills entered_decisions, entered_pauses, entered_completeness: the person, not the record."""
    for name in ("decisions", "pauses", "completeness"):
        duck.register("entered_rows", getattr(entered, name))
        duck.execute(f"""create or replace temp table entered_{name} as
        select rows.* replace (coalesce(aliases.lead_id, rows.lead_id) as lead_id)
        from entered_rows as rows
        left join mart.lead_aliases as aliases on aliases.alias_id = rows.lead_id""")
        duck.unregister("entered_rows")


def observed(duck: duckdb.DuckDBPyConnection, read_at: datetime) -> list[Seen]:
    """What is missing of the leads handed over lately, where that is not remembered yet."""
    rows = duck.execute(
        """select lead_id, handed_at, missing, missing_seen_at
        from plain_handoffs anti join entered_completeness using (lead_id, handed_at)
        where handed_at between $since and $read_at order by seq""",
        {"since": read_at - REMEMBERED_FOR, "read_at": read_at},
    ).fetchall()
    return [Seen(*row) for row in rows]


def remember(settings: Settings, seen: Sequence[Seen]) -> None:
    """Keeps what was seen; what is remembered already stays as it is.

    Where no records are kept yet, nothing is. Raises: RecordsUnavailable.
    """
    if not seen or not _has_place(settings.records):
        return
    engine = records.open_records(settings.records)
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(handoff_records_schema.handoff_completeness).on_conflict_do_nothing()
    with records.writing(engine) as connection:
        if not _has_tables(connection):
            return
        for start in range(0, len(seen), _BATCH):
            batch = [vars(each) for each in seen[start : start + _BATCH]]
            connection.execute(statement, batch)
