"""The readings beside the moments of a hand-off, on the clock of the rep who received it."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from queries import handoff_schema, working_time
from queries.refresh import calendars, clock_readings
from queries.rules.business_time import HOUR
from tests.handoff_questions import promising
from tests.queries.test_schema import KINDS

READ_AT = datetime.fromisoformat("2026-06-30 12:00")
TABLES = ("handoffs", "handoff_activities", "handoff_owners")
FOUR_HOURS = promising(4)
# The calendars begin on 30 May 2026, a Saturday; 1 June is a Monday. Bo works by the company's in
# UTC, from 9 to 18; Dee in New York, from 13 to 22 in UTC.
FIRST, FRIDAY = "2026-06-01 10:00", "2026-06-05 17:00"


def computed(table: str) -> set[str]:
    names = {column.name for column in getattr(handoff_schema, table).columns}
    due = {column.name for column in handoff_schema.dues()} if table == "handoffs" else set()
    return due | {name for name in names if name.endswith("_clock") or name == "calendar_no"}


@pytest.fixture
def duck():
    with duckdb.connect() as opened:
        opened.execute("set TimeZone = 'UTC'")
        opened.execute("attach ':memory:' as mart")
        opened.execute(
            """create table mart.reps as select * from (values
            ('bo', 'Bo', 'north', null), ('dee', 'Dee', 'south', 'America/New_York')
            ) as reps(rep_id, rep_name, team_id, time_zone)"""
        )
        opened.execute(
            "create table mart.lead_stage_events (to_stage varchar, occurred_at timestamp)"
        )
        calendars.write(opened, working_time.NOTHING, "UTC", READ_AT)
        for table in TABLES:
            columns = ", ".join(
                f'"{column.name}" {KINDS[type(column.type)]}'
                for column in getattr(handoff_schema, table).columns
                if column.name not in computed(table)
            )
            opened.execute(f"create temp table plain_{table} ({columns})")
        yield opened


def put(duck, table: str, **cells: object) -> None:
    names, marks = ", ".join(cells), ", ".join("?" * len(cells))
    duck.execute(f"insert into plain_{table} ({names}) values ({marks})", list(cells.values()))


def rows(duck, table: str, *columns: str) -> list[tuple]:
    clock_readings.fill(duck, (FOUR_HOURS,), "UTC")
    return duck.execute(f"select {', '.join(columns)} from mart.{table}").fetchall()


def test_each_moment_has_its_reading_and_a_missing_one_none(duck) -> None:
    put(
        *(duck, "handoffs"),
        seq=1,
        receiving_rep_id="bo",
        handed_at=FIRST,
        assigned_at=FIRST,
        first_attempt_at="2026-06-01 12:30",
        decided_at=FRIDAY,
    )
    moments = ("handed", "assigned", "first_attempt", "first_contact", "decided")
    found = rows(duck, "handoffs", "calendar_no", *(f"{name}_clock" for name in moments))
    assert found == [(0, HOUR, HOUR, int(3.5 * HOUR), None, 44 * HOUR)]


def test_the_clock_is_that_of_the_receiving_rep_whoever_has_it_later(duck) -> None:
    for seq, rep in ((1, "dee"), (2, None), (3, "gone")):
        put(duck, "handoffs", seq=seq, rep_id="bo", receiving_rep_id=rep, handed_at=FRIDAY)
    found = rows(duck, "handoffs", "seq", "calendar_no", "handed_clock")
    assert found == [(1, 1, 40 * HOUR), (2, 0, 44 * HOUR), (3, 0, 44 * HOUR)]


def test_moments_outside_of_the_calendar_are_read_at_its_ends(duck) -> None:
    put(
        *(duck, "handoffs"),
        seq=1,
        receiving_rep_id="bo",
        handed_at="1990-01-01",
        decided_at="2200-01-01",
    )
    # To 4 August 2027: 308 working days.
    found = rows(duck, "handoffs", "handed_clock", "decided_clock")
    assert found == [(0, 308 * 9 * HOUR)]


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (None, "2026-06-01 14:00"),
        ("2026-06-01 11:00", "2026-06-01 15:00"),
        # Ten usual days later, before and after: 90 hours of work.
        ("2026-06-15 09:59", "2026-06-15 13:59"),
        ("2026-06-15 10:00", "2026-06-15 14:00"),
        ("2026-06-15 10:01", "2026-06-15 14:00"),
        ("2026-12-01 10:00", "2026-06-15 14:00"),
        ("2026-05-01 10:00", "2026-06-01 14:00"),
    ],
)
def test_a_pause_moves_the_due_time_by_up_to_ten_days(duck, until: str | None, due: str) -> None:
    moments = {"paused_at": FIRST if until else None, "paused_until": until}
    cells = {"receiving_rep_id": "bo", "handed_at": FIRST, "is_timed": True, "is_inferred": False}
    put(duck, "handoffs", seq=1, decision="pending", **cells, **moments)
    (found,) = rows(duck, "handoffs", "attempt_due_at", "attempt_first_due_at")
    assert found == (datetime.fromisoformat(due), datetime.fromisoformat("2026-06-01 14:00"))


def test_rows_are_in_the_order_of_the_hand_offs(duck) -> None:
    for seq in (3, 1, 2):
        put(duck, "handoffs", seq=seq, receiving_rep_id="dee", handed_at=FIRST, lead_id=f"l{seq}")
    found = rows(duck, "handoffs", "seq", "lead_id")
    assert found == [(1, "l1"), (2, "l2"), (3, "l3")]


@pytest.mark.parametrize("table", ["handoffs", "handoff_clocks"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_each_table_has_its_columns_and_types(duck, table: str, is_empty: bool) -> None:
    if not is_empty:
        cells = {"is_timed": True, "is_inferred": False, "decision": "pending"}
        put(duck, "handoffs", seq=1, handed_at=FIRST, **cells)
    clock_readings.fill(duck, (FOUR_HOURS,), "UTC")
    found = duck.execute(f"describe mart.{table}").fetchall()
    wanted = getattr(handoff_schema, table).columns
    assert [(row[0], row[1]) for row in found] == [
        (column.name, KINDS[type(column.type)]) for column in wanted
    ]
    # Its first attempt, and whether there was one at all.
    expected = 0 if is_empty else {"handoffs": 1, "handoff_clocks": 2}[table]
    assert duck.execute(f"select count(*) from mart.{table}").fetchone() == (expected,)
