"""The kinds of promises, each as it is said in plain words."""

from __future__ import annotations

import pytest

from queries.agreements import kinds
from queries.agreements.kinds import KINDS
from tests.agreement_terms import LEAST, make_term

WEB = {"channel": ("Web",)}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("volume", "at least 300 hand-offs per month"),
        ("value_points", "hand-offs worth at least 12,000 points per month"),
        ("acceptance", "sales accepts at least 60 % of hand-offs"),
        ("completeness", "e-mail and job title on at least 90 % of hand-offs"),
        ("latency", "handed over within 1 business hour of qualifying, for 90 % of hand-offs"),
        (
            "feedback_answers",
            "an answer within 5 business days to 90 % of the feedback on hand-offs",
        ),
        ("first_attempt", "a first attempt within 4 business hours, for 90 % of hand-offs"),
        ("first_contact", "a first conversation within 24 business hours, for 50 % of hand-offs"),
        (
            "attempts",
            "at least 6 attempts over 2 channels within 10 business days, for 80 % of hand-offs"
            " that are not reached before",
        ),
        ("coverage", "at least one attempt on 95 % of hand-offs"),
        ("decision", "a decision within 16 business hours, for 90 % of hand-offs"),
        ("reason_coverage", "a reason for 100 % of rejected and recycled hand-offs"),
        ("feedback_given", "feedback within 5 business days, for 90 % of decided hand-offs"),
    ],
)
def test_each_kind_is_a_sentence(kind: str, sentence: str) -> None:
    assert kinds.sentence(make_term(kind)) == sentence


def test_every_kind_has_a_sentence_here() -> None:
    assert set(LEAST) == set(KINDS)
    assert all(kind.key == key for key, kind in KINDS.items())


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_sentence_says_for_which_hand_offs(kind: str) -> None:
    said = kinds.sentence(make_term(kind, segment=WEB))
    assert " hand-offs from channel Web" in said or said.startswith("hand-offs from channel Web")


def test_a_segment_is_said_by_the_names_that_people_know() -> None:
    segment = {
        "country": ("DE",),
        "campaign": ("c1", "c2"),
        "persona": ("CFO",),
        "team": ("t1",),
        "channel": ("Web",),
    }
    names = {"team": {"t1": "North"}, "campaign": {"c1": "Spring", "c2": "Fair"}}
    term = make_term("acceptance", segment=segment)
    assert kinds.sentence(term, names) == (
        "sales accepts at least 60 % of hand-offs to team North from channel Web from campaign"
        " Spring or Fair of persona CFO from country DE"
    )
    assert kinds.label(make_term(segment=WEB)) == "first attempt from channel Web"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"calendar": "company"},
            "a first attempt within 4 business hours, for 90 % of hand-offs, by the company's"
            " working time",
        ),
        (
            {"calendar": "always"},
            "a first attempt within 4 hours, for 90 % of hand-offs, around the clock",
        ),
        (
            {"restarts_on_reassignment": True},
            "a first attempt within 4 business hours, for 90 % of hand-offs, anew for each rep who"
            " gets it",
        ),
    ],
)
def test_whose_time_counts_is_said_where_it_is_not_the_receivers(said, sentence) -> None:
    assert kinds.sentence(make_term(**said)) == sentence


def test_one_channel_is_one() -> None:
    assert "6 attempts over 1 channel within" in kinds.sentence(make_term("attempts", channels=1))


def test_each_side_has_its_kinds() -> None:
    assert [kind.key for kind in kinds.of_direction("marketing_to_sales")] == [
        *("volume", "value_points", "acceptance", "completeness", "latency", "feedback_answers")
    ]
    assert [kind.key for kind in kinds.of_direction("sales_to_marketing")] == [
        *("first_attempt", "first_contact", "attempts", "coverage", "decision"),
        *("reason_coverage", "feedback_given"),
    ]


def test_a_time_is_an_upper_limit_and_a_share_a_lower_one() -> None:
    upper = {kind.key for kind in KINDS.values() if kind.comparator == "at most"}
    assert upper == {
        *("latency", "feedback_answers"),
        *("first_attempt", "first_contact", "decision", "feedback_given"),
    }


def test_rules_are_one_line() -> None:
    assert all(kind.rule.endswith(".") and "\n" not in kind.rule for kind in KINDS.values())
