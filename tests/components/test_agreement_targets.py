"""Targets are entered, listed and struck by those who may; nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest

from components import auth, book
from queries import targets
from tests import agreement_part, visits
from tests.agreement_part import press, rows, said

VALUE = f"{auth.TYPED}targets_value"


@pytest.fixture
def part(door, march_place):
    """The part of the targets, open for Lee, a leader."""
    door.set_up(march_place)
    return agreement_part.opened("agreement_targets")


def fill(visit, value: float | None, scope: str = "company", metric: str = "leads"):
    visit.selectbox(key="agreement_targets.metric").set_value(metric)
    visit.selectbox(key="agreement_targets.scope").set_value(scope)
    visit.date_input(key="agreement_targets.from").set_value(date(2026, 1, 1))
    if value is not None:
        visit.number_input(key=VALUE).set_value(value)
    return visit


def enter(metric="leads", scope=("company", ""), value=320, valid_from=date(2026, 1, 1)) -> None:
    wanted = targets.Wanted(metric, *scope, "month", value, valid_from)
    visits.changed(lambda rows, act: targets.enter(rows, act, wanted))


def test_a_target_is_entered_and_listed(part) -> None:
    assert [info.value for info in part.info] == ["No target has been entered yet."]
    press(fill(part, 320), "Enter this target")
    assert not part.exception
    assert said(part) == ["The target of The company was entered."]
    assert [row[:5] for row in rows(part)] == [
        ["Leads", "The company", "320 per month", "1 Jan 2026", "today"]
    ]
    assert rows(part)[0][6] == "lee"
    # The next one is typed into an empty field.
    assert part.number_input(key=VALUE).value is None
    (entry,) = book.whole_log("target entered").to_dict("records")
    assert (entry["actor"], entry["subject"]) == ("lee", "leads of company")


def test_what_cannot_be_is_told_and_what_was_typed_stays(part) -> None:
    press(fill(part, -5, "rep bo", "sessions"), "Enter this target")
    assert said(part) == ["Sessions are not known by rep."]
    assert part.number_input(key=VALUE).value == -5
    assert part.selectbox(key="agreement_targets.scope").value == "rep bo"
    press(fill(part, -5, "rep bo"), "Enter this target")
    assert said(part) == ["Target: a number above 0 and up to 1,000,000,000,000."]
    assert book.every_target() == ()


def test_each_target_says_whether_it_holds(door, march_place) -> None:
    door.set_up(march_place, company_currency="EUR")
    enter("revenue", value=0.5, valid_from=date(2020, 1, 1))
    enter("revenue", value=1000.0)
    enter("leads", ("campaign", "gone"), 0.25, date(2199, 1, 1))
    found = rows(agreement_part.opened("agreement_targets"))
    assert [row[:5] for row in found] == [
        ["Leads", "gone", "0.25 per month", "1 Jan 2199", "later"],
        ["Revenue (booked)", "The company", "€1,000 per month", "1 Jan 2026", "today"],
        ["Revenue (booked)", "The company", "€0.50 per month", "1 Jan 2020", "no longer"],
    ]


def test_a_target_is_struck_and_stays_in_the_list(part) -> None:
    press(fill(part, 320), "Enter this target")
    press(fill(part, 7, "rep bo"), "Enter this target")
    (strike,) = [one for one in part.selectbox if one.label == "Target"]
    assert strike.options == [
        "Leads, Bo, 7 per month from 1 Jan 2026",
        "Leads, The company, 320 per month from 1 Jan 2026",
    ]
    strike.set_value(book.every_target()[0].target_id)
    press(part, "Strike this target")
    assert said(part) == ["Struck: Leads, Bo, 7 per month from 1 Jan 2026."]
    assert [row[4] for row in rows(part)] == ["no, struck by lee", "today"]


def test_a_target_that_somebody_else_struck_meanwhile_is_told(part) -> None:
    press(fill(part, 320), "Enter this target")
    (one,) = book.every_target()
    (strike,) = [box for box in part.selectbox if box.label == "Target"]
    strike.set_value(one.target_id)
    visits.changed(lambda rows, act: targets.strike(rows, act, one.target_id))
    press(part, "Strike this target")
    assert not part.exception
    assert [row[4] for row in rows(part)] == ["no, struck by operator"]


@pytest.mark.parametrize(
    ("role", "scope", "seen"),
    [
        ("marketer", {}, ["Campaign Spring", "Dee", "Bo", "The company"]),
        ("rep", {"kind": "reps", "ids": ("bo",)}, ["Bo", "The company"]),
        ("viewer", {"kind": "everything", "sees_persons": False}, ["The company"]),
    ],
)
def test_others_read_what_is_of_their_numbers_and_change_nothing(
    door, march_place, role: str, scope: dict, seen: list[str]
) -> None:
    door.set_up(march_place)
    for kind in (("company", ""), ("rep", "bo"), ("rep", "dee"), ("campaign", "spring")):
        enter(scope=kind)
    visit = agreement_part.opened("agreement_targets", role, **scope)
    listed = [row[1] for row in rows(visit)]
    assert [name for name in listed if name in seen] == seen
    assert not {"Bo", "Dee"} & (set(listed) - set(seen))
    assert not visit.button
    assert "Leaders and admins change this." in [caption.value for caption in visit.caption]
