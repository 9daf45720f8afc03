"""Who is signed in where, and the log of who did what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import auth, book, data, empty_state
from components import format as formats
from queries import audit, exports, people, words
from queries import sessions as seats

_PAGE = "admin_records.page"


def sessions(user: people.User, open_ones: Sequence[Any]) -> None:
    """Sessions that give access now, and the way to end one. Rows: queries.sessions.open_ones."""
    zone = data.configured().company_time_zone
    shown = pd.DataFrame(
        {
            "Name": [one.name for one in open_ones],
            "Signed in": [words.moment(one.started_at, zone) for one in open_ones],
            "Last used": [words.moment(one.seen_at, zone) for one in open_ones],
            "From": [one.address for one in open_ones],
            "By": [one.method for one in open_ones],
            "Browser": [one.browser for one in open_ones],
        }
    )
    with st.container(key="table_sessions"):
        st.dataframe(shown, hide_index=True, placeholder="", alt="Sessions that give access")
    titles = formats.told_apart(
        {
            one.session_id: f"{one.name}, {words.moment(one.started_at, zone)}, {one.address}"
            for one in open_ones
        },
        {one.session_id: f"{one.started_at:%S.%f} s" for one in open_ones},
    )
    with st.form("admin_records.end"):
        chosen = st.selectbox("Session", list(titles), format_func=titles.get, index=None)
        if st.form_submit_button("End this session") and chosen:
            _end(user, chosen, titles[chosen])


def _end(user: people.User, session_id: str, title: str) -> None:
    act = book.act_of(user)
    with book.writing() as connection:
        seats.end(connection, session_id, act.at)
        audit.note(connection, act, "session ended", title)
    st.rerun()


def search_words() -> str:
    """What the log is searched for; draws the field."""
    return st.text_input(
        "Search the log",
        key=f"{auth.TYPED}audit_words",
        placeholder="a name, an address, an action",
        max_chars=200,
    )


def page_of(total: int) -> int:
    """Which page of the log is shown; draws the choice where there are several."""
    pages = -(-total // audit.PAGE)
    return st.pagination(pages, key=_PAGE) if pages > 1 else 1


def log(entries: pd.DataFrame, total: int, everything: Callable[[], pd.DataFrame]) -> None:
    """The entries of one page. Frame: queries.audit.search; `everything` gives all, to export."""
    if entries.empty:
        empty_state.render("No entry holds all of these words.")
        return
    zone = data.configured().company_time_zone
    st.caption(f"{total:,} entries, newest first. Nobody can change or remove any.")
    shown = pd.DataFrame(
        {
            "When": [words.moment(at, zone) for at in entries["at"]],
            "Who": entries["actor"],
            "From": entries["address"],
            "Did": entries["action"],
            "To": entries["subject"],
            "Details": entries["details"],
        }
    )
    with st.container(key="table_audit"):
        st.dataframe(shown, hide_index=True, placeholder="", alt="The audit log")
    st.download_button(
        "Export CSV",
        data=auth.only_while_here(
            lambda: exports.csv_bytes(everything()), "audit log, CSV", f"{total} entries"
        ),
        file_name="audit_log.csv",
        mime="text/csv",
        on_click="ignore",
        key="admin_records.export",
        icon=":material/download:",
    )
