"""The Agreement page for tests: who reads it, what it says, what can be pressed."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from components import agreement_edit, book
from queries import people
from queries.agreements.content import Version
from tests import agreement_book


def leader(door, name: str = "mia", side: str = "marketing") -> people.User:
    """Somebody who leads a side, and is signed in now."""
    user = agreement_book.add_person(book.engine(), name, "leader", side=side)
    door.sign_in(name)
    return user


def drafted(user: people.User) -> Version:
    """A draft that this person has started from the default terms."""
    return agreement_book.start(book.engine(), user)


def draft() -> Version:
    """The newest version as it is kept now."""
    kept = agreement_book.versions(book.engine())
    return kept[max(kept)]


def opened(door, **parameters: str) -> AppTest:
    """The page at an address with these parameters."""
    visit = door.come("agreement", **parameters)
    assert not visit.exception
    return visit


def labels(visit: AppTest) -> list[str]:
    """The buttons of the page, of an open form, and of the sidebar."""
    return [one.label for one in visit.button]


def press(visit: AppTest, label: str, place: int = 0) -> AppTest:
    """Clicks a button of the page or of an open form."""
    found = [one for one in visit.button if one.label == label]
    visit = found[place].click().run()
    assert not visit.exception
    return visit


def said(visit: AppTest) -> list[str]:
    """What was done last, or why it was not."""
    return [one.value.replace("\\", "") for one in (*visit.success, *visit.error, *visit.warning)]


def texts(visit: AppTest) -> list[str]:
    """The plain texts of the page: the words of a version, its promises, what differs."""
    return [one.value for one in visit.text]


def field(name: str) -> str:
    """The key of a field of a form."""
    return agreement_edit.key(name)
