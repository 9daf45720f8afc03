"""What a draft may say, and what it must say before it is signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.agreements import draft_check
from queries.agreements.draft_check import NotDrafted
from tests.agreement_terms import make_term, make_version

DRAFT = make_version()
WEB = {"channel": ("Web",)}


def many(count: int):
    return tuple(make_term(term_id=f"t{place}", key=f"k{place}") for place in range(count))


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"title": ""}, "title", "one line of 1 to 120 letters"),
        ({"title": "x" * 121}, "title", "one line of 1 to 120 letters"),
        ({"title": "a\nb"}, "title", "one line of 1 to 120 letters"),
        ({"text": "x" * 20_001}, "text", "it has 20,001 characters; 20,000 can be kept"),
        ({"pause_days": -1}, "pause_days", "0 to 60 working days"),
        ({"pause_days": 61}, "pause_days", "0 to 60 working days"),
        ({"pause_statuses": ("",)}, "pause_statuses", "up to 50 statuses of the CRM"),
        ({"pause_statuses": ("a", "a")}, "pause_statuses", "each in one line and once"),
        ({"pause_statuses": ("a\n",)}, "pause_statuses", "each in one line and once"),
        ({"pause_statuses": ("x" * 101,)}, "pause_statuses", "each in one line and once"),
        ({"pause_statuses": tuple(map(str, range(51)))}, "pause_statuses", "up to 50 statuses"),
        ({"terms": many(101)}, "term", "has up to 100 terms: remove some first"),
        ({"terms": (make_term(), make_term(term_id="x"))}, "key", "one of its own"),
        ({"terms": (make_term(key=""),)}, "key", "one of its own"),
        ({"terms": (make_term(share=None),)}, "share", "in how many of the cases"),
    ],
)
def test_what_cannot_be_kept_is_said(said, field, sentence) -> None:
    with pytest.raises(NotDrafted, match=sentence) as told:
        draft_check.check(replace(DRAFT, **said))
    assert told.value.field == field


@pytest.mark.parametrize(
    "said",
    [
        {"title": "x" * 120, "text": "x" * 20_000},
        {"pause_days": 0, "pause_statuses": tuple(map(str, range(50)))},
        {"pause_days": 60, "pause_statuses": ("x" * 100,)},
        {"terms": many(100)},
        {"terms": ()},
    ],
)
def test_what_is_within_the_limits_can_be_kept(said) -> None:
    changed = replace(DRAFT, **said)
    assert draft_check.check(changed) is None


def test_both_sides_promise_something() -> None:
    assert draft_check.lacks(DRAFT) == ""
    assert draft_check.lacks(replace(DRAFT, terms=DRAFT.terms[:1])) == (
        "Before it is signed, sales must promise something too: add a term."
    )
    assert draft_check.lacks(replace(DRAFT, terms=DRAFT.terms[1:])) == (
        "Before it is signed, marketing must promise something too: add a term."
    )


def test_no_term_is_there_for_nothing() -> None:
    second = make_term(term_id="x", key="x", segment={"channel": ("Web",)})
    assert draft_check.lacks(replace(DRAFT, terms=(*DRAFT.terms, second))) == (
        "A term measures nothing (first attempt from channel Web): one above it holds for all of"
        " its hand-offs. Move it up or remove it."
    )
    assert draft_check.lacks(replace(DRAFT, terms=(second, *DRAFT.terms))) == ""


def test_a_text_is_kept_in_one_way() -> None:
    assert draft_check.cleaned(" a\r\nb\rc\td\0\x1b[2J\u202e ") == "a\nb\nc\td[2J"


@pytest.mark.parametrize(
    ("first", "second", "is_unused"),
    [
        ({}, {}, True),
        ({}, {"segment": WEB}, True),
        ({"segment": WEB}, {}, False),
        ({"segment": WEB}, {"segment": WEB}, True),
        ({"segment": {"channel": ("Web", "E-mail")}}, {"segment": WEB}, True),
        ({"segment": WEB}, {"segment": {"channel": ("Web", "E-mail")}}, False),
        ({"segment": WEB}, {"segment": {"team": ("t1",)}}, False),
        ({"segment": WEB}, {"segment": WEB | {"team": ("t1",)}}, True),
        ({"segment": WEB | {"team": ("t1",)}}, {"segment": WEB}, False),
    ],
)
def test_a_term_below_a_wider_one_measures_nothing(first, second, is_unused: bool) -> None:
    terms = make_term(**first), make_term(term_id="second", **second)
    assert draft_check.never_used(terms) == ((terms[1],) if is_unused else ())


def test_terms_of_another_kind_or_period_stand_beside_each_other() -> None:
    terms = make_term("volume"), make_term("volume", per="week"), make_term("acceptance")
    assert draft_check.never_used(terms) == ()
