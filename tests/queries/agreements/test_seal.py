"""The seal: the same for the same content, another for whatever is said differently."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from queries.agreements import seal
from queries.agreements.content import Target, Term, Version
from tests.agreement_terms import make_term, make_version

ONE = make_version(2, make_term("acceptance"), text="Ü\nno “promise”")
CANONICAL = (
    '{"number":2,"terms":[{"direction":"marketing_to_sales","key":"acceptance",'
    '"kind":"acceptance","target":{"unit":"ratio","value":"0.6"}}],'
    '"text":"Ü\\nno “promise”","title":"Ours"}'
)
# Every field of a version and of a term with another value.
OF_VERSION = {
    "number": 3,
    "title": "Theirs",
    "text": "",
    "terms": (),
    "effective_from": date(2026, 7, 1),
    "pause_days": 9,
    "pause_statuses": ("waiting",),
    "supersedes": 1,
}
OF_TERM = {
    "key": "other",
    "direction": "sales_to_marketing",
    "kind": "coverage",
    "target": Target(Decimal("0.61"), "ratio"),
    "share": Decimal("0.5"),
    "per": "week",
    "attempts": 1,
    "channels": 1,
    "about": ("email",),
    "calendar": "always",
    "segment": {"channel": ("Web",)},
    "points": {"": Decimal(1)},
    "owner": "Ana",
    "restarts_on_reassignment": True,
}
# These are no part of what is signed.
OUTSIDE = {
    "status": "signed",
    "effective_at": datetime.fromisoformat("2026-07-01"),
}


def test_the_content_is_written_in_one_form() -> None:
    assert seal.canonical(ONE) == CANONICAL
    assert seal.of(ONE) == hashlib.sha256(CANONICAL.encode()).hexdigest()


@pytest.mark.parametrize("name", list(OF_VERSION))
def test_whatever_a_version_says_is_sealed(name: str) -> None:
    other = dataclasses.replace(ONE, **{name: OF_VERSION[name]})
    assert seal.of(other) != seal.of(ONE)


@pytest.mark.parametrize("name", list(OF_TERM))
def test_whatever_a_term_says_is_sealed(name: str) -> None:
    term = dataclasses.replace(ONE.terms[0], **{name: OF_TERM[name]})
    assert seal.of(dataclasses.replace(ONE, terms=(term,))) != seal.of(ONE)


def test_no_field_is_forgotten() -> None:
    assert {each.name for each in dataclasses.fields(Version)} == {*OF_VERSION, *OUTSIDE}
    assert {each.name for each in dataclasses.fields(Term)} == {*OF_TERM, "term_id"}


def test_the_order_of_the_terms_is_sealed() -> None:
    two = make_version()
    assert seal.of(dataclasses.replace(two, terms=two.terms[::-1])) != seal.of(two)


def test_what_becomes_of_a_version_leaves_its_seal() -> None:
    assert seal.of(dataclasses.replace(ONE, **OUTSIDE)) == seal.of(ONE)
    term = dataclasses.replace(ONE.terms[0], term_id="another row")
    assert seal.of(dataclasses.replace(ONE, terms=(term,))) == seal.of(ONE)


def test_one_number_has_one_form() -> None:
    seals = {
        seal.of(make_version(2, make_term("first_attempt", target=(number, "minutes"))))
        for number in ("100", "100.0000", "1E+2")
    }
    assert len(seals) == 1


def test_the_order_of_a_mapping_does_not_count() -> None:
    ways = ({"team": ("a",), "channel": ("b",)}, {"channel": ("b",), "team": ("a",)})
    of_both = {seal.of(make_version(2, make_term(segment=MappingProxyType(way)))) for way in ways}
    assert len(of_both) == 1


def test_a_part_of_it_is_compared_by_eye() -> None:
    assert seal.short("0123456789abcdef") == "0123456789ab"
