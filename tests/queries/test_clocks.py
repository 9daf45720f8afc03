"""The clocks of a snapshot are those that its calendars were written from."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest
import sqlalchemy as sa

from queries import clocks, working_time
from queries.refresh import calendars
from queries.rules.business_time import HOUR, BusinessTimeError

NOON = datetime.fromisoformat("2026-06-30 12:00")


@pytest.fixture
def snapshot(tmp_path):
    """A connection to a snapshot file with Bo, by the company's calendar, and Dee in New York."""
    place = tmp_path / "mart.duckdb"
    with duckdb.connect() as duck:
        duck.execute("set TimeZone = 'UTC'")
        duck.execute(f"attach '{place}' as mart")
        duck.execute(
            """create table mart.reps as select * from (values
            ('bo', 'Bo', 'north', null), ('dee', 'Dee', 'south', 'America/New_York')
            ) as reps(rep_id, rep_name, team_id, time_zone)"""
        )
        duck.execute(
            "create table mart.lead_stage_events (to_stage varchar, occurred_at timestamp)"
        )
        calendars.write(duck, working_time.NOTHING, "UTC", NOON)
        duck.execute("detach mart")
    url = sa.URL.create("duckdb", database=str(place))
    # As queries/stores opens what never changes.
    options = {"smarketing_never_changes": True}
    engine = sa.create_engine(url, connect_args={"read_only": True}, execution_options=options)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_clocks_read_and_say_when_something_is_due(snapshot) -> None:
    found = clocks.load(snapshot)
    assert sorted(found) == [0, 1]
    assert (found[0].name, found[1].name) == ("Company", "America/New_York: Dee")
    # Noon of a Tuesday in UTC: three hours of that day, none of New York's.
    monday = datetime.fromisoformat("2026-06-29 00:00")
    assert [int(found[number].elapsed(monday, NOON)) for number in (0, 1)] == [12 * HOUR, 9 * HOUR]
    due = [found[number].due(NOON, 7 * HOUR).item() for number in (0, 1)]
    assert due == [
        datetime.fromisoformat("2026-07-01 10:00"),
        datetime.fromisoformat("2026-06-30 20:00"),
    ]
    with pytest.raises(BusinessTimeError, match="known from 2026-05-30 00:00 UTC"):
        found[0].reading(datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None))


def test_the_usual_day_of_each_calendar_is_told(snapshot) -> None:
    assert clocks.usual_days(snapshot) == {0: 9 * HOUR, 1: 9 * HOUR}
    assert clocks.usual_days(snapshot) is clocks.usual_days(snapshot)


def test_a_snapshot_is_read_once(snapshot) -> None:
    assert clocks.load(snapshot) is clocks.load(snapshot)


def test_without_calendars_there_are_no_clocks() -> None:
    engine = sa.create_engine("duckdb:///:memory:")
    with engine.connect() as connection:
        for table in (clocks.calendars, clocks.business_intervals):
            table.create(connection)
        assert clocks.load(connection) == {}
    engine.dispose()
