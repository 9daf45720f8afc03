"""The funnel twice, side by side, and the one sentence that says why the two differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from components import content, plot
from components import format as formats
from components.charts import funnel
from queries import filters as views
from queries import words


def render(
    in_period: pd.DataFrame,
    of_cohort: pd.DataFrame,
    filters: views.Filters,
    *,
    mature_after: Mapping[str, int],
    is_present: bool,
) -> None:
    """Draws both. Frames: queries.funnel.in_period and of_cohort; days: its maturity_days."""
    period, cohort = content.Content(in_period), content.Content(of_cohort)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("In this period")
        plot.draw(
            "funnel_period",
            funnel.bars,
            _bars(period, _inferred_note, is_present),
            alt_text=_message("In this period", period),
            present=is_present,
        )
    with right:
        st.header("Of this cohort")
        plot.draw(
            "funnel_cohort",
            funnel.bars,
            _bars(cohort, _share_note, is_present),
            can_mature=True,
            alt_text=_message("Of the leads created in this period", cohort),
            present=is_present,
        )
    if not is_present:
        st.caption(_difference(cohort, filters, tuple(mature_after.items())))


@lru_cache(maxsize=content.KEPT)
def _bars(funnel_of: content.Content, note: Callable[..., str], is_present: bool) -> pa.Table:
    """The rows of the chart: what each bar and the words beside it are."""
    stages = funnel_of.frame
    rows, before = [], ""
    # Where nothing happened at all, every share of nothing is a bar of no length.
    longest = float(stages["count"].fillna(0).max()) or 1.0
    for order, stage in enumerate(stages.to_dict("records")):
        is_known = pd.notna(stage["count"])
        inferred = stage.get("inferred", pd.NA)
        count = float(stage["count"]) if is_known else 0.0
        rows.append(
            {
                "order": float(order),
                "label": stage["label"],
                "shown": count / longest,
                "observed": (count - (float(inferred) if pd.notna(inferred) else 0.0)) / longest,
                "tone": _tone(stage),
                "value": formats.count(stage["count"], compact=is_present),
                "note": note(stage, before) if is_known else "",
            }
        )
        before = stage["label"] if is_known else before
    return plot.as_rows(pd.DataFrame(rows))


def _tone(stage: dict[str, Any]) -> str:
    if not stage.get("is_mature", True):
        return "immature"
    return "marketing" if stage["stage"] in ("lead", "mql") else "sales"


def _inferred_note(stage: dict[str, Any], _before: str) -> str:
    inferred = stage["inferred"]
    return f"of which {inferred:,} inferred" if pd.notna(inferred) and inferred else ""


def _share_note(stage: dict[str, Any], before: str) -> str:
    """The share of the stage before with its interval; n is the number beside the bar above."""
    words_of_it = []
    if pd.notna(stage["rate"]):
        low, high = formats.rate(stage["low"]), formats.rate(stage["high"])
        words_of_it.append(f"{formats.rate(stage['rate'])} of {before} ({low} to {high})")
    if not stage["is_mature"]:
        words_of_it.append("still maturing")
    return " · ".join(words_of_it)


@lru_cache(maxsize=content.KEPT)
def _difference(
    of_cohort: content.Content, filters: views.Filters, mature_after: tuple[tuple[str, int], ...]
) -> str:
    return why_they_differ(of_cohort.frame, filters, dict(mature_after))


def why_they_differ(
    of_cohort: pd.DataFrame, filters: views.Filters, mature_after: Mapping[str, int]
) -> str:
    """The sentence under the two funnels."""
    span = words.period(filters.start, filters.end)
    leads = of_cohort["count"].iloc[0]
    if pd.isna(leads):
        return f"Left: what happened on {span}. Right needs leads, of which there is no data."
    until = words.day(filters.as_of_day)
    sentence = (
        f"Left: what happened on {span}, whoever it happened to. "
        f"Right: {_who(leads)} got by {until}."
    )
    if of_cohort["is_mature"].all():
        return sentence
    old_enough = filters.as_of_day - timedelta(days=max(mature_after.values(), default=0))
    return (
        f"{sentence} Grey bars may still grow: only leads created up to {words.day(old_enough)}"
        " are old enough for every stage."
    )


def _who(leads: int) -> str:
    if leads == 1:
        return "the 1 lead that was created then, and how far it had"
    return f"the {leads:,} leads that were created then, and how far they had"


@lru_cache(maxsize=content.KEPT)
def _message(title: str, funnel_of: content.Content) -> str:
    stages = funnel_of.frame
    known = stages[stages["count"].notna()]
    if known.empty:
        return f"{title}: no data."
    reached = ", ".join(
        f"{count:,} {label}" for label, count in zip(known["label"], known["count"], strict=True)
    )
    return f"{title}: {reached}."
