"""The numbers above the Handoffs page: where the clocks stand now, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components import due_words, inert
from components import format as formats
from queries.handoffs import answers, metrics, rates
from queries.rules import intervals

# With fewer, a share says more than is known.
FEWEST = 5
# Pixels; the second is for a projector, whose type is larger.
_NARROWEST = {"states": (160, 240), "results": (230, 380)}
_STATES = ("overdue", "due_soon", "running", "paused", "no_clock")
_NO_ATTEMPTS = "connect activities: calls, e-mails, meetings"


@dataclass(frozen=True)
class Tile:
    """A number in words, what stands below it, and the metric whose rows are behind it."""

    name: str
    metric: str
    label: str
    value: str
    note: str = ""


def states(shown: answers.Answers, *, is_present: bool, has_links: bool) -> str | None:
    """The open hand-offs by the state of their clocks; returns the state that was asked for."""
    asked, counts = None, shown.counts
    states = [state for state in _STATES if state != "no_clock" or counts[state]]
    with _grid(len(states), "states", is_present=is_present):
        for state in states:
            label = metrics.METRICS[state].label
            with st.container(key=f"kpi_{state}", border=True, height="stretch", gap=None):
                st.metric(label, formats.count(counts[state]))
                if counts[state] is not None and has_links and _show(state, label):
                    asked = state
    return asked


def _show(state: str, label: str) -> bool:
    return st.button(f"Show {label.lower()}", key=f"handoff_tiles.{state}", type="tertiary")


def results(shown: answers.Answers, *, is_present: bool) -> str | None:
    """How it went in the period; returns the metric whose details were asked for."""
    handed, found = formats.count(shown.counts["handed"]), rates.of(shown.counts)
    tiles = [
        Tile("handed", "handed", "Handed over", handed),
        share("accepted", "Accepted of decided", found["acceptance"], "acceptance"),
        share("complete", "Complete contacts", found["completeness"], "complete"),
    ]
    if shown.has_attempts:
        first = shown.waits.set_index("key").loc["first_attempt"]
        tiles += [
            share("met", "Answered in time", found["attainment"], "attainment"),
            Tile("first_attempt", "timed", "Median first attempt", _wait(first), _p90(first)),
            share("ignored", "Ignored", found["ignored_rate"], "ignored"),
        ]
    else:
        tiles.append(Tile("attainment", "met", "Answered in time", formats.NO_DATA, _NO_ATTEMPTS))
    return _draw(tiles, is_present=is_present)


def share(metric: str, label: str, found: intervals.Rate, name: str = "") -> Tile:
    """A rate with its n and interval; of very few the numbers alone."""
    if found.n == 0:
        return Tile(name, metric, label, formats.NOT_APPLICABLE, "n = 0")
    if found.n < FEWEST:
        return Tile(name, metric, label, f"{found.part} of {found.n}", "too few for a share")
    low, high = formats.rate(found.low), formats.rate(found.high)
    note = f"{low} to {high} · n = {found.n:,}"
    return Tile(name, metric, label, formats.rate(found.value), note)


def _wait(row: pd.Series) -> str:
    if row["n"] == 0:
        return formats.NOT_APPLICABLE
    return "not reached" if pd.isna(row["median"]) else due_words.minutes(int(row["median"]))


def _p90(row: pd.Series) -> str:
    if row["n"] == 0:
        return "n = 0"
    ninth = "not reached" if pd.isna(row["p90"]) else due_words.minutes(int(row["p90"]))
    return f"9 of 10: {ninth} · n = {row['n']:,}"


def _grid(columns: int, name: str, *, is_present: bool) -> Any:
    narrowest = _NARROWEST[name][is_present]
    return st.grid(
        columns or 1, min_column_width=narrowest, gap="xsmall", key=f"handoff_tiles_{name}"
    )


def _draw(tiles: Sequence[Tile], *, is_present: bool) -> str | None:
    asked = None
    with _grid(len(tiles), "results", is_present=is_present):
        for place, tile in enumerate(tiles):
            if _tile(tile, place, is_present=is_present):
                asked = tile.metric
    return asked


def _tile(tile: Tile, place: int, *, is_present: bool) -> bool:
    with st.container(
        key=f"kpi_{tile.name}",
        border=True,
        height="stretch",
        gap="xsmall",
        vertical_alignment="distribute",
    ):
        with st.container(gap="xsmall"):
            st.metric(tile.label, tile.value)
            if tile.note:
                st.caption(inert.markdown(tile.note))
        if is_present or tile.value == formats.NO_DATA:
            return False
        # The label in it: the same word on each tile says nothing to a screen reader.
        label = f"Details: {tile.label.lower()}"
        return st.button(label, key=f"handoff_tiles.results_{place}", type="tertiary")
