"""`show sla`: the scorecards of both sides as data, from the SLA page's own functions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from queries import words
from queries.agreements import kinds
from queries.filters import DIMENSIONS, Choices, Filters
from queries.rules import intervals
from queries.sla import answers, sentences
from queries.sla.scores import Point, Score
from queries.sla.tallies import Tally


def sla_page(shown: answers.Answers, filters: Filters, known: Choices) -> dict[str, Any]:
    """What the SLA page shows but its lists, of what was loaded for a view; keys as fixed in
    docs/operations.md."""
    return {
        "as_of": filters.as_of.isoformat() + "Z",
        "filters": {
            "period": [filters.start.isoformat(), filters.end.isoformat()],
            **{name: list(getattr(filters, name)) for name in DIMENSIONS},
        },
        "sentence": words.view(filters, known, is_compared=False),
        "steps": shown.unit,
        **{
            side: {
                "overall": shown.overall[side],
                "promises": [
                    _promise(score, shown, filters.zone)
                    for score in shown.scores
                    if score.direction == side
                ],
            }
            for side in sentences.HEADINGS
        },
        "parts": [
            {
                "key": part.key,
                "label": part.label,
                "promises": {
                    score.line.key: _result(score, tally)
                    for score, tally in zip(shown.scores, part.tallies, strict=True)
                },
            }
            for part in shown.parts
        ],
    }


def _promise(score: Score, shown: answers.Answers, zone: str) -> dict[str, Any]:
    line = score.line
    return {
        "key": line.key,
        "kind": line.term.kind,
        "label": sentences.label(line, shown.names),
        "promise": kinds.sentence(line.term, shown.names),
        "version": line.held.version.number,
        "is_over": line.is_over,
        "changed": sentences.changed(score, zone, shown.names) or None,
        "state": score.state,
        "target": score.target,
        **_result(score, score.tally),
        "pace": _pace(score),
        "trend": [_point(point) for point in score.trend],
    }


def _result(score: Score, tally: Tally) -> dict[str, Any]:
    """n, met, rate with its interval, amount; null where nobody knows, or where it has no sense."""
    if score.state == "no_data":
        return dict.fromkeys(("n", "met", "rate", "low", "high", "amount"))
    if score.line.is_amount:
        unknown = dict.fromkeys(("met", "rate", "low", "high"))
        return {"n": tally.n} | unknown | {"amount": tally.amount}
    rate = intervals.rate(tally.met, tally.n)
    shares = {"rate": rate.value, "low": rate.low, "high": rate.high}
    return {"n": tally.n, "met": tally.met} | shares | {"amount": None}


def _pace(score: Score) -> dict[str, Any] | None:
    """Of an amount with a target: by working days, with the forecast."""
    if score.pace is None:
        return None
    return {
        "in_words": score.pace.in_words(),
        "delivered": score.pace.delivered,
        "expected": score.pace.expected,
        "forecast": score.pace.forecast and asdict(score.pace.forecast),
    }


def _point(point: Point) -> dict[str, Any]:
    span = {"start": point.start.isoformat(), "end": point.end.isoformat()}
    return span | {
        "n": point.n,
        "value": point.value,
        "target": point.target,
        "is_whole": point.is_whole,
    }


def flat(page: dict[str, Any]) -> pd.DataFrame:
    """One row per promise, and per part where there are any; the whole first."""
    columns = ("n", "met", "rate", "low", "high", "amount")
    rows = [
        {"part": None, "direction": side, "key": each["key"]}
        | {name: each[name] for name in ("state", "target", *columns)}
        for side in sentences.HEADINGS
        for each in page[side]["promises"]
    ]
    sides = {row["key"]: row["direction"] for row in rows}
    rows += [
        {"part": part["label"], "direction": sides[key], "key": key}
        | {name: result[name] for name in columns}
        for part in page["parts"]
        for key, result in part["promises"].items()
    ]
    return pd.DataFrame(rows, columns=["part", "direction", "key", "state", "target", *columns])
