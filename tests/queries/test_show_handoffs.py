"""`show handoffs`: the page as data, from the same functions, with nothing that JSON cannot say."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from queries import choices, people, show_handoffs, terms
from queries.handoffs import answers, metrics
from queries.people import EVERYTHING
from queries.terms import Target
from tests import company, handoff_company
from tests.handoff_company import NOON, TUESDAY

TERMS = terms.Terms(
    "Default terms",
    1,
    first_attempt=Target(Decimal(4), "business_hours"),
    decision=Target(Decimal(16), "business_hours"),
    needs_reason=("rejected",),
    fields=("email", "phone"),
)
COUNTED = {
    "handed": 9,
    "assigned": 8,
    "attempted": 4,
    "contacted": 0,
    "timed": 9,
    "decided": 3,
    "accepted": 1,
    "rejected": 1,
    "recycled": 1,
    "disqualified": 0,
    "superseded": 0,
    "open": 6,
    "overdue": 2,
    "due_soon": 1,
    "running": 3,
    "paused": 0,
    "no_clock": 0,
    "due": 6,
    "met": 3,
    "waiting": 1,
    "sent_back": 1,
    "came_back": 0,
}


@pytest.fixture(scope="module")
def tuesday(tmp_path_factory):
    return handoff_company.opened(tmp_path_factory.mktemp("tuesday"), *TUESDAY)


def page(snapshot, scope=EVERYTHING, by="rep"):
    seen = company.view("2026-06-01", "2026-06-30", handoff_company.datetime.fromisoformat(NOON))
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=scope)
        found = show_handoffs.handoffs_page(
            connection, seen, known, scope=scope, entered=answers.Entered(TERMS), by=by
        )
    return json.loads(json.dumps(found, allow_nan=False))


def test_every_metric_is_counted(tuesday) -> None:
    found = page(tuesday)["counts"]
    assert set(found) == set(metrics.METRICS)
    assert {key: found[key] for key in COUNTED} == COUNTED


def test_a_rate_comes_with_its_n_and_interval(tuesday) -> None:
    rates = page(tuesday)["rates"]
    assert (rates["attainment"]["part"], rates["attainment"]["n"]) == (3, 6)
    assert rates["attainment"]["value"] == 0.5
    assert rates["came_back"]["value"] == 0
    assert rates["won_after"] == {"part": 0, "n": 0, "value": None, "low": None, "high": None}
    assert (rates["completeness"]["part"], rates["completeness"]["n"]) == (8, 9)


def test_the_terms_say_by_what_it_is_judged(tuesday) -> None:
    assert page(tuesday)["terms"] == {
        "title": "Default terms",
        "version": 1,
        "first_attempt": "4 business hours",
        "decision": "16 business hours",
        "needs_reason": ["rejected"],
        "fields": ["email", "phone"],
    }


def test_the_list_and_the_board_are_those_of_the_page(tuesday) -> None:
    found = page(tuesday)
    assert [row["lead_id"] for row in found["work_list"]] == ["o1", "x1", "s1", "n1", "r1", "d1"]
    assert found["work_list"][0]["due_at"] == "2026-06-29T13:00:00Z"
    board = {row["label"]: (row["open"], row["due"], row["met"]) for row in found["board"]}
    assert board == {"Bo": (3, 3, 2), "Cy": (1, 2, 1), "Dee": (1, 1, 0), "Unassigned": (1, 0, 0)}


def test_a_rep_is_shown_their_own(tuesday) -> None:
    found = page(tuesday, people.Scope("reps", ("dee",)))
    assert [row["lead_id"] for row in found["work_list"]] == ["x1"]
    assert found["counts"]["handed"] == 1
    assert "Olga" not in json.dumps(found)


def test_without_activities_what_needs_them_is_no_data(tmp_path) -> None:
    rows = [row for row in TUESDAY if row[0] != "activities"]
    found = page(handoff_company.opened(tmp_path, *rows))
    nothing = {"attempted", "contacted", "timed", "overdue", "due_soon", "running", "paused"}
    nothing |= {"due", "met", "past_due", "ignored"}
    assert {key for key, n in found["counts"].items() if n is None} == nothing
    assert (found["counts"]["open"], found["counts"]["no_clock"]) == (6, 6)
    assert [name for name, rate in found["rates"].items() if rate is None] == [
        *("attainment", "ignored_rate")
    ]
    for funnel, count in (("period", "count"), ("cohort", "reached")):
        steps = {step.get("step", step.get("key")): step for step in found["funnel"][funnel]}
        assert [key for key in steps if steps[key][count] is None] == ["attempted", "contacted"]
    assert {(row["overdue"], row["met"]) for row in found["board"]} == {(None, None)}
    assert {row["untouched"] for row in found["ages"]} == {None}
    # Three today, three yesterday.
    assert [row["n"] for row in found["ages"]] == [3, 3, 0, 0, 0]
    assert {row["n"] for row in found["waits"]} == {None}


def test_the_sentence_compares_nothing(tuesday) -> None:
    assert page(tuesday)["sentence"] == "Everything, 1–30 Jun 2026, as it was on 30 Jun 2026, 12:00"
