"""The foot of the sidebar: the projector view, reading the source again, who is here."""

from __future__ import annotations

import streamlit as st

from components import account, data
from queries import people


def render(user: people.User) -> None:
    """Draws it."""
    with st.sidebar:
        st.button(
            "Projector view",
            key="sidebar.present",
            icon=":material/present_to_all:",
            on_click=_present,
            help="Large type and nothing but the figures. Escape leaves it.",
            width="stretch",
        )
        status = data.refresh_status()
        st.button(
            "Reading the source …" if status.is_running else "Read the source again",
            key="sidebar.refresh",
            icon=":material/refresh:",
            on_click=data.refresher().request,
            disabled=status.is_running,
            width="stretch",
        )
    account.render(user)


def _present() -> None:
    st.query_params["present"] = "1"
