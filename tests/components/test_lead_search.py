"""The search box of the Lead page: a short list of links, or a sentence."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import lead_company, visits
from tests.company import make_lead, opened


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of Mia's company, and of 21 people of Globex."""
    folder = tmp_path_factory.mktemp("search")
    crowd = [make_lead(f"g{number:02}", company="Globex") for number in range(21)]
    opened(folder, *lead_company.MIA, *crowd)
    return folder


def searched(door, place, words: str, role: str = "leader", rep_id: str = "") -> AppTest:
    door.set_up(place)
    door.sign_in(role, role, rep_id)
    visit = door.open("lead")
    visit.text_input[0].set_value(words).run()
    assert not visit.exception
    return visit


def labels(visit: AppTest) -> list[str]:
    return [link.proto.label.replace("\u200b", "") for link in visit.get("page_link")]


def test_each_person_found_is_a_link(door, place) -> None:
    visit = searched(door, place, "acme mia")
    assert labels(visit) == ["Mia Berg · Acme · mia\\@acme\\.example · m1"]


def test_a_rep_finds_own_people_only(door, place) -> None:
    assert len(labels(searched(door, place, "acme"))) == 2
    visit = searched(door, place, "acme", "rep", "bo")
    assert [label[:8] for label in labels(visit)] == ["Mia Berg"]
    assert "Secret" not in visits.texts(visit)


def test_nobody_found_is_a_sentence(door, place) -> None:
    visit = searched(door, place, "secret", "rep", "bo")
    assert labels(visit) == []
    assert [said.value for said in visit.info] == [
        "No lead that you may see holds all of these words."
    ]


def test_more_than_twenty_are_said_to_be_more(door, place) -> None:
    visit = searched(door, place, "globex")
    assert len(labels(visit)) == 20
    assert "The newest 20 are listed. More words find fewer." in visits.texts(visit)


def test_blanks_search_for_nothing(door, place) -> None:
    visit = searched(door, place, "  ")
    assert (labels(visit), len(visit.info)) == ([], 0)
