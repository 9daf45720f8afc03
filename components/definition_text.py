"""A definition as it holds on a day: its words, its version, and the rule that is computed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components import book, data, inert
from queries import definition_versions, definitions, words


def render(key: str, on: date) -> None:
    """The version in force on a day; under the company's own wording stands the exact rule."""
    held = book.definition(key, on)
    if held.is_shipped:
        st.markdown(held.plain_text)
        st.caption("Version 1, as it ships.")
        return
    st.text(inert.whole(held.plain_text))
    st.caption(inert.markdown(said(held)))
    st.markdown("**The exact rule**")
    st.markdown(definitions.text_of(key))


def said(version: definition_versions.Version) -> str:
    """Version 2, from 1 Aug 2026 on, agreed by lee on 3 Jul 2026, 14:02."""
    if version.is_shipped:
        return "Version 1, as it ships."
    at = words.moment(version.agreed_at, data.snapshot().zone)
    begins = words.day(version.effective_from)
    return f"Version {version.version}, from {begins} on, agreed by {version.agreed_by} on {at}."
