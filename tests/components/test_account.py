"""The own account: changing the password, and both ways out."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import book, sign_in_form
from queries import accounts, passwords
from tests import visits

PASSWORD = "four random words here"
OTHER = "another four words there"


@pytest.fixture
def visit(door, march_place) -> AppTest:
    """Lee, who has a password, at the first page."""
    door.set_up(march_place)
    lee = door.sign_in()
    kept = passwords.hashed(PASSWORD)
    visits.changed(
        lambda rows, act: accounts.set_password(rows, act, accounts.one(rows, lee), kept)
    )
    door.sign_in()
    return door.come()


def changing(visit: AppTest, old: str, new: str, again: str) -> AppTest:
    visit.button(key="account.password").click().run()
    for field, text in zip(visit.text_input, (old, new, again), strict=True):
        field.input(text)
    sent = next(button for button in visit.button if button.label.startswith("Change it"))
    # The button that opened the dialog is not pressed again, but the dialog stays open.
    visit.button(key="account.password").click()
    return sent.click().run()


def errors(visit: AppTest) -> list[str]:
    return [error.value for error in visit.error]


def can_sign_in(password: str) -> bool:
    with book.reading() as rows:
        kept = accounts.password_hash(rows, "lee", with_demo=False)
    return sign_in_form.check_password(password, kept)


def test_the_right_old_password_sets_a_new_one_and_all_sign_in_again(door, visit) -> None:
    other_page = door.come()
    changing(visit, PASSWORD, OTHER, OTHER)
    visits.assert_door(visit)
    visits.assert_door(other_page.run())
    assert can_sign_in(OTHER)
    assert not can_sign_in(PASSWORD)
    assert "password changed" in list(book.whole_log("lee")["action"])


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        (OTHER, OTHER, OTHER, "The password until now is another one."),
        ("", OTHER, OTHER, "The password until now is another one."),
        (PASSWORD, OTHER, PASSWORD, "The two are not the same."),
        (PASSWORD, "short", "short", "The password needs at least 12 characters."),
        (PASSWORD, "", "", "The password needs at least 12 characters."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(
    visit, old: str, new: str, again: str, said: str
) -> None:
    changing(visit, old, new, again)
    assert errors(visit) == [said]
    assert visit.metric
    assert can_sign_in(PASSWORD)


def test_guessing_the_old_password_is_stopped(visit) -> None:
    for _ in range(5):
        changing(visit, OTHER, OTHER, OTHER)
    changing(visit, PASSWORD, OTHER, OTHER)
    assert errors(visit)[0].startswith("Too many tries.")
    assert can_sign_in(PASSWORD)


def test_signing_out_ends_this_session_in_all_its_tabs(door, visit) -> None:
    tab = door.come()
    mine = door.token
    door.sign_in()
    other_session = door.come()
    other, door.token = door.token, mine
    visit.button(key="account.out").click().run()
    visits.assert_door(visit)
    visits.assert_door(tab.run())
    visits.assert_door(door.come())
    door.token = other
    assert other_session.run().metric


def test_signing_out_everywhere_ends_all_and_nobody_elses(door, visit) -> None:
    mine = door.token
    door.sign_in()
    other_session = door.come()
    door.sign_in("mia")
    mias = door.token
    door.token = mine
    visit.button(key="account.everywhere").click().run()
    visits.assert_door(visit)
    visits.assert_door(other_session.run())
    visits.assert_door(door.come())
    door.token = mias
    assert door.come().metric
    assert list(book.whole_log("everywhere")["actor"]) == ["lee"]
