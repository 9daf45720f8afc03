"""Whose hand-offs are open and how many were answered in time, by rep or team."""

from __future__ import annotations

from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from components import empty_state, handoff_choice, handoff_tiles, work_list
from components import format as formats
from queries import filters
from queries.handoffs import metrics

_STATES = {
    key: metrics.METRICS[key].label for key in ("open", "overdue", "due_soon", "running", "paused")
}
_ORDER = "In the order of their names, not of their results."
_CHARGED = (
    " A first attempt that was due counts for whoever had the lead when it was due, also after it"
    " went to somebody else."
)


def render(rows: pd.DataFrame, by: str, *, can_open: bool, has_attempts: bool) -> None:
    """Draws it. Frame: queries.handoffs.counts.board. If the reader `can_open` the open ones of a
    row, choosing it leads to them. What nobody knows without attempts is left out."""
    if rows.empty:
        was_due = ", and nothing was due in this period" if has_attempts else ""
        empty_state.render(f"Nothing is open{was_due}.")
        return
    columns: dict[str, Any] = {"label": st.column_config.TextColumn(by.capitalize(), pinned=True)}
    for key, label in _STATES.items():
        columns[key] = st.column_config.NumberColumn(label, format="localized")
    columns["due"] = st.column_config.NumberColumn("Were due", format="localized")
    columns["in_time"] = st.column_config.TextColumn("Answered in time")
    shown = rows
    if has_attempts:
        shown = rows.assign(in_time=[_in_time(row) for row in rows.to_dict("records")])
    else:
        columns = {name: columns[name] for name in ("label", "open")}
    with st.container(key=f"table_board_{by}"):
        chosen = st.dataframe(
            shown[list(columns)],
            width="stretch" if has_attempts else "content",
            hide_index=True,
            placeholder="",
            column_config=columns,
            alt=f"Open and due hand-offs by {by}",
            key=f"handoff_board.{by}",
            on_select="rerun" if can_open else "ignore",
            selection_mode="single-row",
        )
    if can_open and chosen["selection"]["rows"]:
        _open(rows.iloc[chosen["selection"]["rows"][0]]["key"], by)
    how = "Choose a row to see its open hand-offs. " if can_open else ""
    st.caption(f"{how}{_ORDER}{_CHARGED if has_attempts else ''}")


def _in_time(row: dict[str, Any]) -> str:
    if row["due"] == 0:
        return formats.NOT_APPLICABLE
    if row["due"] < handoff_tiles.FEWEST:
        return f"{row['met']} of {row['due']}"
    low, high = formats.rate(row["low"]), formats.rate(row["high"])
    return f"{formats.rate(row['rate'])} ({low} to {high})"


def _open(key: Any, by: str) -> NoReturn:
    """The open hand-offs of a rep or team, in the list."""
    st.query_params[by] = [filters.UNSET if pd.isna(key) else str(key)]
    work_list.show("open")
    handoff_choice.go_to("list")
