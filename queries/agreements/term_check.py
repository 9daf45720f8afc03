"""What is wrong with a term: which field, what about it, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from queries import handoff_schema
from queries.agreements import content, kinds
from queries.agreements.content import Term
from queries.agreements.kinds import Kind

LONGEST_NAME = 100
MOST_VALUES = 100
_SMALLEST = Decimal("0.0001")
# A promise beyond these is a slip of the finger; a sum of them stays exact in every database.
_LARGEST = {
    "minutes": 10_000,
    "business_hours": 1_000,
    "business_days": 366,
    "ratio": 1,
    "count": 1_000_000,
    "points": 1_000_000_000,
}
_NEEDED = {
    "share": "Share: say in how many of the cases the promise is to be kept, such as 90 %.",
    "per": "Per: choose a week, a month or a quarter.",
    "attempts": "Attempts: say how many, 1 to 100.",
    "channels": "Channels: say over how many, 1 to 10 and not more than attempts.",
    "about": "About: choose at least one.",
    "points": "Points: give points to at least one kind of hand-off.",
}
# What a promise can be about, by its kind.
ABOUT = {
    "completeness": handoff_schema.CONTACT_FIELDS,
    "reason_coverage": handoff_schema.DECISIONS,
}


@dataclass(frozen=True)
class Problem:
    """A field of a term that is not right, and a sentence for whoever filled it in."""

    field: str
    sentence: str


def problems(term: Term) -> tuple[Problem, ...]:
    """All that is wrong with a term; nothing of one that can be kept."""
    kind = kinds.KINDS.get(term.kind)
    if kind is None:
        return (Problem("kind", f"Kind: there is no promise “{term.kind[:60]}”; choose one."),)
    found = [problem for check in _CHECKS if (problem := check(term, kind)) is not None]
    return tuple(found)


def _direction(term: Term, kind: Kind) -> Problem | None:
    if term.direction == kind.direction:
        return None
    giver = "Marketing" if kind.direction == "marketing_to_sales" else "Sales"
    return Problem("direction", f"{giver} promises this: put it into the other column.")


def _target(term: Term, kind: Kind) -> Problem | None:
    if term.target.unit not in kind.units:
        known = " or ".join(unit.replace("_", " ") for unit in kind.units)
        return Problem("unit", f"Unit: this promise is told in {known}; choose one.")
    value, most = term.target.value, _LARGEST[term.target.unit]
    if not _is_number(value, most):
        said = content.Target(Decimal(most), term.target.unit).in_words()
        return Problem("target", f"Target: a number above 0, up to {said}, to 4 decimals.")
    if term.target.unit == "count" and value != value.to_integral_value():
        return Problem("target", "Target: hand-offs are counted whole; leave out the decimals.")
    return None


def _is_number(value: Decimal, most: int) -> bool:
    if not value.is_finite() or not 0 < value <= most:
        return False
    return value == value.quantize(_SMALLEST)


def _share(term: Term, kind: Kind) -> Problem | None:
    if "share" not in kind.needs or term.share is None:
        return _needed("share", kind, is_given=term.share is not None)
    if not _is_number(term.share, 1):
        return Problem("share", "Share: more than 0 %, up to 100 %, to 2 decimals.")
    return None


def _needed(field: str, kind: Kind, *, is_given: bool) -> Problem | None:
    if is_given == (field in kind.needs):
        return None
    if is_given:
        label = f"{field.capitalize()}: “{kind.label}” does not have it; leave it empty."
        return Problem(field, label)
    return Problem(field, _NEEDED[field])


def _per(term: Term, kind: Kind) -> Problem | None:
    if term.per is not None and term.per not in kinds.PERIODS:
        return Problem("per", _NEEDED["per"])
    return _needed("per", kind, is_given=term.per is not None)


def _attempts(term: Term, kind: Kind) -> Problem | None:
    if term.attempts is not None and not 1 <= term.attempts <= 100:
        return Problem("attempts", _NEEDED["attempts"])
    return _needed("attempts", kind, is_given=term.attempts is not None)


def _channels(term: Term, kind: Kind) -> Problem | None:
    most = min(10, term.attempts or 10)
    if term.channels is not None and not 1 <= term.channels <= most:
        return Problem("channels", _NEEDED["channels"])
    return _needed("channels", kind, is_given=term.channels is not None)


def _about(term: Term, kind: Kind) -> Problem | None:
    known = ABOUT.get(term.kind, ())
    if any(name not in known for name in term.about) and known:
        said = kinds.about_in_words(known)
        return Problem("about", f"About: choose among {said}.")
    if len(set(term.about)) < len(term.about):
        return Problem("about", "About: something is there twice; leave one of the two.")
    return _needed("about", kind, is_given=bool(term.about))


def _points(term: Term, kind: Kind) -> Problem | None:
    if any(not _is_worth(worth) for worth in term.points.values()):
        return Problem("points", "Points: each is 0 or more, up to 1,000,000,000, to 4 decimals.")
    if any(name and name.count("|") != 1 for name in term.points):
        return Problem(
            "points", "Points: each belongs to a channel and a persona, or to all others."
        )
    return _needed("points", kind, is_given=any(term.points.values()))


def _is_worth(worth: Decimal) -> bool:
    return worth == 0 or _is_number(worth, _LARGEST["points"])


def _calendar(term: Term, kind: Kind) -> Problem | None:
    if term.calendar not in get_args(content.Calendar):
        return Problem(
            "calendar",
            "Calendar: choose that of whoever receives the hand-off, of the company, or all time.",
        )
    if term.calendar != "receiver" and not kind.is_span:
        return Problem("calendar", f"Calendar: “{kind.label}” runs no clock; leave it as it is.")
    if term.calendar == "always" and term.target.unit == "business_days":
        return Problem("unit", "Unit: around the clock there are no business days; say hours.")
    return None


def _segment(term: Term, _kind: Kind) -> Problem | None:
    for dimension, held in term.segment.items():
        if dimension not in content.SEGMENTS:
            known = ", ".join(content.SEGMENTS)
            return Problem("segment", f"Segment: “{dimension[:60]}” is none of {known}.")
        if not 1 <= len(held) <= MOST_VALUES or len(set(held)) < len(held):
            most = f"1 to {MOST_VALUES} of them, each once"
            return Problem("segment", f"Segment: choose a {dimension}, {most}, or leave it out.")
        if not all(value and value.isprintable() for value in held):
            return Problem("segment", f"Segment: a {dimension} has no name; choose another one.")
    return None


def _owner(term: Term, _kind: Kind) -> Problem | None:
    if len(term.owner) <= LONGEST_NAME and term.owner.isprintable():
        return None
    return Problem("owner", f"Owner: one line of up to {LONGEST_NAME} letters.")


def _restarts(term: Term, kind: Kind) -> Problem | None:
    if term.restarts_on_reassignment and not kind.can_restart:
        return Problem(
            "restarts_on_reassignment",
            f"Starting anew: “{kind.label}” runs no clock of a rep; leave it out.",
        )
    return None


_CHECKS: tuple[Callable[[Term, Kind], Problem | None], ...] = (
    *(_direction, _target, _share, _per, _attempts, _channels, _about, _points),
    *(_calendar, _segment, _owner, _restarts),
)
