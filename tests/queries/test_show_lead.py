"""`show lead`: a person as data, with the keys that docs/operations.md promises."""

from __future__ import annotations

import json

import pytest

from queries import records, show_lead
from queries.handoffs import decisions
from queries.people import EVERYTHING, NOTHING
from tests import company, lead_company, lead_handed, records_place
from tests.company import opened, utc

url, engine = records_place.url, records_place.engine


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def page(snapshot, rows, asked_id="m0", scope=EVERYTHING, as_of=company.NOW, now=company.NOW):
    with snapshot.connect() as connection, records.reading(rows) as read:
        found = show_lead.lead_page(
            connection, read, lead_handed.view(as_of), scope=scope, asked_id=asked_id, now=now
        )
    return json.loads(json.dumps(found, allow_nan=False))


def test_a_person_is_told_in_full(mia, engine) -> None:
    found = page(mia, engine)
    lists = {name: found.pop(name) for name in ("contact", "handoffs", "opportunities", "timeline")}
    assert found == {
        "as_of": "2026-06-30T12:00:00Z",
        "lead_id": "m1",
        "asked_id": "m0",
        "merged": ["m0"],
        "created_at": "2026-03-01T09:00:00Z",
        "name": "Mia Berg",
        "stage": "customer",
        "owner": "Bo",
        "team": "North",
        "campaign": "Spring",
        "next_step": "Nothing is open.",
        "next_due_at": None,
        "hidden_opportunities": 0,
    }
    assert lists["contact"]["email"] == {"value": "mia@acme.example", "state": "present"}
    assert lists["contact"]["phone"] == {"value": None, "state": "missing"}
    assert lists["handoffs"][0]["decided_at"] == "2026-03-05T09:00:00Z"
    assert lists["handoffs"][0]["recycle_until"] is None
    assert [deal["amount"] for deal in lists["opportunities"]] == [100, 7]
    assert lists["timeline"][-1] == {
        "at": "2026-03-20T09:00:00Z",
        "kind": "won",
        "title": "Closed-won",
        "detail": "d2",
        "who": "Dee",
        "is_inferred": False,
        "amount": 7,
    }


def test_nobody_is_nothing(mia, engine) -> None:
    assert page(mia, engine, "nobody") is None
    assert page(mia, engine, "m1", NOTHING) is None


@pytest.fixture(scope="module")
def sue(tmp_path_factory):
    """Sue, handed over on 1 June."""
    return opened(tmp_path_factory.mktemp("sue"), *lead_handed.make_sue())


def test_clocks_are_told_as_of_now_or_of_a_moment(sue, engine) -> None:
    found = page(sue, engine, "s1", now=utc("2026-06-30 12:30:59"))
    assert found["as_of"] == "2026-06-30T12:30:00Z"
    assert found["next_step"] == "First attempt overdue since 1 Jun 2026, 13:00."
    found = page(sue, engine, "s1", as_of=utc("2026-06-01 10:00"))
    assert found["as_of"] == "2026-06-01T10:00:00Z"
    assert found["next_step"] == "First attempt due 1 Jun 2026, 13:00."
    assert found["next_due_at"] == "2026-06-01T13:00:00Z"
    assert (found["handoffs"][0]["state"], found["handoffs"][0]["left"]) == (
        "running",
        3 * 3_600_000_000,
    )


def test_what_was_decided_here_is_told_with_its_note(sue, engine) -> None:
    handoff = decisions.Handoff("s1:1", "s1", lead_handed.HANDED)
    asked = decisions.Asked("form", "accepted", note="calls back")
    with records.writing(engine) as rows:
        act = records_place.act("Bo", utc("2026-06-30 12:10"))
        decisions.decide(rows, act, handoff, asked, "UTC")
    found = page(sue, engine, "s1", now=utc("2026-06-30 12:30"))
    assert found["handoffs"][0]["decision"] == "accepted"
    last = found["timeline"][-1]
    assert (last["title"], last["detail"], last["who"]) == (
        "Hand-off 1 accepted",
        "“calls back”",
        "Bo",
    )
    past = page(sue, engine, "s1", as_of=utc("2026-06-30 11:00"), now=utc("2026-06-30 12:30"))
    assert past["handoffs"][0]["decision"] == "pending"
    assert [each for each in past["timeline"] if each["kind"] == "decision"] == []
