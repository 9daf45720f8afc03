"""The timeline of a lead: what happened, day by day, newest first, as lists that fit a phone."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import streamlit as st

from components import data, empty_state, handoff_choice, inert, lead_facts
from components import format as formats
from queries import words

PAGE = 100


def render(rows: pd.DataFrame, lead_id: str) -> None:
    """Draws one page of it. Frame: queries.lead_timeline.load."""
    st.header("Timeline", anchor=False)
    if rows.empty:
        empty_state.render("Nothing that happened to this person is known.")
        return
    pages = -(-len(rows) // PAGE)
    # Another person begins at the first page.
    key = f"lead_history.page_{lead_id}"
    number = st.pagination(pages, key=key) if pages > 1 else 1
    first = (number - 1) * PAGE
    page = rows[::-1].iloc[first : first + PAGE]
    entries = "entry" if len(rows) == 1 else "entries"
    span = f"{first + 1:,} to {first + len(page):,} of " if pages > 1 else ""
    st.caption(f"{span}{len(rows):,} {entries}, newest first")
    plain = page.astype(object)
    records = plain.where(plain.notna(), None).to_dict("records")
    for day, of_day in itertools.groupby(records, _day):
        _render_day(day, list(of_day))


def _day(entry: dict[str, Any]) -> str:
    return _moment(entry)[0]


def _moment(entry: dict[str, Any]) -> list[str]:
    """The day and the time of it."""
    return words.moment(entry["at"], handoff_choice.zone()).rsplit(", ", 1)


def _render_day(day: str, entries: list[dict[str, Any]]) -> None:
    st.subheader(day, anchor=False)
    st.markdown("\n".join(f"- {_line(entry)}" for entry in entries))
    lead_facts.whole(
        {
            f"{_moment(entry)[1]}, {part}": entry[part]
            for entry in entries
            for part in ("title", "detail", "who")
            if entry[part]
        }
    )


def _line(entry: dict[str, Any]) -> str:
    parts = [f"**{inert.markdown(entry['title'])}**"]
    parts += [inert.markdown(entry[part]) for part in ("detail", "who") if entry[part]]
    if entry["amount"] is not None:
        parts.append(inert.markdown(formats.money(entry["amount"], data.snapshot().currency)))
    if entry["is_inferred"]:
        parts.append("inferred")
    return f"{_moment(entry)[1]} · {' · '.join(parts)}"
