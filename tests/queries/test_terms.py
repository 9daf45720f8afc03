"""The terms in force and the reasons that can be given, as the migrations leave them."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from queries import records, terms
from queries.agreement_schema import sla_agreements, sla_terms
from queries.agreements import rows
from queries.agreements.content import Target
from queries.handoff_records_schema import reason_codes
from queries.terms import Reason, Terms
from tests import records_place
from tests.agreement_terms import make_term, make_version
from tests.company import utc
from tests.records_place import AT, TICK

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


def test_a_version_holds_from_its_moment_on(engine) -> None:
    begins = utc("2026-07-01 00:00")
    version = {"agreement_id": "default", "version": 2, "title": "Ours", "text": ""}
    made = {"created_by": "ana", "created_at": AT, "changed_by": "ana", "changed_at": AT}
    made |= {"pause_days": 10, "pause_statuses": "[]", "effective_at": begins}
    promise = rows.of_term(make_term(target=("1.5", "business_days")), 2, 0)
    write(
        engine,
        sa.insert(sla_agreements).values(**version, **made, status="draft"),
        sa.insert(sla_terms).values(promise),
        sa.update(sla_agreements).where(sla_agreements.c.version == 2).values(status="signed"),
    )
    target = Target(Decimal("1.5"), "business_days")
    with records.reading(engine) as connection:
        assert terms.in_force(connection, begins - TICK).version == 1
        assert terms.in_force(connection, begins) == Terms("Ours", 2, first_attempt=target)


def test_clocks_take_the_first_term_that_holds_for_every_hand_off() -> None:
    of_the_web = make_term(target=("1", "business_hours"), segment={"channel": ("Web",)})
    every, later = (make_term(target=(hours, "business_hours")) for hours in ("4", "8"))
    found = terms.of_version(make_version(2, of_the_web, every, later))
    assert found.first_attempt == Target(Decimal(4), "business_hours")
    assert terms.of_version(make_version(2, of_the_web)).first_attempt is None


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
