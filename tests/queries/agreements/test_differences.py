"""What differs between two versions, said as people say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from queries.agreements import differences
from queries.agreements.content import Target
from queries.agreements.differences import Difference
from tests.agreement_terms import DAYS, HOURS, make_term, make_version

WEB = {"channel": ("Web",)}


def told(before, after) -> list[str]:
    return [each.sentence for each in differences.between(before, after)]


def of_terms(kind: str, before: dict, after: dict) -> list[str]:
    old, new = make_term(kind, **before), make_term(kind, **after)
    return told(make_version(1, old), make_version(2, new))


def test_nothing_differs_between_equal_contents() -> None:
    old = make_version(2)
    new = replace(make_version(3), status="signed", supersedes=2)
    assert told(old, replace(new, terms=tuple(replace(t, term_id="x") for t in new.terms))) == []


@pytest.mark.parametrize(
    ("kind", "before", "after", "sentence"),
    [
        (
            "first_attempt",
            {"target": ("8", HOURS)},
            {"target": ("4", HOURS)},
            "first attempt: 8 business hours -> 4",
        ),
        (
            "first_attempt",
            {"target": ("1", DAYS)},
            {"target": ("4", HOURS)},
            "first attempt: 1 business day -> 4 business hours",
        ),
        (
            "first_attempt",
            {"target": ("1", HOURS)},
            {"target": ("2", HOURS)},
            "first attempt: 1 business hour -> 2 business hours",
        ),
        ("acceptance", {}, {"target": ("0.75", "ratio")}, "acceptance: 60 % -> 75 %"),
        ("volume", {}, {"target": ("1500", "count")}, "volume: 300 -> 1,500"),
        ("value_points", {}, {"target": ("9000", "points")}, "value: 12,000 points -> 9,000"),
        ("decision", {}, {"share": "0.95"}, "decision, kept in: 90 % -> 95 %"),
        ("volume", {}, {"per": "week"}, "volume, per: month -> week"),
        ("attempts", {}, {"attempts": 8}, "attempts, attempts: 6 -> 8"),
        ("attempts", {}, {"channels": 3}, "attempts, channels: 2 -> 3"),
        (
            "completeness",
            {},
            {"about": ("email",)},
            "completeness, about: e-mail and job title -> e-mail",
        ),
        (
            "decision",
            {},
            {"segment": WEB},
            "decision from channel Web, for: all hand-offs -> from channel Web",
        ),
        (
            "decision",
            {},
            {"calendar": "company"},
            "decision, working time: that of whoever receives the lead -> that of the company",
        ),
        (
            "value_points",
            {},
            {"points": {"Web|CFO": "1200", "": "10"}},
            "value, points: all others 10 -> Web, CFO 1,200; all others 10",
        ),
        ("decision", {}, {"owner": "Bo"}, "decision, owner: nobody -> Bo"),
        (
            "decision",
            {},
            {"restarts_on_reassignment": True},
            "decision, starts anew for each rep: no -> yes",
        ),
    ],
)
def test_a_term_that_changed(kind, before, after, sentence) -> None:
    assert of_terms(kind, before, after) == [sentence]


def test_hours_around_the_clock_are_others() -> None:
    assert of_terms("decision", {}, {"calendar": "always"}) == [
        "decision: 16 business hours -> 16 hours",
        "decision, working time: that of whoever receives the lead -> around the clock",
    ]


def test_terms_that_came_and_went() -> None:
    old = make_version(1, make_term("acceptance"), make_term("decision"))
    new = make_version(2, make_term("acceptance"), make_term("coverage", segment=WEB))
    assert told(old, new) == [
        "coverage from channel Web: nothing -> at least one attempt on 95 % of hand-offs from"
        " channel Web",
        "decision: a decision within 16 business hours, for 90 % of hand-offs -> nothing",
    ]


def test_another_order_is_said_once_and_of_the_terms_that_stayed() -> None:
    a, b, c = (make_term(kind) for kind in ("acceptance", "coverage", "decision"))
    assert told(make_version(1, a, b, c), make_version(2, b, a, c)) == [
        "order: acceptance, coverage, decision -> coverage, acceptance, decision"
    ]
    assert told(make_version(1, a, b), make_version(2, c, a, b))[1:] == []


def test_what_is_said_beside_the_terms() -> None:
    old = make_version(1, title="8 rules")
    new = replace(
        old,
        title="9 rules",
        text="We meet on Mondays.",
        effective_from=date(2026, 7, 1),
        pause_days=5,
        pause_statuses=("waiting", "on leave"),
    )
    assert told(old, new) == [
        "title: 8 rules -> 9 rules",
        "text: none -> We meet on Mondays.",
        "wanted from: when both have signed -> 1 Jul 2026",
        "longest pause: 10 business days -> 5 business days",
        "pauses while: nothing -> waiting, on leave",
    ]


def test_of_long_texts_one_sees_where_they_begin_to_differ() -> None:
    same = "word " * 40
    old, new = (make_version(1, text=same + end) for end in ("We meet on Mondays.", "We meet."))
    ((difference),) = differences.between(old, new)
    assert difference.before == same + "We meet on Mondays."
    assert difference.sentence == (
        "text: …word word word We meet on Mondays. -> …word word word We meet."
    )


def test_a_long_text_is_cut_to_a_line() -> None:
    sentence = Difference("text", "none", "x" * 200).sentence
    assert sentence == "text: none -> " + "x" * 79 + "…"


def test_a_target_of_another_unit_is_said_whole() -> None:
    term = make_term()
    other = replace(term, target=Target(Decimal(30), "minutes"))
    assert told(make_version(1, term), make_version(2, other)) == [
        "first attempt: 4 business hours -> 30 minutes"
    ]
