"""May we trust it? For RevOps and for whoever doubts a number: what was read, refused, unclear."""

from __future__ import annotations

import streamlit as st

from components import auth, data, health_section
from queries import health

user = auth.require_user()

relations = data.load_plain(health.relations)
health_section.relations(relations)

st.header("Refused rows")
refused = data.load_plain(health.refused, scope=user.scope, limit=health_section.MOST_ROWS)
health_section.refused(
    refused, int(relations["rows_refused"].sum()), is_shown=health.sees_all_rows(user.scope)
)

st.header("Stage names nobody has mapped")
health_section.unmapped(data.load_plain(health.unmapped))

st.header("Kept, but doubtful")
health_section.findings(data.load_plain(health.findings, scope=user.scope))
