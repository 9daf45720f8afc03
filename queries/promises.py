"""What was promised about each hand-off, when it was due, and whether it was kept.

By the version of the agreement that was in force when the clock started: what is agreed later
changes nothing of it. Refresh asks this of all hand-offs, readers of those that something was
entered for since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from queries.agreements.content import Target, Term, Version
from queries.rules import business_time, many_clocks

_NONE = np.datetime64("NaT", "us")
_CALENDARS = {"company": many_clocks.COMPANY, "always": many_clocks.ALWAYS}
# A clock that has less left than a quarter of its target, or an hour, is due soon.
_SOON_SHARE, _SOON = 4, business_time.HOUR
# Which hand-offs were never attempted is asked whether it is promised or not.
_COVERAGE = Term("", "", "sales_to_marketing", "coverage", Target(Decimal(0), "ratio"))
# The clocks that press on the one who has the lead.
PRESSING = ("first_attempt", "decision")


@dataclass(frozen=True)
class Handoffs:
    """Hand-offs as arrays of one length, by the names of queries/handoff_schema.

    Moments are datetime64[us], NaT where there is none; also in `enough`: (attempts, channels) ->
    when so many attempts had been made over so many channels. decision: places in OUTCOMES;
    has_reason bool. What segments and points look at is there only if a term does.
    """

    columns: Mapping[str, np.ndarray]
    enough: Mapping[tuple[int, int], np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["handed_at"])

    def take(self, places: np.ndarray) -> Handoffs:
        """Those at some places."""
        columns, enough = (
            {name: column[places] for name, column in these.items()}
            for these in (self.columns, self.enough)
        )
        return Handoffs(columns, enough)


@dataclass(frozen=True)
class Due:
    """When clocks run out, and from when on that is soon; and what held until `changed_at`, when
    the clock was stopped for a while or started anew."""

    due_at: np.ndarray
    soon_at: np.ndarray
    changed_at: np.ndarray
    before_due_at: np.ndarray
    before_soon_at: np.ndarray

    @staticmethod
    def none(count: int) -> Due:
        """Nothing is due."""
        return Due(*(np.full(count, _NONE) for _ in range(5)))

    def columns(self) -> tuple[np.ndarray, ...]:
        """In the order of the above."""
        return tuple(vars(self).values())

    def put(self, places: np.ndarray, found: Due) -> None:
        """Writes down what holds at some places."""
        for name, column in vars(found).items():
            getattr(self, name)[places] = column


@dataclass(frozen=True)
class Promised:
    """A term with the hand-offs (their places) that are measured by it: number among all terms of
    all versions, from 1; 0 is what nobody promised and everybody wants to know."""

    number: int
    version: Version
    term: Term
    places: np.ndarray


def promised(handoffs: Handoffs, versions: Sequence[Version]) -> Iterator[Promised]:
    """Which hand-offs each term of each signed version is about; the oldest version first.

    Of several terms of a kind, the first whose segment holds counts.
    """
    # The first version holds before every other.
    number, began = 0, np.array([each.effective_at for each in versions[1:]], "datetime64[us]")
    handed, decided = (
        np.searchsorted(began, handoffs[name], side="right") for name in ("handed_at", "decided_at")
    )
    for place, version in enumerate(versions):
        taken: dict[str, np.ndarray] = {}
        for term in version.terms:
            number += 1
            # The duty to give a reason begins with the decision.
            started = decided if term.kind == "reason_coverage" else handed
            is_left = ~taken.get(term.kind, np.zeros(len(handoffs), dtype=bool))
            holds = (started == place) & is_left & _is_about(handoffs, term)
            taken[term.kind] = ~is_left | holds
            yield Promised(number, version, term, np.flatnonzero(holds))
        is_left = ~taken.get(_COVERAGE.kind, np.zeros(len(handoffs), dtype=bool))
        holds = (handed == place) & is_left & _is_about(handoffs, _COVERAGE)
        yield Promised(0, version, _COVERAGE, np.flatnonzero(holds))


def _is_about(handoffs: Handoffs, term: Term) -> np.ndarray:
    """Handed over for real, and within the segment."""
    holds = ~handoffs["is_inferred"]
    for name, values in term.segment.items():
        holds = holds & np.isin(handoffs[column(name)], values)
    return holds


def column(segment: str) -> str:
    """The column of hand-offs that a segment looks at."""
    return {"team": "receiving_team_id", "campaign": "campaign_id"}.get(segment, segment)


def due(
    handoffs: Handoffs,
    term: Term,
    clocks: many_clocks.Clocks,
    *,
    pause_days: int,
    answered_at: np.ndarray | None = None,
) -> Due:
    """When the span that a term promises is over.

    Until `answered_at` a clock can be stopped, once, and no longer than `pause_days`, and started
    anew; what happens after it ran out, or was answered, changes nothing. None: nothing can.
    """
    handed_at, unchanged = handoffs["handed_at"], np.full(len(handoffs), _NONE)
    run = _Run(handoffs, term, clocks, _numbers(handoffs, term))
    first = run.due(handed_at)
    if answered_at is None:
        return Due(*first, unchanged, *first)
    is_stopped = _counts(handoffs["paused_at"], first[0], answered_at)
    found = run.held(handed_at, first, is_stopped, pause_days)
    changed_at = np.where(is_stopped, handoffs["paused_at"], unchanged)
    if term.restarts_on_reassignment:
        is_anew = _counts(handoffs["reassigned_at"], found[0], answered_at)
        started = np.where(is_anew, handoffs["reassigned_at"], handed_at)
        anew = run.due(started)
        is_stopped = _counts(handoffs["paused_at"], anew[0], answered_at)
        found = run.held(started, anew, is_stopped, pause_days)
        for happens, name in ((is_anew, "reassigned_at"), (is_stopped, "paused_at")):
            changed_at = np.fmin(changed_at, np.where(happens, handoffs[name], unchanged))
    return Due(*found, changed_at, *first)


def _counts(at: np.ndarray, due_at: np.ndarray, answered_at: np.ndarray) -> np.ndarray:
    """What happened while the clock was running."""
    return (at <= due_at) & ~(answered_at <= at)


def _numbers(handoffs: Handoffs, term: Term) -> np.ndarray:
    """By which calendar each clock runs."""
    if term.calendar == "receiver":
        return handoffs["calendar_no"]
    return np.full(len(handoffs), _CALENDARS[term.calendar])


@dataclass(frozen=True)
class _Run:
    """The clocks of a term, each by the calendar of its number."""

    handoffs: Handoffs
    term: Term
    clocks: many_clocks.Clocks
    numbers: np.ndarray

    def due(
        self, started: np.ndarray, paused: np.ndarray | int = 0
    ) -> tuple[np.ndarray, np.ndarray]:
        """The last moments that are in time, and the first ones that are soon late; `paused`: for
        how many microseconds of its own time each stands still."""
        target = self._target()
        readings = self.clocks.readings(self.numbers, started) + target + paused
        soon = readings - np.maximum(target // _SOON_SHARE, _SOON)
        # The first moment that shows a reading comes right after the last that shows less.
        soon_at = self.clocks.moments(self.numbers, soon - 1) + np.timedelta64(1, "us")
        due_at = self.clocks.moments(self.numbers, readings)
        # A clock that was reached before its calendar begins has been soon from its start.
        soon_at = np.where(soon <= 0, started, soon_at)
        return tuple(np.where(np.isnat(started), _NONE, at) for at in (due_at, soon_at))

    def held(
        self,
        started: np.ndarray,
        plain: tuple[np.ndarray, np.ndarray],
        is_stopped: np.ndarray,
        pause_days: int,
    ) -> tuple[np.ndarray, np.ndarray]:
        """As `due`, which is `plain` where they are not stopped."""
        if not is_stopped.any():
            return plain
        since, began, ended = (
            self.clocks.readings(self.numbers, at)
            for at in (started, self.handoffs["paused_at"], self.handoffs["paused_until"])
        )
        most = pause_days * self.clocks.usual(self.numbers)
        ended = np.minimum(ended, began + most)
        # What it stood still before it was started anew was taken off the time before.
        paused = np.maximum(ended - np.maximum(began, since), 0)
        return self.due(started, paused * is_stopped)

    def _target(self) -> np.ndarray:
        """In microseconds of each clock."""
        usual, which = np.unique(self.clocks.usual(self.numbers), return_inverse=True)
        spans = [self.term.target.on(day) for day in usual.tolist()]
        return np.array(spans, dtype=np.int64)[which]
