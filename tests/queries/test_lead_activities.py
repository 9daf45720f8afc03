"""Each activity with what it counts as for the hand-off, worked out by hand."""

from __future__ import annotations

from queries import lead_activities, lead_handoffs, leads
from queries.people import EVERYTHING
from tests import company, lead_handed
from tests.company import make_lead, opened
from tests.lead_handed import make_call, make_sue


def told(snapshot, as_of=company.NOW) -> list[str | None]:
    with snapshot.connect() as connection:
        lead = leads.find(connection, "s1", scope=EVERYTHING, as_of=as_of)
        view = lead_handed.question(connection, as_of)
        handoffs = lead_handoffs.load(connection, "s1", view, scope=EVERYTHING)
        found = lead_activities.entries(
            connection, lead, deals=[], handoffs=handoffs, reps={}, as_of=as_of
        )
        return [entry.detail for entry in found]


def test_each_activity_says_what_it_counts_as(tmp_path) -> None:
    calls = (
        make_call("01 09:30", "a"),
        make_call("01 10:00", "b"),
        make_call("01 10:00:01", "c", outcome="connected"),
        make_call("01 12:00", "d", is_automated="true"),
        make_call("01 13:00", "e", is_done="false"),
        make_call("01 14:00", "f", direction="inbound", activity_type="email"),
        make_call("01 14:10", "g", direction="inbound"),
    )
    assert told(opened(tmp_path, *make_sue(*calls))) == [
        "outbound, not counted: before the hand-off",
        "outbound, attempt",
        "outbound, not counted: within 30 minutes of another call",
        "outbound, connected, attempt and contact",
        "outbound, automated, not counted",
        "outbound, not done, not counted",
        "inbound, contact",
        "inbound",
    ]


def test_of_two_alike_one_counts(tmp_path) -> None:
    calls = (make_call("01 09:30", "a"), make_call("01 09:30", "b"))
    assert told(opened(tmp_path, *make_sue(*calls)))[1:] == [
        "outbound, attempt",
        "outbound, not counted: within 30 minutes of another call",
    ]


def test_without_a_hand_off_nothing_is_said_of_counting(tmp_path) -> None:
    snapshot = opened(
        tmp_path, make_lead("s1", created_at="2026-05-29 09:00"), make_call("01 10:00")
    )
    assert told(snapshot) == ["outbound"]
