"""The draft: one at a time, changed by whoever saw what stands there, and never what is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Thread

import pytest

from queries import people, records
from queries.agreements import drafting, seal
from queries.agreements.content import Target
from queries.agreements.draft_check import NotDrafted
from queries.agreements.drafting import ChangedMeanwhile
from tests import agreement_book, records_place
from tests.agreement_book import change, describe, edit, start, versions
from tests.agreement_terms import make_term
from tests.records_place import AT, act, entries

engine, url = records_place.engine, records_place.url
ANA = people.User("ana", "leader", people.EVERYTHING)
BO = people.User("bo", "sales_manager", people.EVERYTHING)
LATER = AT + timedelta(hours=1)
KEYS = [
    *("acceptance", "completeness", "latency", "first_attempt", "first_contact", "attempts"),
    *("coverage", "decision", "reason_coverage"),
]


def of(draft, key: str):
    return next(term for term in draft.terms if term.key == key)


def refused(engine, how, *arguments) -> NotDrafted:
    before = versions(engine), entries(engine)
    with pytest.raises(NotDrafted) as told:
        change(engine, how, *arguments)
    assert (versions(engine), entries(engine)) == before
    return told.value


def test_a_draft_begins_with_the_content_of_a_version(engine) -> None:
    draft = start(engine, ANA)
    default = versions(engine)[1]
    assert (draft.number, draft.status, draft.supersedes) == (2, "draft", 1)
    assert (draft.title, draft.text) == (default.title, default.text)
    assert [term.key for term in draft.terms] == KEYS
    assert [replace(term, term_id="") for term in draft.terms] == [
        replace(term, term_id="") for term in default.terms
    ]
    assert {term.term_id for term in draft.terms} & {
        term.term_id for term in default.terms
    } == set()
    assert entries(engine) == [("ana", "draft started", "agreement version 2", "from version 1")]


def test_there_is_one_draft_and_the_second_person_is_told(engine) -> None:
    start(engine, ANA)
    told = refused(engine, drafting.start, act("bo", LATER), BO, 1, "Europe/Berlin")
    assert str(told) == (
        "ana has started a draft on 30 Jun 2026, 14:00: change that one, or discard it first."
        " There is one draft at a time."
    )


def test_of_two_who_start_at_once_one_does(engine) -> None:
    ends = records_place.at_once(*(lambda who=who: start(engine, who) for who in (ANA, BO)))
    assert sorted(isinstance(end, NotDrafted) for end in ends) == [False, True]
    assert list(versions(engine)) == [1, 2]
    assert len(entries(engine)) == 1


def test_a_version_that_is_not_there_is_no_beginning(engine) -> None:
    assert refused(engine, drafting.start, act(), ANA, 7, "UTC").field == "version"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("viewer", False),
        ("rep", False),
        ("sales_manager", True),
        ("marketer", True),
        ("leader", True),
        ("admin", False),
    ],
)
def test_who_may_write_the_draft(engine, role: str, expected: bool) -> None:
    user = people.User("x", role, people.EVERYTHING)
    assert drafting.may_edit(user) is expected
    if expected:
        return
    draft = start(engine, ANA)
    said = edit(user, draft)
    for how, *arguments in (
        (drafting.start, act("x"), user, 1, "UTC"),
        (drafting.describe, said, drafting.Head("Mine", "")),
        (drafting.add_term, said, make_term(term_id="t")),
        (drafting.change_term, said, draft.terms[0]),
        (drafting.remove_term, said, draft.terms[0].term_id),
        (drafting.reorder, said, ()),
        (drafting.discard, said),
    ):
        assert refused(engine, how, *arguments).field == "role"


def test_what_stands_beside_the_terms_is_changed(engine) -> None:
    draft = start(engine, ANA)
    head = drafting.Head(" Ours ", "One\r\nTwo\0 ", date(2026, 7, 1), 5, ("waiting",))
    change(engine, drafting.describe, edit(BO, draft, LATER), head)
    found = versions(engine)[2]
    assert (found.title, found.text) == ("Ours", "One\nTwo")
    assert (found.effective_from, found.pause_days) == (date(2026, 7, 1), 5)
    assert (found.pause_statuses, found.terms) == (("waiting",), draft.terms)
    assert entries(engine)[1][:3] == ("bo", "draft changed", "agreement version 2")
    assert "title: Default terms -> Ours; text:" in entries(engine)[1][3]


def test_a_term_is_added_at_the_end_with_a_key_of_its_own(engine) -> None:
    draft = start(engine, ANA)
    term = make_term(term_id="t1", key="", segment={"channel": ("Web",)})
    change(engine, drafting.add_term, edit(BO, draft), term)
    found = versions(engine)[2]
    assert found.terms == (*draft.terms, replace(term, key="first_attempt 2"))
    assert entries(engine)[1][3] == (
        "first attempt from channel Web: nothing -> a first attempt within 4 business hours, for"
        " 90 % of hand-offs from channel Web"
    )


def test_a_term_changes_its_target_and_keeps_its_key(engine) -> None:
    draft = start(engine, ANA)
    term = replace(of(draft, "first_attempt"), key="x", target=Target(Decimal(2), "business_hours"))
    change(engine, drafting.change_term, edit(BO, draft), term)
    found = versions(engine)[2]
    assert of(found, "first_attempt") == replace(term, key="first_attempt")
    assert [each.key for each in found.terms] == KEYS
    assert entries(engine)[1][3] == "first attempt: 4 business hours -> 2"


def test_a_term_is_removed_and_the_others_put_in_order(engine) -> None:
    draft = start(engine, ANA)
    change(engine, drafting.remove_term, edit(ANA, draft), of(draft, "attempts").term_id)
    shorter = versions(engine)[2]
    assert [each.key for each in shorter.terms] == [key for key in KEYS if key != "attempts"]
    backwards = tuple(each.term_id for each in shorter.terms[::-1])
    change(engine, drafting.reorder, edit(BO, shorter), backwards)
    assert versions(engine)[2].terms == shorter.terms[::-1]
    assert [details.partition(":")[0] for *_, details in entries(engine)[1:]] == [
        *("attempts", "order")
    ]


def test_a_draft_that_is_discarded_stays_to_be_read_and_makes_room(engine) -> None:
    draft = start(engine, ANA)
    change(engine, drafting.discard, edit(BO, draft))
    assert versions(engine)[2] == replace(draft, status="discarded")
    again = start(engine, BO, source=2)
    assert (again.number, again.supersedes) == (3, 1)
    assert [action for _, action, *_ in entries(engine)] == [
        *("draft started", "draft discarded", "draft started")
    ]


def test_what_another_changed_is_not_overwritten(engine) -> None:
    draft = start(engine, ANA)
    describe(engine, BO, draft, LATER, title="Bo's")
    said = drafting.Edit(ANA, act("ana"), seal.of(draft), "Europe/Berlin")
    term = draft.terms[0]
    for how, *arguments in (
        (drafting.describe, said, drafting.Head("Ana's", "")),
        (drafting.add_term, said, make_term(term_id="t", key="t")),
        (drafting.change_term, said, replace(term, owner="Ana")),
        (drafting.remove_term, said, term.term_id),
        (drafting.reorder, said, tuple(each.term_id for each in draft.terms[::-1])),
        (drafting.discard, said),
    ):
        told = refused(engine, how, *arguments)
        assert type(told) is ChangedMeanwhile
        assert str(told) == (
            "bo has changed this draft on 30 Jun 2026, 15:00, after you opened it. Your change was"
            " not saved; what you typed is still here."
        )


def test_of_two_who_change_at_once_one_does(engine) -> None:
    draft = start(engine, ANA)
    ends = records_place.at_once(
        *(lambda who=who: describe(engine, who, draft, title=who.name) for who in (ANA, BO))
    )
    assert sorted(type(end) is ChangedMeanwhile for end in ends) == [False, True]
    winner = (ANA, BO)[ends.index(None)]
    assert versions(engine)[2].title == winner.name
    assert len(entries(engine)) == 2


def test_whoever_comes_while_another_writes_waits_and_is_told(engine) -> None:
    draft = start(engine, ANA)
    ends: list[object] = []
    second = Thread(
        target=lambda: ends.extend(
            records_place.at_once(lambda: describe(engine, BO, draft, title="bo"))
        )
    )
    with records.writing(engine) as connection:
        drafting.describe(connection, edit(ANA, draft), drafting.Head("ana", ""))
        second.start()
        # Long enough for the second one to have read what is not yet written.
        second.join(timeout=0.5)
        assert second.is_alive()
    second.join()
    assert [type(end) for end in ends] == [ChangedMeanwhile]
    assert versions(engine)[2].title == "ana"


def test_a_form_that_is_sent_twice_changes_once(engine) -> None:
    draft = start(engine, ANA)
    term = make_term(term_id="t1", key="")
    for how, *arguments in (
        (drafting.add_term, edit(ANA, draft), term),
        (drafting.add_term, edit(ANA, draft), term),
    ):
        change(engine, how, *arguments)
    added = versions(engine)[2]
    assert len(added.terms) == 10
    for _ in range(2):
        change(engine, drafting.remove_term, edit(ANA, added), "t1")
    assert versions(engine)[2] == draft
    assert len(entries(engine)) == 3


def test_what_changes_nothing_is_not_written_down(engine) -> None:
    draft = start(engine, ANA)
    describe(engine, BO, draft, LATER)
    assert len(entries(engine)) == 1


def test_a_term_that_is_wrong_is_refused_with_its_field(engine) -> None:
    draft = start(engine, ANA)
    wrong = replace(of(draft, "decision"), share=None)
    assert refused(engine, drafting.change_term, edit(ANA, draft), wrong).field == "share"
    other = replace(of(draft, "decision"), kind="first_contact")
    assert refused(engine, drafting.change_term, edit(ANA, draft), other).field == "kind"
    twice = make_term(term_id="t", key="decision")
    assert refused(engine, drafting.add_term, edit(ANA, draft), twice).field == "key"
    gone = make_term(term_id="gone")
    assert refused(engine, drafting.change_term, edit(ANA, draft), gone).field == "term"


@pytest.mark.parametrize("wrong", [(), ("gone",), "twice"])
def test_an_order_names_each_term_once(engine, wrong) -> None:
    draft = start(engine, ANA)
    ids = tuple(each.term_id for each in draft.terms)
    named = (*ids, ids[0]) if wrong == "twice" else wrong
    assert refused(engine, drafting.reorder, edit(ANA, draft), named).field == "order"


def test_without_a_draft_nothing_can_be_changed(engine) -> None:
    default = versions(engine)[1]
    for how, *arguments in (
        (drafting.describe, edit(ANA, default), drafting.Head("Mine", "")),
        (drafting.discard, edit(ANA, default)),
        (drafting.remove_term, edit(ANA, default), default.terms[0].term_id),
    ):
        told = refused(engine, how, *arguments)
        assert str(told) == "There is no draft any more: it was signed or discarded."


def test_nothing_stays_of_what_failed_half_way(engine) -> None:
    draft = start(engine, ANA)
    with pytest.raises(RuntimeError, match="the machine stops"):
        _change_and_crash(engine, draft)
    assert versions(engine)[2] == draft
    assert len(entries(engine)) == 1


def _change_and_crash(engine, draft) -> None:
    with records.writing(engine) as connection:
        drafting.remove_term(connection, edit(ANA, draft), draft.terms[0].term_id)
        raise RuntimeError("the machine stops")


def test_a_promise_removed_and_made_again_is_another_promise(engine) -> None:
    draft = start(engine, ANA)
    change(engine, drafting.remove_term, edit(ANA, draft), of(draft, "decision").term_id)
    again = make_term("decision", term_id="t1", key="")
    change(engine, drafting.add_term, edit(ANA, versions(engine)[2]), again)
    assert agreement_book.versions(engine)[2].terms[-1].key == "decision 2"
