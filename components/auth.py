"""Who is at the screen, and the guard that every page begins with."""

from __future__ import annotations

import streamlit as st

from queries import people

_APP_RAN, _SENT_BACK = "auth.app_ran", "auth.sent_back"


def start_run() -> None:
    """Says that app.py, and not a page file alone, is what this session runs."""
    st.session_state[_APP_RAN] = True


def require_user() -> people.User:
    """The user, or no page at all.

    Streamlit serves every file in pages/ by its own address, without app.py, until some session
    has called st.navigation. So the first line of a page calls it, and starts over; a page that
    is still alone then shows nothing.
    """
    if not st.session_state.get(_APP_RAN):
        if st.session_state.get(_SENT_BACK):
            st.stop()
        st.session_state[_SENT_BACK] = True
        st.navigation([st.Page(lambda: None, title="Smarketing")], position="hidden")
        st.rerun()
    return people.LOCAL_USER
