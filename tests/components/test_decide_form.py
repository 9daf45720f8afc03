"""Sales decides on a hand-off: once, with a reason, seen at once by all, and never by strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from components import auth, book
from queries import audit, records, records_schema, terms
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoffs import decisions
from tests import handoff_company, visits

NOTE = f"{auth.TYPED}decide_note"
UNTIL = f"{auth.TYPED}decide_until"
WAITS_FOR = f"{auth.TYPED}decide_pause_reason"
NOT_YOURS = "This hand-off is not there, or not yours to decide on."


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Olga's old hand-off and Rita's new one are Bo's; Xaver's is Dee's."""
    folder = tmp_path_factory.mktemp("decide")
    handoff_company.opened_now(folder)
    return folder


@pytest.fixture
def form(door, place) -> AppTest:
    """Bo decides on Rita."""
    door.set_up(place)
    door.sign_in("bo", "rep", "bo")
    return opened(door, "r1:1")


def opened(door, handoff_id: str) -> AppTest:
    visit = door.come("handoffs", decide=handoff_id)
    assert not visit.exception
    return visit


def choose(visit: AppTest, choice: str, reason: str | None = None) -> AppTest:
    visit.radio[0].set_value(choice).run()
    if reason:
        visit.selectbox(key=f"{auth.TYPED}decide_reason_{choice}").set_value(reason).run()
    return visit


def save(visit: AppTest, key: str = "decide_form.save") -> AppTest:
    visit = visit.button(key=key).click().run()
    assert not visit.exception
    return visit


def said(visit: AppTest, kind: str) -> list[str]:
    return [message.value.replace("\\", "") for message in visit.get(kind)]


def listed(visit: AppTest) -> list[str]:
    return [link.proto.query_string.removeprefix("id=") for link in visit.get("page_link")]


def kept(table: sa.Table, *names: str) -> list[tuple]:
    """What stands in the records."""
    with book.reading() as rows:
        return [tuple(row) for row in rows.execute(sa.select(*(table.c[name] for name in names)))]


def cy_decides(decision: str, lead_id: str = "r1") -> None:
    """Cy, at another desk, decides on a hand-off of this company."""
    with book.writing() as rows:
        at = records.now()
        handed_at = handed(lead_id)
        handoff = decisions.Handoff(f"{lead_id}:1", lead_id, handed_at)
        asked = decisions.Asked(f"a form of Cy's for {lead_id}", decision)
        decisions.decide(rows, audit.Act("cy", "10.0.0.2", at), handoff, asked, "UTC")


def handed(lead_id: str):
    """When a lead of the company was handed over."""
    from components import data

    with data.newest().connect() as connection:
        found = "select handed_at from handoffs where lead_id = ?"
        return connection.exec_driver_sql(found, (lead_id,)).scalar_one()


def test_an_acceptance_needs_nothing_else(door, form) -> None:
    assert listed(form) == ["o1", "r1"]
    save(choose(form, "accepted"))
    assert said(form, "success") == ["Saved: Rita Fresh is accepted."]
    assert "decide" not in form.query_params
    assert not form.radio
    assert listed(form) == ["o1"]
    names = ("lead_id", "decision", "reason_code", "recycle_until", "note", "decided_by")
    assert kept(handoff_decisions, *names) == [("r1", "accepted", None, None, "", "bo")]
    log = book.whole_log("hand-off accepted")
    assert log[["actor", "subject"]].to_numpy().tolist() == [["bo", "r1:1"]]
    assert not form.run().success


@pytest.mark.parametrize(
    ("choice", "reason", "step"),
    [
        ("rejected", "too small", "marketing narrows the target."),
        ("disqualified", "student", "never handed over again."),
    ],
)
def test_what_is_no_acceptance_needs_a_reason(form, choice: str, reason: str, step: str) -> None:
    choose(form, choice).text_area(key=NOTE).input("a long story").run()
    save(form)
    assert said(form, "error") == [f"Choose a reason: the terms in force ask for one for {choice}."]
    assert form.text_area(key=NOTE).value == "a long story"
    assert kept(handoff_decisions, "decision") == []
    choose(form, choice, reason)
    assert f"What happens next: {step}" in said(form, "caption")
    save(form)
    expected = [(choice, reason, "a long story")]
    assert kept(handoff_decisions, "decision", "reason_code", "note") == expected


def test_another_reason_is_said_in_the_note(form) -> None:
    save(choose(form, "rejected", "other"))
    assert said(form, "error") == ["Say in the note what the other reason was."]
    form.text_area(key=NOTE).input("they moved").run()
    assert not save(form).error
    assert kept(handoff_decisions, "reason_code", "note") == [("other", "they moved")]


def test_a_recycled_lead_comes_back_on_its_day(form) -> None:
    choose(form, "recycled", "bad timing")
    today = records.now().date()
    assert form.date_input(key=UNTIL).value == today + timedelta(days=90)
    form.date_input(key=UNTIL).set_value(today + timedelta(days=731)).run()
    save(form)
    assert said(form, "error") == ["Choose a day to come back on: after today, within two years."]
    form.date_input(key=UNTIL).set_value(today + timedelta(days=1)).run()
    save(form)
    assert kept(handoff_decisions, "recycle_until") == [(today + timedelta(days=1),)]


def test_a_clock_waits_for_a_reason(form) -> None:
    choose(form, "wait")
    save(form, "decide_form.pause")
    assert said(form, "error") == [
        "Say what you are waiting for: a clock does not stop without a reason."
    ]
    form.text_input(key=WAITS_FOR).input("back on Monday").run()
    save(form, "decide_form.pause")
    assert said(form, "success")[0].startswith("Saved: the clock of Rita Fresh stands still until")
    assert {tile.label: tile.value for tile in form.metric[:4]}["Paused"] == "1"
    assert kept(handoff_pauses, "lead_id", "reason") == [("r1", "back on Monday")]
    assert any("waiting for: back on Monday" in line for line in said(form, "caption"))


@pytest.mark.parametrize(("handoff_id", "n"), [("r1:1", 5), ("o1:1", 4)])
def test_only_a_clock_that_runs_can_be_stopped(door, form, handoff_id: str, n: int) -> None:
    assert len(opened(door, handoff_id).radio[0].options) == n


def test_a_double_click_is_one_decision(form) -> None:
    choose(form, "accepted")
    # Both clicks are of the form as it stood before the first.
    first = form.button(key="decide_form.save").click()
    form.run()
    first.click()
    form.run()
    assert not form.exception
    assert kept(handoff_decisions, "decision") == [("accepted",)]
    assert len(book.whole_log("hand-off accepted")) == 1


def test_who_was_second_is_told_who_was_first_and_keeps_the_text(form) -> None:
    choose(form, "rejected", "too small").text_area(key=NOTE).input("a long story").run()
    cy_decides("accepted")
    save(form)
    assert said(form, "info")[0].startswith("Accepted on ")
    assert said(form, "info")[0].endswith(" by cy.")
    assert said(form, "warning") == ["Your decision was not saved. What you typed is still here:"]
    assert form.text_area(key=NOTE).value == "a long story"
    assert form.run().text_area(key=NOTE).value == "a long story"
    assert kept(handoff_decisions, "decision", "decided_by") == [("accepted", "cy")]


def test_another_session_sees_a_decision_at_once(door, form) -> None:
    other = door.come("handoffs")
    assert listed(other) == ["o1", "r1"]
    save(choose(form, "accepted"))
    assert listed(other.run()) == ["o1"]
    door.sign_in("cy", "sales_manager", "cy")
    assert listed(door.come("handoffs")) == ["o1"]


def test_a_decision_is_taken_back(door, form) -> None:
    save(choose(form, "accepted"))
    again = opened(door, "r1:1")
    assert not again.radio
    assert said(again, "info")[0].endswith(" by bo.")
    save(again, "decide_form.withdraw")
    assert said(again, "success") == ["Saved: Rita Fresh is open again."]
    assert listed(again) == ["o1", "r1"]
    assert len(book.whole_log("decision taken back")) == 1
    save(choose(opened(door, "r1:1"), "disqualified", "student"))
    assert kept(handoff_decisions, "decision") == [("accepted",), ("disqualified",)]


@pytest.mark.parametrize(
    ("role", "rep_id", "handoff_id"),
    [
        ("rep", "bo", "x1:1"),
        ("rep", "dee", "r1:1"),
        ("sales_manager", "cy", "x1:1"),
        ("marketer", "", "r1:1"),
        ("leader", "", "r1:1"),
        ("viewer", "", "r1:1"),
    ],
)
def test_nobody_decides_on_what_is_not_theirs(
    door, place, role: str, rep_id: str, handoff_id: str
) -> None:
    door.set_up(place)
    # An admin has filled the caches of the process with everybody's rows.
    door.sign_in("ada", "admin")
    assert opened(door, handoff_id).radio
    door.sign_in("somebody", role, rep_id)
    visit = door.come("handoffs", show="results", decide=handoff_id)
    assert said(visit, "warning") == [NOT_YOURS]
    assert not visit.radio
    assert not visit.text_area
    name = {"x1:1": "Xaver", "r1:1": "Rita"}[handoff_id]
    assert name not in visits.texts(visit)


def test_a_session_that_runs_out_keeps_what_was_typed(door, form) -> None:
    choose(form, "rejected", "too small").text_area(key=NOTE).input("a long story").run()
    ends = sa.update(records_schema.sessions)
    visits.changed(lambda rows, act: rows.execute(ends.values(ended_at=act.at)))
    save(form)
    assert kept(handoff_decisions, "decision") == []
    door.sign_in("bo")
    form.run()
    assert form.text_area(key=NOTE).value == "a long story"
    assert form.radio[0].value == "rejected"
    save(form)
    assert kept(handoff_decisions, "reason_code", "note") == [("too small", "a long story")]


def test_the_book_knows_the_terms_the_reasons_and_what_is_new(form) -> None:
    assert form.radio
    assert terms.Reason("recycled", "no budget", "comes back on its date") in book.reasons()
    assert len(book.reasons()) == 20
