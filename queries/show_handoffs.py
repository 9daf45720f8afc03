"""`show handoffs`: what the Handoffs page shows, as data, from the same functions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from queries import frames, terms, words
from queries.filters import DIMENSIONS, Choices, Filters
from queries.handoffs import answers, rates
from queries.handoffs.answers import Entered
from queries.handoffs.metrics import OUTCOMES, STEPS
from queries.people import Scope


def handoffs_page(
    connection: Connection,
    filters: Filters,
    known: Choices,
    *,
    scope: Scope,
    entered: Entered,
    by: str,
) -> dict[str, Any]:
    """Everything that the Handoffs page shows; keys as fixed in docs/operations.md.

    `by`: rep or team. The work list is its first page.
    """
    asked = {"scope": scope, "entered": entered}
    shown = answers.load(connection, filters, by=by, **asked)
    work = answers.work_list(connection, filters, key="open", number=1, **asked)
    return {
        "as_of": filters.as_of.isoformat() + "Z",
        "filters": {
            "period": [filters.start.isoformat(), filters.end.isoformat()],
            **{name: list(getattr(filters, name)) for name in DIMENSIONS},
        },
        "sentence": words.view(filters, known, is_compared=False),
        "terms": _terms(entered.terms),
        "counts": dict(shown.counts),
        "rates": dict.fromkeys(rates.RATES)
        | {name: asdict(rate) for name, rate in rates.of(shown.counts).items()},
        "funnel": {
            "period": [{"step": key, "count": shown.counts[key]} for key in (*STEPS, *OUTCOMES)],
            "cohort": _records(shown.cohort),
        },
        "board": _records(shown.board),
        "ages": _records(shown.ages),
        "waits": _records(shown.waits),
        "reasons": _records(shown.reasons),
        "returns": _records(shown.returns),
        "work_list": _records(work),
    }


def _terms(agreed: terms.Terms) -> dict[str, Any]:
    return {
        "title": agreed.title,
        "version": agreed.version,
        "first_attempt": agreed.first_attempt and agreed.first_attempt.in_words(),
        "decision": agreed.decision and agreed.decision.in_words(),
        "needs_reason": list(agreed.needs_reason),
        "fields": list(agreed.fields),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in frames.records(frame)]


def _plain(value: Any) -> Any:
    """A value as JSON knows it; an instant is UTC."""
    return value.isoformat() + "Z" if isinstance(value, pd.Timestamp) else value
