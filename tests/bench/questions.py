"""What a page asks, with which views: the page's own functions, without Streamlit's cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pandas as pd
from sqlalchemy.engine import Connection

from queries import breakdown, choices, filters, overview_answers, people, stores
from queries.filters import Filters

Question = Callable[[Connection, Filters], dict[str, pd.DataFrame]]
Connect = Callable[[], Connection]

_SCOPE = people.EVERYTHING

# As pages/overview.py asks it.
PAGES: Mapping[str, Question] = {
    "Overview": lambda connection, view: vars(
        overview_answers.load(connection, view, scope=_SCOPE, by="channel")
    )
}


def ask(connect: Connect, page: str, view: Filters) -> dict[str, pd.DataFrame]:
    """All answers of a page."""
    with connect() as connection:
        return PAGES[page](connection, view)


def views(snapshot: stores.Snapshot) -> dict[str, Filters]:
    """{12 months, a quarter} x {no filter, one rep, one campaign}."""
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=_SCOPE)
        quarter = filters.default(known)
        chosen = {
            "no filter": {},
            "one rep": {"rep": (_busiest(connection, quarter, "rep"),)},
            "one campaign": {"campaign": (_busiest(connection, quarter, "campaign"),)},
        }
    year = replace(quarter, start=quarter.end - timedelta(days=364))
    return {
        f"{period}, {name}": replace(view, **values)
        for period, view in (("12 months", year), ("a quarter", quarter))
        for name, values in chosen.items()
    }


def _busiest(connection: Connection, view: Filters, dimension: str) -> str:
    """The value with most leads: the hardest that one can choose."""
    rows = breakdown.by(connection, view, scope=_SCOPE, by=dimension)
    return rows.loc[rows["key"].notna(), "key"].iloc[0]


def differences(expected: Mapping[str, pd.DataFrame], found: Mapping[str, pd.DataFrame]) -> str:
    """Where the answers of two engines differ; "" where they are the same."""
    for name, frame in expected.items():
        try:
            # Only SQLite counts money in floating point.
            pd.testing.assert_frame_equal(frame, found[name], rtol=1e-9)
        except AssertionError as error:
            return f"{name}: {error}"
    return ""
