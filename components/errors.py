"""The one place where what went wrong becomes something a reader can use."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components import book, data, inert

_log = logging.getLogger("smarketing")


@contextmanager
def boundary() -> Iterator[None]:
    """Runs a page; whatever fails in it is said in a sentence, never as a trace."""
    try:
        yield
    except data.NoSnapshot:
        waiting()
    except data.DataUnavailable as unavailable:
        st.error(str(unavailable))
    except book.Unavailable as unavailable:
        _log.error("the records do not answer", exc_info=unavailable)
        without_records(str(unavailable))
    except Exception as error:  # noqa: BLE001 - the boundary: our own bugs end here
        st.error(sentence(error))


def sentence(error: Exception) -> str:
    """Logs an error of ours under a reference, and returns what the reader may know of it."""
    reference = uuid.uuid4().hex[:8]
    _log.error("reference %s", reference, exc_info=error)
    return f"Something went wrong on our side. Your filters are kept. Reference: {reference}"


@st.fragment(run_every=2)
def waiting() -> None:
    """There is no snapshot yet: says so, and starts over when there is one."""
    status = data.refresh_status()
    if status.failure:
        st.error(f"The data could not be read: {inert.markdown(status.failure)}")
    st.info("The data is being read for the first time. This page opens by itself.")
    try:
        data.newest()
    except data.NoSnapshot:
        return
    st.rerun()


@st.fragment(run_every=3)
def without_records(said: str) -> None:
    """The records do not answer: says so, and starts over when they do again."""
    st.error(said)
    try:
        with book.reading() as connection:
            connection.exec_driver_sql("select 1")
    except book.Unavailable:
        return
    st.rerun()
