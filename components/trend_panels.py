"""The trend as a grid of small charts that fits a phone, a laptop and a projector."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import content, plot
from components import format as formats
from components.charts import trend
from queries import definition_versions, words

# Pixels a panel needs for three week labels and its value.
_NARROWEST = {False: 300, True: 420}


class _Panel(NamedTuple):
    metric: str
    label: str
    unit: str
    rows: pa.Table
    message: str


def render(
    counts: pd.DataFrame,
    *,
    currency: str,
    marks: Sequence[definition_versions.Mark] = (),
    present: bool = False,
) -> None:
    """One panel per metric that has rows, with a rule where its definition was worded anew.

    Columns: week (its Monday), metric, label, value, is_whole.
    """
    with st.grid("auto", min_column_width=_NARROWEST[present], gap="small", key="trend_panels"):
        for panel in _panels(content.Content(counts), currency, tuple(marks)):
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
def _panels(
    counts: content.Content, currency: str, marks: tuple[definition_versions.Mark, ...]
) -> tuple[_Panel, ...]:
    made = []
    for metric, label, points in trend.panels(counts.frame):
        unit = formats.unit(currency) if metric == "revenue" else ""
        message = _message(label, points, unit)
        own = [mark for mark in marks if mark.key == metric]
        if own:
            points = _marked(points, own)
            message += "".join(f" Its {_changed(mark)}." for mark in own)
        made.append(_Panel(metric, label, unit, plot.as_rows(points), message))
    return tuple(made)


def _marked(points: pd.DataFrame, marks: Sequence[definition_versions.Mark]) -> pd.DataFrame:
    """The points with what changed in their weeks; what changed in others is left out."""
    said: dict[date, str] = {}
    for mark in marks:
        monday = mark.on - timedelta(days=mark.on.weekday())
        said[monday] = ", ".join(filter(None, (said.get(monday), f"{mark.label}, {_day(mark)}")))
    texts = [said.get(week.date()) for week in points["week"]]
    return points.assign(mark=pd.array(texts, dtype="str")) if any(texts) else points


def _day(mark: definition_versions.Mark) -> str:
    """3 Mar: of the year the axis tells."""
    return words.day(mark.on).rsplit(" ", 1)[0]


def _changed(mark: definition_versions.Mark) -> str:
    return f"definition is {mark.label} from {words.day(mark.on)} on"


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
