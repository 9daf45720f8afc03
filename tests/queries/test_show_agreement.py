"""`show agreement`: all versions, one of them in full, and what JSON can say of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from queries import records, show_agreement
from queries.agreements import drafting, seal
from queries.agreements.content import Target
from tests import agreement_book, records_place
from tests.agreement_book import describe, edit, sign, versions
from tests.records_place import AT

engine, url = records_place.engine, records_place.url


@pytest.fixture
def signed(engine):
    """A version that begins tomorrow; it asks for 2 hours, and marketing signed it twice."""
    ana = agreement_book.add_person(engine, "ana", side="marketing")
    bo = agreement_book.add_person(engine, "bo", side="sales")
    draft = agreement_book.start(engine, ana)
    sign(engine, ana, "marketing", draft)
    faster = replace(draft.terms[3], target=Target(Decimal(2), "business_hours"))
    agreement_book.change(engine, drafting.change_term, edit(bo, draft), faster)
    describe(engine, ana, versions(engine)[2], title="Ours", effective_from=date(2026, 7, 1))
    seen = versions(engine)[2]
    sign(engine, bo, "sales", seen)
    return sign(engine, ana, "marketing", seen)


def page(engine, number=None, now=AT):
    with records.reading(engine) as connection:
        return show_agreement.agreement_page(connection, number=number, now=now, zone="UTC")


def test_it_opens_on_the_version_in_force(engine, signed) -> None:
    assert page(engine)["shown"]["version"] == 1
    assert page(engine, now=AT + timedelta(days=1))["shown"]["version"] == 2


def test_all_versions_are_told_with_their_standing(engine, signed) -> None:
    assert page(engine)["versions"] == [
        {
            "version": 1,
            "title": "Default terms",
            "standing": "in force",
            "said": "in force",
            "in_force_from": None,
        },
        {
            "version": 2,
            "title": "Ours",
            "standing": "coming",
            "said": "from 1 Jul 2026",
            "in_force_from": "2026-07-01T00:00:00Z",
        },
    ]


def test_one_version_is_told_in_full(engine, signed) -> None:
    shown = page(engine, 2)["shown"]
    assert (shown["title"], shown["standing"], shown["said"]) == (
        *("Ours", "coming", "from 1 Jul 2026"),
    )
    assert (shown["effective_from"], shown["in_force_from"]) == (
        *("2026-07-01", "2026-07-01T00:00:00Z"),
    )
    assert [term["key"] for term in shown["marketing_to_sales"]] == [
        *("acceptance", "completeness", "latency")
    ]
    assert shown["sales_to_marketing"][0] == {
        "key": "first_attempt",
        "kind": "first_attempt",
        "sentence": "a first attempt within 2 business hours, for 90 % of hand-offs",
        "target": 2.0,
        "unit": "business_hours",
        "share": 0.9,
        "owner": "head of sales",
    }
    assert shown["compared_with"] == 1
    assert shown["differences"] == [
        "title: Default terms -> Ours",
        "wanted from: when both have signed -> 1 Jul 2026",
        "first attempt: 4 business hours -> 2",
    ]


def test_signatures_stand_with_the_content_that_they_are_for(engine, signed) -> None:
    shown = page(engine, 2)["shown"]
    assert shown["seal"] == seal.of(signed)
    told = [(one["side"], one["by"], one["counts"]) for one in shown["signatures"]]
    assert sorted(told) == [
        *(("marketing", "ana", False), ("marketing", "ana", True), ("sales", "bo", True))
    ]
    assert {one["at"] for one in shown["signatures"]} == {"2026-06-30T12:00:00Z"}
    assert page(engine, 1)["shown"]["signatures"] == []


def test_tampering_is_told(engine) -> None:
    assert page(engine)["tampered"] == []
    with records.writing(engine) as connection:
        for statement in (
            "drop trigger sla_agreements_no_update"
            if engine.dialect.name == "sqlite"
            else "alter table sla_agreements disable trigger all",
            "update sla_agreements set title = 'x' where version = 1",
        ):
            connection.exec_driver_sql(statement)
    assert page(engine)["tampered"] == [
        {
            "number": 1,
            "sentence": "The terms of version 1 are not those that were shipped. Somebody has"
            " changed it in the database.",
        }
    ]


def test_a_version_that_is_not_there_is_none(engine) -> None:
    assert page(engine, 7) is None


def test_it_is_json(engine, signed) -> None:
    whole = page(engine, 2)
    assert json.loads(json.dumps(whole)) == whole
