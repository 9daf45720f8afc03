"""Who may sign in, is signed in, did what, and works when: for the people who let others in."""

from __future__ import annotations

import streamlit as st

from components import admin_days, admin_people, admin_records, admin_working_time, auth, book, data

user = auth.require_user()
auth.require_role(user, "admin")

known, entered = data.known_choices(user), book.entered_working_time()
tabs = ["People", "Sessions", "Audit log", "Working time"]
people_tab, sessions_tab, log_tab, working_tab = st.tabs(tabs)
with people_tab:
    admin_people.render(user, book.everyone(), known.rep)
with sessions_tab:
    admin_records.sessions(user, book.open_sessions())
with log_tab:
    asked = admin_records.search_words()
    total = book.entries_in_log(asked)
    number = admin_records.page_of(total)
    admin_records.log(book.log(asked, number), total, lambda: book.whole_log(asked))
with working_tab:
    labels = admin_working_time.scopes(entered, known.rep, known.team)
    admin_working_time.render(user, entered, labels)
    admin_days.render(user, entered, labels)
