"""An open page shows by itself what others decide."""

from __future__ import annotations

import pytest

from components import book
from tests import handoff_company, visits
from tests.components import test_auth_open_page


def part_of_a_page(change: str, person_id: str) -> None:
    """The page is drawn; then something changes; then the watch looks."""
    import streamlit as st

    from components import auth, book, data, handoff_watch
    from queries import terms
    from tests import visits
    from tests.components import test_handoff_watch as changes

    if auth.start_run() is None:
        st.text("signed out")
        st.stop()
    data.start_run()
    drawn = st.session_state.setdefault("drawn", book.entered())
    if "changed" in st.session_state:
        st.text("drawn anew" if book.entered() != drawn else "drawn anew without a reason")
        st.stop()
    st.session_state["changed"] = True
    assert isinstance(drawn.terms, terms.Terms)
    visits.changed(lambda rows, act: changes.CHANGES[change](rows, act, person_id))
    handoff_watch.render(drawn)
    st.text("left as it is")


def decide(rows, act, person_id: str) -> None:
    from tests.components import test_decide_form

    handed_at = test_decide_form.handed("r1")
    handoff = test_decide_form.decisions.Handoff("r1:1", "r1", handed_at)
    asked = test_decide_form.decisions.Asked("a form", "accepted")
    test_decide_form.decisions.decide(rows, act, handoff, asked, "UTC")


CHANGES = {
    "nothing": lambda *_: None,
    "a decision": decide,
    "the end": test_auth_open_page.end_sessions,
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watch")
    handoff_company.opened_now(folder)
    return folder


@pytest.mark.parametrize(
    ("change", "expected"),
    [("nothing", "left as it is"), ("a decision", "drawn anew"), ("the end", "signed out")],
)
def test_it_begins_anew_for_a_decision_only_and_only_for_who_is_there(
    door, place, change: str, expected: str
) -> None:
    door.set_up(place)
    lee = door.sign_in()
    visit = visits.of_function(part_of_a_page, args=(change, lee)).run()
    assert not visit.exception
    assert [text.value for text in visit.text] == [expected]
    assert len(book.open_sessions()) == (0 if change == "the end" else 1)
