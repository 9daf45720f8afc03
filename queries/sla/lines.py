"""The lines of a scorecard: one per promise, through all versions of the agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from queries.agreements import standing
from queries.agreements.content import Term, Version
from queries.filters import Filters

# Nobody collects feedback yet: there is nothing that these could be measured by.
WITHOUT_DATA = ("feedback_answers", "feedback_given")
# What is summed up over a period, and not kept in so many of the cases.
AMOUNTS = ("volume", "value_points")
# Nothing is known of these where no activities are.
OF_ACTIVITIES = ("first_attempt", "first_contact", "attempts", "decision", "coverage")


@dataclass(frozen=True)
class Held:
    """A promise as one version words it; `number`: of this term among all of all versions."""

    number: int
    version: Version
    term: Term


@dataclass(frozen=True)
class Line:
    """One promise. `wordings`: the versions that hold it, the oldest first; `held`: the one shown.

    `is_over`: the version in force does not promise it any more.
    """

    key: str
    held: Held
    wordings: tuple[Held, ...]
    is_over: bool

    @property
    def term(self) -> Term:
        """What is promised, as the last version says that holds it."""
        return self.held.term

    @property
    def numbers(self) -> tuple[int, ...]:
        """handoff_clocks.promise_no of its clocks."""
        return tuple(each.number for each in self.wordings)

    @property
    def is_amount(self) -> bool:
        return self.term.kind in AMOUNTS


def shown_at(view: Filters) -> datetime:
    """The moment whose version a scorecard shows: the end of the period, or now (UTC, naive)."""
    return min(view.instants[1] - datetime.resolution, view.as_of)


def of(versions: Sequence[Version], at: datetime) -> tuple[Line, ...]:
    """The promises in force at a moment in the order of their version, then those that were once.

    `versions`: those that were signed, as they come into force. Clocks are judged by the version
    in force when they started, whichever wording is shown.
    """
    number, wordings = 0, {}
    for version in versions:
        for term in version.terms:
            number += 1
            wordings.setdefault(term.key, []).append(Held(number, version, term))
    now = standing.in_force(versions, at)
    begun = [version for version in versions if _has_begun(version, at)]
    found = [line for key in wordings if (line := _line(key, wordings[key], begun, now))]
    order = {term.key: place for place, term in enumerate(now.terms)}
    found.sort(key=lambda line: (line.is_over, order.get(line.key, line.numbers[0])))
    return tuple(found)


def _has_begun(version: Version, at: datetime) -> bool:
    return version.effective_at is None or version.effective_at <= at


def _line(
    key: str, wordings: Sequence[Held], begun: Sequence[Version], now: Version
) -> Line | None:
    known = [each for each in wordings if each.version in begun]
    if not known:
        return None
    return Line(key, known[-1], tuple(known), is_over=known[-1].version != now)


def changed_between(line: Line, start: datetime, end: datetime) -> Held | None:
    """What the promise said before it was last changed from one instant to another, if it was."""
    if line.held.version.effective_at is None or len(line.wordings) < 2:
        return None
    for before, after in reversed(list(zip(line.wordings, line.wordings[1:], strict=False))):
        began = after.version.effective_at
        if began is not None and start <= began <= end and _says(before) != _says(after):
            return before
    return None


def began(line: Line, before: Held) -> datetime | None:
    """When the wording after another one came into force."""
    place = line.wordings.index(before)
    return line.wordings[place + 1].version.effective_at


def _says(held: Held) -> Term:
    """The promise without what names it and whose it is."""
    return replace(held.term, term_id="", owner="")
