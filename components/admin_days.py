"""Days on which somebody works or does not, unlike usual: the list, a new one, striking one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components import admin_working_time, auth, book, data, inert
from components import format as formats
from queries import (
    audit,
    opening_hours,
    people,
    records,
    words,
    working_time,
    working_time_changes,
)

_ADDED = "admin_days.added"
_HOURS, _NOTE = f"{auth.TYPED}days_hours", f"{auth.TYPED}days_note"
_ABOUT = (
    "A public holiday more or less, a working Saturday, leave of a rep. Of two entries for the"
    " same day, the one for a rep counts before the team's, and the team's before the company's;"
    " else the one entered later. Leave counts from the moment on at which it is entered."
)


def render(user: people.User, entered: working_time.WorkingTime, labels: Mapping[str, str]) -> None:
    """Draws it. `labels`: of admin_working_time.scopes."""
    st.header("Days that differ")
    st.caption(_ABOUT)
    if entered.exceptions:
        # The newest first.
        _list(user, entered.exceptions[::-1], labels)
    _add(user, labels)


def _list(
    user: people.User,
    listed: tuple[working_time.DaysThatDiffer, ...],
    labels: Mapping[str, str],
) -> None:
    zone = data.configured().company_time_zone
    names = [labels[admin_working_time.scope_of(one.scope_kind, one.scope_id)] for one in listed]
    shown = pd.DataFrame(
        {
            "For": names,
            "Days": [words.period(one.first_day, one.last_day) for one in listed],
            "What": [_what(one) for one in listed],
            "What for": [one.note for one in listed],
            "Entered": [words.moment(one.entered_at, zone) for one in listed],
            "By": [one.entered_by for one in listed],
        }
    )
    with st.container(key="table_days"):
        st.dataframe(shown, hide_index=True, placeholder="", alt="Days that differ")
    titles = formats.told_apart(
        {
            one.exception_id: f"{name}, {words.period(one.first_day, one.last_day)}, {_what(one)}"
            for one, name in zip(listed, names, strict=True)
        },
        {one.exception_id: f"{one.entered_at:%d %b %H:%M:%S.%f}" for one in listed},
    )
    with st.form("admin_days.strike"):
        chosen = st.selectbox("Days", list(titles), format_func=titles.get, index=None)
        is_sent = st.form_submit_button("Strike these days")
        slots = {"": st.empty()}
    if is_sent and chosen:
        title = inert.markdown(titles[chosen])
        admin_working_time.do(user, lambda rows, act: _strike(rows, act, chosen, title), slots)


def _what(one: working_time.DaysThatDiffer) -> str:
    if not one.is_working:
        return "leave" if one.is_leave else "off"
    return f"working, {opening_hours.said([one.span]) if one.span else 'usual hours'}"


def _strike(rows: book.Connection, act: audit.Act, chosen: str, title: str) -> str:
    working_time_changes.strike(rows, act, chosen)
    return f"Struck: {title}."


def _add(user: people.User, labels: Mapping[str, str]) -> None:
    if st.session_state.pop(_ADDED, False):
        st.session_state.update({_HOURS: "", _NOTE: ""})
    today = records.now().date()
    with st.form("admin_days.add"):
        scope = st.selectbox("For", list(labels), format_func=labels.get, key="admin_days.scope")
        kinds = ("Off", "Working")
        kind = st.radio("What", kinds, horizontal=True, key="admin_days.kind")
        first = st.date_input("First day", today, key="admin_days.first")
        last = st.date_input("Last day", today, key="admin_days.last")
        slots = {"last_day": st.empty()}
        hours = st.text_input(
            "Hours of working days, such as 09:00-13:00; empty is the usual ones",
            key=_HOURS,
            max_chars=100,
        )
        slots["hours"] = st.empty()
        longest = working_time_changes.LONGEST_NOTE
        note = st.text_input("What for", key=_NOTE, max_chars=longest)
        slots["note"] = slots[""] = st.empty()
        is_sent = st.form_submit_button("Enter these days")
    if is_sent and scope:
        to_whom = admin_working_time.parts_of(scope)
        wanted = working_time_changes.WantedDays(
            *to_whom, first, last, kind == "Working", hours, note
        )
        name = inert.markdown(labels[scope])
        admin_working_time.do(
            user, lambda rows, act: _enter(rows, act, wanted, name), slots, _ADDED
        )


def _enter(
    rows: book.Connection, act: audit.Act, wanted: working_time_changes.WantedDays, name: str
) -> str:
    working_time_changes.add_exception(rows, act, wanted)
    return f"{words.period(wanted.first_day, wanted.last_day)} was entered for {name}."
