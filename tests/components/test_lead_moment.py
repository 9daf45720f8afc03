"""The Lead page is about now, whatever view its reader comes from."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from queries import records
from tests import company, visits


def seen(*entered: object) -> AppTest:
    def page(*entered: object) -> None:
        import streamlit as st

        from components import data, lead_moment
        from queries import terms
        from queries.handoffs import answers, live

        data.start_run()
        st.session_state["view"] = lead_moment.view(
            answers.Entered(terms.Terms("Terms", 1), live.Fresh(decisions=entered))
        )

    return visits.of_function(page, args=entered).run()


def test_the_moment_is_this_minute_and_not_the_snapshots(door, march_place) -> None:
    door.set_up(march_place)
    view = seen().session_state["view"]
    assert view.as_of > company.NOW
    assert (view.as_of.second, view.as_of.microsecond) == (0, 0)
    assert (view.zone, view.chosen()) == ("UTC", {})


def test_what_was_entered_this_minute_has_happened(door, march_place) -> None:
    door.set_up(march_place)
    at = records.now()
    row = ("s1", company.NOW, "accepted", None, None, "Bo", at, None)
    assert seen(row).session_state["view"].as_of == at
