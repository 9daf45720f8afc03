"""The promises of both sides in plain words, and putting them into another order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components import agreement_terms, book
from queries.agreements import drafting
from tests import agreement_book, agreement_page
from tests import agreement_terms as made
from tests.agreement_page import opened, press, said, texts


@pytest.fixture
def mia(door, march_place):
    """She leads marketing and has started a draft."""
    door.set_up(march_place)
    user = agreement_page.leader(door)
    agreement_page.drafted(user)
    return user


def kinds_of(direction: str) -> list[str]:
    return [term.kind for term in agreement_page.draft().terms if term.direction == direction]


def add(user, term) -> None:
    draft = agreement_page.draft()
    agreement_book.change(book.engine(), drafting.add_term, agreement_book.edit(user, draft), term)


def test_a_promise_says_all_that_is_promised_and_who_answers_for_it(door, mia) -> None:
    add(mia, made.make_term("value_points", key="", points={"web|": "40", "": "10"}))
    visit = opened(door, version="2")
    assert "Hand-offs worth at least 12,000 points per month." in texts(visit)
    assert "Points: web, no persona 40; all others 10." in texts(visit)
    captions = [one.value.replace("\\", "") for one in visit.caption]
    assert "All hand-offs · owner: nobody yet" in captions
    assert "All hand-offs · the company's working time · owner: head of marketing" in captions
    assert "All hand-offs · the rep's working time · owner: head of sales" in captions


def test_a_text_of_the_data_means_nothing_and_is_not_cut(door, mia) -> None:
    draft = agreement_page.draft()
    long = tuple(f"[{n}](http://x) **team** {'x' * 20}" for n in range(10))
    add(mia, replace(draft.terms[3], term_id="t", key="", segment={"team": long}))
    visit = opened(door, version="2")
    (sentence,) = [one for one in texts(visit) if "[9](http://x)" in one and one[0] != "•"]
    assert sentence.endswith(f"or {long[9]}.")


def test_a_side_that_promises_nothing_is_told(door, mia) -> None:
    for term in agreement_page.draft().terms:
        if term.direction == "marketing_to_sales":
            edit = agreement_book.edit(mia, agreement_page.draft())
            agreement_book.change(book.engine(), drafting.remove_term, edit, term.term_id)
    visit = opened(door, version="2")
    assert [one.value for one in visit.info] == ["Nothing is promised yet."]
    lacks = "Before it is signed, marketing must promise something too: add a term."
    assert said(visit) == [lacks]


def test_a_promise_moves_within_its_column_and_the_ends_stay_ends(door, mia) -> None:
    visit = opened(door, version="2")
    assert kinds_of("marketing_to_sales") == ["acceptance", "completeness", "latency"]
    ups, downs = ([one.label for one in visit.button].count(label) for label in ("Up", "Down"))
    assert (ups, downs) == (2 + 5, 2 + 5)
    press(visit, "Down")
    assert kinds_of("marketing_to_sales") == ["completeness", "acceptance", "latency"]
    press(visit, "Up", 1)
    assert kinds_of("marketing_to_sales") == ["completeness", "latency", "acceptance"]
    assert kinds_of("sales_to_marketing")[0] == "first_attempt"


def test_what_somebody_else_changed_meanwhile_is_not_put_into_another_order(door, mia) -> None:
    visit = opened(door, version="2")
    sam = agreement_book.add_person(book.engine(), "sam", side="sales")
    agreement_book.describe(book.engine(), sam, agreement_page.draft(), title="Theirs")
    press(visit, "Down")
    assert said(visit)[0].startswith("sam has changed this draft on ")
    assert kinds_of("marketing_to_sales") == ["acceptance", "completeness", "latency"]
    press(visit, "Down")
    assert said(visit) == []
    assert kinds_of("marketing_to_sales") == ["completeness", "acceptance", "latency"]


def test_two_are_swapped_and_all_others_stay() -> None:
    terms = [made.make_term(kind) for kind in ("acceptance", "first_attempt", "coverage")]
    version = made.make_version(2, *terms)
    swapped = agreement_terms.swapped(version, "acceptance", "coverage")
    assert swapped == ("coverage", "first_attempt", "acceptance")
