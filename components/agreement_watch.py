"""What others do to the agreement meanwhile: an open page shows it by itself."""

from __future__ import annotations

import streamlit as st

from components import auth, book
from queries import people
from queries.agreements import answers

# How often an open page looks whether something was changed or signed.
_LOOK_SECONDS = 20


@st.fragment(run_every=_LOOK_SECONDS)
def render(drawn: answers.Answers, user: people.User) -> None:
    """Starts the page over once there is more than the page was `drawn` with."""
    auth.still_here()
    if book.agreement_for(user) != drawn:
        st.rerun()
