"""Who is signed in where, and the log: searched, paged, exported, and never changed."""

from __future__ import annotations

import csv
import io

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import auth, book
from queries import audit, sessions
from tests import visits


@pytest.fixture
def page(door, march_place) -> AppTest:
    """The admin page, open for Ada; Bo is signed in twice."""
    door.set_up(march_place)
    door.sign_in("bo", "rep", "bo")
    door.sign_in("bo", "rep", "bo")
    door.sign_in("ada", "admin")
    return door.come("admin")


def search(visit: AppTest, words: str) -> AppTest:
    return visit.text_input(key=f"{auth.TYPED}audit_words").input(words).run()


def log_of(visit: AppTest):
    return visit.tabs[2].dataframe[0].value


def test_sessions_are_listed_and_their_secrets_are_not(door, page) -> None:
    table = page.tabs[1].dataframe[0].value
    assert sorted(table["Name"]) == ["ada", "bo", "bo"]
    assert set(table["From"]) == {"this machine"}
    shown = table.to_csv() + str(page.tabs[1].selectbox[0].options)
    ids = [one.session_id for one in book.open_sessions()]
    assert [secret for secret in (*ids, door.token, door.browser) if secret in shown] == []


def test_the_session_that_is_chosen_ends_and_no_other(door, page) -> None:
    choice = page.tabs[1].selectbox[0]
    # Two of one person in one minute have different titles: the browser sends back a title.
    assert len(set(choice.options)) == 3
    bos = [one.session_id for one in book.open_sessions() if one.name == "bo"]
    choice.set_value(bos[1])
    (end,) = [one for one in page.main.button if one.label == "End this session"]
    end.click().run()
    assert not page.exception
    left = [one.session_id for one in book.open_sessions()]
    assert (bos[0] in left, bos[1] in left, len(left)) == (True, False, 2)
    assert list(book.whole_log("session ended")["actor"]) == ["ada"]


def test_ending_the_own_session_leads_to_the_sign_in(door, page) -> None:
    mine = next(one.session_id for one in book.open_sessions() if one.name == "ada")
    page.tabs[1].selectbox[0].set_value(mine)
    (end,) = [one for one in page.main.button if one.label == "End this session"]
    visits.assert_door(end.click().run())


def test_the_log_is_searched_by_all_words(page) -> None:
    visits.changed(lambda rows, act: audit.note(rows, act, "tried", "100%_of *it*", "x"))
    assert "tried" in list(log_of(page.run())["Did"])
    search(page, "operator TRIED")
    assert list(log_of(page)["To"]) == ["100%_of *it*"]
    assert page.tabs[2].caption[0].value.startswith("1 entries, newest first.")
    search(page, "100%_")
    assert list(log_of(page)["Did"]) == ["tried"]
    for nothing in ("operator nonsense", "%%", "' or 1=1 --", "\0"):
        search(page, nothing)
        assert not page.exception
    search(page, "operator nonsense")
    assert not page.tabs[2].dataframe
    assert not page.download_button
    assert "No entry holds all of these words." in [info.value for info in page.tabs[2].info]


def test_a_long_log_comes_in_pages(page) -> None:
    def much(rows, act) -> None:
        for number in range(audit.PAGE + 3):
            audit.note(rows, act, "counted", f"number {number}")

    visits.changed(much)
    search(page, "counted")
    assert len(log_of(page)) == audit.PAGE
    assert log_of(page)["To"].iloc[0] == f"number {audit.PAGE + 2}"
    page.get("pagination")[0].select(2).run()
    assert list(log_of(page)["To"]) == ["number 2", "number 1", "number 0"]
    # The page of another search that has no such page.
    search(page, "counted number")
    search(page, "number 17")
    assert not page.exception
    assert "number 17" in list(log_of(page)["To"])


def test_the_export_holds_all_that_was_found_and_no_formula(door, march_place, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(st, "download_button", lambda *_, data, **__: made.append(data))

    def page() -> None:
        import streamlit as st

        from components import admin_records, auth, book, data

        auth.start_run()
        data.start_run()
        words = st.query_params["words"]
        total = book.entries_in_log(words)
        admin_records.log(book.log(words, 1), total, lambda: book.whole_log(words))

    door.set_up(march_place)
    door.sign_in("ada", "admin")

    def much(rows, act) -> None:
        for _ in range(audit.PAGE + 3):
            audit.note(rows, act, "counted", "=1+1")

    visits.changed(much)
    visit = visits.of_function(page)
    visit.query_params["words"] = "counted"
    assert not visit.run().exception
    (make,) = made
    table = list(csv.DictReader(io.StringIO(make().decode("utf-8-sig"))))
    assert len(table) == audit.PAGE + 3
    assert {row["subject"] for row in table} == {"'=1+1"}
    ada = next(one.person_id for one in book.everyone())
    visits.changed(lambda rows, act: sessions.end_all(rows, ada, act.at))
    with pytest.raises(PermissionError):
        make()
