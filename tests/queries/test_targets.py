"""Targets as they are entered: which holds on a day, what is refused, what the log says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queries import records, targets, working_time, working_time_changes
from queries.agreed import NotAllowed
from queries.rules import pacing
from queries.targets import Wanted
from tests import records_place
from tests.records_place import AT, TICK, act, entries

engine, url = records_place.engine, records_place.url
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
LEADS = Wanted("leads", "company", "", "month", 320, JUNE)


def enter(engine, wanted: Wanted = LEADS, at=AT, **other: object) -> str:
    with records.writing(engine) as connection:
        return targets.enter(connection, act(at=at), replace(wanted, **other))


def strike(engine, target_id: str, at=AT) -> None:
    with records.writing(engine) as connection:
        targets.strike(connection, act("ada", at), target_id)


def read(engine) -> targets.Agreed:
    with records.reading(engine) as connection:
        return targets.read(connection)


def history(engine) -> tuple[targets.Target, ...]:
    with records.reading(engine) as connection:
        return targets.history(connection)


def held(engine, on: date) -> list[tuple[str, str, float]]:
    found = targets.in_force(read(engine).targets, on)
    return [(one.metric, one.scope_id, one.value) for one in found]


def test_a_target_is_entered_and_told(engine) -> None:
    target_id = enter(engine)
    assert read(engine).targets == (
        targets.Target(
            target_id, "leads", "company", "", "month", 320.0, JUNE, "root", AT, None, None
        ),
    )
    assert read(engine).targets[0].goal == pacing.Goal(320.0, "month", JUNE)
    said = "320 per month from 1 Jun 2026 on"
    assert entries(engine) == [("root", "target entered", "leads of company", said)]


def test_without_a_target_nothing_else_is_read(engine) -> None:
    calendar = working_time_changes.Wanted("company", "", "UTC")
    with records.writing(engine) as connection:
        working_time_changes.set_calendar(connection, act(), calendar)
    assert read(engine) == targets.NOTHING
    enter(engine)
    assert [one.zone for one in read(engine).working.calendars] == ["UTC"]
    assert targets.NOTHING.working == working_time.NOTHING


def test_the_one_that_begins_last_holds(engine) -> None:
    enter(engine, valid_from=JULY, value=400)
    enter(engine, at=AT + TICK)
    assert held(engine, JUNE - timedelta(days=1)) == []
    assert held(engine, JUNE) == [("leads", "", 320.0)]
    assert held(engine, JULY - timedelta(days=1)) == [("leads", "", 320.0)]
    assert held(engine, JULY) == [("leads", "", 400.0)]


def test_of_two_for_the_same_day_the_one_entered_last_holds(engine) -> None:
    enter(engine)
    enter(engine, at=AT + TICK, value=0.5, per="day")
    assert held(engine, JUNE) == [("leads", "", 0.5)]


def test_each_scope_and_number_has_its_own(engine) -> None:
    enter(engine)
    enter(engine, at=AT + TICK, scope_kind="rep", scope_id="bo", value=7)
    enter(engine, at=AT + 2 * TICK, metric="revenue", value=1e12)
    assert held(engine, JUNE) == [("leads", "", 320.0), ("leads", "bo", 7.0), ("revenue", "", 1e12)]


def test_a_target_that_is_struck_holds_no_more_and_stays_known(engine) -> None:
    first = enter(engine)
    enter(engine, at=AT + TICK, value=330)
    strike(engine, first, AT + 2 * TICK)
    assert held(engine, JUNE) == [("leads", "", 330.0)]
    newest, oldest = history(engine)
    assert (newest.value, newest.struck_at) == (330.0, None)
    assert (oldest.value, oldest.struck_by, oldest.struck_at) == (320.0, "ada", AT + 2 * TICK)
    assert entries(engine)[-1] == (
        *("ada", "target struck", "leads of company"),
        "320 per month from 1 Jun 2026 on",
    )
    with pytest.raises(NotAllowed, match=r"^This target is struck already\.$"):
        strike(engine, first)


def test_the_same_sent_twice_is_one_target_and_may_be_entered_again_when_struck(engine) -> None:
    first = enter(engine)
    with pytest.raises(NotAllowed, match="this one is entered already"):
        enter(engine)
    strike(engine, first)
    enter(engine)
    assert [one.struck_by for one in history(engine)].count(None) == 1


def test_after_another_one_for_that_day_the_first_may_be_said_again(engine) -> None:
    enter(engine)
    enter(engine, at=AT + TICK, value=330)
    enter(engine, at=AT + 2 * TICK)
    assert held(engine, JUNE) == [("leads", "", 320.0)]


@pytest.mark.parametrize(
    ("other", "field", "sentence"),
    [
        ({"metric": "sals"}, "metric", "Number: choose one of the Overview's."),
        ({"metric": "x"}, "metric", "Number: choose"),
        ({"scope_kind": "planet"}, "scope", "For whom? Choose"),
        ({"scope_id": "x"}, "scope", "For whom? Choose"),
        ({"scope_kind": "rep"}, "scope", "For whom? Choose"),
        ({"scope_kind": "rep", "scope_id": "b\0"}, "scope", "For whom: one line"),
        (
            {"metric": "sessions", "scope_kind": "team", "scope_id": "north"},
            "scope",
            "Sessions are not known by team.",
        ),
        ({"per": "year"}, "per", "Per: choose a day, a week, a month or a quarter."),
        ({"valid_from": None}, "valid_from", "From: choose the day on which it begins."),
        ({"value": None}, "value", "Target: a number above 0 and up to 1,000,000,000,000."),
        ({"value": 0}, "value", "Target: a number above 0"),
        ({"value": -1}, "value", "Target: a number above 0"),
        ({"value": float("nan")}, "value", "Target: a number above 0"),
        ({"value": 1e12 + 1}, "value", "Target: a number above 0"),
        ({"value": 0.00001}, "value", "Target: it is smaller than 0.0001"),
    ],
)
def test_what_cannot_be_a_target_is_told_and_nothing_is_kept(
    engine, other, field: str, sentence: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        enter(engine, **other)
    assert refused.value.field == field
    assert str(refused.value).startswith(sentence)
    assert (history(engine), entries(engine)) == ((), [])
