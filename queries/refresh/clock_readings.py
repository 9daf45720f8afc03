"""What the business clock of each hand-off showed at each of its moments, and when it runs out.

The clock of a hand-off is that of the rep who received it, whoever has it later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from queries import clocks, handoff_schema, promises_kept
from queries.agreements.content import Version
from queries.promises import Handoffs
from queries.refresh import handoff_clocks
from queries.rules import many_clocks

_READ = ("handed", "assigned", "first_attempt", "first_contact", "decided")
_MOMENTS = (*(f"{name}_at" for name in _READ), "reassigned_at", "paused_at", "paused_until")
_CODE = " ".join(f"when '{name}' then {n}" for n, name in enumerate(handoff_schema.OUTCOMES))
_COLUMNS = {
    "seq": "plain.seq",
    "calendar_no": "coalesce(reps.calendar_no, 0)::integer",
    "is_inferred": "plain.is_inferred",
    "is_timed": "plain.is_timed",
    "missing": "plain.missing",
    "decision": f"(case plain.decision {_CODE} end)::tinyint",
    "has_reason": "coalesce(trim(plain.reason_code) <> '', false)",
}
_NEVER = np.datetime64("NaT", "us")


def fill(duck: duckdb.DuckDBPyConnection, versions: Sequence[Version], zone: str) -> None:
    """Fills mart.handoffs and mart.handoff_clocks from plain_handoffs, which lacks calendar_no,
    all readings (`_clock`) and when its clocks run out.

    Runs after the calendars, the activities and the owners are there. `versions`: those of the
    agreement that were signed, the oldest first. `zone`: the company's.
    """
    known = _clocks(duck)
    rows = _rows(duck, versions)
    judged = promises_kept.judge(rows, versions, known)
    _write_handoffs(duck, rows, judged, known)
    handoff_clocks.write(duck, rows["seq"], judged.terms, zone)


def _clocks(duck: duckdb.DuckDBPyConnection) -> many_clocks.Clocks:
    known = duck.execute(
        "select calendar_no, label, begins_at, ends_at from mart.calendars"
    ).fetchall()
    intervals = duck.execute(
        "select calendar_no, opens_at, closes_at, before from mart.business_intervals"
        " order by calendar_no, opens_at"
    ).fetchnumpy()
    columns = ("calendar_no", "opens_at", "closes_at", "before")
    usual = duck.execute("select calendar_no, usual_day from mart.calendars").fetchall()
    return many_clocks.Clocks(
        clocks.made(known, *(np.asarray(intervals[name]) for name in columns)), dict(usual)
    )


def _rows(duck: duckdb.DuckDBPyConnection, versions: Sequence[Version]) -> Handoffs:
    """The hand-offs in the order of their rows."""
    columns = _COLUMNS | {
        name: f"coalesce(plain.{name}, '')" for name in promises_kept.looked_at(versions)
    }
    columns |= {name: f"plain.{name}" for name in _MOMENTS}
    said = ", ".join(f"{expression} as {name}" for name, expression in columns.items())
    found = duck.execute(
        f"select {said} from plain_handoffs as plain"
        " left join mart.rep_calendars as reps on reps.rep_id = plain.receiving_rep_id"
        " order by plain.rowid"
    ).fetchnumpy()
    efforts = {pair: _efforts(duck, *pair) for pair in promises_kept.efforts(versions)}
    return Handoffs({name: _plain(found[name]) for name in columns}, efforts)


def _efforts(duck: duckdb.DuckDBPyConnection, attempts: int, channels: int) -> np.ndarray:
    """When each hand-off had had so many attempts over so many channels."""
    found = duck.execute(
        """with done as (
        select seq, happened_at, row_number() over hand as nth,
            row_number() over (partition by seq, activity_type order by happened_at, rowid) = 1
                as is_new
        from plain_handoff_activities where is_attempt
        window hand as (partition by seq order by happened_at, rowid)
    ), counted as (
        select seq, happened_at, nth,
            count_if(is_new) over (partition by seq order by nth) as channels
        from done
    ), enough as (
        select seq, min(happened_at) as enough_at from counted
        where nth >= $attempts and channels >= $channels group by seq
    )
    select enough_at from plain_handoffs as plain left join enough using (seq)
    order by plain.rowid""",
        {"attempts": attempts, "channels": channels},
    ).fetchnumpy()
    return _plain(found["enough_at"])


def _plain(column: np.ndarray) -> np.ndarray:
    """Without a mask: a moment that is not there is NaT, a truth false, a number 0."""
    if not np.ma.isMaskedArray(column):
        return column
    return column.filled(_NEVER if column.dtype.kind == "M" else column.dtype.type(0))


def _write_handoffs(
    duck: duckdb.DuckDBPyConnection,
    rows: Handoffs,
    judged: promises_kept.Judgement,
    known: many_clocks.Clocks,
) -> None:
    """The table, its columns in the order of the schema, its rows by hand-off."""
    filled = {"calendar_no": pa.array(rows["calendar_no"])} | _dues(judged)
    for name in _READ:
        at = rows[f"{name}_at"]
        readings = known.readings(rows["calendar_no"], at)
        filled[f"{name}_clock"] = pa.array(readings, mask=np.isnat(at))
    duck.register("clock_rows", pa.table({"row_number": np.arange(len(rows)), **filled}))
    columns = ", ".join(
        f'{"read" if column.name in filled else "plain"}."{column.name}"'
        for column in handoff_schema.handoffs.columns
    )
    duck.execute(
        f"create or replace table mart.handoffs as select {columns}"
        " from (select *, row_number() over (order by rowid) - 1 as row_number"
        " from plain_handoffs) as plain"
        " join clock_rows as read using (row_number)"
        " order by seq"
    )
    duck.unregister("clock_rows")


def _dues(judged: promises_kept.Judgement) -> Mapping[str, pa.Array]:
    names = ("due_at", "soon_at", "changed_at", "first_due_at", "first_soon_at")
    return {
        f"{clock}_{name}": pa.array(column)
        for clock, kind in zip(handoff_schema.PRESSING, judged.pressing, strict=True)
        for name, column in zip(names, judged.pressing[kind].columns(), strict=True)
    }
