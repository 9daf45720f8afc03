"""What terms call teams, campaigns and personas."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from queries import personas
from tests import company, visits


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Two campaigns of one name; Dee of team South has the only user."""
    folder = tmp_path_factory.mktemp("names")
    rows = [
        company.make_campaign(),
        company.make_campaign("second", campaign_name="Spring"),
        company.make_lead("l1", persona="p1"),
        company.make_lead("l2", persona="p2", owner_rep_id="dee"),
        company.make_touch("l1"),
        company.make_touch("l2", "second"),
    ]
    company.opened(folder, *company.STAFF, *rows)
    return folder


def asked(scope: dict) -> AppTest:
    def page(scope: dict) -> None:
        import streamlit as st

        from components import agreement_names, data
        from queries import people

        data.start_run()
        user = people.User("lee", "marketer", people.Scope(**scope))
        st.session_state["known"] = agreement_names.known()
        st.session_state["offered"] = agreement_names.offered(user)

    visit = visits.of_function(page, args=(scope,)).run()
    assert not visit.exception
    return visit


def test_all_names_are_known_and_personas_are_called_as_was_agreed(door, place) -> None:
    door.set_up(place)
    wanted = personas.Wanted("p1", "Buyer", "Signs the order.", date(2020, 1, 1))
    visits.changed(lambda rows, act: personas.enter(rows, act, wanted))
    names = asked({"kind": "teams", "ids": ("north",)}).session_state["known"]
    assert names["team"]["south"] == "South"
    assert names["campaign"] == {"spring": "Spring", "second": "Spring"}
    assert names["persona"] == {"p1": "Buyer"}


def test_one_chooses_among_what_one_sees_and_equal_names_are_told_apart(door, place) -> None:
    door.set_up(place)
    offered = asked({"kind": "everything"}).session_state["offered"]
    assert offered["campaign"] == {
        "spring": "Spring (spring)",
        "second": "Spring (second)",
    }
    assert offered["persona"] == {"p1": "p1", "p2": "p2"}
    offered = asked({"kind": "teams", "ids": ("north",)}).session_state["offered"]
    assert offered["team"] == {"north": "North"}
    assert offered["persona"] == {"p1": "p1"}
