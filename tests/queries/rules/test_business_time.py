"""The business clock: the agreed cases, whose sums were done by hand, and its limits."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from queries.rules import business_time
from queries.rules.business_time import HOUR, MINUTE, BusinessTimeError, Calendar

DAY = (540, 1080)
BERLIN = Calendar("Berlin", "Europe/Berlin", ((DAY,),) * 5 + ((), ()))
JUNE = (date(2024, 5, 27), date(2024, 6, 30))


def utc(text: str, zone: str = "Europe/Berlin") -> datetime:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def of_the_file(name: str, said: dict) -> Calendar:
    """A calendar of calendars.json."""
    days = {"mon-fri": range(5), "mon-sun": range(7)}
    week: list[tuple] = [()] * 7
    for which, spans in said["hours"].items():
        for weekday in days[which]:
            week[weekday] = tuple(tuple(map(_minute, span)) for span in spans)
    closed = {date.fromisoformat(day): () for day in said["closed"]}
    return Calendar(name, said["time_zone"], tuple(week), closed)


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


@pytest.fixture(scope="module")
def calendars(shared_data) -> dict[str, Calendar]:
    said = json.loads((shared_data / "golden" / "calendars.json").read_text())
    return {name: of_the_file(name, each) for name, each in said.items()}


@pytest.mark.parametrize("number", range(1, 12))
def test_the_agreed_cases_are_kept(shared_data, calendars, number: int) -> None:
    with (shared_data / "golden" / "business_time.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["case"]) for row in rows] == list(range(1, 12))
    row = rows[number - 1]
    calendar = calendars[row["calendar"]]
    clock = business_time.clock(calendar, date(2024, 1, 1), date(2024, 12, 31))
    start, answer = (utc(row[f"{at}_local"], row[f"{at}_zone"]) for at in ("start", "answer"))
    target = int(row["target_hours"]) * HOUR
    # The file says when it is due on the clocks of whoever answers.
    assert clock.due(start, target).item() == utc(row["due_local"], row["answer_zone"])
    elapsed = int(clock.elapsed(start, answer))
    assert elapsed / HOUR == pytest.approx(float(row["business_hours"]), abs=5e-7)
    assert (elapsed <= target) is (row["result"] == "met")


@pytest.mark.parametrize(
    ("at", "elapsed"),
    [
        ("2024-06-04 08:59", 0),
        ("2024-06-04 09:00", 0),
        ("2024-06-04 09:01", MINUTE),
        ("2024-06-04 17:59", 9 * HOUR - MINUTE),
        ("2024-06-04 18:00", 9 * HOUR),
        ("2024-06-05 09:00", 9 * HOUR),
    ],
)
def test_the_clock_runs_between_the_hours(at: str, elapsed: int) -> None:
    clock = business_time.clock(BERLIN, *JUNE)
    assert clock.elapsed(utc("2024-06-03 20:00"), utc(at)) == elapsed


def test_what_is_due_at_the_end_of_a_day_is_met_until_the_next_begins() -> None:
    clock = business_time.clock(BERLIN, *JUNE)
    friday = utc("2024-06-07 17:00")
    assert clock.due(friday, HOUR).item() == utc("2024-06-10 09:00")
    assert clock.elapsed(friday, utc("2024-06-09 12:00")) == HOUR
    assert clock.elapsed(friday, utc("2024-06-10 09:00") + timedelta(microseconds=1)) == HOUR + 1


def test_nobody_works_while_away_nor_on_a_day_that_is_closed() -> None:
    away = ((utc("2024-06-04 12:00"), utc("2024-06-05 10:00")),)
    closed = {date(2024, 6, 6): (), date(2024, 6, 8): ((600, 660),)}
    calendar = Calendar("Bo", "Europe/Berlin", BERLIN.week, closed, away)
    clock = business_time.clock(calendar, *JUNE)
    week = clock.elapsed(utc("2024-06-03 00:00"), utc("2024-06-10 00:00"))
    # Mon 9, Tue 3, Wed 8, Thu 0, Fri 9, Sat 1.
    assert week == 30 * HOUR
    assert clock.due(utc("2024-06-04 11:00"), 2 * HOUR).item() == utc("2024-06-05 11:00")


def test_away_spans_may_overlap_and_one_that_ends_before_it_begins_is_none() -> None:
    spans = [("2024-06-03 10:00", "2024-06-03 12:00"), ("2024-06-03 11:00", "2024-06-03 13:00")]
    away = tuple((utc(left), utc(back)) for left, back in spans)
    nothing = ((utc("2024-06-05 12:00"), utc("2024-06-04 12:00")),)
    calendar = Calendar("Bo", "Europe/Berlin", BERLIN.week, away=away + nothing)
    clock = business_time.clock(calendar, date(2024, 6, 3), date(2024, 6, 4))
    assert clock.elapsed(utc("2024-06-03 00:00"), utc("2024-06-05 00:00")) == 15 * HOUR


def test_hours_that_overlap_or_touch_count_once() -> None:
    split = Calendar("x", "UTC", (((540, 720), (660, 780), (780, 1080)),) * 7)
    clock = business_time.clock(split, *JUNE)
    assert len(clock.opens) == 35
    assert clock.elapsed(utc("2024-06-04", "UTC"), utc("2024-06-05", "UTC")) == 9 * HOUR


@pytest.mark.parametrize(
    ("week", "usual"),
    [
        (((DAY,),) * 5 + ((), ()), 9 * HOUR),
        ((((540, 720), (780, 1080)),) * 4 + (((540, 720),), (), ()), (4 * 8 + 3) * HOUR // 5),
        (((),) * 7, 0),
    ],
)
def test_a_usual_day_is_the_average_of_the_days_with_work(week, usual: int) -> None:
    assert Calendar("x", "UTC", week).usual_day == usual


def test_a_calendar_without_working_time_is_refused_at_once() -> None:
    with pytest.raises(BusinessTimeError, match=r"“x” has no working time .* give at least one"):
        business_time.clock(Calendar("x", "UTC", ((),) * 7), *JUNE)
    away = ((utc("2024-01-01"), utc("2025-01-01")),)
    with pytest.raises(BusinessTimeError, match="has no working time"):
        business_time.clock(Calendar("x", "UTC", BERLIN.week, away=away), *JUNE)


@pytest.mark.parametrize("span", [(540, 540), (600, 540), (-1, 60), (1380, 1441)])
def test_hours_that_are_none_are_refused(span) -> None:
    for calendar in (
        Calendar("x", "UTC", ((span,),) + ((),) * 6),
        Calendar("x", "UTC", BERLIN.week, {date(2024, 6, 4): (span,)}),
    ):
        with pytest.raises(BusinessTimeError, match="begin before they end, within one day"):
            business_time.clock(calendar, *JUNE)


def test_a_calendar_that_ends_before_the_due_time_is_refused_at_once() -> None:
    clock = business_time.clock(BERLIN, date(2024, 6, 3), date(2024, 6, 3))
    start = utc("2024-06-03 10:00")
    assert clock.due(start, 8 * HOUR - 1).item() == utc("2024-06-03 18:00") - timedelta(
        microseconds=1
    )
    # At 18:00 it would be met until the next day begins, which is not known.
    for target in (8 * HOUR, 10_000 * HOUR):
        with pytest.raises(BusinessTimeError, match="“Berlin” ends on 2024-06-03 22:00 UTC"):
            clock.due(start, target)
    with pytest.raises(BusinessTimeError, match="before the due time"):
        clock.moment(np.array([-1]))


def test_an_instant_outside_of_the_calendar_is_refused() -> None:
    clock = business_time.clock(BERLIN, date(2024, 6, 3), date(2024, 6, 3))
    first, last = utc("2024-06-03 00:00"), utc("2024-06-04 00:00")
    assert clock.reading(np.array([first, last])).tolist() == [0, 9 * HOUR]
    for outside in (first - timedelta(seconds=1), last + timedelta(seconds=1)):
        with pytest.raises(BusinessTimeError, match="known from 2024-06-02 22:00 UTC to"):
            clock.reading(outside)


def test_a_missing_instant_is_refused() -> None:
    clock = business_time.clock(BERLIN, *JUNE)
    for missing in (np.array(["2024-06-04", "NaT"], "datetime64[us]"), np.array([None])):
        with pytest.raises(BusinessTimeError, match="An instant is missing"):
            clock.reading(missing)


def test_one_instant_none_and_any_unit_are_read() -> None:
    clock = business_time.clock(BERLIN, *JUNE)
    noon = utc("2024-05-27 12:00")
    for at in (noon, np.datetime64(noon, "s"), np.datetime64(noon, "ns")):
        assert clock.reading(at) == 3 * HOUR
    nothing = np.array([], dtype="datetime64[us]")
    assert clock.reading(nothing).tolist() == []
    assert clock.due(nothing, HOUR).tolist() == []
