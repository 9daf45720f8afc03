"""`show`: a page's numbers as data, from the same functions as the page."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from queries import breakdown, definitions, overview_answers, target_pacing, targets, words
from queries.filters import DIMENSIONS, Choices, Filters
from queries.people import Scope


def overview_page(
    connection: Connection,
    filters: Filters,
    known: Choices,
    *,
    scope: Scope,
    by: str | None = None,
    agreed: targets.Agreed = targets.NOTHING,
) -> dict[str, Any]:
    """Everything that the Overview shows; keys as fixed in docs/operations.md."""
    shown = overview_answers.load(
        connection, filters, scope=scope, by=by or breakdown.DIMENSIONS[0]
    )
    paces = target_pacing.of(shown.tiles, filters, scope, agreed)
    page: dict[str, Any] = {
        "as_of": filters.as_of.isoformat() + "Z",
        "filters": _filters(filters),
        "sentence": words.view(filters, known, is_compared=True),
        "tiles": {
            row["metric"]: _tile(row, paces.get(row["metric"]))
            for row in shown.tiles.to_dict("records")
        },
        "funnel": {
            "period": _records(shown.in_period[["stage", "count", "inferred"]]),
            "cohort": _records(shown.of_cohort.drop(columns="label")),
        },
        "trend": _trend(shown.trend),
    }
    if by:
        page["breakdown"] = _breakdown(shown.breakdown)
    return page


def _filters(filters: Filters) -> dict[str, Any]:
    """The view as `filters.parse` takes it, so that it can be asked for again."""
    return {
        "period": [filters.start.isoformat(), filters.end.isoformat()],
        **{name: list(getattr(filters, name)) for name in DIMENSIONS},
        "compare": filters.compare,
    }


def _breakdown(parts: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "key": _plain(row["key"]),
            "label": row["label"],
            "tiles": {
                metric: {"value": _plain(row[metric]), "unit": definitions.METRICS[metric].unit}
                for metric in definitions.TILES
            },
        }
        for row in parts.to_dict("records")
    ]


def _tile(row: dict[str, Any], pace: target_pacing.Pace | None) -> dict[str, Any]:
    metric = definitions.METRICS[row["metric"]]
    tile = {
        "value": _plain(row["value"]),
        "previous": _plain(row["previous"]),
        "target": pace and _plain(pace.target),
        "unit": metric.unit,
        "n": _plain(row["n"]),
    }
    inferred = {"inferred": _plain(row["inferred"])} if metric.has_inferred else {}
    return tile | inferred | (_paced(pace) if pace else {})


def _paced(pace: target_pacing.Pace) -> dict[str, Any]:
    """How far a number is on its way to the target; of a period to come there is no forecast."""
    ends = pace.forecast
    return {
        "delivered": pace.delivered,
        "expected": pace.expected,
        "working_day": pace.progress.day,
        "working_days": pace.progress.days,
        "forecast": ends and ends.value,
        "forecast_low": ends and ends.low,
        "forecast_high": ends and ends.high,
    }


def _trend(weeks: pd.DataFrame) -> list[dict[str, Any]]:
    """One entry per week: its Monday, whether it is whole, and the value of each metric."""
    entries: dict[str, dict[str, Any]] = {}
    for row in weeks.to_dict("records"):
        monday = row["week"].date().isoformat()
        entry = entries.setdefault(monday, {"week": monday, "is_whole": row["is_whole"]})
        entry[row["metric"]] = _plain(row["value"])
    return list(entries.values())


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A value as JSON knows it: missing is null, a whole number has no decimals."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def flat(page: dict[str, Any]) -> pd.DataFrame:
    """The page as one table for CSV: section, key, name, value."""
    rows: list[tuple[str, Any, str, Any]] = []
    for metric, tile in page["tiles"].items():
        rows += [("tiles", metric, name, tile[name]) for name in tile]
    for kind, stages in page["funnel"].items():
        for stage in stages:
            rows += [(f"funnel {kind}", stage["stage"], name, stage[name]) for name in stage]
    for week in page["trend"]:
        rows += [("trend", week["week"], name, week[name]) for name in week if name != "week"]
    for entry in page.get("breakdown", ()):
        rows += [
            ("breakdown", entry["key"], name, tile["value"])
            for name, tile in entry["tiles"].items()
        ]
    return pd.DataFrame(
        [row for row in rows if row[2] not in ("stage", "unit")],
        columns=["section", "key", "name", "value"],
    )
