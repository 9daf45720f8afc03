"""What others decide meanwhile: an open Handoffs page shows it by itself."""

from __future__ import annotations

import streamlit as st

from components import auth, book
from queries.handoffs import answers

# How often an open page looks whether something was entered here.
_LOOK_SECONDS = 20


@st.fragment(run_every=_LOOK_SECONDS)
def render(drawn: answers.Entered) -> None:
    """Starts the page over once there is more than the page was `drawn` with."""
    auth.still_here()
    if book.entered() != drawn:
        st.rerun()
