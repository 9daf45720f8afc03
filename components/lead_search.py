"""Finding a lead by what one knows of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import empty_state, lead_link
from queries import leads

_OFFERED = "lead_search.offered"


def asked_id() -> str:
    """The id in the address; "" where there is none."""
    asked = st.query_params.get("id", "")
    if st.session_state.pop(_OFFERED, False) and asked:
        # A link from a page to itself leaves the address as it was; the next click would lose it.
        st.query_params["id"] = asked
    return asked


def words() -> str:
    """What is searched for; draws the field."""
    return st.text_input(
        "Find a lead",
        key="lead_search.words",
        placeholder="a name, a company, an e-mail address or an id",
        max_chars=200,
    ).strip()


def found(rows: pd.DataFrame) -> None:
    """Draws a link to each. Frame: queries.leads.search."""
    if rows.empty:
        empty_state.render("No lead that you may see holds all of these words.")
        return
    shown = rows.head(leads.MOST_FOUND)
    if len(rows) > len(shown):
        st.caption(f"The newest {len(shown)} are listed. More words find fewer.")
    st.session_state[_OFFERED] = True
    for row in shown.to_dict("records"):
        known = [row[name] for name in ("lead_name", "company", "email", "lead_id")]
        lead_link.render(row["lead_id"], " · ".join(text for text in known if pd.notna(text)))
