"""An admin says when people work: the company, a team, a rep."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import admin_working_time, auth, book, data
from queries import sessions, working_time, working_time_changes
from queries.working_time import Entered
from tests import visits

NINE = ((540, 1080),)


@pytest.fixture
def page(door, march_place) -> AppTest:
    """The admin page, open for Ada."""
    door.set_up(march_place)
    door.sign_in("ada", "admin")
    return door.come("admin")


def choose(visit: AppTest, scope: str) -> AppTest:
    return visit.selectbox(key="admin_working_time.scope").set_value(scope).run()


def field(visit: AppTest, name: str, scope: str):
    return visit.selectbox(key=f"admin_working_time.{name}_of_{scope}")


def hours(visit: AppTest, day: int, scope: str = "company"):
    return visit.text_input(key=f"{auth.TYPED}hours_{day}_of_{scope}")


def press(visit: AppTest, name: str = "save") -> AppTest:
    return visit.button(key=f"admin_working_time.{name}").click().run()


def said(visit: AppTest) -> list[str]:
    return [message.value.replace("\\", "") for message in (*visit.success, *visit.error)]


def kept() -> tuple[Entered, ...]:
    return book.entered_working_time().calendars


def test_the_company_the_teams_and_the_reps_can_be_chosen(page) -> None:
    assert not page.exception
    assert page.selectbox(key="admin_working_time.scope").options == [
        *("The company", "Team Marketing", "Team North", "Team South"),
        *("Ana", "Bo", "Cy", "Dee"),
    ]
    assert page.tabs[3].label == "Working time"


def test_the_companys_working_time_is_saved_and_a_refresh_is_asked_for(page) -> None:
    field(page, "zone", "company").set_value("Europe/Berlin")
    field(page, "country", "company").set_value("DE").run()
    field(page, "region_DE", "company").set_value("BY")
    hours(page, 0).input("9-18")
    assert data.refresher()._asked is False
    press(page)
    assert not page.exception
    assert said(page) == [
        "The working time of The company was saved. Clocks are counted anew with the next refresh."
    ]
    week = (NINE, (), (), (), (), (), ())
    assert kept() == (Entered("company", "", "Europe/Berlin", "DE", "BY", week),)
    assert data.refresher()._asked is True
    # As it was understood.
    assert hours(page, 0).value == "09:00-18:00"
    table = page.tabs[3].dataframe[0].value
    assert table.iloc[0].tolist() == [
        *("The company", "Europe/Berlin", "Germany, Bayern", "Mon 09:00-18:00")
    ]
    assert len(book.whole_log("working time set ada")) == 1


def test_another_scope_has_fields_of_its_own(page) -> None:
    hours(page, 0).input("9-18")
    press(page)
    choose(page, "rep bo")
    assert hours(page, 0, "rep bo").value == ""
    assert "Remove" not in [one.label for one in page.tabs[3].button]
    field(page, "zone", "rep bo").set_value("Asia/Tokyo")
    field(page, "country", "rep bo").set_value("")
    press(page)
    assert kept()[1] == Entered("rep", "bo", "Asia/Tokyo", "", "", None)
    table = page.tabs[3].dataframe[0].value
    assert table.iloc[1].tolist() == ["Bo", "Asia/Tokyo", "none", ""]


def test_what_cannot_be_is_told_and_nothing_that_was_typed_is_lost(page) -> None:
    field(page, "zone", "company").set_value("Asia/Tokyo")
    hours(page, 0).input("9-18")
    hours(page, 4).input("nine to *five*")
    press(page)
    assert said(page) == [
        "Hours of Friday: “nine to *five*” says no hours: write them like 09:00-12:30, 13:30-18:00."
    ]
    assert kept() == ()
    assert data.refresher()._asked is False
    assert (hours(page, 0).value, hours(page, 4).value) == ("9-18", "nine to *five*")
    assert field(page, "zone", "company").value == "Asia/Tokyo"


def test_a_calendar_is_removed(page) -> None:
    hours(page, 0).input("9-18")
    press(page)
    press(page, "remove")
    assert said(page)[0].startswith("The working time of The company was removed.")
    assert kept() == ()
    assert hours(page, 0).value == ""


def test_what_was_entered_for_somebody_the_data_knows_no_more_can_be_removed(page) -> None:
    wanted = working_time_changes.Wanted("rep", "gone", "Asia/Tokyo")
    visits.changed(lambda rows, act: working_time_changes.set_calendar(rows, act, wanted))
    choose(page.run(), "rep gone")
    assert field(page, "zone", "rep gone").value == "Asia/Tokyo"
    press(page, "remove")
    assert kept() == ()


def test_who_comes_back_finds_the_hours_that_were_typed(door, page) -> None:
    hours(page, 2).input("10-16").run()
    (ada,) = book.everyone()
    visits.changed(lambda rows, act: sessions.end_all(rows, ada.person_id, act.at))
    visits.assert_door(page.run())
    door.sign_in("ada")
    assert hours(page.run(), 2).value == "10-16"


def test_only_an_admin_sees_it(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("lee", "leader")
    visit = door.come("admin")
    assert "Working time" not in [tab.label for tab in visit.tabs]


def test_scopes_have_labels_that_differ() -> None:
    entered = working_time.WorkingTime((Entered("team", "old"),))
    labels = admin_working_time.scopes(entered, {"b1": "Bo", "b2": "Bo", "(none)": "x"}, {})
    assert labels == {
        "company": "The company",
        "rep b1": "Bo (rep b1)",
        "rep b2": "Bo (rep b2)",
        "team old": "old",
    }
    assert admin_working_time.parts_of("rep a b") == ("rep", "a b")
    assert admin_working_time.parts_of("company") == ("company", "")
