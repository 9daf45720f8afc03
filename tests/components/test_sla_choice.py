"""Which part of the SLA page, and by what."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import visits


def chosen(role: str, *, is_present: bool = False, **asked: str) -> AppTest:
    def page(role: str, is_present: bool) -> None:
        import streamlit as st

        from components import sla_choice
        from queries import people

        kind = {"rep": "reps"}.get(role, "everything")
        scope = people.Scope(kind, ("bo",), sees_persons=role != "viewer")
        user = people.User("somebody", role, scope)
        section = sla_choice.asked(user, is_present=is_present)
        by = sla_choice.by(scope, is_present=is_present)
        st.text(f"{section} {by}")
        sla_choice.choose(section, user, is_present=is_present)
        sla_choice.choose_by(by, scope, is_present=is_present)

    visit = visits.of_function(page, args=(role, is_present))
    for name, value in asked.items():
        visit.query_params[name] = value
    visit.run()
    assert not visit.exception
    return visit


@pytest.mark.parametrize(
    ("role", "show", "by", "expected"),
    [
        ("leader", "", "", "scorecard team"),
        ("leader", "breaches", "rep", "breaches rep"),
        ("leader", "parts", "owner", "parts owner"),
        ("rep", "parts", "owner", "parts team"),
        ("viewer", "breaches", "rep", "scorecard team"),
        ("viewer", "parts", "campaign", "parts campaign"),
        ("leader", "<b>", "' or 1=1", "scorecard team"),
    ],
)
def test_the_address_says_which_part_of_those_there_are(
    role: str, show: str, by: str, expected: str
) -> None:
    assert chosen(role, show=show, by=by).text[0].value == expected


def test_a_projector_shows_no_list_no_person_and_no_choice() -> None:
    visit = chosen("leader", is_present=True, show="breaches", by="rep")
    assert visit.text[0].value == "scorecard team"
    assert not visit.button_group


def test_what_is_chosen_stands_in_the_address() -> None:
    visit = chosen("leader")
    visit.button_group[0].set_value("parts").run()
    visit.button_group[1].set_value("rep").run()
    assert visit.text[0].value == "parts rep"
    assert str(visit.query_params["by"]) in ("rep", "['rep']")
