"""Signing: each side's leader, for that side, exactly what stands there; then it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queries import accounts, people, records
from queries.agreements import drafting, seal, signing, store
from queries.agreements.signing import NotSigned
from tests import records_place
from tests.agreement_book import add_person, change, describe, edit, sign, start, versions
from tests.company import utc
from tests.records_place import AT, act, entries

engine, url = records_place.engine, records_place.url
LATER = AT + timedelta(hours=1)


@pytest.fixture
def ana(engine) -> people.User:
    """She leads marketing."""
    return add_person(engine, "ana", side="marketing")


@pytest.fixture
def bo(engine) -> people.User:
    """He leads sales."""
    return add_person(engine, "bo", side="sales")


@pytest.fixture
def draft(engine, ana):
    """A draft of the default terms."""
    return start(engine, ana)


def signatures(engine) -> list[tuple]:
    with records.reading(engine) as connection:
        return [(one.number, one.side, one.signer_user) for one in store.signatures(connection)]


def refused(engine, user, side, seen) -> str:
    before = versions(engine), signatures(engine), entries(engine)
    with pytest.raises(NotSigned) as told:
        sign(engine, user, side, seen)
    assert (versions(engine), signatures(engine), entries(engine)) == before
    return str(told.value)


def move(engine, user, role="leader", side="", rep_id="") -> None:
    with records.writing(engine) as connection:
        accounts.change_access(
            connection, act(), user.person_id, role=role, rep_id=rep_id, side=side
        )


def test_with_both_signatures_a_version_holds(engine, ana, bo, draft) -> None:
    assert sign(engine, ana, "marketing", draft) == draft
    assert versions(engine)[2].status == "draft"
    signed = sign(engine, bo, "sales", draft, LATER)
    assert signed == replace(draft, status="signed", effective_at=LATER)
    assert versions(engine)[2] == signed
    assert signatures(engine) == [(2, "marketing", "ana"), (2, "sales", "bo")]
    with records.reading(engine) as connection:
        assert store.in_force(connection, LATER - records_place.TICK).number == 1
        assert store.in_force(connection, LATER).number == 2
    assert [(by, action) for by, action, *_ in entries(engine)][-3:] == [
        ("ana", "agreement signed"),
        ("bo", "agreement signed"),
        ("bo", "agreement signed by both sides"),
    ]


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ((None, "UTC"), AT),
        # Both signed on 30 June at noon UTC.
        ((date(2026, 6, 29), "UTC"), AT),
        ((date(2026, 6, 30), "UTC"), AT),
        ((date(2026, 7, 1), "UTC"), utc("2026-07-01 00:00")),
        ((date(2026, 7, 1), "Europe/Berlin"), utc("2026-06-30 22:00")),
        # There 1 July began two hours before noon.
        ((date(2026, 7, 1), "Pacific/Kiritimati"), AT),
        ((date(2026, 8, 1), "America/New_York"), utc("2026-08-01 04:00")),
    ],
)
def test_it_begins_on_its_day_and_never_before_it_is_signed(
    engine, ana, bo, draft, wanted, begins
) -> None:
    day, zone = wanted
    describe(engine, ana, draft, effective_from=day)
    seen = versions(engine)[2]
    sign(engine, ana, "marketing", seen, zone=zone)
    assert sign(engine, bo, "sales", seen, zone=zone).effective_at == begins


def test_a_newer_version_does_not_begin_before_an_older_one(engine, ana, bo, draft) -> None:
    describe(engine, ana, draft, effective_from=date(2026, 8, 1))
    second = versions(engine)[2]
    for user, side in ((ana, "marketing"), (bo, "sales")):
        sign(engine, user, side, second)
    third = start(engine, bo, source=2)
    assert (third.effective_from, third.supersedes) == (None, 2)
    sign(engine, bo, "sales", third)
    assert sign(engine, ana, "marketing", third).effective_at == utc("2026-08-01 00:00")
    with records.reading(engine) as connection:
        assert store.in_force(connection, utc("2026-08-01 00:00")).number == 3


@pytest.mark.parametrize("role", ["viewer", "rep", "sales_manager", "marketer", "admin"])
def test_only_leaders_sign(engine, draft, role: str) -> None:
    rep_id = "r1" if role in ("rep", "sales_manager") else ""
    user = add_person(engine, "cy", role, rep_id=rep_id)
    told = refused(engine, user, "sales", draft)
    assert told == "The leaders of marketing and sales sign the agreement, nobody else."


def test_a_role_counts_as_it_is_now(engine, bo, draft) -> None:
    move(engine, bo, "marketer")
    assert "nobody else" in refused(engine, bo, "sales", draft)


def test_whoever_is_deactivated_does_not_sign(engine, bo, draft) -> None:
    with records.writing(engine) as connection:
        accounts.set_active(connection, act(), bo.person_id, is_active=False)
    assert "nobody else" in refused(engine, bo, "sales", draft)


def test_nobody_signs_who_is_not_there(engine, draft) -> None:
    assert "nobody else" in refused(engine, people.User("eve", "leader"), "sales", draft)


def test_a_leader_without_a_side_does_not_sign(engine, draft) -> None:
    told = refused(engine, add_person(engine, "cy"), "sales", draft)
    assert told == "An admin must say first which side you lead, on the page Admin."


def test_nobody_signs_for_the_other_side(engine, ana, bo, draft) -> None:
    assert refused(engine, ana, "sales", draft) == (
        "You lead marketing: you cannot sign for sales."
    )
    assert refused(engine, bo, "marketing", draft) == (
        "You lead sales: you cannot sign for marketing."
    )


def test_whoever_changes_sides_does_not_sign_for_both(engine, ana, draft) -> None:
    sign(engine, ana, "marketing", draft)
    move(engine, ana, side="sales")
    told = refused(engine, ana, "sales", draft)
    assert told == "You have signed this for the other side: somebody else signs for this."


def test_what_was_changed_since_it_was_read_is_not_signed(engine, ana, draft) -> None:
    describe(engine, ana, draft, title="Ours")
    assert "The draft was changed after you opened it." in refused(engine, ana, "marketing", draft)


def test_a_change_asks_for_new_signatures_and_the_old_one_stays(engine, ana, bo, draft) -> None:
    sign(engine, ana, "marketing", draft)
    describe(engine, bo, draft, title="Ours")
    changed = versions(engine)[2]
    sign(engine, bo, "sales", changed)
    assert versions(engine)[2].status == "draft"
    assert sign(engine, ana, "marketing", changed).status == "signed"
    assert signatures(engine) == [
        *((2, "marketing", "ana"), (2, "marketing", "ana"), (2, "sales", "bo"))
    ]


def test_a_signature_that_is_sent_twice_is_one(engine, ana, bo, draft) -> None:
    for user, side in ((ana, "marketing"), (ana, "marketing"), (bo, "sales"), (bo, "sales")):
        last = sign(engine, user, side, draft)
    assert last.status == "signed"
    assert len(signatures(engine)) == 2


def test_a_side_signs_once(engine, ana, draft) -> None:
    sign(engine, ana, "marketing", draft)
    told = refused(engine, add_person(engine, "cy", side="marketing"), "marketing", draft)
    assert told == "ana has signed this for marketing on 30 Jun 2026, 12:00."


def test_two_leaders_at_the_same_moment_both_succeed_once(engine, ana, bo, draft) -> None:
    ends = records_place.at_once(
        lambda: sign(engine, ana, "marketing", draft),
        lambda: sign(engine, bo, "sales", draft),
        lambda: sign(engine, ana, "marketing", draft),
        lambda: sign(engine, bo, "sales", draft),
    )
    assert {type(end).__name__ for end in ends} == {"Version"}
    assert versions(engine)[2].status == "signed"
    assert signatures(engine) == [(2, "marketing", "ana"), (2, "sales", "bo")]
    actions = [action for _, action, *_ in entries(engine)]
    assert actions.count("agreement signed by both sides") == 1


def test_a_change_and_a_signature_at_the_same_moment_do_not_mix(engine, ana, bo, draft) -> None:
    sign(engine, ana, "marketing", draft)
    ends = records_place.at_once(
        lambda: sign(engine, bo, "sales", draft),
        lambda: describe(engine, ana, draft, title="Mine"),
    )
    assert sum(isinstance(end, (NotSigned, ValueError)) for end in ends) == 1
    found = versions(engine)[2]
    assert (found.status, found.title) in (("signed", draft.title), ("draft", "Mine"))


def test_what_is_signed_or_discarded_is_not_signed_again(engine, ana, bo, draft) -> None:
    with records.writing(engine) as connection:
        drafting.discard(connection, edit(ana, draft))
    told = refused(engine, ana, "marketing", draft)
    assert told == "This draft was discarded; it cannot be signed any more."
    told = refused(engine, ana, "marketing", versions(engine)[1])
    assert told == "Both sides have signed this version already."
    told = refused(engine, ana, "marketing", replace(draft, number=9))
    assert told == "There is no such version of the agreement."


def test_an_agreement_of_one_side_is_none(engine, ana, draft) -> None:
    for term in draft.terms:
        if term.direction == "sales_to_marketing":
            change(engine, drafting.remove_term, edit(ana, versions(engine)[2]), term.term_id)
    told = refused(engine, ana, "marketing", versions(engine)[2])
    assert told == "Before it is signed, sales must promise something too: add a term."


def test_nothing_stays_of_a_signature_that_failed_half_way(engine, ana, bo, draft) -> None:
    sign(engine, ana, "marketing", draft)
    before = versions(engine), signatures(engine), entries(engine)
    with pytest.raises(RuntimeError, match="the machine stops"):
        _sign_and_crash(engine, bo, draft)
    assert (versions(engine), signatures(engine), entries(engine)) == before


def _sign_and_crash(engine, bo, draft) -> None:
    asked = signing.Asked(2, "sales", seal.of(draft))
    with records.writing(engine) as connection:
        signing.sign(connection, act("bo"), bo, asked, "UTC")
        raise RuntimeError("the machine stops")


def test_the_page_knows_for_which_side_somebody_signs(engine, ana, bo) -> None:
    stranger = add_person(engine, "cy", "marketer")
    with records.reading(engine) as connection:
        sides = [signing.side_of(connection, user) for user in (ana, bo, stranger)]
    assert sides == ["marketing", "sales", None]
