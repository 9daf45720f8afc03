"""The terms that hold before any are signed, and what new records say of them."""

from __future__ import annotations

from decimal import Decimal

from queries import records
from queries.agreements import defaults, kinds, seal, store, term_check
from tests import records_place

engine = records_place.engine
url = records_place.url


def test_new_records_say_the_same_to_the_letter(engine) -> None:
    with records.reading(engine) as connection:
        assert store.versions(connection) == (defaults.VERSION,)
        (kept,) = store.signed(connection)
    assert kept.terms == defaults.VERSION.terms
    assert seal.of(kept) == seal.of(defaults.VERSION)


def test_they_are_promises_that_can_be_kept() -> None:
    for term in defaults.VERSION.terms:
        assert term_check.problems(term) == ()
    said = {kinds.sentence(term) for term in defaults.VERSION.terms}
    assert "a first attempt within 4 business hours, for 90 % of hand-offs" in said
    assert "a decision within 16 business hours, for 90 % of hand-offs" in said


def test_they_hold_for_every_hand_off_from_the_first_on() -> None:
    version = defaults.VERSION
    assert (version.number, version.status, version.effective_at) == (1, "signed", None)
    assert version.pause_days == 10
    assert all(not term.segment for term in version.terms)


def test_each_side_promises_what_only_it_can_keep() -> None:
    of_sales = [term.kind for term in defaults.VERSION.terms if term.owner == "head of sales"]
    assert of_sales == [
        *("first_attempt", "first_contact", "attempts"),
        *("coverage", "decision", "reason_coverage"),
    ]
    for term in defaults.VERSION.terms:
        assert kinds.KINDS[term.kind].direction == term.direction
        assert term.share is None or Decimal("0.5") <= term.share <= Decimal("0.9")
