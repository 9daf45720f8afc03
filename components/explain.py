"""From a number to its definition, the SQL that computed it, and the rows behind it.

`explain=<metric>` in the URL opens it, so that also this view can be shared by its link.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components import auth, data, inert
from components import format as formats
from queries import definitions, exports, people, rows, words
from queries import filters as views

_PARAMETER = "explain"
_PAGE = "explain.page"
# Pixels of 2026-11-22 and the room beside it.
_DAY_WIDTH = 96
_TITLES = {
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
}


def ask(metric: str) -> None:
    """Puts the question into the URL; `render` answers it."""
    st.query_params[_PARAMETER] = metric
    st.session_state.pop(_PAGE, None)


def render(tiles: pd.DataFrame, user: people.User, filters: views.Filters) -> None:
    """Opens the answer if the URL asks for one that there is. Frame: queries.overview.tiles."""
    metric = definitions.METRICS.get(st.query_params.get(_PARAMETER, ""))
    if metric is None or metric.key not in definitions.TILES:
        return
    st.dialog(metric.label, width="large", on_dismiss=_dismissed)(_answer)(
        metric, tiles.set_index("metric").loc[metric.key], user, filters
    )


def _dismissed() -> None:
    st.query_params.pop(_PARAMETER, None)


def _answer(
    metric: definitions.Metric, tile: pd.Series, user: people.User, filters: views.Filters
) -> None:
    auth.still_here()
    if not tile["is_available"]:
        st.info(
            f"No data. Connect {metric.connect}: the relation {metric.needs} of docs/operations.md."
        )
        st.markdown(definitions.text_of(metric.key))
        return
    st.markdown(f"**{_worth(metric, tile)}** · {words.period(filters.start, filters.end)}")
    behind, meaning, code = st.tabs(["Rows", "Definition", "SQL"])
    with behind:
        _rows(metric, int(tile["n"]), user, filters)
    with meaning:
        st.markdown(definitions.text_of(metric.key))
    with code:
        st.code(rows.sql_of_tile(filters, user.scope, metric.key), language="sql", wrap_lines=True)


def _worth(metric: definitions.Metric, tile: pd.Series) -> str:
    """The value, and of how many rows it is made where it is not their count."""
    n = int(tile["n"])
    made_of = f"{n:,} {metric.row if n == 1 else metric.rows}"
    if metric.unit == "money":
        currency = data.snapshot().currency
        return inert.markdown(f"{formats.money(tile['value'], currency)} from {made_of}")
    return f"{tile['value']:,.0f} in {made_of}" if metric.key == "sessions" else made_of


def _rows(metric: definitions.Metric, n: int, user: people.User, filters: views.Filters) -> None:
    if not user.scope.sees_persons and metric.key != "sessions":
        st.info("Single rows are not for your role: they are about people.")
        return
    if n == 0:
        st.info("No rows in this period with these filters.")
        return
    pages = -(-n // rows.PAGE)
    number = st.pagination(pages, key=_PAGE) if pages > 1 else 1
    shown = data.load(rows.page, filters, user=user, metric=metric.key, number=number)
    first = (number - 1) * rows.PAGE + 1
    st.caption(f"Rows {first:,} to {first + len(shown) - 1:,} of {n:,}")
    with st.container(key=f"table_rows_{metric.key}"):
        st.dataframe(
            shown,
            hide_index=True,
            placeholder="",
            column_config={name: _column(name) for name in shown.columns},
            alt=f"Rows behind {metric.label}",
        )
    with st.container(horizontal=True):
        _download("CSV", "text/csv", metric, user, filters)
        if n <= exports.EXCEL_ROWS:
            _download("XLSX", _XLSX, metric, user, filters)
        else:
            st.caption("Too many rows for Excel; CSV has them all.")


def _column(name: str) -> Any:
    # Streamlit takes the width from the first rows, where most days are still missing.
    width = _DAY_WIDTH if name.endswith("_on") else None
    return st.column_config.Column(_TITLES[name], width=width)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _download(
    kind: str, mime: str, metric: definitions.Metric, user: people.User, filters: views.Filters
) -> None:
    name = f"{metric.key}_{filters.start.isoformat()}_{filters.end.isoformat()}"
    st.download_button(
        f"Export {kind}",
        data=_export(kind, metric, user, filters),
        file_name=f"{name}.{kind.lower()}",
        mime=mime,
        on_click="ignore",
        key=f"explain.export_{kind}",
        icon=":material/download:",
    )


def _export(
    kind: str, metric: definitions.Metric, user: people.User, filters: views.Filters
) -> Callable[[], bytes]:
    """Made when it is clicked, in another thread: it takes along what it needs of this session."""
    pinned, known = data.snapshot(), data.known_choices(user)

    def make() -> bytes:
        frame = data.load_from(pinned, rows.everything, filters, user=user, metric=metric.key)
        frame = frame.rename(columns=_TITLES)
        if kind == "CSV":
            return exports.csv_bytes(frame)
        about = [
            ("Metric", metric.label),
            ("View", words.view(filters, known)),
            ("Data as of", words.moment(pinned.read_at, pinned.zone)),
            ("Rows", str(len(frame))),
        ]
        return exports.xlsx_bytes(frame, sheet=metric.key, about=about)

    return auth.only_while_here(make, f"{metric.key}, {kind}", words.view(filters, known))
