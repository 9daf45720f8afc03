"""What a section says when it has nothing to show: why, and what to do."""

from __future__ import annotations

import streamlit as st


def render(sentence: str) -> None:
    """Draws the sentence where the chart would stand."""
    st.info(sentence, icon=":material/info:")


def no_activities() -> None:
    """What there is to say where a number needs activities, and the data has none."""
    render(
        "No data: connect activities (calls, e-mails, meetings), the relation activities of"
        " docs/operations.md. Without them nobody knows who was attempted, and no clock runs."
    )
