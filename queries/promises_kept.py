"""Every promise that was made about hand-offs, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queries import promise_kinds, promises
from queries.agreements.content import Term, Version
from queries.promise_kinds import Asked
from queries.promises import Due, Handoffs
from queries.rules import many_clocks


@dataclass(frozen=True)
class Judged:
    """What is known of one term's hand-offs (their places): when each was due, when it was done
    (NaT: not yet), how it ended if it was due by now, and what it counts for."""

    number: int
    term: Term
    version: Version
    places: np.ndarray
    due_at: np.ndarray
    done_at: np.ndarray
    result: np.ndarray
    amount: np.ndarray


@dataclass(frozen=True)
class Judgement:
    """All terms one by one; and when the two clocks that press run out, of each hand-off."""

    terms: Sequence[Judged]
    pressing: Mapping[str, Due]


def judge(handoffs: Handoffs, versions: Sequence[Version], clocks: many_clocks.Clocks) -> Judgement:
    """How each term stands with each hand-off that it is about. A term of a kind that is not of
    hand-offs has none."""
    every = promises.promised(handoffs, versions)
    found = [each for each in every if each.term.kind in promise_kinds.KINDS]
    pressing = {kind: Due.none(len(handoffs)) for kind in promises.PRESSING}
    for each in found:
        if each.term.kind in pressing:
            own = _with_clock(handoffs, each.places)
            asked = Asked(handoffs.take(own), each.term, clocks, each.version.pause_days, {})
            answers = promise_kinds.ANSWERS[each.term.kind]
            pressing[each.term.kind].put(own, promise_kinds.due_of(asked, answers))
    due_at = {kind: due.due_at for kind, due in pressing.items()}
    judged = (_judged(handoffs, each, clocks, due_at) for each in found)
    return Judgement([each for each in judged if len(each.places)], pressing)


def _with_clock(handoffs: Handoffs, places: np.ndarray) -> np.ndarray:
    return places[handoffs["is_timed"][places]]


def _judged(
    handoffs: Handoffs,
    each: promises.Promised,
    clocks: many_clocks.Clocks,
    due_at: Mapping[str, np.ndarray],
) -> Judged:
    is_of_activities = each.term.kind in promise_kinds.OF_ACTIVITIES
    places = _with_clock(handoffs, each.places) if is_of_activities else each.places
    own = {kind: at[places] for kind, at in due_at.items()}
    asked = Asked(handoffs.take(places), each.term, clocks, each.version.pause_days, own)
    found = promise_kinds.KINDS[each.term.kind](asked)
    counts = ~np.isnat(found.due_at)
    columns = (found.due_at, found.done_at, found.result, found.amount)
    return Judged(
        each.number,
        each.term,
        each.version,
        places[counts],
        *(column[counts] for column in columns),
    )


def efforts(versions: Sequence[Version]) -> Iterator[tuple[int, int]]:
    """How many attempts over how many channels the terms ask for, each pair once."""
    asked = {
        (term.attempts or 1, term.channels or 1)
        for version in versions
        for term in version.terms
        if term.kind == "attempts"
    }
    yield from sorted(asked)


def looked_at(versions: Sequence[Version]) -> set[str]:
    """The columns of hand-offs that segments and points look at."""
    terms = [term for version in versions for term in version.terms]
    found = {promises.column(name) for term in terms for name in term.segment}
    return found | ({"channel", "persona"} if any(term.points for term in terms) else set())
