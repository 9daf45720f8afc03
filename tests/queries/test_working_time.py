"""What was entered of working time, as it is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from queries import records, working_time, working_time_changes
from queries.working_time import DaysThatDiffer, Entered, WorkingTime
from queries.working_time_changes import Wanted, WantedDays
from tests import records_place
from tests.records_place import AT, TICK, act

engine, url = records_place.engine, records_place.url
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 26))


def read(engine) -> WorkingTime:
    with records.reading(engine) as connection:
        return working_time.read(connection)


def test_where_nothing_is_entered_nothing_is_read(engine) -> None:
    assert read(engine) == working_time.NOTHING
    assert working_time.NOTHING.version == ""


def test_calendars_are_read_with_what_they_leave_open(engine) -> None:
    hours = {0: "13-18, 9-12", 4: "9-12", 5: ""}
    with records.writing(engine) as connection:
        for wanted in (
            Wanted("rep", "bo", "America/New_York"),
            Wanted("company", "", "Europe/Berlin", "DE", "BY", hours),
            Wanted("team", "north", country=""),
        ):
            working_time_changes.set_calendar(connection, act(), wanted)
    monday, friday = ((540, 720), (780, 1080)), ((540, 720),)
    assert read(engine).calendars == (
        Entered("company", "", "Europe/Berlin", "DE", "BY", (monday, (), (), (), friday, (), ())),
        Entered("rep", "bo", "America/New_York", None, "", None),
        Entered("team", "north", None, "", "", None),
    )


def test_days_that_differ_are_read_in_the_order_of_entry_until_they_are_struck(engine) -> None:
    later, earlier = (
        WantedDays("rep", "bo", *CHRISTMAS, True, "9-12", " x "),
        WantedDays("company", "", *CHRISTMAS, False),
    )
    with records.writing(engine) as connection:
        second = working_time_changes.add_exception(connection, act(at=AT + TICK), later)
        first = working_time_changes.add_exception(connection, act(), earlier)
    assert read(engine).exceptions == (
        DaysThatDiffer(first, "company", "", *CHRISTMAS, False, None, "", "root", AT),
        DaysThatDiffer(second, "rep", "bo", *CHRISTMAS, True, (540, 720), "x", "root", AT + TICK),
    )
    for struck in (first, second):
        with records.writing(engine) as connection:
            working_time_changes.strike(connection, act(), struck)
    assert read(engine) == working_time.NOTHING


def test_the_version_changes_with_whatever_moves_a_clock() -> None:
    days = DaysThatDiffer("x", "rep", "bo", *CHRISTMAS, False, None, "ill", "cy", AT)
    entered = WorkingTime((Entered("company", ""),), (days,))
    same = replace(entered, exceptions=(replace(days, note="well", entered_by="bo"),))
    assert entered.version == same.version
    others = [
        replace(entered, calendars=(Entered("company", "", "UTC"),)),
        replace(entered, calendars=()),
        replace(entered, exceptions=()),
        replace(entered, exceptions=(replace(days, entered_at=AT + TICK),)),
        replace(entered, exceptions=(replace(days, span=(540, 600)),)),
    ]
    assert len({entered.version, *(other.version for other in others)}) == 6


def test_only_a_day_off_of_a_rep_is_leave() -> None:
    days = DaysThatDiffer("x", "rep", "bo", *CHRISTMAS, False, None, "", "cy", AT)
    assert days.is_leave
    assert not replace(days, is_working=True).is_leave
    assert not replace(days, scope_kind="team").is_leave


def test_days_are_cut_to_a_span() -> None:
    days = DaysThatDiffer("x", "rep", "bo", *CHRISTMAS, False, None, "", "cy", AT)
    assert days.within(date(2026, 1, 1), date(2026, 12, 25)) == [CHRISTMAS[0]]
    assert days.within(date(2026, 12, 26), date(2027, 1, 1)) == [CHRISTMAS[1]]
    assert days.within(date(2026, 12, 27), date(2027, 1, 1)) == []


def test_zones_are_known_by_name() -> None:
    assert "Europe/Berlin" in working_time.zones()
    assert "Mars/Olympus" not in working_time.zones()
