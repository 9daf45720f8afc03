"""A chart on the page: its drawing rules are built once, its data sent each time."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import present as projector

# Altair builds and checks a chart in 10 to 30 ms; its rules depend on the flags and the column
# names only, so they are kept. Far more than the charts and flags there are.
_KEPT = 512
_FIELD_IN_EXPRESSION = re.compile(r"\bdatum\.([A-Za-z_]\w*)")


def draw(
    name: str,
    chart_function: Callable[..., Any],
    frame: pd.DataFrame,
    *,
    alt_text: str,
    height: int | None = None,
    **flags: Any,
) -> None:
    """The chart that `chart_function` makes of `frame`, in the theme of the reader.

    `alt_text` says the chart's message to those who do not see it. `height` in pixels replaces
    the chart's own. `present` and `dark` come from the page unless given.
    """
    flags.setdefault("present", projector.is_on())
    flags.setdefault("dark", is_dark())
    spec, fields = _rules(chart_function, _shape(frame), tuple(sorted(flags.items())))
    used = _as_table(frame, fields)
    with st.container(key=f"chart_{name}"):
        # theme=None: colours are ours, the same here as in an export.
        st.vega_lite_chart(
            used,
            spec,
            width="stretch",
            height=height or "content",
            theme=None,
            key=f"vega_{name}",
            alt=alt_text,
        )


def _as_table(frame: pd.DataFrame, fields: Collection[str]) -> pa.Table:
    """The columns that are drawn, as they are sent. To hand Streamlit the frame takes longer, and
    a page has a dozen charts."""
    used = (column for column in frame.columns if column in fields)
    return pa.table({name: pa.array(frame[name], from_pandas=True) for name in used})


def is_dark() -> bool:
    """Whether the reader's browser shows the dark theme."""
    # Under AppTest the theme is not known; light is then as good as any.
    return getattr(st.context.theme, "type", None) == "dark"


def _shape(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(str(column) for column in frame.columns)


@lru_cache(maxsize=_KEPT)
def _rules(
    chart_function: Callable[..., Any], columns: tuple[str, ...], flags: tuple[tuple[str, Any], ...]
) -> tuple[dict[str, Any], frozenset[str]]:
    # Without rows, so that no value can find its way into what is kept and shared.
    chart = chart_function(pd.DataFrame(columns=list(columns)), **dict(flags))
    spec = chart.to_dict()
    for holder in ("data", "datasets"):
        spec.pop(holder, None)
    return spec, frozenset(_fields(spec))


def _fields(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["field"]} if isinstance(part.get("field"), str) else set()
        return own.union(*(_fields(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*(_fields(value) for value in part))
    return set(_FIELD_IN_EXPRESSION.findall(part)) if isinstance(part, str) else set()
