"""What a section says when it has nothing to show: why, and what to do."""

from __future__ import annotations

import streamlit as st


def render(sentence: str) -> None:
    """Draws the sentence where the chart would stand."""
    st.info(sentence, icon=":material/info:")
