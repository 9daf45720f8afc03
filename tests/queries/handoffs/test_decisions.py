"""Decisions made here: one per hand-off, whoever clicks how often, on both kinds of records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from queries import people, records
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoffs import decisions
from queries.handoffs.decisions import AlreadyDecided, Asked, Handoff, NotDecided
from tests import records_place
from tests.company import utc
from tests.records_place import AT, act, entries

engine, url = records_place.engine, records_place.url
HANDOFF = Handoff("l1:1", "l1", utc("2026-06-29 10:00"))
ACCEPTED = Asked("form 1", "accepted")
LATER = AT + timedelta(hours=1)


def decide(engine, asked=ACCEPTED, *, by="bo", at=AT, handoff=HANDOFF, zone="UTC") -> None:
    with records.writing(engine) as connection:
        decisions.decide(connection, act(by, at), handoff, asked, zone)


def withdraw(engine, *, by="bo", at=LATER) -> None:
    with records.writing(engine) as connection:
        decisions.withdraw(connection, act(by, at), HANDOFF)


def pause(engine, *, by="bo", handoff=HANDOFF, form_id="p1", until=LATER, reason="on leave"):
    with records.writing(engine) as connection:
        decisions.pause(connection, act(by), handoff, form_id=form_id, until=until, reason=reason)


def rows(engine, *names: str, table: sa.Table = handoff_decisions) -> list[tuple]:
    with records.reading(engine) as connection:
        wanted = sa.select(*(table.c[name] for name in names)).order_by(table.c[names[0]])
        return [tuple(row) for row in connection.execute(wanted)]


def test_a_decision_is_kept_with_its_entry_in_the_log(engine) -> None:
    asked = Asked("form 1", "recycled", "bad timing", date(2026, 9, 1), " call \0in autumn ")
    decide(engine, asked)
    columns = "decision", "reason_code", "recycle_until", "note", "decided_by", "decided_at"
    assert rows(engine, *columns, "changed_at") == [
        ("recycled", "bad timing", date(2026, 9, 1), "call in autumn", "bo", AT, AT)
    ]
    assert entries(engine) == [
        ("bo", "hand-off recycled", "l1:1", "bad timing, until 2026-09-01. call in autumn")
    ]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked("f", "superseded"), "Choose one of the decisions."),
        (Asked("f", "rejected"), "the terms in force ask for one for rejected"),
        (Asked("f", "recycled"), "the terms in force ask for one for recycled"),
        (Asked("f", "disqualified"), "the terms in force ask for one for disqualified"),
        (Asked("f", "rejected", "bad hair"), "“bad hair” is no reason for rejected: choose one."),
        # A reason of another decision.
        (Asked("f", "rejected", "bad timing"), "“bad timing” is no reason for rejected"),
        (Asked("f", "accepted", "too small"), "“too small” is no reason for accepted"),
        (Asked("f", "rejected", "other", None, " \0"), "Say in the note what the other reason was"),
        (
            Asked("f", "accepted", note="x" * 2_001),
            "The note has 2,001 characters; 2,000 can be kept.",
        ),
        (
            Asked("f", "accepted", until=date(2026, 7, 1)),
            "Only a recycled lead comes back on a day.",
        ),
        (
            Asked("f", "recycled", "bad timing", date(2026, 6, 30)),
            "Choose a day to come back on: after today, within two years.",
        ),
        (
            Asked("f", "recycled", "bad timing", date(2028, 6, 30)),
            "Choose a day to come back on: after today, within two years.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(engine, asked, sentence) -> None:
    with pytest.raises(NotDecided, match=sentence.replace(".", r"\.")):
        decide(engine, asked)
    assert rows(engine, "decision") == []
    assert entries(engine) == []


@pytest.mark.parametrize(
    "asked",
    [
        ACCEPTED,
        Asked("form 1", "rejected", "other", None, "speaks no language of ours"),
        Asked("form 1", "recycled", "bad timing"),
        Asked("form 1", "recycled", "bad timing", date(2026, 7, 1)),
        # 730 days after 30 June 2026.
        Asked("form 1", "recycled", "bad timing", date(2028, 6, 29)),
        Asked("form 1", "accepted", note="x" * 2_000),
    ],
)
def test_what_is_within_the_limits_is_kept(engine, asked) -> None:
    decide(engine, asked)
    assert rows(engine, "decision", "recycle_until") == [(asked.decision, asked.until)]


def test_today_is_that_of_the_reporting_zone(engine) -> None:
    asked = Asked("form 1", "recycled", "bad timing", date(2026, 7, 1))
    # In Auckland it is 1 July already.
    with pytest.raises(NotDecided, match="after today"):
        decide(engine, asked, zone="Pacific/Auckland")
    decide(engine, asked, zone="America/Sao_Paulo")
    assert rows(engine, "decision") == [("recycled",)]


def test_a_form_that_is_sent_twice_is_one_decision(engine) -> None:
    decide(engine)
    # The second click, or the same form again after a crash, a while later.
    decide(engine, at=LATER)
    assert rows(engine, "decision_id", "decided_at") == [("form 1", AT)]
    assert len(entries(engine)) == 1


def test_a_second_person_is_told_who_was_first(engine) -> None:
    decide(engine, by="bo")
    sentence = (
        "bo was first: accepted on 30 Jun 2026, 14:00."
        " Your decision was not saved; what you typed is still here."
    )
    with pytest.raises(AlreadyDecided) as told:
        decide(engine, Asked("form 2", "disqualified", "student"), by="cy", zone="Europe/Berlin")
    assert str(told.value) == sentence
    assert rows(engine, "decision", "decided_by") == [("accepted", "bo")]
    assert [entry[0] for entry in entries(engine)] == ["bo"]


def test_of_two_people_at_once_one_wins_and_the_other_is_told(engine) -> None:
    ends = records_place.at_once(
        *(
            lambda by=by: decide(engine, Asked(f"form of {by}", "accepted"), by=by)
            for by in ("bo", "cy", "dee")
        )
    )
    ((winner,),) = rows(engine, "decided_by")
    refused = [end for end in ends if end is not None]
    assert [type(end) for end in refused] == [AlreadyDecided, AlreadyDecided]
    assert all(str(end).startswith(f"{winner} was first: accepted") for end in refused)
    assert [entry[0] for entry in entries(engine)] == [winner]


def test_one_form_sent_twice_at_once_is_one_decision(engine) -> None:
    assert records_place.at_once(*[lambda: decide(engine)] * 2) == [None, None]
    assert len(rows(engine, "decision_id")) == len(entries(engine)) == 1


def test_nothing_stays_of_what_failed_half_way_and_the_form_can_be_sent_again(engine) -> None:
    with pytest.raises(RuntimeError, match="the machine stops"):
        _decide_and_crash(engine)
    assert rows(engine, "decision") == entries(engine) == []
    decide(engine)
    assert len(rows(engine, "decision")) == len(entries(engine)) == 1


def _decide_and_crash(engine) -> None:
    with records.writing(engine) as connection:
        decisions.decide(connection, act("bo"), HANDOFF, ACCEPTED, "UTC")
        raise RuntimeError("the machine stops")


def test_what_the_crm_has_decided_stands(engine) -> None:
    at = utc("2026-06-30 09:00")
    decided = replace(HANDOFF, decision="rejected", decided_by="dee", decided_at=at)
    with pytest.raises(AlreadyDecided, match="dee was first: rejected on 30 Jun 2026, 09:00"):
        decide(engine, handoff=decided)
    with pytest.raises(AlreadyDecided, match="The CRM was first: rejected"):
        decide(engine, handoff=replace(decided, decided_by=""))
    assert rows(engine, "decision") == []


def test_what_was_handed_over_again_is_decided_on_its_newer_hand_off(engine) -> None:
    over = replace(HANDOFF, decision="superseded", decided_at=AT)
    with pytest.raises(NotDecided, match="handed over again since: decide on its newer hand-off"):
        decide(engine, handoff=over)
    assert entries(engine) == []


def test_each_hand_off_of_a_lead_has_its_own_decision(engine) -> None:
    decide(engine)
    decide(engine, Asked("form 2", "accepted"), handoff=replace(HANDOFF, handed_at=LATER))
    assert len(rows(engine, "decision_id")) == 2


def test_what_was_taken_back_can_be_decided_again(engine) -> None:
    decide(engine)
    withdraw(engine, by="cy")
    columns = "decision_id", "withdrawn_by", "withdrawn_at", "changed_at"
    assert rows(engine, *columns) == [("form 1", "cy", LATER, LATER)]
    # The old form may still be open somewhere.
    with pytest.raises(NotDecided, match="This form was sent before, and taken back since then"):
        decide(engine)
    decide(engine, Asked("form 2", "rejected", "too small"), by="cy", at=LATER)
    assert rows(engine, "decision_id", "withdrawn_at") == [("form 1", LATER), ("form 2", None)]
    assert [entry[:2] + entry[3:] for entry in entries(engine)] == [
        ("bo", "hand-off accepted", "no reason."),
        ("cy", "decision taken back", "accepted by bo"),
        ("cy", "hand-off rejected", "too small."),
    ]


def test_nothing_is_taken_back_where_nothing_was_decided_here(engine) -> None:
    sentence = "There is no decision made here that could be taken back"
    with pytest.raises(NotDecided, match=sentence):
        withdraw(engine)
    decide(engine)
    ends = records_place.at_once(*[lambda: withdraw(engine)] * 2)
    assert [type(end) for end in ends if end is not None] == [NotDecided]
    assert len(entries(engine)) == 2


def test_a_clock_is_stopped_once_only(engine) -> None:
    pause(engine)
    # The same form again is no second pause.
    pause(engine)
    with pytest.raises(NotDecided, match="stopped before, by bo: it can be stopped once only"):
        pause(engine, by="cy", form_id="p2")
    columns = "lead_id", "paused_at", "paused_until", "reason", "paused_by", "changed_at"
    assert rows(engine, *columns, table=handoff_pauses) == [("l1", AT, LATER, "on leave", "bo", AT)]
    assert entries(engine) == [
        ("bo", "clock stopped", "l1:1", "until 30 Jun 2026, 13:00 UTC: on leave")
    ]


def test_of_two_who_stop_a_clock_at_once_one_does(engine) -> None:
    ends = records_place.at_once(
        *(lambda by=by: pause(engine, by=by, form_id=f"p {by}") for by in ("bo", "cy"))
    )
    assert [type(end) for end in ends if end is not None] == [NotDecided]
    assert len(entries(engine)) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reason": " \0"}, "Say what you are waiting for"),
        ({"handoff": replace(HANDOFF, decision="accepted")}, "is decided; its clock has stopped"),
        ({"handoff": replace(HANDOFF, is_overdue=True)}, "This clock has run out already"),
        ({"until": AT}, "Choose when the clock goes on"),
        ({"until": AT + timedelta(days=31, microseconds=1)}, "Choose when the clock goes on"),
    ],
)
def test_a_clock_is_not_stopped_without_need_or_too_late(engine, said, sentence) -> None:
    with pytest.raises(NotDecided, match=sentence):
        pause(engine, **said)
    assert rows(engine, "lead_id", table=handoff_pauses) == entries(engine) == []


def test_a_clock_stands_still_for_31_days_at_most(engine) -> None:
    until = AT + timedelta(days=31)
    pause(engine, until=until)
    assert rows(engine, "paused_until", table=handoff_pauses) == [(until,)]


@pytest.mark.parametrize(
    ("role", "scope", "expected"),
    [
        ("rep", people.Scope("reps", ("bo",)), True),
        ("sales_manager", people.Scope("teams", ("north",)), True),
        ("admin", people.EVERYTHING, True),
        ("marketer", people.EVERYTHING, False),
        ("leader", people.EVERYTHING, False),
        ("viewer", people.FIGURES, False),
        ("rep", people.FIGURES, False),
    ],
)
def test_deciding_is_an_act_of_sales(role, scope, expected: bool) -> None:
    assert decisions.may_decide(people.User("x", role, scope)) is expected
