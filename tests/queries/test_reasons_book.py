"""Reasons are added, worded, switched and moved; never deleted."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import handoff_records_schema, reasons_book, records, terms
from queries.agreed import NotAllowed
from tests import records_place
from tests.records_place import AT, act, entries

engine, url = records_place.engine, records_place.url
# As they ship.
DISQUALIFIED = ["competitor", "student", "bad contact data", "out of territory", "other"]


def write(engine, change, *given: object, **more: object) -> None:
    with records.writing(engine) as connection:
        change(connection, act(), *given, **more)


def read(engine, decision: str = "disqualified") -> list[reasons_book.Entry]:
    with records.reading(engine) as connection:
        return [entry for entry in reasons_book.read(connection) if entry.decision == decision]


def codes(engine) -> list[str]:
    return [entry.code for entry in read(engine)]


def offered(engine) -> list[str]:
    """What the form of a decision offers."""
    with records.reading(engine) as connection:
        found = terms.reasons(connection)
    return [reason.code for reason in found if reason.decision == "disqualified"]


def refused(engine, change, *given: object, **more: object) -> tuple[str, str]:
    before = read(engine), len(entries(engine))
    with pytest.raises(NotAllowed) as error:
        write(engine, change, *given, **more)
    assert (read(engine), len(entries(engine))) == before
    return error.value.field, str(error.value)


def test_the_list_begins_with_what_ships_in_the_order_of_the_decisions(engine) -> None:
    assert codes(engine) == DISQUALIFIED
    with records.reading(engine) as connection:
        decisions = [entry.decision for entry in reasons_book.read(connection)]
    assert decisions == ["rejected"] * 8 + ["recycled"] * 7 + ["disqualified"] * 5


def test_a_new_reason_stands_last(engine) -> None:
    write(engine, reasons_book.add, "disqualified", " press ", "never handed over again")
    last = read(engine)[-1]
    assert last == reasons_book.Entry(
        "disqualified", "press", "never handed over again", True, used=0
    )
    assert offered(engine) == [*DISQUALIFIED, "press"]
    assert entries(engine) == [
        ("root", "reason added", "disqualified: press", "never handed over again")
    ]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (("accepted", "x", "y"), "decision", "Decision: choose one of rejected, recycled,"),
        (("disqualified", " ", "y"), "code", "Reason: it is empty; write something."),
        (("disqualified", "x" * 101, "y"), "code", "Reason: one line of up to 100 letters."),
        (("disqualified", "x", ""), "next_step", "What happens next: it is empty"),
        (("disqualified", "Student", "y"), "code", "Reason: “Student” is there already"),
    ],
)
def test_what_cannot_be_a_reason_is_told(engine, given, field: str, sentence: str) -> None:
    found, told = refused(engine, reasons_book.add, *given)
    assert found == field
    assert told.startswith(sentence)


def test_the_same_word_may_be_a_reason_of_another_decision(engine) -> None:
    write(engine, reasons_book.add, "recycled", "student", "marketing nurtures it")
    assert [entry.code for entry in read(engine, "recycled")][-1] == "student"


def test_the_next_step_is_worded_anew(engine) -> None:
    write(engine, reasons_book.set_next_step, "disqualified", "student", " invited to the fair ")
    assert read(engine)[1].next_step == "invited to the fair"
    assert entries(engine) == [
        ("root", "next step of a reason set", "disqualified: student", "invited to the fair")
    ]
    gone = refused(engine, reasons_book.set_next_step, "disqualified", "gone", "x")
    assert gone == ("code", "Reason: there is no such reason any more.")


def test_a_reason_is_switched_off_and_on_and_stays_in_its_place(engine) -> None:
    off, on = {"is_active": False}, {"is_active": True}
    write(engine, reasons_book.switch, "disqualified", "student", **off)
    assert offered(engine) == ["competitor", "bad contact data", "out of territory", "other"]
    assert codes(engine) == DISQUALIFIED
    assert refused(engine, reasons_book.switch, "disqualified", "student", **off) == (
        *("code", "Reason: it is switched off already."),
    )
    write(engine, reasons_book.switch, "disqualified", "student", **on)
    assert offered(engine) == DISQUALIFIED
    assert [entry[1] for entry in entries(engine)] == ["reason switched off", "reason switched on"]


def test_the_last_reason_of_a_decision_stays_on(engine) -> None:
    for code in DISQUALIFIED[1:]:
        write(engine, reasons_book.switch, "disqualified", code, is_active=False)
    _, told = refused(engine, reasons_book.switch, "disqualified", "competitor", is_active=False)
    assert told == "Reason: it is the last one; a decision needs one to be given."


@pytest.mark.parametrize(
    ("code", "place", "expected"),
    [
        ("other", 1, ["other", "competitor", "student", "bad contact data", "out of territory"]),
        (
            *("competitor", 5),
            ["student", "bad contact data", "out of territory", "other", "competitor"],
        ),
        ("student", 2, DISQUALIFIED),
    ],
)
def test_a_reason_is_moved(engine, code: str, place: int, expected: list[str]) -> None:
    write(engine, reasons_book.move, "disqualified", code, place)
    assert codes(engine) == offered(engine) == expected
    said = ("root", "reason moved", f"disqualified: {code}", f"to place {place}")
    assert entries(engine) == [said]


@pytest.mark.parametrize("place", [0, 6])
def test_there_is_no_place_outside_of_the_list(engine, place: int) -> None:
    found = refused(engine, reasons_book.move, "disqualified", "other", place)
    assert found == ("place", "Place: from 1 to 5.")


def test_how_often_a_reason_was_given_here_is_counted(engine) -> None:
    with records.writing(engine) as connection:
        for number in ("1", "2"):
            connection.execute(
                sa.insert(handoff_records_schema.handoff_decisions).values(
                    decision_id=number,
                    lead_id=number,
                    handed_at=AT,
                    decision="disqualified",
                    reason_code="student",
                    note="",
                    decided_by="bo",
                    decided_at=AT,
                    changed_at=AT,
                )
            )
    assert [entry.used for entry in read(engine)] == [0, 2, 0, 0, 0]
