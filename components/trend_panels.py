"""The trend as a grid of small charts that fits a phone, a laptop and a projector."""

import math

import pandas as pd
import streamlit as st

from components import format as formats
from components import plot
from components.charts import trend
from queries import words

# Pixels a panel needs for three week labels and its value.
_NARROWEST = {False: 300, True: 420}


def render(counts: pd.DataFrame, *, currency: str, present: bool = False) -> None:
    """One panel per metric that has rows.

    Columns: week (its Monday), metric, label, value, is_whole.
    """
    with st.grid("auto", min_column_width=_NARROWEST[present], gap="small", key="trend_panels"):
        for metric, label, points in trend.panels(counts):
            unit = formats.unit(currency) if metric == "revenue" else ""
            plot.draw(
                f"trend_{metric}",
                trend.week_line,
                points,
                alt_text=_message(label, points, unit),
                metric=metric,
                title=label,
                unit=unit,
                present=present,
            )


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
