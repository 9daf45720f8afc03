"""The readings beside the moments of a hand-off, on the clock of the rep who received it."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from queries import handoff_schema, working_time
from queries.refresh import calendars, clock_readings
from queries.rules.business_time import HOUR
from tests.queries.test_schema import KINDS

READ_AT = datetime.fromisoformat("2026-06-30 12:00")
TABLES = ("handoffs", "handoff_activities", "handoff_owners")
# The calendars begin on 30 May 2026, a Saturday; 1 June is a Monday. Bo works by the company's in
# UTC, from 9 to 18; Dee in New York, from 13 to 22 in UTC.
FIRST, FRIDAY = "2026-06-01 10:00", "2026-06-05 17:00"


def computed(table: str) -> set[str]:
    names = {column.name for column in getattr(handoff_schema, table).columns}
    return {name for name in names if name.endswith("_clock") or name == "calendar_no"}


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
    clock_readings.fill(duck)
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
    moments = ("handed", "assigned", "reassigned", "first_attempt", "first_contact", "decided")
    found = rows(duck, "handoffs", "calendar_no", *(f"{name}_clock" for name in moments))
    assert found == [(0, HOUR, HOUR, None, int(3.5 * HOUR), None, 44 * HOUR)]


def test_the_clock_is_that_of_the_receiving_rep_whoever_has_it_later(duck) -> None:
    for seq, rep in ((1, "dee"), (2, None), (3, "gone")):
        put(duck, "handoffs", seq=seq, rep_id="bo", receiving_rep_id=rep, handed_at=FRIDAY)
        put(duck, "handoff_activities", seq=seq, rep_id="bo", happened_at=FRIDAY)
        put(duck, "handoff_owners", seq=seq, rep_id="bo", from_at=FRIDAY)
    expected = [(1, 40 * HOUR), (2, 44 * HOUR), (3, 44 * HOUR)]
    found = rows(duck, "handoffs", "seq", "calendar_no", "handed_clock")
    assert found == [(1, 1, 40 * HOUR), (2, 0, 44 * HOUR), (3, 0, 44 * HOUR)]
    assert rows(duck, "handoff_activities", "seq", "happened_clock") == expected
    assert rows(duck, "handoff_owners", "seq", "from_clock") == expected


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
    ("until", "hours"),
    [
        (None, 0),
        ("2026-06-01 11:00", 1),
        # Ten usual days later, before and after.
        ("2026-06-15 09:59", 90 - 1 / 60),
        ("2026-06-15 10:00", 90),
        ("2026-06-15 10:01", 90),
        ("2026-12-01 10:00", 90),
        ("2026-05-01 10:00", 0),
    ],
)
def test_a_pause_counts_working_time_up_to_ten_days(duck, until: str | None, hours: float) -> None:
    paused_at = FIRST if until else None
    put(
        *(duck, "handoffs"),
        seq=1,
        receiving_rep_id="bo",
        handed_at=FIRST,
        paused_at=paused_at,
        paused_until=until,
    )
    assert rows(duck, "handoffs", "paused_clock") == [(round(hours * HOUR),)]


def test_rows_are_in_the_order_of_the_hand_offs(duck) -> None:
    for seq in (3, 1, 2):
        put(duck, "handoffs", seq=seq, receiving_rep_id="dee", handed_at=FIRST, lead_id=f"l{seq}")
        for kind in ("call", "email"):
            put(duck, "handoff_activities", seq=seq, happened_at=FIRST, activity_type=kind)
    found = rows(duck, "handoffs", "seq", "lead_id")
    assert found == [(1, "l1"), (2, "l2"), (3, "l3")]
    activities = rows(duck, "handoff_activities", "seq", "activity_type")
    assert activities == [(seq, kind) for seq in (1, 2, 3) for kind in ("call", "email")]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("is_empty", [True, False])
def test_each_table_has_its_columns_and_types(duck, table: str, is_empty: bool) -> None:
    if not is_empty:
        put(duck, "handoffs", seq=1, handed_at=FIRST)
        put(duck, "handoff_activities", seq=1, happened_at=FIRST)
        put(duck, "handoff_owners", seq=1, from_at=FIRST)
    clock_readings.fill(duck)
    found = duck.execute(f"describe mart.{table}").fetchall()
    wanted = getattr(handoff_schema, table).columns
    assert [(row[0], row[1]) for row in found] == [
        (column.name, KINDS[type(column.type)]) for column in wanted
    ]
    assert duck.execute(f"select count(*) from mart.{table}").fetchone() == (int(not is_empty),)
