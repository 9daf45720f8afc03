"""The terms in force and the reasons that can be given, as the migrations leave them."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from queries import records, terms
from queries.handoff_records_schema import reason_codes, sla_agreements, sla_terms
from queries.rules.business_time import HOUR, MINUTE
from queries.terms import Reason, Target, Terms
from tests import records_place

engine, url = records_place.engine, records_place.url


def write(engine, *statements) -> None:
    with records.writing(engine) as connection:
        for statement in statements:
            connection.execute(statement)


def in_force(engine) -> Terms:
    with records.reading(engine) as connection:
        return terms.in_force(connection)


def reasons(engine) -> tuple[Reason, ...]:
    with records.reading(engine) as connection:
        return terms.reasons(connection)


def test_default_terms_hold_until_both_sides_have_signed(engine) -> None:
    assert in_force(engine) == Terms(
        "Default terms",
        1,
        first_attempt=Target(Decimal(4), "business_hours"),
        decision=Target(Decimal(16), "business_hours"),
        needs_reason=("rejected", "recycled", "disqualified"),
        fields=("email", "phone", "company", "job_title", "country"),
    )


def test_the_newest_version_in_force_is_the_one_that_holds(engine) -> None:
    old = sla_agreements.c
    with records.reading(engine) as connection:
        (agreement_id,) = connection.execute(sa.select(old.agreement_id)).one()
    version = {"agreement_id": agreement_id, "text": "", "title": "Ours"}
    promise = {
        "agreement_id": agreement_id,
        "version": 2,
        "direction": "sales_to_marketing",
        "metric_key": "first_attempt",
        "comparator": "at most",
        "target_value": Decimal("1.5"),
        "unit": "business_days",
        "segment_json": "{}",
        "sort_order": 1,
    }
    write(
        engine,
        sa.insert(sla_agreements).values(**version, version=2, status="in_force"),
        sa.insert(sla_agreements).values(**version, version=3, status="draft"),
        sa.insert(sla_terms).values(**promise, term_id="ours"),
    )
    target = Target(Decimal("1.5"), "business_days")
    assert in_force(engine) == Terms("Ours", 2, first_attempt=target)


def test_reasons_come_by_decision_in_their_order(engine) -> None:
    found = reasons(engine)
    assert [reason.code for reason in found if reason.decision == "disqualified"] == [
        *("competitor", "student", "bad contact data", "out of territory", "other")
    ]
    assert found[0] == Reason("disqualified", "competitor", "never handed over again")
    assert {reason.decision for reason in found} == {"rejected", "recycled", "disqualified"}


def test_a_reason_that_is_not_used_any_more_cannot_be_chosen(engine) -> None:
    codes = reason_codes.c
    write(
        engine,
        sa.update(reason_codes).where(codes.reason_code == "student").values(is_active=False),
    )
    assert "student" not in [reason.code for reason in reasons(engine)]


@pytest.mark.parametrize(
    ("value", "unit", "micros", "words"),
    [
        ("15", "minutes", 15 * MINUTE, "15 minutes"),
        ("1", "business_hours", HOUR, "1 business hour"),
        ("4", "business_hours", 4 * HOUR, "4 business hours"),
        ("4.0000", "business_hours", 4 * HOUR, "4 business hours"),
        ("0.25", "business_hours", 15 * MINUTE, "0.25 business hours"),
        ("10", "business_hours", 10 * HOUR, "10 business hours"),
        # A day of work of seven and a half hours.
        ("1", "business_days", 15 * HOUR // 2, "1 business day"),
        ("2", "business_days", 15 * HOUR, "2 business days"),
        ("1.5", "business_days", 45 * HOUR // 4, "1.5 business days"),
        ("100", "business_days", 750 * HOUR, "100 business days"),
    ],
)
def test_a_target_is_a_span_of_working_time(value, unit, micros, words) -> None:
    target = Target(Decimal(value), unit)
    assert target.on(15 * HOUR // 2) == micros
    assert target.in_words() == words
    assert Target(target.value.normalize(), unit).in_words() == words
