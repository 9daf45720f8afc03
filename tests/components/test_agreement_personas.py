"""Personas of the data are worded by those who may; nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest

from components import book
from queries import personas
from tests import agreement_part, company, visits
from tests.agreement_part import press, rows, said
from tests.company import make_lead


@pytest.fixture
def place(door, tmp_path):
    """A company whose two leads are of two personas."""
    company.opened(
        tmp_path,
        make_lead("l1", persona="p1"),
        make_lead("l2", persona="p2", owner_rep_id="dee"),
    )
    door.set_up(tmp_path)


@pytest.fixture
def part(place):
    """The part of the personas, open for Lee, a leader."""
    return agreement_part.opened("agreement_personas")


def field(visit, label: str):
    (found,) = [one for one in (*visit.text_input, *visit.text_area) if one.label == label]
    return found


def choose(visit, key: str = "p1"):
    return visit.selectbox(key="agreement_personas.chosen").set_value(key).run()


def word(key: str = "p1", label: str = "Buyer") -> None:
    wanted = personas.Wanted(key, label, "Signs [it](x).", date(2026, 1, 1))
    visits.changed(lambda rows, act: personas.enter(rows, act, wanted))


def test_a_new_company_has_the_personas_of_its_data(part) -> None:
    assert rows(part) == [["p1", "1", "p1", "", ""], ["p2", "1", "p2", "", ""]]


def test_a_persona_is_worded(part) -> None:
    choose(part)
    assert field(part, "Called").value == "p1"
    field(part, "Called").input("*Buyer*")
    field(part, "What is meant by it").input("Signs [it](x).")
    part.date_input(key="agreement_personas.from").set_value(date(2026, 1, 1))
    press(part, "Save this wording")
    assert not part.exception
    assert said(part) == ["“*Buyer*” was saved."]
    assert rows(part)[0] == ["p1", "1", "*Buyer*", "1 Jan 2026", "lee"]
    # Neither the name nor the meaning has a meaning to the page.
    assert "**\\*Buyer\\***" in [one.value for one in part.markdown]
    assert "Signs [it](x)." in [one.value for one in part.text]
    assert field(part, "Called").value == "*Buyer*"


def test_what_cannot_be_is_told_and_what_was_typed_stays(part) -> None:
    choose(part)
    field(part, "Called").input("Buyer")
    press(part, "Save this wording")
    assert said(part) == ["Meaning: it is empty; write something."]
    assert field(part, "Called").value == "Buyer"
    assert book.every_persona() == ()


def test_a_wording_is_struck(place) -> None:
    word()
    word(label="Decider")
    part = agreement_part.opened("agreement_personas")
    (strike,) = [one for one in part.selectbox if one.label == "Wording"]
    assert strike.options == ["p1: Decider, from 1 Jan 2026", "p1: Buyer, from 1 Jan 2026"]
    strike.set_value(book.every_persona()[1].wording_id)
    press(part, "Strike this wording")
    assert said(part) == ["Struck: p1: Decider, from 1 Jan 2026."]
    assert rows(part)[0][2] == "Buyer"


def test_a_persona_that_the_data_names_no_more_is_there_for_those_who_word(place) -> None:
    word("p9", "Gone")
    assert [row[:3] for row in rows(agreement_part.opened("agreement_personas"))] == [
        ["p1", "1", "p1"],
        ["p2", "1", "p2"],
        ["p9", "0", "Gone"],
    ]


def test_others_read_those_of_the_leads_that_they_may_see(place) -> None:
    word("p9", "Gone")
    visit = agreement_part.opened("agreement_personas", "rep", kind="reps", ids=("dee",))
    assert [row[:2] for row in rows(visit)] == [["p2", "1"]]
    assert not visit.button


def test_data_without_personas_say_what_to_connect(door, march_place) -> None:
    door.set_up(march_place)
    part = agreement_part.opened("agreement_personas")
    assert [one.value for one in part.info] == [
        "The data names no personas: connect them in leads."
    ]
