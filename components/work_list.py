"""The open hand-offs one by one, the most urgent first, with what can be done about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from components import decide_form, due_words, handoff_choice, inert, lead_link
from components import format as formats
from queries import frames, people, words
from queries.handoffs import decisions, listing, metrics

STATES = ("open", "overdue", "due_soon", "running", "paused", "no_clock")
_STATE, _PAGE = "work_list.state", "work_list.page"
_PARAMETER = "state"
# A sign and a word: never by colour alone.
_BADGES = {
    "overdue": (":material/alarm:", "red"),
    "due_soon": (":material/hourglass_bottom:", "orange"),
    "running": (":material/timer:", "blue"),
    "paused": (":material/pause_circle:", "gray"),
    "no_clock": (":material/timer_off:", "gray"),
}


def state() -> str:
    """Which of them are asked for: by the address, else all that are open."""
    asked = st.query_params.get(_PARAMETER, STATES[0])
    return asked if asked in STATES else STATES[0]


def show(asked: str) -> None:
    """Asks for those in this state."""
    st.query_params[_PARAMETER] = asked
    st.session_state.pop(_PAGE, None)


def choose(counts: Mapping[str, int | None]) -> None:
    """Draws the choice of the state."""
    chosen = state()
    offered = [key for key in STATES if counts[key] or key in (chosen, STATES[0])]
    st.session_state[_STATE] = chosen
    st.segmented_control(
        "Which ones",
        offered,
        key=_STATE,
        required=True,
        format_func=lambda key: f"{metrics.METRICS[key].label} {formats.count(counts[key])}",
        on_change=_remember,
        label_visibility="collapsed",
    )


def number(total: int) -> int:
    """The number of the page that is shown, from 1; the last one where the list became shorter."""
    return min(st.session_state.get(_PAGE) or 1, max(-(-total // listing.PAGE), 1))


def turn(total: int) -> None:
    """Draws the choice of the page, where there are several: below the list, for who is through."""
    pages = -(-total // listing.PAGE)
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _remember() -> None:
    show(st.session_state[_STATE] or STATES[0])


def render(
    rows: pd.DataFrame, user: people.User, *, now: datetime, zone: str, total: int, number: int
) -> None:
    """Draws a page of it. Frame: queries.handoffs.listing.page; `now` is UTC, naive."""
    if rows.empty:
        st.info("Nothing is open here." if number == 1 else "This page is past the end.")
        return
    first = (number - 1) * listing.PAGE + 1
    has_clocks = (rows["state"] != "no_clock").any()
    order = "the most urgent first" if has_clocks else "the oldest first"
    st.caption(f"{first:,} to {first + len(rows) - 1:,} of {total:,}, {order}")
    can_decide = decisions.may_decide(user) and not handoff_choice.is_past(now)
    with st.container(key="table_work_list", gap="xsmall"):
        for row in frames.records(rows):
            _row(row, user, now, zone, can_decide=can_decide)


def _row(
    row: dict[str, Any], user: people.User, now: datetime, zone: str, *, can_decide: bool
) -> None:
    with st.container(
        key=f"work_list_row_{row['handoff_id']}",
        border=True,
        horizontal=True,
        vertical_alignment="center",
    ):
        with st.container(gap=None, width=230):
            sign, colour = _BADGES[row["state"]]
            st.badge(metrics.METRICS[row["state"]].label, icon=sign, color=colour)
            st.caption(_due(row, now, zone))
        with st.container(gap=None, width="stretch"):
            lead_link.render(row["lead_id"], _who(row))
            st.caption(inert.markdown(_about(row, user)))
        if can_decide and st.button(
            "Decide", key=f"work_list.decide_{row['handoff_id']}", help=_who(row)
        ):
            decide_form.ask(row["handoff_id"])


def _due(row: dict[str, Any], now: datetime, zone: str) -> str:
    today = words.local_day(now, zone)
    if row["state"] == "no_clock":
        return f"handed over {due_words.when(row['handed_at'].to_pydatetime(), zone, today)}"
    at = row["due_at"] and row["due_at"].to_pydatetime()
    said = due_words.due(row["state"], row["left"], at, zone, now)
    if row["state"] == "paused":
        until = row["paused_until"].to_pydatetime()
        said = f"until {due_words.when(until, zone, today)}"
    # How late it was on whose wall helps nobody any more.
    is_ahead = at and row["state"] != "overdue"
    elsewhere = due_words.beside(at, zone, row["rep_zone"]) if is_ahead else ""
    return " · ".join(part for part in (said, elsewhere) if part)


def _who(row: dict[str, Any]) -> str:
    name = row["lead_name"] or f"Lead {row['lead_id']}"
    return f"{name} · {row['company']}" if row["company"] else str(name)


def _about(row: dict[str, Any], user: people.User) -> str:
    attempts = row["attempts"]
    done = f"{attempts} attempt{'s' * (attempts > 1)}, not decided yet"
    # Of whom no clock runs, activities are not known from the beginning on, if at all.
    none = "no attempt known" if row["state"] == "no_clock" else "no attempt yet"
    parts = [
        done if attempts else none,
        # Whoever sees only their own needs no name on each.
        row["rep"] if user.role != "rep" else "",
        row["campaign"],
        f"hand-off {row['handoff_no']}" if row["handoff_no"] > 1 else "",
        f"missing: {row['missing']}" if row["missing"] else "",
        f"waiting for: {row['pause_reason']}" if row["state"] == "paused" else "",
    ]
    return " · ".join(str(part) for part in parts if part)
