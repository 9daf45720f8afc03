"""Whether a promise of each kind was kept: when it was due, when it was done, how it ended.

A promise about time is kept by what was done until it was due, the last moment included. What made
it pointless before, so that nobody owes it any more, takes it out of every count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from queries import promises
from queries.agreements.content import Term
from queries.handoff_schema import CONTACT_FIELDS, OUTCOMES
from queries.promises import Due, Handoffs
from queries.rules import many_clocks

MET, BREACHED, CANCELLED = "met", "breached", "cancelled"
_NONE = np.datetime64("NaT", "us")
# Where no decision is promised: by then a hand-off is old enough to say what became of it.
_MATURE = np.timedelta64(30, "D")


@dataclass(frozen=True)
class Asked:
    """One term and its hand-offs, with when the clocks that press run out."""

    handoffs: Handoffs
    term: Term
    clocks: many_clocks.Clocks
    pause_days: int
    pressing: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Ended:
    """When each was due, done (NaT: not yet), how it ended if it was due, what it counts for."""

    due_at: np.ndarray
    done_at: np.ndarray
    result: np.ndarray
    amount: np.ndarray


def _ended(
    due_at: np.ndarray,
    done_at: np.ndarray,
    *,
    pointless_at: np.ndarray | None = None,
    is_pointless_first: bool = False,
) -> Ended:
    """By when it was due: pointless, unless it was done by then; or done; or else breached."""
    pointless_at = np.full(len(due_at), _NONE) if pointless_at is None else pointless_at
    is_off = pointless_at <= due_at
    if not is_pointless_first:
        is_off &= ~(done_at <= pointless_at)
    result = np.select([is_off, done_at <= due_at], [CANCELLED, MET], BREACHED)
    return Ended(due_at, done_at, result, np.ones(len(due_at)))


def due_of(asked: Asked, answers: Callable[[Handoffs], np.ndarray]) -> Due:
    return promises.due(
        asked.handoffs,
        asked.term,
        asked.clocks,
        pause_days=asked.pause_days,
        answered_at=answers(asked.handoffs),
    )


def _decided(handoffs: Handoffs, *decisions: str) -> np.ndarray:
    """When it was decided so."""
    wanted = [OUTCOMES.index(decision) for decision in decisions]
    is_so = np.isin(handoffs["decision"], wanted)
    return np.where(is_so, handoffs["decided_at"], _NONE)


def _over(handoffs: Handoffs) -> np.ndarray:
    """When it was handed over again."""
    return _decided(handoffs, "superseded")


def _verdict(handoffs: Handoffs) -> np.ndarray:
    """When a rep decided."""
    return _decided(handoffs, "accepted", "rejected", "recycled", "disqualified")


def _refused(handoffs: Handoffs) -> np.ndarray:
    """Handed over again, or nobody to be won: no further effort is owed. Who sends a lead back for
    later has not made the effort."""
    return np.fmin(_over(handoffs), _decided(handoffs, "rejected", "disqualified"))


def _first_answer(handoffs: Handoffs) -> np.ndarray:
    return np.fmin(handoffs["first_attempt_at"], _verdict(handoffs))


ANSWERS: Mapping[str, Callable[[Handoffs], np.ndarray]] = MappingProxyType(
    # A decision that was made stops the clock also of who never called.
    {"first_attempt": _first_answer, "decision": _verdict}
)


def _first_attempt(asked: Asked) -> Ended:
    due_at, handoffs = asked.pressing["first_attempt"], asked.handoffs
    return _ended(due_at, _first_answer(handoffs), pointless_at=_over(handoffs))


def _decision(asked: Asked) -> Ended:
    due_at, handoffs = asked.pressing["decision"], asked.handoffs
    return _ended(due_at, _verdict(handoffs), pointless_at=_over(handoffs))


def _first_contact(asked: Asked) -> Ended:
    handoffs = asked.handoffs
    due = due_of(asked, lambda each: each["first_contact_at"])
    return _ended(due.due_at, handoffs["first_contact_at"], pointless_at=_refused(handoffs))


def _attempts(asked: Asked) -> Ended:
    """So many attempts; who was reached before need not be tried again."""
    handoffs = asked.handoffs
    done_at = handoffs.enough[asked.term.attempts or 1, asked.term.channels or 1]
    due = due_of(asked, lambda _each: done_at)
    pointless_at = np.fmin(_refused(handoffs), handoffs["first_contact_at"])
    return _ended(due.due_at, done_at, pointless_at=pointless_at)


def _coverage(asked: Asked) -> Ended:
    """Attempted at all when everything that was promised of it was due."""
    due_at = np.fmax(*(asked.pressing[kind] for kind in promises.PRESSING))
    handoffs = asked.handoffs
    return _ended(
        due_at,
        handoffs["first_attempt_at"],
        pointless_at=_over(handoffs),
        is_pointless_first=True,
    )


def _latency(asked: Asked) -> Ended:
    """From qualified until a rep has it. Nothing stops this clock for a while."""
    due = promises.due(asked.handoffs, asked.term, asked.clocks, pause_days=asked.pause_days)
    done_at, decided_at = asked.handoffs["assigned_at"], asked.handoffs["decided_at"]
    return _ended(due.due_at, done_at, pointless_at=decided_at)


def _completeness(asked: Asked) -> Ended:
    """Came with every field that was promised."""
    handed_at = asked.handoffs["handed_at"]
    bits = sum(1 << n for n, name in enumerate(CONTACT_FIELDS) if name in asked.term.about)
    is_met = asked.handoffs["missing"] & bits == 0
    return _ended(handed_at, np.where(is_met, handed_at, _NONE))


def _reason_coverage(asked: Asked) -> Ended:
    """Of the decisions that need one, those with a reason."""
    decided_at = _decided(asked.handoffs, *asked.term.about)
    return _ended(decided_at, np.where(asked.handoffs["has_reason"], decided_at, _NONE))


def _acceptance(asked: Asked) -> Ended:
    """Of what sales judged, what was worth it: accepted, or sent back for later after a touch.

    Each counts once, when it is old enough: when its decision was due, or made, if that was later.
    Who was disqualified, or sent back untouched, says nothing of what marketing promised.
    """
    handoffs = asked.handoffs
    was_touched = handoffs["first_attempt_at"] <= handoffs["decided_at"]
    returned_at = np.where(was_touched, _decided(handoffs, "recycled"), _NONE)
    good_at = np.fmax(_decided(handoffs, "accepted"), returned_at)
    judged_at = np.fmax(good_at, _decided(handoffs, "rejected"))
    old_enough = asked.pressing["decision"]
    old_enough = np.where(np.isnat(old_enough), handoffs["handed_at"] + _MATURE, old_enough)
    due_at = np.where(np.isnat(judged_at), _NONE, np.fmax(old_enough, judged_at))
    return _ended(due_at, good_at)


def _volume(asked: Asked) -> Ended:
    return _ended(asked.handoffs["handed_at"], asked.handoffs["handed_at"])


def _value_points(asked: Asked) -> Ended:
    """Worth the points that the version gives to its channel and persona."""
    ended, points = _volume(asked), asked.term.points
    others = float(points.get("", 0))
    amount = np.full(len(ended.due_at), others)
    # What names both counts before what names only one of them.
    for channel, persona, worth in sorted(
        ((*key.split("|"), worth) for key, worth in points.items() if key),
        key=lambda one: (bool(one[0]), bool(one[1])),
    ):
        is_so = np.ones(len(amount), dtype=bool)
        for name, value in (("channel", channel), ("persona", persona)):
            if value:
                is_so &= asked.handoffs[name] == value
        amount[is_so] = float(worth)
    return Ended(ended.due_at, ended.done_at, ended.result, amount)


KINDS: Mapping[str, Callable[[Asked], Ended]] = MappingProxyType(
    {
        "first_attempt": _first_attempt,
        "first_contact": _first_contact,
        "attempts": _attempts,
        "decision": _decision,
        "coverage": _coverage,
        "reason_coverage": _reason_coverage,
        "latency": _latency,
        "completeness": _completeness,
        "acceptance": _acceptance,
        "volume": _volume,
        "value_points": _value_points,
    }
)
# Nothing is known of these before the history of activities begins.
OF_ACTIVITIES = ("first_attempt", "first_contact", "attempts", "decision", "coverage")
