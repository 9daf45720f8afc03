"""How far each promise was kept in a period: its result, how sure that is, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from queries import target_pacing, words
from queries.agreements.content import Direction, Version
from queries.filters import Filters
from queries.people import Scope
from queries.rules import intervals, pacing
from queries.sla import lines as promised
from queries.sla.lines import Held, Line
from queries.sla.tallies import Tally
from queries.working_time import WorkingTime

# Of fewer, the numbers alone; of fewer than these, a share is shown as one that says little.
FEWEST, FEW = 5, 30
# What can be said of a promise: kept or missed only where that is sure; nothing was due; nobody
# knows; it is promised for more than is looked at.
State = Literal["kept", "missed", "open", "not_due", "no_data", "of_others"]


@dataclass(frozen=True)
class Point:
    """One period of a trend: the result, None of too few; what was promised at its end."""

    start: date
    end: date
    n: int
    value: float | None
    target: float | None
    is_whole: bool


@dataclass(frozen=True)
class Score:
    """One promise in the period. `rate`: of what was due, in time; an amount has `pace` instead,
    where it has a target. `before`: what it said before it changed within the period."""

    line: Line
    tally: Tally
    state: State
    rate: intervals.Rate | None = None
    target: float | None = None
    pace: target_pacing.Pace | None = None
    before: Held | None = None
    trend: tuple[Point, ...] = ()

    @property
    def direction(self) -> Direction:
        return self.line.term.direction

    @property
    def is_few(self) -> bool:
        """A share of so few says little."""
        return not self.line.is_amount and self.tally.n < FEW


@dataclass(frozen=True)
class Basis:
    """What promises are held against: who looks at what, all signed versions, the working time,
    and whether the data has any activities."""

    view: Filters
    scope: Scope
    versions: tuple[Version, ...]
    working: WorkingTime
    has_attempts: bool


def share(held: Held) -> float:
    """In how many of the cases (0..1) a promise is to be kept."""
    asked = held.term.share
    return float(held.term.target.value if asked is None else asked)


def of(line: Line, tally: Tally, basis: Basis) -> Score:
    """The result of one promise."""
    start, end = basis.view.instants
    before = promised.changed_between(line, start, min(end, basis.view.as_of))
    if not is_known(line, basis.has_attempts):
        return Score(line, tally, "no_data", before=before)
    if line.is_amount:
        paced = pace(line, tally.amount, basis, basis.view.start, basis.view.end)
        state = "of_others" if paced is None else _reached(paced, basis.view)
        target = None if paced is None else paced.target
        return Score(line, tally, state, target=target, pace=paced, before=before)
    rate, target = intervals.rate(tally.met, tally.n), share(line.held)
    return Score(line, tally, judged(rate, target), rate, target, before=before)


def is_known(line: Line, has_attempts: bool) -> bool:
    """The data holds what the promise is measured by."""
    kind = line.term.kind
    if kind in promised.WITHOUT_DATA:
        return False
    return has_attempts or kind not in promised.OF_ACTIVITIES


def judged(rate: intervals.Rate, target: float) -> State:
    """What a share says of what was promised: sure only if all of its interval says so.

    Who promised everything has kept it while nothing is missing: no number of cases proves more.
    """
    if rate.n == 0:
        return "not_due"
    if rate.n < FEWEST:
        return "open"
    if rate.low >= target or (target >= 1 and rate.part == rate.n):
        return "kept"
    return "missed" if rate.high < target else "open"


def pace(
    line: Line, amount: float, basis: Basis, start: date, end: date
) -> target_pacing.Pace | None:
    """An amount against its target, by working days; None where the view holds only a part of
    what was promised, or nothing was."""
    view = basis.view
    if not _holds_all(line, basis):
        return None
    goals = _goals(line, basis)
    begins = max(start, goals[0].valid_from)
    days = target_pacing.working_days(basis.working, *pacing.whole_spans(start, end))
    target = pacing.target(goals, days, begins, end) if begins <= end else None
    if target is None:
        return None
    come = pacing.progress(days, begins, end, view.as_of_day)
    is_count = line.term.kind == "volume"
    ends = pacing.forecast(amount, come.share, is_count=is_count)
    return target_pacing.Pace(amount, target, come, ends)


def _holds_all(line: Line, basis: Basis) -> bool:
    """The view leaves out nothing that the promise is about."""
    limits = dict(basis.view.chosen())
    if basis.scope.kind != "everything":
        limits[{"reps": "rep", "teams": "team"}.get(basis.scope.kind, "rep")] = basis.scope.ids
    segment = line.term.segment
    return all(
        name in segment and set(segment[name]) <= set(values) for name, values in limits.items()
    )


def _goals(line: Line, basis: Basis) -> list[pacing.Goal]:
    """What each version promises from its first day on; 0 from where it promises nothing."""
    held = {each.version.number: each.term for each in line.wordings}
    goals: list[pacing.Goal] = []
    for version in basis.versions:
        at = version.effective_at
        begins = date.min if at is None else words.local_day(at, basis.view.zone)
        term = held.get(version.number)
        if term is not None:
            goals.append(pacing.Goal(float(term.target.value), term.per or "month", begins))
        elif goals:
            goals.append(pacing.Goal(0, "month", begins))
    return goals


def _reached(paced: target_pacing.Pace, view: Filters) -> State:
    """What an amount says: reached already, not reached when all is over, or where it will end."""
    if paced.value >= paced.target:
        return "kept"
    if view.last_whole_day >= view.end:
        return "missed"
    forecast = paced.forecast
    # On the last day a forecast takes it for over, which it is not.
    if forecast is None or forecast.low is None or paced.is_complete:
        return "open"
    if forecast.low >= paced.target:
        return "kept"
    return "missed" if forecast.high < paced.target else "open"


def with_trend(score: Score, points: tuple[Point, ...]) -> Score:
    """The score beside those of the periods up to it."""
    return replace(score, trend=points)


def trend(
    line: Line, spans: Sequence[tuple[date, date]], tallies: Sequence[Tally], basis: Basis
) -> tuple[Point, ...]:
    """The results of the periods up to this one, each with what was promised at its end."""
    last = basis.view.last_whole_day
    return tuple(
        _point(line, span, tally, basis, is_whole=span[1] <= last)
        for span, tally in zip(spans, tallies, strict=True)
    )


def _point(
    line: Line, span: tuple[date, date], tally: Tally, basis: Basis, *, is_whole: bool
) -> Point:
    start, end = span
    if line.is_amount:
        paced = pace(line, tally.amount, basis, start, end)
        return Point(start, end, tally.n, tally.amount, paced and paced.target, is_whole)
    value = tally.met / tally.n if tally.n >= FEWEST else None
    return Point(start, end, tally.n, value, _share_on(line, end, basis), is_whole)


def _share_on(line: Line, day: date, basis: Basis) -> float | None:
    """What was promised on a day."""
    zone = basis.view.zone
    began = [
        each
        for each in line.wordings
        if each.version.effective_at is None
        or words.local_day(each.version.effective_at, zone) <= day
    ]
    return share(began[-1]) if began else None
