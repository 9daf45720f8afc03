"""The calendars of a snapshot: by which of them each rep works, and when they are open."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa

from queries import rep_calendars, working_time
from queries.rules import business_time

_log = logging.getLogger("smarketing.refresh")
# Clocks that began before the first hand-off, and due times yet to come.
_DAYS_BEFORE, _DAYS_AFTER = timedelta(days=31), timedelta(days=400)
# A single event of a wrong century must not make calendars of thousands of years.
_LONGEST_HISTORY = timedelta(days=20 * 366)


def write(
    duck: duckdb.DuckDBPyConnection,
    entered: working_time.WorkingTime,
    zone: str,
    read_at: datetime,
) -> None:
    """Fills mart.calendars, mart.business_intervals and mart.rep_calendars. Runs after the reps
    and the stage events are there. `zone`: the company's; `read_at`: UTC, naive."""
    first, last = _days(duck, zone, read_at)
    reps = duck.execute(
        "select rep_id, rep_name, team_id, time_zone from mart.reps order by rep_id"
    ).fetchall()
    assigned = rep_calendars.calendars_of(entered, zone, reps, first, last)
    clocks = [_clock(calendar, first, last) for calendar in assigned.calendars]
    _write_calendars(duck, assigned, clocks)
    _write_intervals(duck, clocks)
    _write_reps(duck, assigned)


def _days(duck: duckdb.DuckDBPyConnection, zone: str, read_at: datetime) -> tuple[date, date]:
    """The first and the last day of the calendars."""
    (earliest,) = duck.execute(
        "select min(occurred_at) from mart.lead_stage_events"
        " where to_stage = 'mql' and occurred_at >= $oldest",
        {"oldest": read_at - _LONGEST_HISTORY},
    ).fetchone()
    begins = min(earliest or read_at, read_at)
    today, first = (
        at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for at in (read_at, begins)
    )
    return first - _DAYS_BEFORE, today + _DAYS_AFTER


def _clock(calendar: business_time.Calendar, first: date, last: date) -> business_time.Clock:
    try:
        return business_time.clock(calendar, first, last)
    except business_time.BusinessTimeError as error:
        # Whoever is away for ever still has hand-offs to be judged.
        _log.warning("%s The days that differ are left out.", error)
        return business_time.clock(replace(calendar, days={}, away=()), first, last)


def _write_calendars(
    duck: duckdb.DuckDBPyConnection,
    assigned: rep_calendars.Assigned,
    clocks: list[business_time.Clock],
) -> None:
    found = pa.table(
        {
            "calendar_no": pa.array(range(len(clocks)), pa.int32()),
            "label": [calendar.name for calendar in assigned.calendars],
            "zone": [calendar.zone for calendar in assigned.calendars],
            "is_company": [number == 0 for number in range(len(clocks))],
            "begins_at": _instants([clock.begins for clock in clocks]),
            "ends_at": _instants([clock.ends for clock in clocks]),
            "usual_day": pa.array(
                [calendar.usual_day for calendar in assigned.calendars], pa.int64()
            ),
        }
    )
    _replace(duck, "calendars", found)


def _write_intervals(duck: duckdb.DuckDBPyConnection, clocks: list[business_time.Clock]) -> None:
    lengths = [len(clock.opens) for clock in clocks]
    found = pa.table(
        {
            "calendar_no": pa.array(np.repeat(np.arange(len(clocks)), lengths), pa.int32()),
            "opens_at": _instants(np.concatenate([clock.opens for clock in clocks])),
            "closes_at": _instants(np.concatenate([clock.closes for clock in clocks])),
            "before": pa.array(np.concatenate([clock.before for clock in clocks])),
        }
    )
    _replace(duck, "business_intervals", found)


def _write_reps(duck: duckdb.DuckDBPyConnection, assigned: rep_calendars.Assigned) -> None:
    found = pa.table(
        {
            "rep_id": pa.array(list(assigned.number_of), pa.string()),
            "calendar_no": pa.array(list(assigned.number_of.values()), pa.int32()),
            "zone": pa.array(list(assigned.zone_of.values()), pa.string()),
        }
    )
    _replace(duck, "rep_calendars", found)


def _instants(micros: list[int] | np.ndarray) -> pa.Array:
    return pa.array(np.asarray(micros, dtype=np.int64)).cast(pa.timestamp("us"))


def _replace(duck: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    duck.register("incoming_rows", rows)
    duck.execute(f"create or replace table mart.{table} as select * from incoming_rows")
    duck.unregister("incoming_rows")
