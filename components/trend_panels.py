"""The trend as a grid of small charts that fits a phone, a laptop and a projector."""

import math
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import content, plot
from components import format as formats
from components.charts import trend
from queries import words

# Pixels a panel needs for three week labels and its value.
_NARROWEST = {False: 300, True: 420}


class _Panel(NamedTuple):
    metric: str
    label: str
    unit: str
    rows: pa.Table
    message: str


def render(counts: pd.DataFrame, *, currency: str, present: bool = False) -> None:
    """One panel per metric that has rows.

    Columns: week (its Monday), metric, label, value, is_whole.
    """
    with st.grid("auto", min_column_width=_NARROWEST[present], gap="small", key="trend_panels"):
        for panel in _panels(content.Content(counts), currency):
            plot.draw(
                f"trend_{panel.metric}",
                trend.week_line,
                panel.rows,
                alt_text=panel.message,
                metric=panel.metric,
                title=panel.label,
                unit=panel.unit,
                present=present,
            )


@lru_cache(maxsize=content.KEPT)
def _panels(counts: content.Content, currency: str) -> tuple[_Panel, ...]:
    made = []
    for metric, label, points in trend.panels(counts.frame):
        unit = formats.unit(currency) if metric == "revenue" else ""
        message = _message(label, points, unit)
        made.append(_Panel(metric, label, unit, plot.as_rows(points), message))
    return tuple(made)


def _message(label: str, points: pd.DataFrame, unit: str) -> str:
    columns = (points["week"], points["value"].tolist(), points["is_whole"].tolist())
    whole = [
        (week, value)
        for week, value, is_whole in zip(*columns, strict=True)
        if is_whole and not math.isnan(value)
    ]
    if not whole:
        return f"{label} by week: no finished week yet."
    (first_week, first), (last_week, last) = whole[0], whole[-1]
    return (
        f"{label} by week, from {unit}{formats.count(first)} in the week of "
        f"{words.day(first_week)} to {unit}{formats.count(last)} in the "
        f"week of {words.day(last_week)}."
    )
