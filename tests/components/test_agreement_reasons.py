"""Reasons are added and changed by those who may; nothing typed is lost."""

from __future__ import annotations

import pytest

from components import auth, book
from queries import reasons_book
from tests import agreement_part, visits
from tests.agreement_part import press, rows, said

CODE, NEXT = f"{auth.TYPED}reasons_code", f"{auth.TYPED}reasons_next_step"


@pytest.fixture
def part(door, march_place):
    """The part of the reasons, open for Lee, a leader."""
    door.set_up(march_place)
    return agreement_part.opened("agreement_reasons")


def choose(visit, label: str):
    return visit.selectbox(key="agreement_reasons.chosen").set_value(label).run()


def codes() -> list[str]:
    return [each.code for each in book.reasons() if each.decision == "disqualified"]


def test_a_new_company_has_reasons_from_the_first_day(part) -> None:
    assert len(rows(part)) == 20
    first = ["rejected", "not target industry", "marketing narrows the target", "yes", "0"]
    assert rows(part)[0] == first


def test_a_reason_is_added(part) -> None:
    part.selectbox(key="agreement_reasons.decision").set_value("disqualified")
    part.text_input(key=CODE).input("[press](x)")
    part.text_input(key=NEXT).input("never handed over again")
    press(part, "Add this reason")
    assert not part.exception
    assert said(part) == ["“[press](x)” can be given for disqualified leads."]
    assert codes()[-1] == "[press](x)"
    assert (part.text_input(key=CODE).value, part.text_input(key=NEXT).value) == ("", "")
    assert list(book.whole_log("reason added")["actor"]) == ["lee"]


def test_what_cannot_be_is_told_and_what_was_typed_stays(part) -> None:
    part.text_input(key=CODE).input("duplicate")
    part.text_input(key=NEXT).input("merge it")
    press(part, "Add this reason")
    assert said(part) == [
        "Reason: “duplicate” is there already; if it is switched off, switch it on."
    ]
    assert part.text_input(key=CODE).value == "duplicate"
    assert part.text_input(key=NEXT).value == "merge it"


def test_a_reason_is_worded_moved_and_switched_off(part) -> None:
    choose(part, "disqualified: other")
    (step,) = [one for one in part.text_input if one.label == "It is followed by"]
    assert step.value == "say in the note what it was"
    step.input("say it in the note")
    press(part, "Save what follows")
    assert said(part) == ["“other” is followed by: say it in the note."]
    (place,) = part.number_input
    place.set_value(1)
    press(part, "Move it")
    assert said(part) == ["“other” stands at place 1."]
    assert codes()[0] == "other"
    assert part.number_input[0].value == 1
    press(part, "Switch it off")
    assert said(part) == ["“other” is switched off."]
    assert "other" not in codes()
    assert [row[3] for row in rows(part) if row[:2] == ["disqualified", "other"]] == ["no"]
    press(part, "Switch it on")
    assert codes()[0] == "other"


def test_an_empty_next_step_is_told_and_stays_empty(part) -> None:
    choose(part, "disqualified: other")
    (step,) = [one for one in part.text_input if one.label == "It is followed by"]
    step.input(" ")
    press(part, "Save what follows")
    assert said(part) == ["What happens next: it is empty; write something."]
    (step,) = [one for one in part.text_input if one.label == "It is followed by"]
    assert step.value == " "


def test_others_read_them(door, march_place) -> None:
    door.set_up(march_place)
    visits.changed(
        lambda rows, act: reasons_book.switch(rows, act, "rejected", "other", is_active=False)
    )
    visit = agreement_part.opened("agreement_reasons", "rep", kind="reps", ids=("bo",))
    assert len(rows(visit)) == 20
    assert not visit.button
    assert not visit.text_input
