"""Changing working time: what is kept, what is refused with which sentence, what the log says."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from queries import handoff_records_schema, records, working_time, working_time_changes
from queries.working_time import Entered
from queries.working_time_changes import NotAllowed, Wanted, WantedDays
from tests import records_place
from tests.records_place import AT, TICK, act, entries

engine, url = records_place.engine, records_place.url
MONDAY = ((540, 1080),)
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 3)


def write(engine, change, *given) -> object:
    with records.writing(engine) as connection:
        return change(connection, act(), *given)


def set_calendar(engine, *said, **more) -> object:
    return write(engine, working_time_changes.set_calendar, Wanted(*said, **more))


def add(engine, scope=("rep", "bo"), days=(FIRST, LAST), is_working=False, **more) -> object:
    wanted = WantedDays(*scope, *days, is_working, **more)
    return write(engine, working_time_changes.add_exception, wanted)


def read(engine) -> working_time.WorkingTime:
    with records.reading(engine) as connection:
        return working_time.read(connection)


def refused(change, *given, **more) -> tuple[str, str]:
    with pytest.raises(NotAllowed) as error:
        change(*given, **more)
    return error.value.field, str(error.value)


def test_a_calendar_is_set_and_set_anew(engine) -> None:
    first = set_calendar(engine, "team", "north", "Europe/Berlin", "DE", "BY", {0: "9-18"})
    second = set_calendar(engine, "team", "north", hours={1: "9-18"})
    assert first == second
    week = ((), MONDAY, (), (), (), (), ())
    assert read(engine).calendars == (Entered("team", "north", None, None, "", week),)
    assert entries(engine) == [
        (
            *("root", "working time set", "team north"),
            "Europe/Berlin, public holidays of DE BY, Mon 09:00-18:00",
        ),
        ("root", "working time set", "team north", "Tue 09:00-18:00"),
    ]


def test_no_public_holidays_is_another_thing_than_nothing_said(engine) -> None:
    set_calendar(engine, "company", "", country="")
    assert read(engine).calendars == (Entered("company", "", None, "", "", None),)
    assert entries(engine)[0][3] == "no public holidays"


def test_hours_that_are_all_empty_are_left_open(engine) -> None:
    set_calendar(engine, "company", "", hours=dict.fromkeys(range(7), " "))
    assert read(engine).calendars[0].week is None


def test_a_calendar_is_removed_and_a_second_time_there_is_none(engine) -> None:
    set_calendar(engine, "rep", "bo", "UTC", hours={0: "9-18"})
    write(engine, working_time_changes.remove_calendar, "rep", "bo")
    assert read(engine) == working_time.NOTHING
    assert entries(engine)[-1] == ("root", "working time removed", "rep bo", "")
    again = refused(write, engine, working_time_changes.remove_calendar, "rep", "bo")
    assert again == ("scope", "There is no such calendar any more.")


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        (("rep", ""), "scope", "For whom? Choose the company, a team or a rep."),
        (("company", "x"), "scope", "For whom?"),
        (("planet", "x"), "scope", "For whom?"),
        (("rep", "b\0"), "scope", "For whom?"),
        (("rep", "bo", "Berlin"), "zone", "Time zone: “Berlin” is not known; choose one such"),
        (("rep", "bo", None, "XX"), "country", "Public holidays: those of “XX” are not known"),
        (("rep", "bo", None, "DE", "NY"), "region", "Region: “NY” is none of DE"),
        (("rep", "bo", None, None, "BY"), "region", "Region: “BY” is none of no country"),
        (("rep", "bo", None, None, "", {1: "5"}), "hours_1", "Hours of Tuesday: “5” says no"),
        (("rep", "bo", None, None, "", {7: "9-18"}), "hours", "Hours: a week has seven days"),
    ],
)
def test_what_cannot_be_a_calendar_is_told_and_nothing_is_kept(
    engine, said, field: str, sentence: str
) -> None:
    found, told = refused(set_calendar, engine, *said)
    assert found == field
    assert told.startswith(sentence)
    assert (read(engine), entries(engine)) == (working_time.NOTHING, [])


def test_days_that_differ_are_entered_and_struck(engine) -> None:
    leave = add(engine, note=" ill ")
    add(engine, ("company", ""), (FIRST, FIRST), True, hours="9-13")
    write(engine, working_time_changes.strike, leave)
    (left,) = read(engine).exceptions
    assert (left.scope_kind, left.is_working, left.span) == ("company", True, (540, 780))
    assert entries(engine) == [
        ("root", "days off entered", "rep bo", "1–3 Jul 2026, ill"),
        ("root", "working days entered", "company", "1 Jul 2026, 9-13"),
        ("root", "days struck", "rep bo", "1–3 Jul 2026"),
    ]
    again = refused(write, engine, working_time_changes.strike, leave)
    assert again == ("exception", "These days are struck already.")


def test_who_struck_days_and_when_stays_known(engine) -> None:
    leave = add(engine)
    with records.writing(engine) as connection:
        working_time_changes.strike(connection, act("cy", AT + TICK), leave)
    table = handoff_records_schema.calendar_exceptions
    with records.reading(engine) as connection:
        row = connection.execute(sa.select(table)).one()
    assert (row.entered_by, row.struck_by, row.struck_at) == ("root", "cy", AT + TICK)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"scope": ("team", "")}, "scope", "For whom?"),
        ({"days": (LAST, FIRST)}, "last_day", "Last day: it is before the first"),
        ({"days": (date(2026, 1, 1), date(2027, 1, 2))}, "last_day", "Last day: 366 days at most"),
        ({"hours": "9-13"}, "hours", "Hours: a day off has none; leave them empty."),
        ({"is_working": True, "hours": "9"}, "hours", "Hours: “9” says no hours"),
        ({"is_working": True, "hours": "9-12, 13-18"}, "hours", "Hours: one span, such as"),
        ({"note": "x" * 201}, "note", "What for: one line of up to 200 letters."),
        ({"note": "x\0y"}, "note", "What for:"),
    ],
)
def test_what_cannot_be_days_is_told_and_nothing_is_kept(
    engine, more, field: str, sentence: str
) -> None:
    found, told = refused(add, engine, **more)
    assert found == field
    assert told.startswith(sentence)
    assert (read(engine), entries(engine)) == (working_time.NOTHING, [])


def test_a_year_of_days_and_a_note_of_full_length_are_kept(engine) -> None:
    add(engine, days=(date(2026, 1, 1), date(2027, 1, 1)), note="x" * 200)
    (kept,) = read(engine).exceptions
    assert (kept.last_day, len(kept.note)) == (date(2027, 1, 1), 200)


def test_two_who_set_the_same_calendar_at_once_leave_one(engine) -> None:
    ends = records_place.at_once(
        *(
            lambda zone=zone: set_calendar(engine, "rep", "bo", zone)
            for zone in ("UTC", "Asia/Tokyo")
        )
    )
    (kept,) = read(engine).calendars
    assert kept.zone in ("UTC", "Asia/Tokyo")
    told = [end for end in ends if isinstance(end, Exception)]
    assert all(isinstance(end, records.Conflict) for end in told)
    assert len(entries(engine)) == 2 - len(told)
