"""Terms and versions for tests of the agreement."""

from __future__ import annotations

from decimal import Decimal

from queries.agreements.content import Target, Term, Version
from queries.agreements.kinds import KINDS

HOURS, DAYS = "business_hours", "business_days"
# The least that a term of each kind says.
LEAST = {
    "volume": {"target": ("300", "count"), "per": "month"},
    "value_points": {"target": ("12000", "points"), "per": "month", "points": {"": "10"}},
    "acceptance": {"target": ("0.6", "ratio")},
    "completeness": {"target": ("0.9", "ratio"), "about": ("email", "job_title")},
    "latency": {"target": ("1", HOURS), "share": "0.9"},
    "feedback_answers": {"target": ("5", DAYS), "share": "0.9"},
    "first_attempt": {"target": ("4", HOURS), "share": "0.9"},
    "first_contact": {"target": ("24", HOURS), "share": "0.5"},
    "attempts": {"target": ("10", DAYS), "share": "0.8", "attempts": 6, "channels": 2},
    "coverage": {"target": ("0.95", "ratio")},
    "decision": {"target": ("16", HOURS), "share": "0.9"},
    "reason_coverage": {"target": ("1", "ratio"), "about": ("rejected", "recycled")},
    "feedback_given": {"target": ("5", DAYS), "share": "0.9"},
}


def make_term(kind: str = "first_attempt", **said) -> Term:
    """A term of a kind; numbers are given as text, a target as (number, unit)."""
    given = {"term_id": kind, "key": kind, "direction": KINDS[kind].direction} | LEAST[kind] | said
    value, unit = given.pop("target")
    if given.get("share"):
        given["share"] = Decimal(given["share"])
    points = {name: Decimal(worth) for name, worth in given.pop("points", {}).items()}
    return Term(kind=kind, target=Target(Decimal(value), unit), points=points, **given)


def make_version(number: int = 2, *terms: Term, **said) -> Version:
    """A version with a term of each side unless others are given."""
    held = terms or (make_term("acceptance"), make_term("first_attempt"))
    given = {"title": "Ours", "text": "", "status": "draft"} | said
    return Version(number=number, terms=held, **given)
