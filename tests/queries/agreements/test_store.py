"""The agreement as it is kept, and tampering that is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from queries import records
from queries.agreements import seal, store
from tests import records_place
from tests.agreement_book import add_person, describe, sign, start, versions
from tests.records_place import AT

engine, url = records_place.engine, records_place.url
# Whoever owns the database can take the triggers away.
TRIGGERS = {
    "sqlite": (
        "drop trigger sla_agreements_no_update",
        "drop trigger sla_terms_no_update",
        "drop trigger sla_terms_no_delete",
        "drop trigger sla_signatures_no_update",
    ),
    "postgresql": (
        "alter table sla_agreements disable trigger all",
        "alter table sla_terms disable trigger all",
        "alter table sla_signatures disable trigger all",
    ),
}
CHANGED = "Somebody has changed it in the database."


@pytest.fixture
def signed(engine):
    """A version that both sides have signed."""
    ana = add_person(engine, "ana", side="marketing")
    bo = add_person(engine, "bo", side="sales")
    draft = start(engine, ana)
    sign(engine, ana, "marketing", draft)
    return sign(engine, bo, "sales", draft)


def tamper(engine, *statements: str) -> None:
    with records.writing(engine) as connection:
        for statement in (*TRIGGERS[engine.dialect.name], *statements):
            connection.exec_driver_sql(statement)


def check(engine) -> list[tuple[int, str]]:
    with records.reading(engine) as connection:
        return [(damage.number, damage.sentence) for damage in store.check(connection)]


def test_the_default_terms_are_there_first(engine) -> None:
    (default,) = versions(engine).values()
    assert (default.number, default.title, default.status) == (1, "Default terms", "signed")
    assert (default.effective_at, default.supersedes, default.pause_days) == (None, None, 10)
    told = [
        (term.key, str(term.target.value), term.target.unit, term.share and str(term.share))
        for term in default.terms
    ]
    assert told == [
        ("acceptance", "0.6", "ratio", None),
        ("completeness", "0.9", "ratio", None),
        ("latency", "1", "business_hours", "0.9"),
        ("first_attempt", "4", "business_hours", "0.9"),
        ("first_contact", "24", "business_hours", "0.5"),
        ("attempts", "1E+1", "business_days", "0.8"),
        ("coverage", "0.95", "ratio", None),
        ("decision", "16", "business_hours", "0.9"),
        ("reason_coverage", "1", "ratio", None),
    ]
    attempts = next(term for term in default.terms if term.key == "attempts")
    assert (attempts.attempts, attempts.channels) == (6, 2)


def test_what_nobody_touched_is_whole(engine, signed) -> None:
    assert check(engine) == []


def test_a_draft_may_differ_from_what_was_signed(engine) -> None:
    ana = add_person(engine, "ana", side="marketing")
    draft = start(engine, ana)
    sign(engine, ana, "marketing", draft)
    describe(engine, ana, draft, title="Ours")
    assert check(engine) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update sla_agreements set text = 'x' where version = 2",
        "update sla_agreements set title = 'x' where version = 2",
        "update sla_agreements set pause_days = 11 where version = 2",
        "update sla_agreements set pause_statuses = '[3]' where version = 2",
        "update sla_terms set target_value = 40 where version = 2 and kind = 'first_attempt'",
        "update sla_terms set share = 0.1 where version = 2 and kind = 'decision'",
        "update sla_terms set about_json = 'x' where version = 2 and kind = 'completeness'",
        "update sla_terms set sort_order = 99 where version = 2 and kind = 'acceptance'",
        "delete from sla_terms where version = 2 and kind = 'decision'",
    ],
)
def test_tampering_with_a_signed_version_is_noticed(engine, signed, statement: str) -> None:
    tamper(engine, statement)
    ((number, sentence),) = check(engine)
    now, was = seal.short(seal.of(versions(engine)[2])), seal.short(seal.of(signed))
    assert number == 2
    assert sentence == (
        f"Version 2 is not what both sides signed: its seal is {now}, what was signed has {was}."
        f" {CHANGED}"
    )


def test_changing_the_signatures_as_well_does_not_hide_it(engine, signed) -> None:
    tamper(engine, "update sla_agreements set text = 'x' where version = 2")
    forged = seal.of(versions(engine)[2])
    with records.writing(engine) as connection:
        connection.execute(
            sa.text("update sla_signatures set content_sha256 = :forged"), {"forged": forged}
        )
    ((_, sentence),) = check(engine)
    assert sentence == (
        f"The audit log does not know that version 2 was signed like this. {CHANGED}"
    )


def test_nor_does_moving_the_moment_go_unnoticed(engine, signed) -> None:
    tamper(engine, "update sla_agreements set effective_at = '2020-01-01' where version = 2")
    ((_, sentence),) = check(engine)
    assert sentence.startswith("The audit log does not know that version 2 was signed like this.")


def test_a_version_that_nobody_signed_is_noticed(engine) -> None:
    draft = start(engine, add_person(engine, "ana"))
    tamper(engine, "update sla_agreements set status = 'signed' where version = 2")
    sealed = seal.short(seal.of(draft))
    assert check(engine) == [
        (
            2,
            f"Version 2 is not what both sides signed: its seal is {sealed}, nobody signed it."
            f" {CHANGED}",
        )
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update sla_terms set target_value = 99 where term_id = 'default 1 decision'",
        "update sla_agreements set effective_at = '2027-01-01' where version = 1",
    ],
)
def test_tampering_with_the_default_terms_is_noticed(engine, statement: str) -> None:
    tamper(engine, statement)
    assert check(engine) == [
        (1, f"The terms of version 1 are not those that were shipped. {CHANGED}")
    ]


def test_signatures_count_for_the_content_they_name(engine, signed) -> None:
    with records.reading(engine) as connection:
        given = store.signatures(connection)
    assert [(one.side, one.signer_name, one.signed_at) for one in given] == [
        ("marketing", "ana", AT),
        ("sales", "bo", AT),
    ]
    assert {one.content_sha256 for one in given} == {seal.of(signed)}
    assert set(store.counting(signed, given)) == {"marketing", "sales"}
    assert store.counting(replace(signed, text="x"), given) == {}
    # The same words in another version are another content.
    assert store.counting(replace(signed, number=3), given) == {}


def test_the_log_says_what_was_agreed_and_since_when(engine, signed) -> None:
    details = records_place.entries(engine)[-1]
    assert details == (
        "bo",
        "agreement signed by both sides",
        "agreement version 2",
        f"seal {seal.of(signed)}, in force from 2026-06-30T12:00:00",
    )
    assert signed.effective_at == datetime.fromisoformat("2026-06-30 12:00")


def test_only_what_was_signed_is_measured_by_and_in_the_order_of_its_days(engine, signed) -> None:
    def numbers() -> list[int]:
        with records.reading(engine) as connection:
            return [version.number for version in store.signed(connection)]

    assert numbers() == [1, 2]
    ana, bo = (
        add_person(engine, name, side=side)
        for name, side in (("eva", "marketing"), ("max", "sales"))
    )
    draft = start(engine, ana)
    describe(engine, ana, draft, effective_from=date(2026, 8, 1))
    draft = versions(engine)[draft.number]
    assert numbers() == [1, 2]
    sign(engine, ana, "marketing", draft)
    # One side alone agrees on nothing.
    assert numbers() == [1, 2]
    sign(engine, bo, "sales", draft)
    assert numbers() == [1, 2, 3]
    with records.reading(engine) as connection:
        assert store.signed(connection) == tuple(versions(engine).values())
