"""All that the Overview shows, asked at once: its numbers come from one reading of the events."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy.engine import Connection

from queries import breakdown, funnel, overview, tally
from queries.filters import Filters
from queries.people import Scope


@dataclass(frozen=True)
class Answers:
    """Frames as in overview.tiles, funnel.in_period and of_cohort, overview.trend, breakdown.by."""

    tiles: pd.DataFrame
    in_period: pd.DataFrame
    of_cohort: pd.DataFrame
    trend: pd.DataFrame
    breakdown: pd.DataFrame

    @property
    def has_data(self) -> bool:
        """The company has rows of some metric, whatever the view shows of them."""
        return bool(self.tiles["is_available"].any())

    def copy(self, *, deep: bool) -> Answers:
        """Each frame copied, as frames are."""
        frames = {name: frame.copy(deep=deep) for name, frame in vars(self).items()}
        return Answers(**frames)


def load(connection: Connection, filters: Filters, *, scope: Scope, by: str) -> Answers:
    """The numbers of one view, with their breakdown by one dimension. Raises: KeyError for
    another dimension."""
    counted = tally.take(connection, filters, scope=scope, by=by)
    asked = {"scope": scope, "counted": counted}
    return Answers(
        overview.tiles(connection, filters, **asked),
        funnel.in_period(connection, filters, **asked),
        funnel.of_cohort(connection, filters, scope=scope),
        overview.trend(connection, filters, **asked),
        breakdown.by(connection, filters, by=by, **asked),
    )
