"""Which part, which version and beside which other one: by the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import agreement_choice, book
from queries import people
from queries.agreements import drafting
from tests import agreement_book, agreement_page
from tests.agreement_page import opened, texts


@pytest.fixture
def here(door, march_place):
    """Version 2 was discarded, 3 is a draft that begins with what 1 says."""
    door.set_up(march_place)
    mia = agreement_page.leader(door)
    draft = agreement_page.drafted(mia)
    agreement_book.change(book.engine(), drafting.discard, agreement_book.edit(mia, draft))
    agreement_page.drafted(mia)
    return door


def address(visit: AppTest, name: str) -> str | None:
    value = visit.query_params.get(name)
    return value[-1] if isinstance(value, list) else value


def test_the_part_that_is_chosen_stands_in_the_address(here) -> None:
    visit = opened(here)
    visit.button_group(key="agreement_choice.show").set_value("stages").run()
    assert not visit.exception
    assert address(visit, "show") == "stages"
    assert "Names that are no stage yet" in [header.value for header in visit.header]


def test_versions_are_listed_with_their_standing_the_newest_first(here) -> None:
    visit = opened(here)
    box = visit.selectbox(key="agreement_choice.version")
    assert box.value == 1
    assert box.options[0].startswith("3 · Default terms · draft, last changed by mia on ")
    assert box.options[1:] == [
        "2 · Default terms · discarded, never in force",
        "1 · Default terms · in force",
    ]


def test_a_version_that_is_chosen_stands_in_the_address_and_forgets_the_other(here) -> None:
    visit = opened(here, beside="2")
    visit.selectbox(key="agreement_choice.version").set_value(3).run()
    assert (address(visit, "version"), address(visit, "beside")) == ("3", None)
    assert visit.selectbox(key="agreement_choice.beside").value == 1
    visit.selectbox(key="agreement_choice.beside").set_value(2).run()
    assert address(visit, "beside") == "2"
    assert "It says the same as version 2." in texts(visit)


def test_the_first_version_is_compared_with_what_one_chooses(here) -> None:
    visit = opened(here, version="1")
    assert visit.selectbox(key="agreement_choice.beside").value is None
    assert [one for one in texts(visit) if "the same" in one] == []
    # With itself nothing is compared.
    assert opened(here, version="1", beside="1").selectbox(key="agreement_choice.beside").value is (
        None
    )


def test_where_there_is_one_version_there_is_nothing_to_choose(door, march_place) -> None:
    door.set_up(march_place)
    agreement_page.leader(door)
    visit = opened(door)
    assert [box.label for box in visit.selectbox] == []


def test_before_a_projector_everybody_reads_as_its_role_does() -> None:
    lee = people.User("lee", "leader", people.EVERYTHING, "id", "Lee")
    assert agreement_choice.reader(lee, is_present=False) is lee
    seen = agreement_choice.reader(lee, is_present=True)
    assert (seen.role, seen.scope, seen.name) == ("viewer", people.FIGURES, "lee")
