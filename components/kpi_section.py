"""The seven tiles of the Overview with their words: label, unit, caveat, what to connect."""

from __future__ import annotations

import pandas as pd

from components import data, kpi_row
from queries import definitions, words
from queries import filters as views


def render(tiles: pd.DataFrame, filters: views.Filters, *, is_present: bool) -> str | None:
    """Draws the tiles; returns the metric whose details were asked for, or None."""
    metrics = [definitions.METRICS[key] for key in tiles["metric"]]
    return kpi_row.render(
        tiles.assign(
            label=[metric.label for metric in metrics],
            n_unit=[
                metric.row if n == 1 else metric.rows
                for metric, n in zip(metrics, tiles["n"].fillna(0), strict=True)
            ],
        ),
        currency=data.snapshot().currency,
        notes={metric.key: _caveat(metric, filters) for metric in metrics},
        present=is_present,
        unavailable={metric.key: f"connect {metric.connect}" for metric in metrics},
    )


def _caveat(metric: definitions.Metric, filters: views.Filters) -> str:
    """Which chosen filter does not apply to this number."""
    blind = [name for name in filters.chosen() if name in metric.blind_to]
    return f"not filtered by {words.listed(blind)}" if blind else ""
