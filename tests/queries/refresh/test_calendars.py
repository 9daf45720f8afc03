"""The calendars of a snapshot: their tables, and the days that they are known for."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest

from queries import handoff_schema, working_time
from queries.refresh import calendars
from queries.rules.business_time import HOUR
from queries.working_time import DaysThatDiffer, Entered, WorkingTime
from tests.queries.test_schema import KINDS

READ_AT = datetime.fromisoformat("2026-06-30 12:00")


@pytest.fixture
def duck():
    with duckdb.connect() as opened:
        opened.execute("set TimeZone = 'UTC'")
        opened.execute("attach ':memory:' as mart")
        opened.execute(
            """create table mart.reps as select * from (values
            ('dee', 'Dee', 'south', 'America/New_York'), ('bo', 'Bo', 'north', null),
            ('cy', null, 'north', 'Mars')) as reps(rep_id, rep_name, team_id, time_zone)"""
        )
        opened.execute(
            "create table mart.lead_stage_events (to_stage varchar, occurred_at timestamp)"
        )
        yield opened


def event(duck, at: str, stage: str = "mql") -> None:
    duck.execute("insert into mart.lead_stage_events values (?, ?)", [stage, at])


def written(duck, entered=working_time.NOTHING, zone: str = "Europe/Berlin") -> None:
    calendars.write(duck, entered, zone, READ_AT)


def span(duck) -> list[str]:
    row = duck.execute("select begins_at, ends_at from mart.calendars where is_company").fetchone()
    return [str(at) for at in row]


@pytest.mark.parametrize("name", ["calendars", "business_intervals", "rep_calendars"])
def test_each_table_has_its_columns_and_types(duck, name: str) -> None:
    written(duck)
    found = duck.execute(f"describe mart.{name}").fetchall()
    wanted = getattr(handoff_schema, name).columns
    assert [(row[0], row[1]) for row in found] == [
        (column.name, KINDS[type(column.type)]) for column in wanted
    ]


def test_reps_work_by_the_calendar_of_their_zone(duck) -> None:
    written(duck)
    rows = duck.execute("from mart.rep_calendars order by rep_id").fetchall()
    assert rows == [
        ("bo", 0, "Europe/Berlin"),
        ("cy", 0, "Europe/Berlin"),
        ("dee", 1, "America/New_York"),
    ]
    wanted = "select calendar_no, label, zone, is_company, usual_day from mart.calendars"
    assert duck.execute(wanted).fetchall() == [
        (0, "Company", "Europe/Berlin", True, 9 * HOUR),
        (1, "America/New_York: Dee", "America/New_York", False, 9 * HOUR),
    ]


def test_intervals_stand_in_order_with_what_was_open_before_them(duck) -> None:
    written(duck)
    rows = duck.execute(
        "select * from mart.business_intervals where calendar_no = 1 and opens_at >= '2026-06-26'"
        " limit 2"
    ).fetchall()
    # 30 May to 26 June 2026: a Saturday and 19 working days of nine hours.
    assert rows == [
        (1, utc("2026-06-26 13:00"), utc("2026-06-26 22:00"), 19 * 9 * HOUR),
        (1, utc("2026-06-29 13:00"), utc("2026-06-29 22:00"), 20 * 9 * HOUR),
    ]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_without_hand_offs_the_days_begin_a_month_before_the_reading(duck) -> None:
    event(duck, "2024-01-01 00:00", "sal")
    written(duck, zone="UTC")
    # 400 days after 30 June 2026 is 4 August 2027, which is included.
    assert span(duck) == ["2026-05-30 00:00:00", "2027-08-05 00:00:00"]


@pytest.mark.parametrize(
    ("at", "begins"),
    [
        ("2025-03-31 22:30", "2025-02-28 23:00:00"),
        ("2025-03-31 21:30", "2025-02-27 23:00:00"),
        # In the future, and in a century that no calendar need reach back to.
        ("2028-01-01 00:00", "2026-05-28 22:00:00"),
        ("0001-01-01 00:00", "2026-05-28 22:00:00"),
    ],
)
def test_the_days_begin_a_month_before_the_first_hand_off(duck, at: str, begins: str) -> None:
    event(duck, at)
    event(duck, "2026-06-29 12:00")
    written(duck)
    assert span(duck)[0] == begins


def test_whoever_is_away_for_ever_has_a_clock_all_the_same(duck, caplog) -> None:
    days = (date(2026, 1, 1), date(2028, 1, 1))
    leave = DaysThatDiffer("x", "rep", "bo", *days, False, None, "", "cy", utc("2026-01-01"))
    written(duck, WorkingTime((Entered("company", "", country="DE"),), (leave,)))
    assert "“Europe/Berlin: Bo” has no working time" in caplog.text
    rows = duck.execute(
        "select count(*) from mart.business_intervals join mart.rep_calendars using (calendar_no)"
        " where rep_id = 'bo'"
    ).fetchone()
    # From 30 May 2026 to 4 August 2027: 61 weeks and 5 days, from a Saturday on to a Wednesday.
    assert rows == (308,)


def test_writing_again_replaces_what_was_there(duck) -> None:
    written(duck)
    written(duck)
    assert duck.execute("select count(*) from mart.calendars").fetchone() == (2,)
