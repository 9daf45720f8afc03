"""Forms outlive a sign-in, and what is open is closed as a whole."""

from __future__ import annotations

import pytest

from components import agreement_edit
from tests import agreement_page
from tests.agreement_page import draft, field, opened, press


@pytest.fixture
def form(door, march_place):
    """Mia words the draft anew."""
    door.set_up(march_place)
    agreement_page.drafted(agreement_page.leader(door))
    return press(opened(door, version="2"), "Change title, text and dates")


def test_what_was_typed_outlives_the_session(door, form) -> None:
    form.text_input(key=field("title")).input("Mine").run()
    token, door.token = door.token, None
    session = form.session_state["auth.session"]
    del form.session_state["auth.session"]
    form.run()
    assert not form.exception
    assert [one.label for one in form.text_input] == ["Name", "Password"]
    door.token = token
    form.session_state["auth.session"] = session
    form.run()
    assert form.text_input(key=field("title")).value == "Mine"
    press(form, "Save")
    assert draft().title == "Mine"


def test_a_form_that_is_opened_again_begins_anew(form) -> None:
    form.text_input(key=field("title")).input("Mine").run()
    press(form, "Change title, text and dates")
    assert form.text_input(key=field("title")).value == "Default terms"


def test_a_form_that_is_not_for_the_reader_does_not_open(door, form) -> None:
    door.sign_in("ada", "admin")
    visit = opened(door, version="2", do="describe")
    assert not visit.text_input
    assert not visit.warning


def test_an_arrow_is_one() -> None:
    assert agreement_edit.arrow("first attempt: 8 hours -> 4\x00") == "first attempt: 8 hours → 4 "
