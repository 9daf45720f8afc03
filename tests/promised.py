"""Hand-offs as arrays, written down one by one, and how the promises about them stand.

The company (0) works Monday to Friday, 9 to 18, UTC; New York (1) from 9 to 18 there, in summer
from 13 to 22, UTC. 22 June 2026 is a Monday.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from queries import handoff_schema, promises_kept
from queries.agreements.content import Term, Version
from queries.promises import Handoffs
from queries.promises_kept import Judged, Judgement
from queries.rules import business_time, many_clocks
from tests.agreement_terms import make_version

HANDED = "2026-06-22 10:00"
_MOMENTS = (
    *("handed_at", "assigned_at", "reassigned_at", "first_attempt_at", "first_contact_at"),
    *("decided_at", "paused_at", "paused_until"),
)
_TEXTS = ("receiving_team_id", "campaign_id", "channel", "persona", "country")
_USUAL: dict[str, object] = {
    "handed_at": HANDED,
    "calendar_no": 0,
    "is_inferred": False,
    "is_timed": True,
    "missing": 0,
    "decision": "pending",
    "has_reason": False,
    # (attempts, channels) -> when so many had been made.
    "enough": {},
}
_WEEK = (((540, 1080),),) * 5 + ((),) * 2


def _clock(zone: str) -> business_time.Clock:
    calendar = business_time.Calendar(zone, zone, _WEEK)
    return business_time.clock(calendar, date(2026, 1, 1), date(2026, 12, 31))


NINE_HOURS = 9 * business_time.HOUR
CLOCKS = many_clocks.Clocks(
    {0: _clock("UTC"), 1: _clock("America/New_York")}, {0: NINE_HOURS, 1: NINE_HOURS}
)


def handoffs(*rows: Mapping[str, object]) -> Handoffs:
    """Rows with what differs from an open hand-off of Monday, 10:00, that nobody touched."""
    known = [_USUAL | dict(row) for row in rows]
    columns = {
        name: np.array([row.get(name) for row in known], "datetime64[us]") for name in _MOMENTS
    }
    for name in ("is_inferred", "is_timed", "has_reason"):
        columns[name] = np.array([row[name] for row in known], bool)
    for name in ("calendar_no", "missing"):
        columns[name] = np.array([row[name] for row in known], int)
    outcomes = [handoff_schema.OUTCOMES.index(row["decision"]) for row in known]
    columns["decision"] = np.array(outcomes, int)
    for name in _TEXTS:
        columns[name] = np.array([row.get(name) or "" for row in known], object)
    pairs = {pair for row in known for pair in row["enough"]}
    efforts = {
        pair: np.array([row["enough"].get(pair) for row in known], "datetime64[us]")
        for pair in pairs
    }
    return Handoffs(columns, efforts)


def judge(promised: Term | Version | tuple[Version, ...], *rows: Mapping) -> Judgement:
    """How the promises of a term, or of versions, stand with these hand-offs."""
    held = make_version(1, promised) if isinstance(promised, Term) else promised
    versions = (held,) if isinstance(held, Version) else held
    return promises_kept.judge(handoffs(*rows), versions, CLOCKS)


def of_kind(judged: Judgement, kind: str) -> list[Judged]:
    """What was judged of all terms of a kind."""
    return [each for each in judged.terms if each.term.kind == kind]


def stands(term: Term, **cells: object) -> tuple[str, str] | None:
    """How one hand-off's clock ended and when it was due; None where none ran."""
    found = [each for each in judge(term, cells).terms if each.number == 1]
    if not found:
        return None
    return str(found[0].result[0]), said(found[0].due_at[0])


def said(at: np.datetime64 | datetime) -> str:
    """2026-06-22 14:00, to the microsecond where it has any."""
    text = str(np.datetime64(at, "us")).replace("T", " ")
    return text.removesuffix(".000000").removesuffix(":00")
