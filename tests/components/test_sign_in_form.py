"""The form of streamlit-authenticator, without its cookie, its counter and its judgement."""

from __future__ import annotations

from components import sign_in_form
from queries import passwords
from tests import visits

TYPED = (" Lée ", "  pass word\t")


def page(is_right: bool) -> None:
    import streamlit as st

    from components import sign_in_form

    asked = st.session_state.setdefault("asked", [])

    def examine(name: str, password: str) -> bool:
        asked.append((name, password))
        return is_right

    sign_in_form.render(examine)


def test_the_words_are_examined_as_they_were_typed_and_once_per_try() -> None:
    for is_right in (True, False):
        visit = visits.of_function(page, args=(is_right,)).run()
        assert visit.session_state["asked"] == []
        for field, text in zip(visit.text_input, TYPED, strict=True):
            field.input(text)
        visit.button[0].click().run()
        assert not visit.exception
        assert visit.session_state["asked"] == [TYPED]
        visit.run()
        assert visit.session_state["asked"] == [TYPED]


def test_it_signs_nobody_in_by_itself() -> None:
    visit = visits.of_function(page, args=(True,)).run()
    visit.button[0].click().run()
    known = {"authentication_status", "username", "name", "roles", "email"}
    assert [key for key in known if visit.session_state.get(key)] == []
    assert len(visit.text_input) == 2


def test_the_password_is_hidden_and_the_labels_are_ours() -> None:
    visit = visits.of_function(page, args=(False,)).run()
    name, password = visit.text_input
    assert (name.label, password.label, visit.button[0].label) == ("Name", "Password", "Sign in")
    assert password.proto.type == password.proto.PASSWORD
    assert visit.subheader[0].value == "Sign in"


def test_the_check_is_that_of_the_kept_password() -> None:
    kept = passwords.hashed("four random words")
    assert sign_in_form.check_password("four random words", kept) is True
    assert sign_in_form.check_password("four random words ", kept) is False
