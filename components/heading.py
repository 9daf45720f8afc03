"""The head of every page: its title, its view in words, how old the data is, what was ignored."""

from __future__ import annotations

import streamlit as st

from components import auth, data, filter_bar, inert
from queries import filters as views
from queries import words
from queries.refresh import background

# How often an open page looks whether a newer snapshot is there.
_LOOK_SECONDS = 20


def render(title: str, known: views.Choices, *, is_filtered: bool, is_compared: bool) -> None:
    """Draws the head; an open page starts over by itself when there is newer data, or a refresh
    has failed. What the period is compared with is said if the page compares it."""
    snapshot = data.snapshot()
    company = data.configured().company_name
    st.title(f"{title} · {inert.markdown(company)}" if company else title)
    with st.container(key="sentence"):
        view = words.view(filter_bar.current(), known, is_compared=is_compared)
        about = f"{inert.markdown(view)} · data" if is_filtered else "Data"
        as_of = words.moment(snapshot.read_at, snapshot.zone)
        st.markdown(f"{about} as of **{as_of}**{_newest_row()}")
    if is_filtered:
        _render_notes(known)
    status = data.refresh_status()
    if status.failure:
        failure = inert.markdown(status.failure)
        st.warning(f"The last refresh failed, so these are older data: {failure}")
    _watch(status)


def _render_notes(known: views.Choices) -> None:
    if filter_bar.current().as_of < known.as_of:
        st.button("Show the newest data", on_click=filter_bar.show_newest, key="heading.newest")
    if filter_bar.notes():
        st.warning("\n\n".join(inert.markdown(note) for note in filter_bar.notes()))


def _newest_row() -> str:
    """How old the source itself is, where that is not obvious."""
    snapshot = data.snapshot()
    if snapshot.newest_at is None or (snapshot.read_at - snapshot.newest_at).days < 1:
        return ""
    return f" (newest row {words.moment(snapshot.newest_at, snapshot.zone)})"


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(drawn: background.Status) -> None:
    auth.still_here()
    status = data.refresh_status()
    has_ended = drawn.is_running and not status.is_running
    if has_ended or status.failure != drawn.failure or data.has_newer():
        st.rerun()
