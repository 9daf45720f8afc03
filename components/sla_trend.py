"""The small chart of a promise: its points as they are drawn and told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd
import pyarrow as pa

from components import content, plot
from components import format as formats
from queries import words
from queries.sla import scores, sentences, spans


@lru_cache(maxsize=content.KEPT)
def rows(points: tuple[scores.Point, ...], unit: spans.Unit, *, is_share: bool) -> pa.Table:
    """The points for charts.steps."""
    columns = {
        "order": range(len(points)),
        "label": [_period(point, unit) for point in points],
        "value": pd.array([point.value for point in points], dtype="Float64"),
        "target": pd.array([point.target for point in points], dtype="Float64"),
        "is_whole": [point.is_whole for point in points],
        "told": [_told(point, is_share=is_share) for point in points],
    }
    return plot.as_rows(pd.DataFrame(columns))


def _period(point: scores.Point, unit: spans.Unit) -> str:
    if unit == "quarter":
        return f"quarter {(point.start.month + 2) // 3} of {point.start.year}"
    return words.period(point.start, point.end)


def _told(point: scores.Point, *, is_share: bool) -> str:
    if not is_share:
        of = "" if point.target is None else f" of {sentences.number(round(point.target))}"
        return f"{sentences.number(point.value or 0)}{of}"
    if point.value is None:
        return f"n = {point.n}"
    return f"{formats.rate(point.value)} (n = {point.n:,})"


def message(name: str, points: Sequence[scores.Point], unit: spans.Unit, *, is_share: bool) -> str:
    """What the chart says to those who do not see it: the first result, and the last."""
    known = [point for point in points if point.value is not None]
    if not known:
        return f"{name}: in none of the last {len(points)} periods was enough due."
    first, last = (
        f"{_told(point, is_share=is_share)} in {_period(point, unit)}"
        for point in (known[0], known[-1])
    )
    return f"{name}: from {first} to {last}."
