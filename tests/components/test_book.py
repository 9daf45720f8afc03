"""The records for components: by the settings in force, and who stands at the door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from components import book
from queries import people, records, sessions, tokens, working_time, working_time_changes
from queries.handoffs import decisions
from tests import company, visits


def test_sessions_last_as_long_as_is_set(door, march_place) -> None:
    door.set_up(march_place, sign_in_idle_hours="2", sign_in_longest_hours="3")
    assert book.limits() == sessions.Limits(timedelta(hours=2), timedelta(hours=3), False)
    door.set_up(march_place, source_url="")
    assert book.limits() == sessions.Limits(timedelta(hours=8), timedelta(hours=12), True)


def test_the_visit_is_of_the_browsers_cookie(door, march_place) -> None:
    door.set_up(march_place)
    seen = book.visit()
    assert (seen.browser, seen.address, seen.agent) == (door.browser, "this machine", "")
    assert records.now() - seen.at < timedelta(minutes=1)
    door.browser = "x" * 5000
    assert book.visit().browser == ""


def test_under_tls_only_cookies_with_the_prefix_count(door, march_place, monkeypatch) -> None:
    door.set_up(march_place, server_public_url="https://funnel.example.com")
    door.token = tokens.new()
    assert (book.visit().browser, book.session_token()) == ("", "")
    known = {"__Host-smarketing_browser": "b", "__Host-smarketing_session": "s"}
    monkeypatch.setattr(book, "handshake_cookies", lambda: known)
    assert (book.visit().browser, book.session_token()) == ("b", "s")


def test_an_act_is_the_users_from_their_address(door, march_place) -> None:
    door.set_up(march_place)
    act = book.act_of(people.User("lee", "leader", address="10.0.0.1"))
    assert (act.by, act.address) == ("lee", "10.0.0.1")
    assert records.now() - act.at < timedelta(minutes=1)


def test_records_are_made_when_they_are_first_used(door, march_place, tmp_path) -> None:
    url = f"sqlite:///{tmp_path}/new/records.sqlite"
    door.set_up(march_place, records_url=url)
    assert book.everyone() == []
    assert book.open_sessions() == []
    assert (book.entries_in_log(""), len(book.whole_log(""))) == (0, 0)
    assert (tmp_path / "new" / "records.sqlite").stat().st_mode & 0o077 == 0
    assert book.engine() is book.engine()
    book.engine().dispose()


def test_what_fails_is_not_written(door, march_place) -> None:
    door.set_up(march_place)
    lee = door.sign_in()

    def end_and_fail() -> None:
        with book.writing() as rows:
            sessions.end_all(rows, lee, records.now())
            raise KeyError

    with pytest.raises(KeyError):
        end_and_fail()
    assert [one.name for one in book.open_sessions()] == ["lee"]
    visits.changed(lambda rows, act: sessions.end_all(rows, lee, act.at))
    assert book.open_sessions() == []


def test_working_time_is_read_as_it_was_entered(door, march_place) -> None:
    door.set_up(march_place)
    assert book.entered_working_time() == working_time.NOTHING
    wanted = working_time_changes.Wanted("rep", "bo", "Asia/Tokyo")
    visits.changed(lambda rows, act: working_time_changes.set_calendar(rows, act, wanted))
    assert [one.zone for one in book.entered_working_time().calendars] == ["Asia/Tokyo"]


def test_decisions_are_read_of_the_person_that_is_asked_for(door, march_place) -> None:
    door.set_up(march_place)
    handoff = decisions.Handoff("l1:1", "l1", company.NOW)
    asked = decisions.Asked("form", "accepted", note="calls back")
    visits.changed(lambda rows, act: decisions.decide(rows, act, handoff, asked, "UTC"))
    assert [said.note for said in book.decisions_on(("l1",))] == ["calls back"]
    assert book.decisions_on(("l2",)) == ()
