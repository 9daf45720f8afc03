"""Who may sign in, who is signed in, and who did what: for the people who let others in."""

from __future__ import annotations

import streamlit as st

from components import admin_people, admin_records, auth, book, data

user = auth.require_user()
auth.require_role(user, "admin")

people_tab, sessions_tab, log_tab = st.tabs(["People", "Sessions", "Audit log"])
with people_tab:
    admin_people.render(user, book.everyone(), data.known_choices(user).rep)
with sessions_tab:
    admin_records.sessions(user, book.open_sessions())
with log_tab:
    asked = admin_records.search_words()
    total = book.entries_in_log(asked)
    number = admin_records.page_of(total)
    admin_records.log(book.log(asked, number), total, lambda: book.whole_log(asked))
