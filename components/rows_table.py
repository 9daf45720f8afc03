"""The rows behind a number: paged on the server, linked to their leads, to take away as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components import auth, data, lead_link
from queries import exports, people, rows, words
from queries import filters as views

_PAGE = "rows_table.page"
# Pixels of 2026-11-22 and the room beside it.
_DAY_WIDTH = 96
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES = {
    "lead_id": "Lead",
    "lead_name": "Name",
    "company": "Company",
    "channel": "Channel",
    "campaign": "Campaign",
    "rep": "Rep",
    "created_on": "Created",
    "mql_on": "MQL",
    "sal_on": "SAL",
    "sql_on": "SQL",
    "opportunity_on": "Opportunity",
    "customer_on": "Closed-won",
    "is_inferred": "Inferred",
    "opportunity_id": "Opportunity",
    "stage": "Stage",
    "outcome": "Outcome",
    "closed_on": "Closed",
    "amount": "Amount",
    "traffic_date": "Day",
    "sessions": "Sessions",
    "handoff_no": "Hand-off",
    "handed_on": "Handed over",
    "assigned_on": "Assigned",
    "first_attempt_on": "First attempt",
    "first_contact_on": "First contact",
    "state": "State",
    "decided_on": "Decided",
    "decided_by": "Decided by",
    "reason_code": "Reason",
    "recycle_until": "Comes back",
    "promise": "Promise",
    "due": "Due",
    "what": "What happened",
    "rep_then": "Rep when due",
    "rep_now": "Rep",
    "owners": "Who had it",
}


@dataclass(frozen=True)
class Behind:
    """The rows behind a number: their count, one page of them, and all of a snapshot's."""

    key: str
    label: str
    n: int
    page: Callable[[int], pd.DataFrame]
    everything: Callable[[data.Snapshot], pd.DataFrame]


def start_over() -> None:
    """The next rows are shown from their first page on."""
    st.session_state.pop(_PAGE, None)


def render(behind: Behind, user: people.User, filters: views.Filters) -> None:
    """Draws a page of the rows, and what to take them away with."""
    if behind.n == 0:
        st.info("No rows in this period with these filters.")
        return
    pages = -(-behind.n // rows.PAGE)
    number = st.pagination(pages, key=_PAGE) if pages > 1 else 1
    shown = behind.page(number)
    first = (number - 1) * rows.PAGE + 1
    st.caption(f"Rows {first:,} to {first + len(shown) - 1:,} of {behind.n:,}")
    with st.container(key=f"table_rows_{behind.key}"):
        st.dataframe(
            lead_link.linked(shown),
            hide_index=True,
            placeholder="",
            column_config={name: _column(name) for name in shown.columns},
            alt=f"Rows behind {behind.label}",
        )
    with st.container(horizontal=True):
        _download("CSV", "text/csv", behind, user, filters)
        if behind.n <= exports.EXCEL_ROWS:
            _download("XLSX", _XLSX, behind, user, filters)
        else:
            st.caption("Too many rows for Excel; CSV has them all.")


def _column(name: str) -> Any:
    if name == lead_link.COLUMN:
        return lead_link.column(TITLES[name])
    # Streamlit takes the width from the first rows, where most days are still missing.
    width = _DAY_WIDTH if name.endswith("_on") else None
    return st.column_config.Column(TITLES[name], width=width)


def _download(
    kind: str, mime: str, behind: Behind, user: people.User, filters: views.Filters
) -> None:
    name = f"{behind.key}_{filters.start.isoformat()}_{filters.end.isoformat()}"
    st.download_button(
        f"Export {kind}",
        data=_export(kind, behind, user, filters),
        file_name=f"{name}.{kind.lower()}",
        mime=mime,
        on_click="ignore",
        key=f"rows_table.export_{kind}",
        icon=":material/download:",
    )


def _export(
    kind: str, behind: Behind, user: people.User, filters: views.Filters
) -> Callable[[], bytes]:
    """Made when it is clicked, in another thread: it takes along what it needs of this session."""
    pinned = data.snapshot()
    view = words.view(filters, data.known_choices(user), is_compared=False)

    def make() -> bytes:
        frame = behind.everything(pinned).rename(columns=TITLES)
        if kind == "CSV":
            return exports.csv_bytes(frame)
        about = [
            ("Metric", behind.label),
            ("View", view),
            ("Data as of", words.moment(pinned.read_at, pinned.zone)),
            ("Rows", str(len(frame))),
        ]
        return exports.xlsx_bytes(frame, sheet=behind.key, about=about)

    return auth.only_while_here(make, f"{behind.key}, {kind}", view)
