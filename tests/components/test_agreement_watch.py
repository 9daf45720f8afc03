"""An open page shows what others did to the agreement."""

from __future__ import annotations

import pytest

from components import book
from tests import agreement_book, agreement_page, visits


@pytest.mark.parametrize("is_changed", [False, True])
def test_the_page_starts_over_once_something_was_done(door, march_place, is_changed: bool) -> None:
    door.set_up(march_place)
    mia = agreement_page.leader(door)

    def page(user) -> None:
        import streamlit as st

        from components import agreement_watch, auth, book

        auth.start_run()
        st.session_state.setdefault("drawn", book.agreement_for(user))
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        if st.session_state["runs"] == 3:
            # Started over: what is drawn now is what is known.
            st.session_state["drawn"] = book.agreement_for(user)
        agreement_watch.render(st.session_state["drawn"], user)

    visit = visits.of_function(page, args=(mia,)).run()
    assert visit.session_state["runs"] == 1
    if is_changed:
        agreement_book.start(book.engine(), mia)
    visit.run()
    assert not visit.exception
    assert visit.session_state["runs"] == (3 if is_changed else 2)
