"""The lists of the SLA page: what is due soon, and who was never attempted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import data, due_words, empty_state, lead_link, rows_table
from queries import filters as views
from queries import people
from queries.handoffs import answers, listing

_PAGE = "sla_lists.page"


def due_soon(
    user: people.User, filters: views.Filters, entered: answers.Entered, zone: str
) -> None:
    """The open hand-offs whose clock runs out soon, the most urgent first."""
    asked = {"user": user, "entered": entered, "key": "due_soon"}
    total = data.load(answers.count, filters, **asked).n
    if total is None:
        empty_state.no_activities()
        return
    if total == 0:
        empty_state.render("Nothing is due soon.")
        return
    pages = -(-total // listing.PAGE)
    number = st.pagination(pages, key=_PAGE) if pages > 1 else 1
    rows = data.load(answers.work_list, filters, number=number, **asked)
    first = (number - 1) * listing.PAGE + 1
    st.caption(f"{first:,} to {first + len(rows) - 1:,} of {total:,}, the most urgent first")
    with st.container(key="table_due_soon"):
        st.dataframe(
            lead_link.linked(_table(rows, filters, zone)),
            hide_index=True,
            placeholder="",
            column_config={lead_link.COLUMN: lead_link.column("Lead")},
            alt="Hand-offs that are due soon",
        )


def _table(rows: pd.DataFrame, filters: views.Filters, zone: str) -> pd.DataFrame:
    due = [
        due_words.due("due_soon", left, at.to_pydatetime(), zone, filters.as_of)
        for left, at in zip(rows["left"], rows["due_at"], strict=True)
    ]
    return pd.DataFrame(
        {
            lead_link.COLUMN: rows[lead_link.COLUMN],
            "Name": rows["lead_name"],
            "Company": rows["company"],
            "What is due": rows["waits_for"],
            "Due": due,
            "Rep": rows["rep"],
            "Campaign": rows["campaign"],
        }
    )


def ignored(user: people.User, filters: views.Filters, entered: answers.Entered) -> None:
    """The hand-offs of the period of which all was due, and nobody had tried to reach the lead."""
    st.caption("All that was promised was due in this period, and nobody had tried by then.")
    asked = {"user": user, "entered": entered, "key": "ignored"}
    total = data.load(answers.count, filters, **asked).n
    if total is None:
        empty_state.no_activities()
        return
    rows_table.render(
        rows_table.Behind(
            "handoffs_ignored",
            "Never attempted",
            total,
            page=lambda number: data.load(answers.rows_behind, filters, number=number, **asked),
            everything=lambda pinned: data.load_from(pinned, answers.rows_behind, filters, **asked),
        ),
        user,
        filters,
    )
