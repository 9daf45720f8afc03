"""The opportunities of a lead, and what was earned."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import data, empty_state, handoff_choice, lead_facts
from components import format as formats
from queries import frames, words

_OUTCOMES = {"open": "Open", "won": "Closed-won", "lost": "Closed-lost"}


def opportunities(rows: pd.DataFrame, hidden: int) -> None:
    """The opportunities, newest first, and what was earned. Frame: queries.lead_deals.load;
    `hidden`: how many more there are that the reader may not see."""
    st.header("Opportunities and revenue", anchor=False)
    if rows.empty and not hidden:
        empty_state.render("No opportunity of this person is known.")
    won = rows[rows["outcome"] == "won"]
    if not won.empty:
        deals = f"{len(won)} closed-won {'deal' if len(won) == 1 else 'deals'}"
        earned = _money(won["amount"].sum(min_count=1))
        lead_facts.render({"Revenue (booked)": f"{earned} from {deals}"})
    if hidden:
        others = "opportunity is" if hidden == 1 else "opportunities are"
        st.caption(f"{hidden} more {others} owned by others and not shown to you.")
    for row in reversed(frames.records(rows)):
        with st.container(border=True):
            lead_facts.render(_of_deal(row))


def _of_deal(row: dict[str, Any]) -> dict[str, str | None]:
    facts = {
        "Opportunity": row["opportunity_id"],
        "Outcome": _OUTCOMES[row["outcome"]],
        "Stage": row["stage"],
        "Amount": _money(row["amount"]),
        "Owner": row["owner"] or "Unassigned",
        "Opened": _moment(row["created_at"]),
    }
    if row["outcome"] != "open":
        facts["Closed"] = _moment(row["closed_at"])
    if row["outcome"] == "lost":
        facts["Reason"] = row["loss_reason"] or "none given"
    return facts


def _moment(at: Any) -> str | None:
    return words.moment(at, handoff_choice.zone()) if at is not None else None


def _money(amount: float | None) -> str:
    return formats.money(amount, data.snapshot().currency)
