"""The clocks behind a score: when due, whose then and now, and what happened."""

from __future__ import annotations

from queries.people import EVERYTHING, FIGURES, Scope
from queries.sla import answers
from tests import company, sla_company
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import rejudged, view
from tests.sla_company import CHANGED

FOUR = make_version(1, make_term(), make_term("decision"), status="signed")


def listed(snapshot, key: str, scope: Scope = EVERYTHING, as_of: str = "2026-06-30 12:00"):
    asked = {"scope": scope, "entered": sla_company.entered(FOUR), "key": key}
    with snapshot.connect() as connection:
        return answers.rows_behind(connection, view(as_of), number=1, **asked)


def test_rows_say_whose_it_was_when_it_was_due_and_who_had_it_in_turn(tmp_path) -> None:
    snapshot = rejudged(company.opened(tmp_path, *CHANGED), tmp_path, FOUR)
    rows = listed(snapshot, "first_attempt").set_index("lead_id")
    moved = rows.loc["moved"]
    assert moved["due"] == "8 Jun 2026, 13:00"
    assert (moved["rep_then"], moved["rep_now"]) == ("Cy", "Cy")
    assert moved["owners"] == "Bo from 8 Jun 2026, 09:00; Cy from 8 Jun 2026, 12:00"
    assert rows.loc["after", "owners"] == ""
    assert rows.loc["after", "promise"] == "First attempt"
    assert list(listed(snapshot, "first_attempt")["due"])[:2] == [
        "22 Jun 2026, 13:00",
        "15 Jun 2026, 13:00",
    ]


def test_all_that_was_missed_is_the_breaches_of_every_promise(tmp_path) -> None:
    snapshot = rejudged(company.opened(tmp_path, *CHANGED), tmp_path, FOUR)
    missed = listed(snapshot, "", as_of="2026-06-08 13:00")
    assert [tuple(row) for row in missed[["lead_id", "promise", "what"]].to_numpy()] == [
        ("moved", "First attempt", "not yet, under a minute over")
    ]


def test_rows_are_for_those_who_may_see_persons(tmp_path) -> None:
    snapshot = rejudged(company.opened(tmp_path, *CHANGED), tmp_path, FOUR)
    assert listed(snapshot, "first_attempt", FIGURES).empty
    assert set(listed(snapshot, "first_attempt", Scope("reps", ("cy",)))["lead_id"]) == {"moved"}
