"""What a term can be narrowed to: what the data names, as far as one may see it."""

from __future__ import annotations

import pytest

from queries import people
from queries.agreements import content, segments
from tests import company


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Bo has a buyer from DE and one from nowhere, Dee a user from AT."""
    rows = [
        company.make_campaign(),
        company.make_lead("l1", persona="Buyer", country="DE"),
        company.make_lead("l2", persona="Buyer", source=""),
        company.make_lead("l3", persona="User", country="AT", owner_rep_id="dee", source="ads"),
        company.make_touch("l1"),
    ]
    return company.opened(tmp_path_factory.mktemp("segments"), *company.STAFF, *rows)


def offered(opened, scope: people.Scope):
    with opened.connect() as connection:
        return segments.offered(connection, scope=scope)


def test_all_that_the_data_names_can_be_chosen_and_nothing_that_is_missing(opened) -> None:
    found = offered(opened, people.EVERYTHING)
    assert set(found) == set(content.SEGMENTS)
    names = {"marketing": "Marketing", "north": "North", "south": "South"}
    assert found["team"] == names
    assert found["channel"] == {"ads": "ads", "web": "web"}
    assert found["campaign"] == {"spring": "Spring"}
    assert found["persona"] == {"Buyer": "Buyer", "User": "User"}
    assert found["country"] == {"AT": "AT", "DE": "DE"}


def test_a_manager_chooses_among_what_is_theirs(opened) -> None:
    found = offered(opened, people.Scope("teams", ("north",)))
    assert found["team"] == {"north": "North"}
    assert found["persona"] == {"Buyer": "Buyer"}
    assert found["country"] == {"DE": "DE"}


def test_whoever_sees_nothing_chooses_nothing(opened) -> None:
    found = offered(opened, people.NOTHING)
    assert {name: dict(held) for name, held in found.items()} == {
        name: {} for name in content.SEGMENTS
    }
