"""An admin enters days that differ, and strikes them."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components import auth, book, data
from queries import working_time_changes
from tests import visits

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 3)


@pytest.fixture
def page(door, march_place) -> AppTest:
    """The admin page, open for Ada."""
    door.set_up(march_place)
    door.sign_in("ada", "admin")
    return door.come("admin")


def fill(visit: AppTest, scope: str = "rep bo", kind: str = "Off", **typed: str) -> AppTest:
    visit.selectbox(key="admin_days.scope").set_value(scope)
    visit.radio(key="admin_days.kind").set_value(kind)
    visit.date_input(key="admin_days.first").set_value(FIRST)
    visit.date_input(key="admin_days.last").set_value(LAST)
    for name in ("hours", "note"):
        visit.text_input(key=f"{auth.TYPED}days_{name}").input(typed.get(name, ""))
    return visit


def press(visit: AppTest, label: str = "Enter these days") -> AppTest:
    (found,) = [one for one in visit.main.button if one.label == label]
    return found.click().run()


def said(visit: AppTest) -> list[str]:
    return [message.value.replace("\\", "") for message in (*visit.success, *visit.error)]


def listed(visit: AppTest) -> list[list[str]]:
    (table,) = visit.tabs[3].dataframe
    return table.value[["For", "Days", "What", "What for", "By"]].values.tolist()


def test_leave_and_working_days_are_entered_and_listed_newest_first(page) -> None:
    press(fill(page, note="[ill](http://x)"))
    assert not page.exception
    assert said(page) == [
        "1–3 Jul 2026 was entered for Bo. Clocks are counted anew with the next refresh."
    ]
    assert data.refresher()._asked is True
    assert page.text_input(key=f"{auth.TYPED}days_note").value == ""
    press(fill(page, "company", "Working", hours="9-13"))
    press(fill(page, "team north", "Working"))
    press(fill(page, "team north"))
    assert listed(page) == [
        ["Team North", "1–3 Jul 2026", "off", "", "ada"],
        ["Team North", "1–3 Jul 2026", "working, usual hours", "", "ada"],
        ["The company", "1–3 Jul 2026", "working, 09:00-13:00", "", "ada"],
        ["Bo", "1–3 Jul 2026", "leave", "[ill](http://x)", "ada"],
    ]


def test_what_cannot_be_is_told_and_nothing_that_was_typed_is_lost(page) -> None:
    press(fill(page, hours="9-13", note="ill"))
    assert said(page) == ["Hours: a day off has none; leave them empty."]
    assert page.text_input(key=f"{auth.TYPED}days_hours").value == "9-13"
    assert page.text_input(key=f"{auth.TYPED}days_note").value == "ill"
    page.date_input(key="admin_days.last").set_value(date(2026, 6, 30))
    press(page)
    assert said(page) == ["Last day: it is before the first; choose a later one."]
    assert book.entered_working_time().exceptions == ()
    assert data.refresher()._asked is False


def test_days_are_struck_and_no_others(page) -> None:
    for note in ("one", "two"):
        press(fill(page, note=note))
    choice = page.tabs[3].selectbox
    (strike,) = [one for one in choice if one.label == "Days"]
    # Two that say the same are told apart.
    assert len(set(strike.options)) == 2
    newest = book.entered_working_time().exceptions[-1]
    assert newest.note == "two"
    strike.set_value(newest.exception_id)
    press(page, "Strike these days")
    assert said(page)[0].startswith("Struck: Bo, 1–3 Jul 2026, leave")
    assert [row[3] for row in listed(page)] == ["one"]
    assert list(book.whole_log("days struck")["actor"]) == ["ada"]


def test_days_that_somebody_else_struck_meanwhile_are_not_struck_twice(page) -> None:
    for note in ("one", "two"):
        press(fill(page, note=note))
    first, second = book.entered_working_time().exceptions
    (strike,) = [one for one in page.tabs[3].selectbox if one.label == "Days"]
    strike.set_value(second.exception_id)
    visits.changed(lambda rows, act: working_time_changes.strike(rows, act, second.exception_id))
    press(page, "Strike these days")
    assert not page.exception
    assert book.entered_working_time().exceptions == (first,)
    assert list(book.whole_log("days struck")["actor"]) == ["operator"]
