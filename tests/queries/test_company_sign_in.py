"""The word of the company's provider: whom it lets in, once, and only while it is fresh."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from queries import company_sign_in, sign_in
from tests import records_place
from tests.records_place import AT, add, entries, visit

engine, url = records_place.engine, records_place.url
SECOND = timedelta(seconds=1)


def claims(issued=AT, **others: object) -> dict[str, object]:
    """Of an ID token for Ana."""
    usual = {"iss": "https://login.example", "sub": "42", "nonce": "n1", "email_verified": True}
    moment = int(issued.replace(tzinfo=UTC).timestamp())
    return usual | {"email": "ana@example.com", "iat": moment} | others


@pytest.fixture
def ana(engine) -> str:
    """Ana, who may sign in by the word of the provider."""
    return add(engine, email="ana@example.com")


def begin(engine, given: dict[str, object], *, with_demo: bool = False) -> tuple[str, str]:
    return company_sign_in.begin(engine, given, visit(), with_demo=with_demo)


def test_the_person_of_a_verified_address_is_in(engine, ana) -> None:
    before = len(entries(engine))
    session_id, ticket = begin(engine, claims(email="Ana@Example.com"))
    assert (len(session_id), len(ticket)) == (32, 43)
    assert entries(engine)[before:] == [("ana", "signed in", "ana", "by company")]


@pytest.mark.parametrize(
    "unsure",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": ["ana@example.com"]},
    ],
)
def test_an_address_that_is_not_confirmed_is_none(engine, ana, unsure) -> None:
    with pytest.raises(sign_in.Refused, match="did not confirm an e-mail address"):
        begin(engine, claims(**unsure))


def test_nobody_is_let_in_whom_nobody_has_added(engine, ana) -> None:
    before = len(entries(engine))
    with pytest.raises(sign_in.Refused, match=r"eve@example\.com is nobody who may sign in here"):
        begin(engine, claims(email="eve@example.com"))
    refused = ("unknown name", "sign-in refused", "eve@example.com", "by company")
    assert entries(engine)[before:] == [refused]


def test_a_person_of_the_demo_is_let_in_only_where_the_demo_is_the_source(engine) -> None:
    add(engine, "demi", email="demi@example.com", is_demo=True)
    with pytest.raises(sign_in.Refused, match="is nobody who may sign in here"):
        begin(engine, claims(email="demi@example.com"))
    assert begin(engine, claims(email="demi@example.com"), with_demo=True)


def test_the_same_word_is_good_once_and_the_next_one_again(engine, ana) -> None:
    assert begin(engine, claims())
    with pytest.raises(company_sign_in.Stale):
        begin(engine, claims())
    assert begin(engine, claims(nonce="n2"))


@pytest.mark.parametrize("age", [timedelta(minutes=10) - SECOND, SECOND - timedelta(minutes=10)])
def test_a_fresh_word_counts_also_where_clocks_differ(engine, ana, age) -> None:
    assert begin(engine, claims(AT - age))


@pytest.mark.parametrize(
    "issued",
    [
        claims(AT - timedelta(minutes=10)),
        claims(AT + timedelta(minutes=10)),
        claims(iat=None),
        claims(iat="soon"),
        claims(iat=1e300),
        {"email": "ana@example.com", "email_verified": True},
    ],
)
def test_a_word_that_is_old_or_of_no_time_asks_for_another(engine, ana, issued) -> None:
    with pytest.raises(company_sign_in.Stale):
        begin(engine, issued)
