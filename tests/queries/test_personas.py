"""Personas of the data, and what they are called from which day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queries import people, personas, records
from queries.agreed import NotAllowed
from queries.personas import Wanted
from tests import company, records_place
from tests.company import make_lead
from tests.records_place import AT, TICK, act, entries

engine, url = records_place.engine, records_place.url
JUNE = date(2026, 6, 1)
BUYER = Wanted("p1", "Buyer", "Signs the order.\nHas a budget.", JUNE)


def enter(engine, wanted: Wanted = BUYER, at=AT, **other: object) -> str:
    with records.writing(engine) as connection:
        return personas.enter(connection, act(at=at), replace(wanted, **other))


def read(engine) -> tuple[personas.Persona, ...]:
    with records.reading(engine) as connection:
        return personas.read(connection)


def labels(engine, on: date) -> dict[str, str]:
    return {key: one.label for key, one in personas.in_force(read(engine), on).items()}


def test_personas_are_those_of_the_persons_in_the_data(tmp_path) -> None:
    snapshot = company.opened(
        tmp_path,
        make_lead("l1", persona="p1"),
        make_lead("l2", persona="p2", owner_rep_id="dee"),
        make_lead("l3", persona="p2"),
        make_lead("l4", persona=""),
        make_lead("l5", persona="p3", is_deleted="true"),
    )
    with snapshot.connect() as connection:
        everything = personas.of_data(connection, scope=people.EVERYTHING)
        of_dee = personas.of_data(connection, scope=people.Scope("reps", ("dee",)))
        nothing = personas.of_data(connection, scope=people.NOTHING)
    assert (everything, of_dee, nothing) == ((("p2", 2), ("p1", 1)), (("p2", 1),), ())


def test_a_wording_is_entered_and_told(engine) -> None:
    wording_id = enter(engine, label=" Buyer ")
    text = "Signs the order.\nHas a budget."
    assert read(engine) == (
        personas.Persona(wording_id, "p1", "Buyer", text, JUNE, "root", AT, None, None),
    )
    said = "Buyer, from 1 Jun 2026 on: Signs the order. Has a budget."
    assert entries(engine) == [("root", "persona worded", "p1", said)]


def test_the_wording_that_begins_last_holds(engine) -> None:
    july = date(2026, 7, 1)
    enter(engine, label="Later", valid_from=july)
    enter(engine, at=AT + TICK)
    enter(engine, at=AT + 2 * TICK, key="p2", label="User")
    assert labels(engine, JUNE - timedelta(days=1)) == {}
    assert labels(engine, JUNE) == {"p1": "Buyer", "p2": "User"}
    assert labels(engine, july - timedelta(days=1))["p1"] == "Buyer"
    assert labels(engine, july)["p1"] == "Later"


def test_of_two_for_the_same_day_the_one_entered_last_holds_until_it_is_struck(engine) -> None:
    enter(engine)
    second = enter(engine, at=AT + TICK, label="Decider")
    assert labels(engine, JUNE) == {"p1": "Decider"}
    with records.writing(engine) as connection:
        personas.strike(connection, act("ada"), second)
    assert labels(engine, JUNE) == {"p1": "Buyer"}
    assert [one.struck_by for one in read(engine)] == [None, "ada"]
    assert entries(engine)[-1] == (
        *("ada", "wording of a persona struck", "p1"),
        "Decider, from 1 Jun 2026 on",
    )
    with (
        pytest.raises(NotAllowed, match="struck already"),
        records.writing(engine) as connection,
    ):
        personas.strike(connection, act(), second)


@pytest.mark.parametrize(
    ("other", "field", "sentence"),
    [
        ({"key": ""}, "key", "Persona: it is empty; write something."),
        ({"label": ""}, "label", "Called: it is empty; write something."),
        ({"label": "a" * 101}, "label", "Called: one line of up to 100 letters."),
        ({"description": " "}, "description", "Meaning: it is empty; write something."),
        ({"description": "a" * 4001}, "description", "Meaning: plain text of up to 4,000 letters."),
        ({"valid_from": None}, "valid_from", "From: choose the day on which it begins."),
    ],
)
def test_what_cannot_be_a_wording_is_told_and_nothing_is_kept(
    engine, other, field: str, sentence: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        enter(engine, **other)
    assert (refused.value.field, str(refused.value)) == (field, sentence)
    assert (read(engine), entries(engine)) == ((), [])
