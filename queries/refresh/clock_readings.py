"""What the business clock of each hand-off showed at each of its moments.

The clock of a hand-off is that of the rep who received it, whoever has it later.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from queries import clocks, handoff_schema
from queries.rules import business_time

_LONGEST_PAUSE_DAYS = 10
_MOMENTS = ("handed", "assigned", "reassigned", "first_attempt", "first_contact", "decided")
_PAUSE = ("paused_at", "paused_until")


def fill(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills mart.handoffs, mart.handoff_activities and mart.handoff_owners.

    Each from the table of the same name with `plain_` before it, which lacks calendar_no, all
    readings (`_clock`) and paused_clock. Runs after the calendars are there. Moments before or
    after a calendar are read at its ends.
    """
    duck.execute("""create or replace temp table handoff_calendars as
    select handoffs.seq, coalesce(reps.calendar_no, 0)::integer as calendar_no
    from plain_handoffs as handoffs
    left join mart.rep_calendars as reps on reps.rep_id = handoffs.receiving_rep_id""")
    known = _clocks(duck)
    _fill_handoffs(duck, known)
    _fill_of_handoffs(duck, known, handoff_schema.handoff_activities, "happened")
    _fill_of_handoffs(duck, known, handoff_schema.handoff_owners, "from")
    duck.execute("drop table handoff_calendars")


def _clocks(duck: duckdb.DuckDBPyConnection) -> dict[int, business_time.Clock]:
    known = duck.execute(
        "select calendar_no, label, begins_at, ends_at from mart.calendars"
    ).fetchall()
    intervals = duck.execute(
        "select calendar_no, opens_at, closes_at, before from mart.business_intervals"
        " order by calendar_no, opens_at"
    ).fetchnumpy()
    columns = ("calendar_no", "opens_at", "closes_at", "before")
    return dict(clocks.made(known, *(np.asarray(intervals[name]) for name in columns)))


def _fill_handoffs(duck: duckdb.DuckDBPyConnection, known: dict[int, business_time.Clock]) -> None:
    wanted = [*(f"{name}_at" for name in _MOMENTS), *_PAUSE]
    read, numbers = _read(duck, known, "plain_handoffs", wanted)
    readings = {f"{name}_clock": read[f"{name}_at"] for name in _MOMENTS}
    usual = dict(duck.execute("select calendar_no, usual_day from mart.calendars").fetchall())
    most = np.array([usual[number] * _LONGEST_PAUSE_DAYS for number in range(len(usual))])
    paused = (read["paused_until"] - read["paused_at"]).filled(0)
    readings["paused_clock"] = np.ma.array(np.clip(paused, 0, most[numbers]))
    _write(duck, handoff_schema.handoffs, readings)


def _fill_of_handoffs(
    duck: duckdb.DuckDBPyConnection,
    known: dict[int, business_time.Clock],
    table: sa.Table,
    moment: str,
) -> None:
    read, _ = _read(duck, known, f"plain_{table.name}", [f"{moment}_at"])
    _write(duck, table, {f"{moment}_clock": read[f"{moment}_at"]})


def _read(
    duck: duckdb.DuckDBPyConnection,
    known: dict[int, business_time.Clock],
    table: str,
    moments: list[str],
) -> tuple[dict[str, np.ma.MaskedArray], np.ndarray]:
    """By moment the reading of each row, and the calendars' numbers, in the order of the rows."""
    columns = ", ".join(f"epoch_us(plain.{name}) as {name}" for name in moments)
    found = duck.execute(
        f"select calendar_no, {columns} from {table} as plain"
        " join handoff_calendars using (seq) order by plain.rowid"
    ).fetchnumpy()
    numbers = np.asarray(found.pop("calendar_no"))
    # Each calendar is asked once for all of its rows.
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers[order], np.arange(len(known) + 1))
    readings = {}
    for name, instants in found.items():
        read = np.ma.masked_array(np.zeros(len(numbers), dtype=np.int64), np.ma.getmask(instants))
        plain = np.ma.getdata(instants)
        for number, clock in known.items():
            rows = order[ends[number] : ends[number + 1]]
            within = np.clip(plain[rows], clock.begins, clock.ends)
            read.data[rows] = clock.reading(within)
        readings[name] = read
    return readings, numbers


def _write(
    duck: duckdb.DuckDBPyConnection,
    table: sa.Table,
    readings: dict[str, np.ma.MaskedArray],
) -> None:
    """The table, its columns in the order of the schema, its rows by hand-off."""
    rows = {
        name: pa.array(read.data, mask=np.ma.getmaskarray(read)) for name, read in readings.items()
    }
    count = len(next(iter(rows.values())))
    duck.register("clock_rows", pa.table({"row_number": np.arange(count), **rows}))
    columns = ", ".join(
        f'"{column.name}"'
        if column.name in ("seq", "calendar_no")
        else f'{"read" if column.name in readings else "plain"}."{column.name}"'
        for column in table.columns
    )
    duck.execute(
        f"create or replace table mart.{table.name} as select {columns}"
        f" from (select *, row_number() over (order by rowid) - 1 as row_number"
        f" from plain_{table.name}) as plain"
        " join clock_rows as read using (row_number) join handoff_calendars using (seq)"
        " order by seq, row_number"
    )
    duck.unregister("clock_rows")
