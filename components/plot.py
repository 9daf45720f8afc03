"""A chart on the page: its drawing rules are built once, its rows are sent each time."""

import re
from collections.abc import Callable
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
    rows: pa.Table,
    *,
    alt_text: str,
    height: int | None = None,
    **flags: Any,
) -> None:
    """The chart that `chart_function` makes of rows (`as_rows`), in the theme of the reader.

    `alt_text` says the chart's message to those who do not see it. `height` in pixels replaces
    the chart's own. `present` and `dark` come from the page unless given.
    """
    if "present" not in flags:
        flags["present"] = projector.is_on()
    if "dark" not in flags:
        flags["dark"] = is_dark()
    columns = tuple(rows.column_names)
    spec, fields = _rules(chart_function, columns, tuple(sorted(flags.items())))
    used = rows.select([column for column in columns if column in fields])
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


def as_rows(frame: pd.DataFrame) -> pa.Table:
    """A frame as it is sent to the browser. It cannot be changed, so it can be kept; to hand
    Streamlit a frame takes longer each time, and a page has a dozen charts."""
    return pa.table({name: pa.array(frame[name], from_pandas=True) for name in frame.columns})


def is_dark() -> bool:
    """Whether the reader's browser shows the dark theme."""
    # Under AppTest the theme is not known; light is then as good as any.
    return getattr(st.context.theme, "type", None) == "dark"


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
