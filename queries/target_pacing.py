"""How the numbers of a view stand against their targets, paced by the company's working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from queries import definitions, filters, rep_calendars, targets, working_time
from queries.filters import Filters
from queries.people import Scope
from queries.rules import pacing

# What a number counts must come one by one for a band: sessions come in crowds, money in deals.
_WITHOUT_BAND = ("sessions", "revenue")


@dataclass(frozen=True)
class Pace:
    """A number against its target. Units: the metric's own; shares 0..1, delivered also above.

    `forecast`: None while nothing of the period has come.
    """

    value: float
    target: float
    progress: pacing.Progress
    forecast: pacing.Forecast | None

    @property
    def delivered(self) -> float:
        return self.value / self.target

    @property
    def expected(self) -> float:
        return self.progress.share

    @property
    def is_complete(self) -> bool:
        """All working days of the period have come, the present one as a whole."""
        return self.progress.day == self.progress.days

    def in_words(self) -> str:
        """day 9 of 21, 47 % delivered, expected 43 %"""
        day = f"day {self.progress.day} of {self.progress.days}"
        return f"{day}, {self.delivered:.0%} delivered, expected {self.expected:.0%}".replace(
            "%", " %"
        )


def of(
    tiles: pd.DataFrame, view: Filters, scope: Scope, agreed: targets.Agreed
) -> Mapping[str, Pace]:
    """Metric -> its pace, for those that have data and a target; others are not in it.

    A view of the whole company goes by the company's targets, one of exactly one rep, team or
    campaign by theirs; any other has none. Frame: queries.overview.tiles.
    """
    if not agreed.targets:
        return {}
    values = zip(tiles["metric"], tiles["value"], strict=True)
    known = [(metric, float(value)) for metric, value in values if not pd.isna(value)]
    days = working_days(agreed.working, *pacing.whole_spans(view.start, view.end))
    come = pacing.progress(days, view.start, view.end, view.as_of_day)
    found = {}
    for metric, value in known:
        goals = _goals(agreed, metric, whose(metric, view, scope))
        target = pacing.target(goals, days, view.start, view.end) if goals else None
        if target is not None:
            is_count = metric not in _WITHOUT_BAND
            ends = pacing.forecast(value, come.share, is_count=is_count)
            found[metric] = Pace(value, target, come, ends)
    return found


def whose(metric: str, view: Filters, scope: Scope) -> tuple[str, str] | None:
    """Kind and id of the scope whose target a number of a view stands against; None is nobody's.

    What the viewer may see limits the number as a filter does; a filter that the metric does not
    know does not limit it.
    """
    if scope.kind == "nothing":
        return None
    chosen = dict(view.chosen())
    if scope.kind == "reps":
        chosen.setdefault("rep", scope.ids)
    # A team's manager sees all that a rep of the team has.
    if scope.kind == "teams" and "rep" not in chosen:
        chosen.setdefault("team", scope.ids)
    limits = {name: ids for name, ids in chosen.items() if definitions.knows(metric, name)}
    if not limits:
        return targets.COMPANY, ""
    (kind, ids), *others = limits.items()
    if others or len(ids) > 1 or kind not in targets.SCOPES or ids[0] == filters.UNSET:
        return None
    if kind == targets.REP and not scope.sees_persons:
        return None
    return kind, ids[0]


def _goals(agreed: targets.Agreed, metric: str, scope: tuple[str, str] | None) -> list[pacing.Goal]:
    return [
        each.goal
        for each in agreed.targets
        if each.metric == metric and (each.scope_kind, each.scope_id) == scope
    ]


@lru_cache(maxsize=100)
def working_days(working: working_time.WorkingTime, first: date, last: date) -> pacing.WorkingDays:
    """The working days of the company from one day to another, both included: those on which its
    calendar has any hours."""
    # Which days are worked is the same in every zone.
    assigned = rep_calendars.calendars_of(working, "UTC", (), first, last)
    calendar = assigned.calendars[0]
    number = np.arange((last - first).days + 1)
    weekday = (number + first.weekday()) % 7
    is_worked = np.array([bool(spans) for spans in calendar.week])[weekday]
    for day, spans in calendar.days.items():
        if first <= day <= last:
            is_worked[(day - first) // timedelta(days=1)] = bool(spans)
    return pacing.WorkingDays(first, is_worked)
