"""Facts of a person, each with its word above it: texts of the data stay what they are."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import inert

# Pixels. Five side by side on a desk, two on a phone.
_NARROWEST = 150
UNKNOWN = "not known"


def render(facts: Mapping[str, str | None], marks: Mapping[str, str] | None = None) -> None:
    """Draws word -> fact; `marks` says of some in words what is wrong with them."""
    with st.grid(min_column_width=_NARROWEST, gap="small"):
        for word, fact in facts.items():
            with st.container(gap=None):
                st.caption(word)
                _fact(fact, (marks or {}).get(word, ""))
    whole({word: fact for word, fact in facts.items() if fact})


def _fact(fact: str | None, mark: str) -> None:
    if fact:
        # Not as Markdown, where an address that is copied would hold more than one sees.
        st.text(inert.plain(fact))
    if mark:
        st.markdown(f":material/error: {mark}")
    elif not fact:
        st.text(UNKNOWN)


def whole(texts: Mapping[str, str]) -> None:
    """All of those texts that are cut above, to be opened."""
    for word, text in texts.items():
        if inert.is_cut(text):
            with st.expander(f"The whole text: {inert.markdown(word)}"):
                st.code(inert.whole(text), language=None, wrap_lines=True)
