"""Why hand-offs were not accepted, what comes back when, and how complete leads were."""

from __future__ import annotations

from datetime import date

import pytest

from queries.handoffs import live, reasons
from queries.people import EVERYTHING, NOTHING, Scope
from queries.terms import Terms
from tests import company, handed_over
from tests.company import make_event, plain, utc
from tests.handoff_questions import HISTORY, TERMS, ask, counted, make_handoff, view

HANDED = "2026-06-22 10:00"
DECIDED = (
    ("r1", "rejected", "too small"),
    ("r2", "rejected", "too small"),
    ("r3", "rejected", "duplicate"),
    ("r4", "rejected", ""),
    ("r5", "rejected", "  "),
    ("c1", "recycled", "no budget"),
    ("x1", "disqualified", ""),
    ("s1", "sal", "too small"),
)


def rows_of(lead: str, stage: str, reason: str) -> tuple:
    relation, cells = make_event(stage, "2026-06-23 10:00", lead)
    return *make_handoff(lead, HANDED), (relation, cells | {"reason_code": reason})


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rows = [row for each in DECIDED for row in rows_of(*each)]
    return company.opened(tmp_path_factory.mktemp("reasons"), *HISTORY, *rows)


def by_reason(snapshot, seen=None, scope=EVERYTHING) -> list[tuple]:
    with snapshot.connect() as connection:
        found = reasons.by_reason(connection, ask(connection, seen or view()), scope=scope)
    return list(zip(*(plain(found[name]) for name in found), strict=True))


def test_reasons_come_by_decision_the_most_frequent_first(snapshot) -> None:
    # Blank reasons are none; they stand after those that say something.
    assert by_reason(snapshot) == [
        ("rejected", "too small", 2),
        ("rejected", None, 2),
        ("rejected", "duplicate", 1),
        ("recycled", "no budget", 1),
        ("disqualified", None, 1),
    ]


def test_they_are_of_the_days_of_the_decisions(snapshot) -> None:
    day = ("2026-06-22", "2026-06-22")
    assert by_reason(snapshot, view(company.NOW, *day)) == []
    assert by_reason(snapshot, view("2026-06-23 09:59:59")) == []
    assert len(by_reason(snapshot, view("2026-06-23 10:00"))) == 5
    assert by_reason(snapshot, scope=Scope("reps", ("dee",))) == []


def test_they_sum_to_the_numbers(demo_snapshot) -> None:
    seen = view("2026-06-30 12:00", "2026-01-01", zone="America/Sao_Paulo")
    numbers = counted(demo_snapshot, seen)
    found = by_reason(demo_snapshot, seen)
    for decision in ("rejected", "recycled", "disqualified"):
        assert sum(n for what, _, n in found if what == decision) == numbers[decision] > 0


def returns(snapshot, fresh, scope=EVERYTHING) -> dict[str, int]:
    with snapshot.connect() as connection:
        asked = ask(connection, view("2026-06-30 18:00"), TERMS, fresh)
        found = reasons.returns(connection, asked, scope=scope)
    return dict(zip(found["due"], found["n"], strict=True))


def test_what_was_sent_back_comes_back_on_its_day(snapshot) -> None:
    at = utc("2026-06-23 09:00")
    days = {
        "r1": date(2026, 6, 30),
        "r2": date(2026, 7, 1),
        "r3": date(2026, 7, 30),
        "r4": date(2026, 7, 31),
        "r5": None,
    }
    fresh = live.Fresh(
        tuple(
            (lead, utc(HANDED), "recycled", "bad timing", until, "Cy", at, None)
            for lead, until in days.items()
        )
    )
    # The CRM recycled c1 without saying until when. Today, the 30th, it is due.
    assert returns(snapshot, fresh) == {
        "overdue": 1,
        "within 30 days": 2,
        "later": 1,
        "no date": 2,
    }
    assert counted(snapshot, view("2026-06-30 18:00"), fresh=fresh)["waiting"] == 6
    assert sum(returns(snapshot, fresh, NOTHING).values()) == 0


def completeness(snapshot, terms=TERMS) -> dict[str, int]:
    with snapshot.connect() as connection:
        return reasons.completeness(connection, ask(connection, view(), terms), scope=EVERYTHING)


def test_complete_is_what_has_all_that_the_terms_ask_for(tmp_path) -> None:
    whole = {"email": "a@b.example", "phone": "1", "company": "A", "job_title": "CEO"}
    rows = (
        *make_handoff("l1", "2026-06-29 10:00", country="Peru", **whole),
        *make_handoff("l2", "2026-06-29 10:00", **whole),
        *make_handoff("l3", "2026-06-29 10:00", country="Peru", **(whole | {"email": "a@b"})),
    )
    snapshot = company.opened(tmp_path, *HISTORY, *rows)
    assert completeness(snapshot) == {"n": 3, "complete": 1, "late": 0}
    terms = Terms("", 1, fields=("phone", "company"))
    assert completeness(snapshot, terms) == {"n": 3, "complete": 3, "late": 0}
    # Nobody has a persona; whoever asks for nothing gets it.
    assert completeness(snapshot, Terms("", 1, fields=("persona",)))["complete"] == 0
    assert completeness(snapshot, Terms("", 1))["complete"] == 3


@pytest.mark.parametrize("scope", [EVERYTHING, Scope("teams", ("T1", "T3")), NOTHING])
@pytest.mark.parametrize("fields", [TERMS.fields, ("email",), ()])
def test_complete_is_the_number_of_that_name(demo_snapshot, fields, scope) -> None:
    seen = view("2026-06-30 12:00", "2026-01-01", zone="America/Sao_Paulo")
    terms = Terms("", 1, fields=fields)
    with demo_snapshot.connect() as connection:
        asked = ask(connection, seen, terms)
        found = reasons.completeness(connection, asked, scope=scope)
    numbers = counted(demo_snapshot, seen, scope=scope, terms=terms)
    assert (found["n"], found["complete"]) == (numbers["handed"], numbers["complete"])
    assert (found["complete"] > 0) == (scope != NOTHING)


@pytest.mark.parametrize(
    ("handed", "late"),
    [("2026-06-23 12:00", 0), ("2026-06-23 11:59:59.999999", 1)],
)
def test_who_was_looked_at_only_after_a_week_was_looked_at_late(tmp_path, handed, late) -> None:
    # Read on 30 June at 12:00.
    snapshot = company.opened(tmp_path, *HISTORY, *make_handoff("l1", handed))
    assert completeness(snapshot)["late"] == late


def test_a_return_is_of_the_decision_in_force(tmp_path) -> None:
    until = {"recycle_until": date(2026, 7, 5)}
    handed_over.decide(tmp_path, "l1", HANDED, "recycled", "2026-06-23 10:00", **until)
    snapshot = company.opened(tmp_path, *HISTORY, *make_handoff("l1", HANDED))
    assert returns(snapshot, live.NOTHING)["within 30 days"] == 1


def test_bits_are_those_of_the_fields(snapshot) -> None:
    with snapshot.connect() as connection:
        asked = ask(connection, view())
    # email 1, phone 2, company 4, job title 8, country 16.
    assert asked.asked_fields == 31
