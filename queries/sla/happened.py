"""What became of one clock, in words: in time, how late, or never."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from queries import words
from queries.agreements.content import Term
from queries.handoff_schema import CONTACT_FIELDS
from queries.handoffs import facts
from queries.handoffs.facts import Question
from queries.rules import many_clocks

# How a promise that is no span of time was met.
_MET = {
    "completeness": "complete",
    "reason_coverage": "with a reason",
    "coverage": "attempted",
    "acceptance": "accepted, or sent back for later after an attempt",
    "volume": "handed over",
}
_VERDICTS = ("accepted", "rejected", "recycled", "disqualified")


def what(row: Mapping[str, Any], term: Term, asked: Question) -> str:
    """The clock of a row (behind.statement), as was known by the view's moment."""
    if term.kind == "value_points":
        return f"handed over, worth {row['amount']:g}"
    if row["result"] == "met":
        return _MET.get(term.kind, "in time") + _paused(row, asked)
    said = {
        "completeness": _incomplete,
        "reason_coverage": lambda row, _term: f"{row['decision']} without a reason",
        "acceptance": _refused,
    }
    if term.kind in said:
        return said[term.kind](row, term)
    return _late(row, term, asked) + _paused(row, asked)


def _incomplete(row: Mapping[str, Any], term: Term) -> str:
    missing = row["missing"] or 0
    lacking = [
        name.replace("_", " ")
        for place, name in enumerate(CONTACT_FIELDS)
        if missing & (1 << place) and name in term.about
    ]
    return f"came without {words.listed(lacking)}"


def _refused(row: Mapping[str, Any], _term: Term) -> str:
    return f"{row['decision']}: {row['reason_code']}" if row["reason_code"] else row["decision"]


def _late(row: Mapping[str, Any], term: Term, asked: Question) -> str:
    """2 h late; not yet, 5 h over; never: rejected before anybody did."""
    done_at, now = row["done_at"], asked.view.as_of
    if term.kind == "coverage":
        done_at = row["first_attempt_at"]
    if done_at is not None and done_at <= now:
        return f"{words.span(_open_time(row, term, asked, done_at))} late"
    if term.kind != "decision" and _was_decided(row, now):
        return f"never: {row['decision']} without it"
    return f"not yet, {words.span(_open_time(row, term, asked, now))} over"


def _was_decided(row: Mapping[str, Any], now: datetime) -> bool:
    decided_at = row["decided_at"]
    return decided_at is not None and decided_at <= now


def _open_time(row: Mapping[str, Any], term: Term, asked: Question, until: datetime) -> int:
    """Microseconds of the promise's own working time from its due moment on."""
    if term.calendar == "always":
        return int((until - row["due_at"]).total_seconds() * 1_000_000)
    number = many_clocks.COMPANY if term.calendar == "company" else row["calendar_no"]
    due, then = facts.readings(asked.clocks[number], row["due_at"], until)
    return then - due


def _paused(row: Mapping[str, Any], asked: Question) -> str:
    """Until when the clock stood still, if it did before it was due."""
    began, ended = row["paused_at"], row["paused_until"]
    if began is None or began > min(row["due_at"], asked.view.as_of):
        return ""
    return f" (stopped until {words.moment(ended, asked.view.zone)})"
