"""What the Agreement page knows, and how it says how each version stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queries import accounts, people, records
from queries.agreements import answers, drafting
from tests import agreement_book, records_place
from tests.agreement_book import describe, sign, start, versions
from tests.records_place import AT, TICK, act

engine, url = records_place.engine, records_place.url
LATER = AT + timedelta(days=1)


@pytest.fixture
def mia(engine) -> people.User:
    """She leads marketing."""
    return agreement_book.add_person(engine, "mia", side="marketing")


@pytest.fixture
def sam(engine) -> people.User:
    """He leads sales."""
    return agreement_book.add_person(engine, "sam", side="sales")


def load(engine, user: people.User, at=AT, *, with_demo: bool = False) -> answers.Answers:
    with records.reading(engine) as connection:
        return answers.load(connection, user, at=at, with_demo=with_demo)


def said(engine, user: people.User, number: int, at=AT) -> str:
    found = load(engine, user, at)
    return found.said(found.version(number), "UTC")


def test_at_first_there_are_the_default_terms_and_nothing_else(engine, mia) -> None:
    found = load(engine, mia)
    assert [each.number for each in found.versions] == [1]
    assert (found.in_force, found.draft, found.written) == (1, None, None)
    assert (found.given, found.damages) == ((), ())
    assert found.version(2) is None
    assert found.said(found.versions[0], "UTC") == "in force"


def test_a_draft_says_who_wrote_it_last(engine, mia, sam) -> None:
    draft = start(engine, mia)
    describe(engine, sam, draft, at=LATER, title="Ours")
    found = load(engine, mia)
    assert found.draft.title == "Ours"
    assert found.written == answers.Written("mia", AT, "sam", LATER)
    assert said(engine, mia, 2) == "draft, last changed by sam on 1 Jul 2026, 12:00"


def test_who_may_sign_are_the_leaders_of_each_side(engine, mia, sam) -> None:
    agreement_book.add_person(engine, "tom", side="sales")
    agreement_book.add_person(engine, "nobody")
    ada = agreement_book.add_person(engine, "ada", "admin")
    assert load(engine, mia).leaders == {"marketing": ("mia",), "sales": ("sam", "tom")}
    assert [load(engine, who).side for who in (mia, sam, ada)] == ["marketing", "sales", None]
    with records.writing(engine) as connection:
        accounts.set_active(connection, act(), sam.person_id, is_active=False)
    assert load(engine, mia).leaders["sales"] == ("tom",)


def test_people_of_the_demo_company_sign_only_there(engine, mia) -> None:
    agreement_book.add_person(engine, "demo", side="sales", is_demo=True)
    assert load(engine, mia).leaders["sales"] == ()
    assert load(engine, mia, with_demo=True).leaders["sales"] == ("demo",)


def test_each_version_says_how_it_stands_before_at_and_after_its_moment(engine, mia, sam) -> None:
    describe(engine, mia, start(engine, mia), title="Ours", effective_from=date(2026, 7, 2))
    draft = versions(engine)[2]
    sign(engine, mia, "marketing", draft)
    sign(engine, sam, "sales", draft)
    begins = records_place.AT.replace(day=2, month=7, hour=0)
    assert said(engine, mia, 2, begins - TICK) == "comes into force on 2 Jul 2026"
    assert said(engine, mia, 2, begins) == "in force since 2 Jul 2026"
    assert said(engine, mia, 1, begins - TICK) == "in force"
    assert said(engine, mia, 1, begins) == "superseded by version 2 on 2 Jul 2026"
    assert (load(engine, mia, begins - TICK).in_force, load(engine, mia, begins).in_force) == (1, 2)


def test_a_discarded_draft_was_never_in_force(engine, mia) -> None:
    draft = start(engine, mia)
    agreement_book.change(engine, drafting.discard, agreement_book.edit(mia, draft))
    assert said(engine, mia, 2) == "discarded, never in force"
    assert load(engine, mia).draft is None


def test_time_alone_changes_nothing_until_another_version_holds(engine, mia, sam) -> None:
    assert load(engine, mia) == load(engine, mia, LATER)
    before = load(engine, mia)
    start(engine, sam)
    assert load(engine, mia) != before
