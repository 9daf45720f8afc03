"""The numbers by channel, campaign, rep or team: one as bars, all of them as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import empty_state, plot
from components.charts import breakdown as bars
from components.charts import theme
from queries import breakdown, definitions

_BY, _METRIC = "breakdown.by", "breakdown.metric"
_LABELS = {"channel": "Channel", "campaign": "Campaign", "rep": "Rep", "team": "Team"}
# More bars than this do not fit a screen; the rest is in the table and counted in the title.
_MOST_BARS = {False: 12, True: 8}


def chosen() -> str:
    """The dimension: from the URL (`by`), else channel."""
    asked = st.query_params.get("by", breakdown.DIMENSIONS[0])
    return asked if asked in breakdown.DIMENSIONS else breakdown.DIMENSIONS[0]


def choose(by: str, *, is_present: bool) -> None:
    """Draws the heading and the choice of the dimension, which stands at `by`."""
    st.header(f"By {_LABELS[by].lower()}")
    if not is_present:
        st.session_state[_BY] = by
        st.segmented_control(
            "Break down by",
            breakdown.DIMENSIONS,
            key=_BY,
            required=True,
            format_func=_LABELS.__getitem__,
            on_change=_remember,
            label_visibility="collapsed",
        )


def _remember() -> None:
    st.query_params["by"] = st.session_state[_BY] or breakdown.DIMENSIONS[0]


def render(rows: pd.DataFrame, by: str, *, currency: str, is_present: bool) -> None:
    """Draws the bars of one metric and the table of all. Frame: queries.breakdown.by."""
    metrics = [metric for metric in definitions.TILES if rows[metric].notna().any()]
    if rows.empty or not metrics:
        empty_state.render("Nothing happened in this period with these filters.")
        return
    metric = _choose_metric(metrics, is_present=is_present)
    _bars(rows, by, metric, is_present=is_present, currency=currency)
    if not is_present:
        _table(rows, by, metrics, currency)


def _choose_metric(metrics: list[str], *, is_present: bool) -> str:
    preferred = next((key for key in ("leads", "won") if key in metrics), metrics[0])
    asked = st.query_params.get("metric", preferred)
    chosen = asked if asked in metrics else preferred
    if is_present:
        return chosen
    st.session_state[_METRIC] = chosen
    st.selectbox(
        "Bars show",
        metrics,
        key=_METRIC,
        format_func=lambda key: definitions.METRICS[key].label,
        on_change=_remember_metric,
        width=280,
    )
    return chosen


def _remember_metric() -> None:
    st.query_params["metric"] = st.session_state[_METRIC]


def _bars(rows: pd.DataFrame, by: str, metric: str, *, is_present: bool, currency: str) -> None:
    label = definitions.METRICS[metric].label
    most = _MOST_BARS[is_present]
    known = rows[rows[metric].notna()].sort_values(
        metric, ascending=False, kind="stable", ignore_index=True
    )
    shown = known.head(most)
    title = f"{label}: the {most} largest of {len(known)}" if len(known) > most else label
    plot.draw(
        f"breakdown_{by}",
        bars.bars,
        pd.DataFrame({"label": shown["label"], "value": shown[metric]}),
        alt_text=f"{label} by {by}: "
        + ", ".join(
            f"{name} {value:,.0f}"
            for name, value in zip(shown["label"], shown[metric], strict=True)
        ),
        value_label=title,
        value_format=theme.COMPACT if metric == "revenue" else theme.COUNT,
        unit=currency if metric == "revenue" else "",
    )


def _table(rows: pd.DataFrame, by: str, metrics: list[str], currency: str) -> None:
    columns = {"label": st.column_config.TextColumn(_LABELS[by], pinned=True)}
    for key in metrics:
        label = definitions.METRICS[key].label
        if definitions.METRICS[key].unit == "money" and currency:
            label = f"{label}, {currency}"
        columns[key] = st.column_config.NumberColumn(label, format="localized")
    with st.container(key=f"table_breakdown_{by}"):
        st.dataframe(
            rows[["label", *metrics]],
            hide_index=True,
            placeholder="",
            column_config=columns,
            alt=f"All metrics by {by}",
        )
