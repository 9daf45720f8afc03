"""Which part of the Handoffs page, whose board, and in which zone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from components import handoff_choice
from queries import people
from tests import company, visits

SALES, EVERYBODY = ("rep", "sales_manager", "admin"), people.ROLES


def chosen(role: str, asked: str = "", *, is_present: bool = False) -> AppTest:
    def page(role: str, is_present: bool) -> None:
        import streamlit as st

        from components import handoff_choice
        from queries import people

        scope = people.Scope(sees_persons=role != "viewer")
        user = people.User("somebody", role, scope)
        section = handoff_choice.asked(user, is_present=is_present)
        st.text(section)
        handoff_choice.choose(section, user, is_present=is_present)

    visit = visits.of_function(page, args=(role, is_present))
    if asked:
        visit.query_params["show"] = asked
    visit.run()
    assert not visit.exception
    return visit


@pytest.mark.parametrize("role", EVERYBODY)
def test_sales_come_to_the_list_and_everybody_else_to_the_results(role: str) -> None:
    visit = chosen(role)
    assert visit.text[0].value == ("list" if role in SALES else "results")
    offered = str(visit.button_group[0].options)
    assert ("Work list" in offered) is (role != "viewer")


@pytest.mark.parametrize(
    ("role", "asked", "expected"),
    [
        ("leader", "list", "list"),
        ("viewer", "list", "results"),
        ("rep", "reasons", "reasons"),
        ("rep", "<b>", "list"),
        ("leader", "REASONS", "results"),
    ],
)
def test_the_address_says_which_part_of_those_there_are(
    role: str, asked: str, expected: str
) -> None:
    assert chosen(role, asked).text[0].value == expected


def test_a_part_that_is_chosen_stands_in_the_address() -> None:
    visit = chosen("rep")
    visit.button_group[0].set_value("times").run()
    assert visit.text[0].value == "times"
    assert visit.query_params["show"] in ("times", ["times"])


def test_a_projector_shows_no_list_and_no_choice() -> None:
    visit = chosen("rep", "list", is_present=True)
    assert visit.text[0].value == "results"
    assert not visit.button_group


@pytest.mark.parametrize(
    ("sees_persons", "is_present", "expected"),
    [(True, False, "rep"), (True, True, "team"), (False, False, "team"), (False, True, "team")],
)
def test_single_people_are_neither_for_a_projector_nor_for_its_role(
    sees_persons: bool, is_present: bool, expected: str
) -> None:
    scope = people.Scope(sees_persons=sees_persons)
    assert handoff_choice.board_of(scope, is_present=is_present) == expected


def test_the_address_says_whether_the_board_is_of_teams() -> None:
    def page(role: str) -> None:
        import streamlit as st

        from components import handoff_choice
        from queries import people

        scope = people.Scope(sees_persons=role != "viewer")
        by = handoff_choice.board_of(scope, is_present=False)
        st.text(by)
        handoff_choice.choose_board(by, scope, is_present=False)

    visit = visits.of_function(page, args=("leader",)).run()
    assert visit.text[0].value == "rep"
    visit.button_group[0].set_value("team").run()
    assert visit.text[0].value == "team"
    assert visit.query_params["by"] in ("team", ["team"])
    of_figures = visits.of_function(page, args=("viewer",)).run()
    assert of_figures.text[0].value == "team"
    assert not of_figures.button_group


@pytest.mark.parametrize(("minutes", "expected"), [(-1, True), (0, False), (1, False)])
def test_what_was_before_the_data_were_read_is_past(door, tmp_path, minutes, expected) -> None:
    def page(at) -> None:
        import streamlit as st

        from components import data, handoff_choice

        data.start_run()
        st.text(handoff_choice.is_past(at))

    company.opened(tmp_path)
    door.set_up(tmp_path)
    visit = visits.of_function(page, args=(company.NOW + timedelta(minutes=minutes),)).run()
    assert visit.text[0].value == str(expected)


def test_without_a_browser_the_zone_is_the_companys(door, tmp_path) -> None:
    def page() -> None:
        import streamlit as st

        from components import data, handoff_choice

        data.start_run()
        st.text(handoff_choice.zone())

    company.opened(tmp_path, zone="Europe/Berlin", now=company.NOW - timedelta(hours=1))
    door.set_up(tmp_path, company_time_zone="Europe/Berlin")
    assert visits.of_function(page).run().text[0].value == "Europe/Berlin"
