"""The clocks of hand-offs that something was entered for, judged as the next refresh will.

Handed over on Monday, 22 June 2026, 10:00; work is from 9 to 18. Read on Tuesday, the 30th, noon.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from queries.handoff_schema import handoffs, live_clocks, live_handoffs
from queries.handoffs import live
from tests import company, lead_company
from tests.agreement_terms import make_term, make_version
from tests.company import make_event, utc
from tests.handoff_questions import HISTORY, make_call, make_handoff, make_owner, rejudged

HANDED = "2026-06-22 10:00"
NOW = "2026-06-30 13:00"
ROWS = (
    *HISTORY,
    *make_handoff("l1", HANDED, source="ads"),
    *make_handoff("l2", HANDED, source="ads"),
    *(make_call("l2", f"2026-06-{day} 10:30") for day in (22, 23, 24)),
    make_call("l2", "2026-06-25 10:30", activity_type="email"),
    # Who writes of their own accord was not tried.
    *make_handoff("l5", HANDED),
    lead_company.make_activity(
        "answer",
        lead_id="l5",
        occurred_at="2026-06-22 10:15",
        activity_type="email",
        direction="inbound",
    ),
    make_call("l5", "2026-06-23 10:30"),
    *make_handoff("l3", HANDED, rep="dee"),
    make_owner("l3", "2026-06-22 12:00", "bo", "dee"),
    *make_handoff("l4", HANDED),
    make_event("sal", "2026-06-23 12:00", "l4"),
)
OLD = make_version(1, make_term("volume"))
NEW = make_version(
    2,
    make_term("first_attempt", target=("40", "business_hours"), segment={"channel": ("ads",)}),
    make_term("first_attempt", target=("4", "business_hours"), restarts_on_reassignment=True),
    make_term("attempts", target=("5", "business_days"), attempts=4, channels=2),
    make_term("attempts", target=("1", "business_days"), attempts=2, channels=1),
    make_term("value_points", points={"ads|": "5"}),
    make_term("acceptance"),
    make_term("decision"),
    make_term("reason_coverage"),
    effective_at=utc(HANDED),
)
AFTER = replace(OLD, number=3, effective_at=utc("2026-06-30 13:00"))
VERSIONS = OLD, NEW, AFTER


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    place = tmp_path_factory.mktemp("live_clocks")
    return rejudged(company.opened(place, *ROWS), place, *VERSIONS)


def decision(lead: str, what: str = "accepted", reason: str | None = None, at: str = NOW) -> tuple:
    return lead, utc(HANDED), what, reason, None, "Cy", utc(at), None


def pause(lead: str, start: str, end: str) -> tuple:
    return lead, utc(HANDED), utc(start), utc(end), "on leave"


COLUMNS = ("promise_no", "kind", "rep_id", "due_at", "due_on", "done_at", "result", "amount")


def rows(snapshot, lead: str, *decisions: tuple, pauses: tuple = (), versions=VERSIONS) -> list:
    """The clocks of a lead's hand-off, in the order of the terms."""
    wanted = sa.select(*(live_clocks.c[name] for name in COLUMNS)).where(
        live_clocks.c.seq == live_handoffs.c.seq, live_handoffs.c.lead_id == lead
    )
    with snapshot.connect() as connection:
        live.prepare(connection, live.Fresh(decisions, tuple(pauses)), "UTC", versions)
        return [tuple(row) for row in connection.execute(wanted.order_by(live_clocks.c.promise_no))]


def one(found: list, kind: str) -> tuple:
    """What the only clock of a kind says after its kind, without its day."""
    (row,) = [row for row in found if row[1] == kind]
    _, _, rep, due_at, _, done_at, result, amount = row
    return rep, str(due_at), done_at and str(done_at), result, amount


def test_a_pause_moves_what_is_due_and_the_rest_stays(snapshot) -> None:
    stopped = pause("l1", "2026-06-22 11:00", "2026-06-22 13:00")
    plain, found = rows(snapshot, "l1"), rows(snapshot, "l1", pauses=(stopped,))
    # Forty hours from Monday at ten are over on Friday at 14:00.
    assert one(plain, "first_attempt") == ("bo", "2026-06-26 14:00:00", None, "breached", 1)
    assert one(found, "first_attempt") == ("bo", "2026-06-26 16:00:00", None, "breached", 1)
    assert one(found, "value_points") == one(plain, "value_points")
    assert [row[:2] for row in found] == [row[:2] for row in plain]
    with snapshot.connect() as connection:
        live.prepare(connection, live.Fresh((), (stopped,)), "UTC", VERSIONS)
        wanted = sa.select(live_handoffs.c.attempt_due_at, live_handoffs.c.attempt_first_due_at)
        dues = connection.execute(wanted.where(live_handoffs.c.lead_id == "l1")).one()
    assert [str(at) for at in dues] == ["2026-06-26 16:00:00", "2026-06-26 14:00:00"]


@pytest.mark.parametrize(("reason", "result"), [("too small", "met"), (" ", "breached")])
def test_a_decision_makes_a_verdict_and_asks_for_a_reason(snapshot, reason, result) -> None:
    """By the version that holds when it is made, the reason."""
    made = decision("l1", "rejected", reason, "2026-06-30 12:59:59.999999")
    found = rows(snapshot, "l1", made)
    at = "2026-06-30 12:59:59.999999"
    assert one(found, "acceptance") == ("bo", at, None, "breached", 1)
    assert one(found, "reason_coverage")[1:4] == (at, at if result == "met" else None, result)
    # The next version asks for none, and it holds from 13:00 on.
    later = rows(snapshot, "l1", decision("l1", "rejected", reason))
    assert "reason_coverage" not in [row[1] for row in later]
    assert "acceptance" in [row[1] for row in later]


def test_attempts_count_over_so_many_channels(snapshot) -> None:
    # The fourth, an e-mail, came on Thursday; five days of work are over on Monday.
    accepted = rows(snapshot, "l2", decision("l2"))
    wanted = ("bo", "2026-06-29 10:00:00", "2026-06-25 10:30:00", "met", 1)
    assert one(accepted, "attempts") == wanted
    others = replace(NEW, terms=(make_term("attempts", attempts=2, channels=2), *NEW.terms[:2]))
    found = rows(snapshot, "l2", decision("l2"), versions=(replace(others, effective_at=None),))
    assert one(found, "attempts")[2] == "2026-06-25 10:30:00"


@pytest.mark.parametrize(
    ("lead", "attempts", "done_at"),
    [("l2", 1, "22"), ("l2", 2, "23"), ("l2", 3, "24"), ("l2", 4, "25"), ("l5", 1, "23")],
)
def test_attempts_are_counted_one_by_one(snapshot, lead, attempts, done_at) -> None:
    version = make_version(1, make_term("attempts", attempts=attempts, channels=1))
    found = rows(snapshot, lead, decision(lead), versions=(version,))
    assert one(found, "attempts")[2] == f"2026-06-{done_at} 10:30:00"


def test_r7_who_had_it_when_it_was_due_is_asked_of_the_owners(snapshot) -> None:
    found = rows(snapshot, "l3", decision("l3"))
    # Started anew at 12:00, when it became Dee's.
    assert one(found, "first_attempt")[:2] == ("dee", "2026-06-22 16:00:00")
    short = make_version(1, make_term(target=("2", "business_hours")))
    assert one(rows(snapshot, "l3", decision("l3"), versions=(short,)), "first_attempt")[0] == "dee"
    hour = make_version(1, make_term(target=("1", "business_hours")), make_term("volume"))
    found = rows(snapshot, "l3", decision("l3"), versions=(hour,))
    assert one(found, "first_attempt")[0] == "bo"
    assert one(found, "volume")[0] == "dee"


def test_a_row_says_of_each_clock_what_it_was(snapshot) -> None:
    made = decision("l1", "recycled", "no budget", "2026-06-24 12:00")
    (row,) = [row for row in rows(snapshot, "l1", made) if row[1] == "value_points"]
    at = utc(HANDED)
    # The sixth term of all, the first of which is of the version before.
    assert row == (6, "value_points", "bo", at, date(2026, 6, 22), at, "met", 5.0)


@pytest.mark.parametrize(
    "entered",
    [
        live.Fresh((decision("l4", at="2026-06-24 12:00"),)),
        live.Fresh((decision("nobody"),)),
        live.Fresh((), (pause("l1", "2026-06-29 12:00", "2026-06-29 13:00"),)),
    ],
)
def test_what_changes_nothing_is_judged_as_it_was(snapshot, entered) -> None:
    """A later decision than the CRM's, one of nobody, a pause after all of its clocks ran out."""
    leads = "l1", "l2", "l3", "l4"
    plain = [rows(snapshot, lead) for lead in leads]
    found = [rows(snapshot, lead, *entered.decisions, pauses=entered.pauses) for lead in leads]
    assert found == plain


def test_each_hand_off_is_there_once_whatever_was_entered(snapshot) -> None:
    entered = live.Fresh((decision("l1"), decision("l3")), (pause("l1", NOW, "2026-07-01"),))
    with snapshot.connect() as connection:
        live.prepare(connection, entered, "UTC", VERSIONS)
        leads = connection.execute(sa.select(live_handoffs.c.lead_id)).scalars().all()
        kept = connection.execute(sa.select(handoffs.c.lead_id)).scalars().all()
        clocks = connection.execute(sa.select(live_clocks.c.seq, live_clocks.c.promise_no)).all()
    assert sorted(leads) == sorted(kept)
    assert len(set(clocks)) == len(clocks)
