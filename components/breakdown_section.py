"""The numbers by channel, campaign, rep or team: one as bars, all of them as a table."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import content, empty_state, plot
from components.charts import breakdown as bars
from components.charts import theme
from queries import breakdown, definitions, people

_BY, _METRIC = "breakdown.by", "breakdown.metric"
_LABELS = {"channel": "Channel", "campaign": "Campaign", "rep": "Rep", "team": "Team"}
_NOTHING = "Nothing happened in this period with these filters."
_NO_DATA = "No data: connect what the tiles name."
# More bars than this do not fit a screen; the rest is in the table and counted in the title.
_MOST_BARS = {False: 12, True: 8}


class _Bars(NamedTuple):
    rows: pa.Table
    title: str
    message: str


def chosen(scope: people.Scope) -> str:
    """The dimension: from the URL (`by`) where the viewer may see it, else channel."""
    asked = st.query_params.get("by", breakdown.DIMENSIONS[0])
    return asked if asked in breakdown.dimensions(scope) else breakdown.DIMENSIONS[0]


def choose(by: str, scope: people.Scope, *, is_present: bool) -> None:
    """Draws the heading and the choice of the dimension, which stands at `by`."""
    st.header(f"By {_LABELS[by].lower()}")
    if not is_present:
        st.session_state[_BY] = by
        st.segmented_control(
            "Break down by",
            breakdown.dimensions(scope),
            key=_BY,
            required=True,
            format_func=_LABELS.__getitem__,
            on_change=_remember,
            label_visibility="collapsed",
        )


def _remember() -> None:
    st.query_params["by"] = st.session_state[_BY] or breakdown.DIMENSIONS[0]


def render(rows: pd.DataFrame, by: str, *, has_data: bool, currency: str, is_present: bool) -> None:
    """Draws the bars of one metric and the table of all. Frame: queries.breakdown.by.

    `has_data`: the company has rows of some metric, whatever the view shows of them.
    """
    known = content.Content(rows)
    metrics = _metrics_in(known)
    if not metrics:
        empty_state.render(_NOTHING if has_data else _NO_DATA)
        return
    metric = _choose_metric(metrics, is_present=is_present)
    _draw(_bars(known, by, metric, _MOST_BARS[is_present]), by, metric, currency, is_present)
    if not is_present:
        _table(_columns(known, metrics), by, metrics, currency)


@lru_cache(maxsize=content.KEPT)
def _metrics_in(rows: content.Content) -> tuple[str, ...]:
    return tuple(metric for metric in definitions.TILES if rows.frame[metric].notna().any())


def _choose_metric(metrics: tuple[str, ...], *, is_present: bool) -> str:
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


@lru_cache(maxsize=content.KEPT)
def _bars(rows: content.Content, by: str, metric: str, most: int) -> _Bars:
    """The longest bars of one metric, at most so many, and what they say."""
    label = definitions.METRICS[metric].label
    known = rows.frame[rows.frame[metric].notna()].sort_values(
        metric, ascending=False, kind="stable", ignore_index=True
    )
    shown = known.head(most)
    title = f"{label}: the {most} largest of {len(known)}" if len(known) > most else label
    told = ", ".join(
        f"{name} {value:,.0f}" for name, value in zip(shown["label"], shown[metric], strict=True)
    )
    drawn = pd.DataFrame({"label": shown["label"], "value": shown[metric]})
    return _Bars(plot.as_rows(drawn), title, f"{label} by {by}: {told}")


def _draw(longest: _Bars, by: str, metric: str, currency: str, is_present: bool) -> None:
    plot.draw(
        f"breakdown_{by}",
        bars.bars,
        longest.rows,
        alt_text=longest.message,
        value_label=longest.title,
        value_format=theme.COMPACT if metric == "revenue" else theme.COUNT,
        unit=currency if metric == "revenue" else "",
        present=is_present,
    )


@lru_cache(maxsize=content.KEPT)
def _columns(rows: content.Content, metrics: tuple[str, ...]) -> pa.Table:
    # What Streamlit makes of a frame each time it is given one.
    return pa.Table.from_pandas(rows.frame[["label", *metrics]].reset_index(drop=True))


def _table(rows: pa.Table, by: str, metrics: tuple[str, ...], currency: str) -> None:
    columns = {"label": st.column_config.TextColumn(_LABELS[by], pinned=True)}
    for key in metrics:
        label = definitions.METRICS[key].label
        if definitions.METRICS[key].unit == "money" and currency:
            label = f"{label}, {currency}"
        columns[key] = st.column_config.NumberColumn(label, format="localized")
    with st.container(key=f"table_breakdown_{by}"):
        st.dataframe(
            rows,
            hide_index=True,
            placeholder="",
            column_config=columns,
            alt=f"All metrics by {by}",
        )
