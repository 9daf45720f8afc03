"""The work list: the most urgent first, page by page, as it was at a moment."""

from __future__ import annotations

import pytest

from queries.handoffs import listing, live
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from queries.terms import Terms
from tests import company
from tests.company import make_campaign, make_event, make_touch, plain, utc
from tests.handoff_questions import (
    HISTORY,
    TERMS,
    ask,
    make_call,
    make_handoff,
    promising,
    rejudged,
    view,
)

HOUR = 3_600_000_000
# Dee works in New York: 9 to 18 there is 13:00 to 22:00 UTC. Tuesday, 30 June, 12:00 UTC.
DEE = ("reps", {"rep_id": "zoe", "rep_name": "Zoe", "time_zone": "America/New_York"})
MIA = {"lead_name": "Mia", "company": "Acme", "email": "mia@acme.example", "country": "Peru"}
ROWS = (
    *HISTORY,
    DEE,
    make_campaign(),
    # Two hours left; overdue for an hour; two hours and a half left in New York, where it is
    # still night; called, with 13 hours left of sixteen; without a clock, the older one first.
    *make_handoff("two", "2026-06-30 10:00", **MIA),
    make_touch("two", at="2026-06-30 09:00"),
    *make_handoff("late", "2026-06-29 16:00", rep="dee"),
    *make_handoff("night", "2026-06-29 20:30", rep="zoe"),
    *make_handoff("called", "2026-06-30 09:00"),
    make_call("called", "2026-06-30 09:30"),
    make_call("called", "2026-06-30 11:30"),
    *make_handoff("older", "2026-01-01 09:00"),
    *make_handoff("old", "2026-01-02 09:00"),
    *make_handoff("gone", "2026-06-29 10:00"),
    make_event("rejected", "2026-06-30 11:00", "gone"),
)
ORDER = ["late", "two", "night", "called", "older", "old"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return company.opened(tmp_path_factory.mktemp("list"), *ROWS)


def listed(snapshot, as_of=company.NOW, *, scope=EVERYTHING, fresh=live.NOTHING, terms=TERMS, **of):
    with snapshot.connect() as connection:
        asked = ask(connection, view(as_of), terms, fresh)
        return listing.page(connection, asked, scope=scope, **of).set_index("lead_id")


def test_the_most_urgent_comes_first_whatever_calendar_it_is_on(snapshot) -> None:
    found = listed(snapshot)
    assert list(found.index) == ORDER
    assert list(found["state"]) == [
        *("overdue", "running", "running", "running", "no_clock", "no_clock")
    ]
    assert plain(found["left"]) == [-HOUR, 2 * HOUR, 5 * HOUR // 2, 13 * HOUR, None, None]


def test_it_says_until_when_and_for_what(snapshot) -> None:
    found = listed(snapshot)
    assert plain(found["due_at"]) == [
        # Four hours from Monday 16:00; Tuesday 14:00; 15:30 UTC; Wednesday 16:00.
        utc("2026-06-30 11:00"),
        utc("2026-06-30 14:00"),
        utc("2026-06-30 15:30"),
        utc("2026-07-01 16:00"),
        None,
        None,
    ]
    assert list(found["waits_for"][:4]) == [*["first attempt"] * 3, "decision"]
    assert (found.loc["night", "rep"], found.loc["night", "rep_zone"]) == (
        "Zoe",
        "America/New_York",
    )


def test_a_row_says_who_it_is_and_what_is_missing(snapshot) -> None:
    row = listed(snapshot).loc["two"]
    assert list(row[["lead_name", "company", "campaign", "rep"]]) == ["Mia", "Acme", "Spring", "Bo"]
    assert (row["handoff_id"], row["missing"]) == ("two:1", "phone, job title")
    terms = Terms("", 1, fields=("email", "source", "persona"))
    assert listed(snapshot, terms=terms).loc["two", "missing"] == "persona"


def test_attempts_are_those_that_had_been_made_by_then(snapshot) -> None:
    found = {
        at: listed(snapshot, f"2026-06-30 {at}").loc["called", "attempts"]
        for at in ("09:29:59", "09:30", "11:29:59", "11:30")
    }
    assert found == {"09:29:59": 0, "09:30": 1, "11:29:59": 1, "11:30": 2}


def test_what_was_decided_later_was_open_then(snapshot) -> None:
    assert "gone" in listed(snapshot, "2026-06-30 10:59").index
    assert "gone" not in listed(snapshot, "2026-06-30 11:00").index


def test_it_can_be_narrowed_to_a_state(snapshot) -> None:
    assert list(listed(snapshot, key="overdue").index) == ["late"]
    assert list(listed(snapshot, key="no_clock").index) == ["older", "old"]


@pytest.mark.parametrize(
    ("scope", "leads"),
    [
        (Scope("reps", ("dee",)), ["late"]),
        (Scope("teams", ("south",)), ["late"]),
        (FIGURES, []),
        (NOTHING, []),
    ],
)
def test_everybody_sees_the_rows_of_their_own(snapshot, scope, leads) -> None:
    assert list(listed(snapshot, scope=scope).index) == leads
    with snapshot.connect() as connection:
        for lead in ("two", "late"):
            asked = ask(connection, view())
            one = listing.one(connection, asked, scope=scope, handoff_id=f"{lead}:1")
            assert list(one["lead_id"]) == ([lead] if lead in leads else [])


def test_one_hand_off_is_shown_whatever_became_of_it(snapshot) -> None:
    with snapshot.connect() as connection:
        asked = ask(connection, view())
        row = listing.one(connection, asked, scope=EVERYTHING, handoff_id="gone:1").iloc[0]
        none = listing.one(connection, asked, scope=EVERYTHING, handoff_id="nobody:1")
    assert (row["state"], row["outcome"], row["decision_source"]) == ("rejected", "rejected", "crm")
    assert row["decided_at"] == utc("2026-06-30 11:00")
    assert none.empty


def test_a_pause_says_until_when_and_why(snapshot) -> None:
    until = utc("2026-07-01 10:00")
    paused = ("two", utc("2026-06-30 10:00"), utc("2026-06-30 11:00"), until, "on leave")
    row = listed(snapshot, fresh=live.Fresh((), (paused,))).loc["two"]
    assert (row["state"], row["paused_until"], row["pause_reason"]) == ("paused", until, "on leave")
    # From 11:00 on it stands still for seven hours and one: eight more than 14:00.
    assert row["due_at"] == utc("2026-07-01 13:00")


@pytest.mark.parametrize(
    ("attempt", "decision", "words"),
    [
        (4, 2, "decision"),
        (4, 4, "first attempt"),
        (None, 4, "decision"),
        (4, None, "first attempt"),
    ],
)
def test_it_waits_for_what_is_due_first(snapshot, tmp_path, attempt, decision, words) -> None:
    ours = rejudged(snapshot, tmp_path, promising(attempt, decision))
    assert listed(ours).loc["two", "waits_for"] == words


def test_pages_hold_fifteen_each(tmp_path) -> None:
    rows = [row for n in range(32) for row in make_handoff(f"l{n:02}", f"2026-06-30 09:{n:02}")]
    snapshot = company.opened(tmp_path, *HISTORY, *rows)
    pages = [list(listed(snapshot, number=number).index) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [15, 15, 2, 0]
    assert [lead for page in pages for lead in page] == [f"l{n:02}" for n in range(32)]
