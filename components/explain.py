"""From a number to its definition, the SQL that computed it, and the rows behind it.

`explain=<metric>` in the URL opens it, so that also this view can be shared by its link.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components import auth, data, definition_text, inert, rows_table
from components import format as formats
from queries import definitions, people, rows, target_pacing, words
from queries import filters as views

_PARAMETER = "explain"


def ask(metric: str) -> None:
    """Puts the question into the URL; `render` answers it."""
    st.query_params[_PARAMETER] = metric
    rows_table.start_over()


def render(
    tiles: pd.DataFrame,
    user: people.User,
    filters: views.Filters,
    paces: Mapping[str, target_pacing.Pace] | None = None,
) -> None:
    """Opens the answer if the URL asks for one that there is. Frame: queries.overview.tiles."""
    metric = definitions.METRICS.get(st.query_params.get(_PARAMETER, ""))
    if metric is None or metric.key not in definitions.TILES:
        return
    st.dialog(metric.label, width="large", on_dismiss=_dismissed)(_answer)(
        metric,
        tiles.set_index("metric").loc[metric.key],
        user,
        filters,
        (paces or {}).get(metric.key),
    )


def _dismissed() -> None:
    st.query_params.pop(_PARAMETER, None)


def _answer(
    metric: definitions.Metric,
    tile: pd.Series,
    user: people.User,
    filters: views.Filters,
    pace: target_pacing.Pace | None,
) -> None:
    auth.still_here()
    if not tile["is_available"]:
        st.info(
            f"No data. Connect {metric.connect}: the relation {metric.needs} of docs/operations.md."
        )
        definition_text.render(metric.key, filters.end)
        return
    st.markdown(f"**{_worth(metric, tile)}** · {words.period(filters.start, filters.end)}")
    if pace:
        st.caption(inert.markdown(_target(metric, pace)))
    behind, meaning, code = st.tabs(["Rows", "Definition", "SQL"])
    with behind:
        _rows(metric, int(tile["n"]), user, filters)
    with meaning:
        definition_text.render(metric.key, filters.end)
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


def _target(metric: definitions.Metric, pace: target_pacing.Pace) -> str:
    """Target 320 · day 9 of 21, 47 % delivered, expected 43 % · at this pace 350 (310 to 396)"""

    def said(value: float) -> str:
        is_money = metric.unit == "money"
        return (
            formats.money(value, data.snapshot().currency)
            if is_money
            else f"{value:,.0f}"
            if value >= 10
            else f"{value:.2g}"
        )

    parts = [f"Target {said(pace.target)}", pace.in_words()]
    if pace.forecast and not pace.is_complete:
        ends = pace.forecast
        band = f" ({said(ends.low)} to {said(ends.high)})" if ends.low is not None else ""
        parts.append(f"at this pace {said(ends.value)}{band}")
    return " · ".join(parts)


def _rows(metric: definitions.Metric, n: int, user: people.User, filters: views.Filters) -> None:
    if not user.scope.sees_persons and metric.key != "sessions":
        st.info("Single rows are not for your role: they are about people.")
        return
    rows_table.render(
        rows_table.Behind(
            metric.key,
            metric.label,
            n,
            page=lambda number: data.load(
                rows.page, filters, user=user, metric=metric.key, number=number
            ),
            everything=lambda pinned: data.load_from(
                pinned, rows.everything, filters, user=user, metric=metric.key
            ),
        ),
        user,
        filters,
    )
