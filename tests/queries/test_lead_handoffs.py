"""The hand-offs of a person as they were at a moment, with their clocks, worked out by hand."""

from __future__ import annotations

import pytest

from queries import lead_handoffs
from queries.people import EVERYTHING, Scope
from queries.rules.business_time import HOUR, MINUTE
from tests import company, lead_company, lead_handed
from tests.company import make_event, make_lead, opened, plain, utc
from tests.lead_handed import NOTHING, decided, make_call, make_sue, paused


@pytest.fixture(scope="module")
def sue(tmp_path_factory):
    """Sue, whom nobody has tried to reach."""
    return opened(tmp_path_factory.mktemp("sue"), *make_sue())


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def load(snapshot, as_of, entered=NOTHING, lead_id="s1", scope=EVERYTHING):
    at = utc(as_of) if isinstance(as_of, str) else as_of
    with snapshot.connect() as connection:
        asked = lead_handed.question(connection, at, entered)
        return lead_handoffs.load(connection, lead_id, asked, scope=scope)


def one(snapshot, as_of=company.NOW, entered=NOTHING, **asked: object) -> dict[str, object]:
    rows = load(snapshot, as_of, entered, **asked)
    assert len(rows) == 1
    return {name: plain(rows[name])[0] for name in rows}


@pytest.mark.parametrize(
    ("as_of", "state", "left"),
    [
        ("2026-06-01 09:00", "running", 4 * HOUR),
        ("2026-06-01 11:59:59", "running", HOUR + 1_000_000),
        ("2026-06-01 12:00", "due_soon", HOUR),
        ("2026-06-01 12:59:59", "due_soon", 1_000_000),
        ("2026-06-01 13:00", "overdue", 0),
        # Three hours later on Monday, and one on Tuesday.
        ("2026-06-02 10:00", "overdue", -6 * HOUR),
    ],
)
def test_the_first_attempt_is_due_in_working_time(sue, as_of: str, state: str, left: int) -> None:
    row = one(sue, as_of)
    assert (row["state"], row["waits_for"], row["left"]) == (state, "attempt", left)
    assert row["due_at"] == row["attempt_due_at"] == utc("2026-06-01 13:00")
    assert row["decision_due_at"] == utc("2026-06-02 16:00")


@pytest.mark.parametrize(
    ("as_of", "response", "late"),
    [
        ("2026-06-01 12:59:59", None, None),
        ("2026-06-01 13:20", "breached", 20 * MINUTE),
        ("2026-06-02 09:30", "breached", 5 * HOUR + 30 * MINUTE),
    ],
)
def test_what_did_not_come_in_time_is_later_from_minute_to_minute(
    sue, as_of: str, response: str | None, late: int | None
) -> None:
    row = one(sue, as_of)
    assert (row["response"], row["late"], row["first_attempt_at"]) == (response, late, None)


@pytest.mark.parametrize(
    ("called", "response", "late"),
    [
        ("01 13:00", "met", None),
        ("01 13:00:01", "breached", 1_000_000),
        ("02 09:30", "breached", 5 * HOUR + 30 * MINUTE),
    ],
)
def test_a_first_attempt_was_in_time_or_late(
    tmp_path, called: str, response: str, late: int | None
) -> None:
    row = one(opened(tmp_path, *make_sue(make_call(called))))
    assert (row["response"], row["late"]) == (response, late)
    assert (row["waits_for"], row["due_at"]) == ("decision", utc("2026-06-02 16:00"))


def test_attempts_are_those_by_then(tmp_path) -> None:
    calls = (make_call("01 10:00", "a"), make_call("01 10:30", "b"), make_call("01 11:00", "c"))
    snapshot = opened(tmp_path, *make_sue(*calls))
    # The second is too near to the first to count.
    assert one(snapshot)["attempts"] == 2
    assert one(snapshot, "2026-06-01 10:59")["attempts"] == 1
    early = one(snapshot, "2026-06-01 09:59:59")
    assert (early["attempts"], early["first_attempt_at"], early["waits_for"]) == (
        0,
        None,
        "attempt",
    )


def test_what_is_decided_here_shows_at_once_and_not_before_it_was(sue) -> None:
    entered = decided("rejected", "2026-06-30 11:00", "bad fit")
    row = one(sue, entered=entered)
    assert (row["decision"], row["reason_code"], row["decided_by"]) == (
        "rejected",
        "bad fit",
        "Cy",
    )
    assert (row["decision_source"], row["state"], row["due_at"]) == ("app", "rejected", None)
    before = one(sue, "2026-06-30 10:59:59", entered)
    assert (before["decision"], before["decided_by"], before["reason_code"]) == (
        "pending",
        None,
        None,
    )


def test_a_clock_that_stands_still_says_why_and_runs_out_later(sue) -> None:
    entered = paused("2026-06-01 10:00", "2026-06-02 09:00")
    row = one(sue, "2026-06-01 12:00", entered)
    assert (row["state"], row["pause_reason"]) == ("paused", "on holiday")
    # Eight working hours of Monday do not count.
    assert row["attempt_due_at"] == utc("2026-06-02 12:00")
    before = one(sue, "2026-06-01 09:59:59", entered)
    assert (before["state"], before["paused_until"], before["pause_reason"]) == (
        "running",
        None,
        None,
    )


def test_what_was_missing_is_named(sue) -> None:
    row = one(sue)
    assert row["missing"] == "email, phone, company, job title, country, persona"
    assert row["missing_seen_at"] == company.NOW


def test_owners_are_those_at_the_hand_off_when_due_and_now(tmp_path) -> None:
    given = {"lead_id": "s1", "actor_rep_id": "", "from_rep_id": "dee", "to_rep_id": "bo"}
    change = lead_company.make_owner_event(**given, occurred_at="2026-06-01 13:30")
    snapshot = opened(tmp_path, *make_sue(change))
    row = one(snapshot)
    assert (row["owner_at_handoff"], row["receiver"]) == ("Dee", "Dee")
    assert (row["owner_when_due"], row["owner"]) == ("Dee", "Bo")
    assert one(snapshot, "2026-06-01 12:59:59")["owner_when_due"] is None


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (Scope("reps", ("bo",)), True),
        (Scope("reps", ("dee",)), False),
        (Scope("teams", ("north",)), True),
        (Scope("teams", ("south",)), False),
        (EVERYTHING, True),
    ],
)
def test_only_ones_own_hand_offs_can_be_decided(sue, scope: Scope, may: bool) -> None:
    assert one(sue, scope=scope)["is_decidable"] is may


def test_hand_offs_come_in_their_order_with_those_who_acted(mia) -> None:
    rows = load(mia, company.NOW, lead_id="m1")
    assert list(rows["handoff_no"]) == [1, 2]
    assert list(rows["handed_at"]) == [utc("2026-03-03 09:00"), utc("2026-03-06 09:00")]
    # A skipped SAL, and a deal that moved its lead.
    assert list(rows["decided_at"]) == [utc("2026-03-05 09:00"), utc("2026-03-14 09:00")]
    assert list(rows["decision_is_inferred"]) == [True, True]
    assert plain(rows["campaign"]) == ["Spring", "Spring"]
    assert load(mia, "2026-03-03 08:59:59", lead_id="m1").empty
    assert list(load(mia, "2026-03-06 08:59", lead_id="m1")["handoff_no"]) == [1]


def test_hand_offs_of_others_are_not_of_this_person(sue) -> None:
    assert load(sue, company.NOW, lead_id="x1").empty


def test_an_inferred_hand_off_has_no_clock(tmp_path) -> None:
    lead = make_lead("s1", created_at="2026-06-01 09:00")
    row = one(opened(tmp_path, lead, make_event("sql", "2026-06-02 09:00", "s1")))
    assert (row["is_inferred"], row["attempt_due_at"], row["waits_for"]) == (True, None, None)
