"""What became of a clock, in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from queries.handoffs import facts
from queries.rules import business_time
from queries.sla import happened
from tests.agreement_terms import make_term
from tests.handoff_questions import TERMS, view

at = datetime.fromisoformat
DUE = "2026-06-01 17:00"


@pytest.fixture(scope="module")
def asked():
    """Asked on Tuesday 2 June at eleven; everybody works from 9 to 18, from Monday to Friday."""
    week = ((((9 * 60, 18 * 60),),) * 5) + ((), ())
    calendar = business_time.Calendar("Ours", "UTC", week)
    clock = business_time.clock(calendar, at("2026-01-01").date(), at("2026-12-31").date())
    return facts.Question(view("2026-06-02 11:00"), TERMS, {0: clock, 1: clock}, {})


def row(result: str = "breached", **cells: object) -> dict[str, object]:
    names = ("done_at", "first_attempt_at", "decided_at", "paused_at", "paused_until", "missing")
    usual = dict.fromkeys(names) | {"result": result, "calendar_no": 1, "due_at": at(DUE)}
    usual |= {"decision": "pending", "reason_code": None, "amount": 1.0}
    return usual | {
        name: at(cell) if name.endswith(("_at", "until")) else cell for name, cell in cells.items()
    }


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("first_attempt", row("met", done_at="2026-06-01 16:00"), "in time"),
        # An hour before closing time, and an hour and a half of the next day.
        ("first_attempt", row(done_at="2026-06-02 10:30"), "2 h 30 late"),
        # Nobody knows on Tuesday what happens on Wednesday.
        ("first_attempt", row(done_at="2026-06-03 10:30"), "not yet, 3 h over"),
        ("first_attempt", row(), "not yet, 3 h over"),
        (
            "first_contact",
            row(decision="recycled", decided_at="2026-06-02 10:00"),
            "never: recycled without it",
        ),
        ("decision", row(done_at="2026-06-01 17:00:01"), "under a minute late"),
        ("coverage", row(first_attempt_at="2026-06-02 09:30"), "1 h 30 late"),
        ("coverage", row("met"), "attempted"),
        ("completeness", row(missing=0b1001), "came without email and job title"),
        ("completeness", row("met"), "complete"),
        ("acceptance", row(decision="rejected", reason_code="too small"), "rejected: too small"),
        ("acceptance", row(decision="rejected"), "rejected"),
        ("reason_coverage", row(decision="recycled"), "recycled without a reason"),
        ("volume", row("met"), "handed over"),
        ("value_points", row("met", amount=12.5), "handed over, worth 12.5"),
        (
            "decision",
            row(paused_at="2026-06-01 12:00", paused_until="2026-06-01 13:00"),
            "not yet, 3 h over (stopped until 1 Jun 2026, 13:00)",
        ),
        # Stopped only after it had run out.
        ("decision", row(paused_at="2026-06-01 17:01"), "not yet, 3 h over"),
    ],
)
def test_what_happened_is_told_as_it_was_known(asked, kind: str, found: dict, expected: str):
    assert happened.what(found, make_term(kind), asked) == expected


def test_late_is_told_in_the_time_of_the_promise(asked) -> None:
    late = row(done_at="2026-06-02 10:00")
    said = {
        calendar: happened.what(late, make_term(calendar=calendar), asked)
        for calendar in ("receiver", "company", "always")
    }
    assert said == {"receiver": "2 h late", "company": "2 h late", "always": "17 h late"}
