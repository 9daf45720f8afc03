"""The promises by rep, team, campaign, channel or owner of campaigns."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import empty_state
from components import format as formats
from queries.rules import intervals
from queries.sla import answers, breakdown, scores, sentences, tallies


def render(shown: answers.Answers, by: str) -> None:
    """A table per side: a row per rep, team, ..., a column per promise."""
    if not shown.parts:
        empty_state.render("Nothing was due in this period with these filters.")
        return
    for side, heading in sentences.HEADINGS.items():
        st.header(heading)
        places = [n for n, score in enumerate(shown.scores) if score.direction == side]
        if not places:
            st.caption(f"{sentences.SIDES[side]} has promised nothing in this version.")
            continue
        with st.container(key=f"table_sla_{side}"):
            st.dataframe(
                _table(shown, by, places),
                hide_index=True,
                placeholder="",
                column_config=_columns(by),
                alt=f"{heading}, by {breakdown.LABELS[by].lower()}",
            )
    st.caption(
        "In the order of their names, not of their results. Each cell: the share kept, between what"
        " and what it lies for sure, and of how many. What was due counts for whoever had the lead"
        " when it was due."
    )


def _table(shown: answers.Answers, by: str, places: list[int]) -> pd.DataFrame:
    columns: dict[str, list[str]] = {
        breakdown.LABELS[by]: [part.label for part in shown.parts],
    }
    for place in places:
        score = shown.scores[place]
        name = sentences.label(score.line, shown.names)
        columns[name] = [_cell(score, part.tallies[place]) for part in shown.parts]
    return pd.DataFrame(columns)


def _cell(score: scores.Score, tally: tallies.Tally) -> str:
    """71 % (65 to 77 %), n = 240; 3 of 4 of very few."""
    if score.state == "no_data":
        return formats.NO_DATA
    if score.line.is_amount:
        return sentences.number(tally.amount)
    if tally.n == 0:
        return formats.NOT_APPLICABLE
    if tally.n < scores.FEWEST:
        return f"{tally.met:,} of {tally.n:,}"
    rate = intervals.rate(tally.met, tally.n)
    low, high = formats.rate(rate.low), formats.rate(rate.high)
    return f"{formats.rate(rate.value)} ({low} to {high}), n = {tally.n:,}"


def _columns(by: str) -> dict[str, Any]:
    return {breakdown.LABELS[by]: st.column_config.TextColumn(pinned=True)}
