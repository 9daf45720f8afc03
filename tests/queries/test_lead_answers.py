"""All of a person at once: one moment, one viewer, in every part."""

from __future__ import annotations

from datetime import date

import pytest

from queries import lead_answers, lead_next
from queries.handoffs import answers, live
from queries.people import EVERYTHING, FIGURES, Scope
from queries.rules.business_time import HOUR
from tests import company, lead_company, lead_handed
from tests.company import opened, utc


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def person(snapshot, asked_id="m0", scope=EVERYTHING, as_of=company.NOW, zone="UTC"):
    view = lead_handed.view(as_of, zone)
    asked = {"scope": scope, "entered": lead_handed.NOTHING, "asked_id": asked_id}
    with snapshot.connect() as connection:
        return lead_answers.load(connection, view, **asked).person


def test_all_parts_are_of_the_survivor(mia) -> None:
    found = person(mia)
    assert found.lead.lead_id == "m1"
    assert list(found.deals["opportunity_id"]) == ["d1", "d2"]
    assert list(found.handoffs["handoff_no"]) == [1, 2]
    assert (len(found.timeline), found.hidden_deals) == (20, 0)
    assert found.next_step.words == "Nothing is open."


def test_all_parts_are_of_one_viewer(mia) -> None:
    found = person(mia, scope=Scope("reps", ("bo",)))
    assert list(found.deals["opportunity_id"]) == ["d1"]
    assert (len(found.timeline), found.hidden_deals) == (18, 1)
    assert person(mia, scope=FIGURES) is None
    assert person(mia, scope=Scope("reps", ("dee",))) is None


def test_all_parts_are_of_one_moment(mia) -> None:
    found = person(mia, as_of=utc("2026-03-17 09:00"))
    assert (found.lead.stage, found.next_step.words) == ("opportunity", "Deal is open.")
    assert len(found.timeline) == 18
    assert person(mia, as_of=utc("2026-02-28 09:00")) is None


def test_what_is_next_is_the_clock_of_the_open_hand_off(tmp_path) -> None:
    found = person(opened(tmp_path, *lead_handed.make_sue()), "s1", as_of=utc("2026-06-01 10:00"))
    assert found.next_step == lead_next.NextStep(
        "First attempt due", "attempt", "running", utc("2026-06-01 13:00"), 3 * HOUR, "UTC"
    )


def test_a_copy_can_be_changed_without_the_kept_one(mia) -> None:
    view = lead_handed.view(company.NOW)
    asked = {"scope": EVERYTHING, "entered": lead_handed.NOTHING, "asked_id": "m1"}
    with mia.connect() as connection:
        kept = lead_answers.load(connection, view, **asked)
    copied = kept.copy(deep=False).person
    copied.handoffs.loc[:, "handoff_no"] = 9
    assert list(copied.handoffs["handoff_no"]) == [9, 9]
    assert list(kept.person.handoffs["handoff_no"]) == [1, 2]
    assert lead_answers.Found(None).copy(deep=False).person is None


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [("UTC", "Comes back on 30 Jun 2026."), ("Asia/Tokyo", "Was to come back on 30 Jun 2026.")],
)
def test_today_is_a_day_of_the_reporting_zone(tmp_path, zone: str, sentence: str) -> None:
    snapshot = opened(tmp_path, *lead_handed.make_sue())
    row = ("s1", lead_handed.HANDED, "recycled", None, date(2026, 6, 30), "Cy")
    fresh = live.Fresh(decisions=((*row, utc("2026-06-10 09:00"), None),))
    view = lead_handed.view(utc("2026-06-30 15:00"), zone)
    entered = answers.Entered(lead_handed.TERMS, fresh)
    with snapshot.connect() as connection:
        found = lead_answers.load(
            connection, view, scope=EVERYTHING, entered=entered, asked_id="s1"
        )
    assert found.person.next_step.words == sentence
