"""The seven tiles of the Overview with their words: label, unit, caveat, what to connect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from components import content, data, kpi_row
from queries import definitions, people, target_pacing, words
from queries import filters as views


def render(
    tiles: pd.DataFrame,
    filters: views.Filters,
    scope: people.Scope,
    *,
    is_present: bool,
    paces: Mapping[str, target_pacing.Pace] | None = None,
) -> str | None:
    """Draws the tiles; returns the metric whose details were asked for, or None."""
    worded = _worded(content.Content(tiles))
    metrics = [definitions.METRICS[tile["metric"]] for tile in worded]
    return kpi_row.render(
        worded,
        currency=data.snapshot().currency,
        notes={metric.key: _caveat(metric, filters, scope) for metric in metrics},
        present=is_present,
        unavailable={metric.key: f"connect {metric.connect}" for metric in metrics},
        paces=paces,
    )


@lru_cache(maxsize=content.KEPT)
def _worded(tiles: content.Content) -> tuple[MappingProxyType[str, Any], ...]:
    """The tiles with their label and the name of what n counts."""
    return tuple(_with_words(tile) for tile in tiles.frame.to_dict("records"))


def _with_words(tile: dict[str, Any]) -> MappingProxyType[str, Any]:
    metric, is_one = definitions.METRICS[tile["metric"]], pd.notna(tile["n"]) and tile["n"] == 1
    words_of_it = {"label": metric.label, "n_unit": metric.row if is_one else metric.rows}
    return MappingProxyType(tile | words_of_it)


def _caveat(metric: definitions.Metric, filters: views.Filters, scope: people.Scope) -> str:
    """Which chosen filter, or limit of what the viewer sees, does not apply to this number."""
    if scope.kind in ("reps", "teams") and "rep" in metric.blind_to:
        return "of the whole company"
    blind = [name for name in filters.chosen() if name in metric.blind_to]
    return f"not filtered by {words.listed(blind)}" if blind else ""
