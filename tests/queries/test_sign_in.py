"""Signing in: one message for all who fail, a throttle at its limits, an entry for each act."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock

import pytest

from queries import accounts, audit, records, sessions, sign_in
from queries.sign_in import Refused
from tests import records_place
from tests.records_place import AT, TICK, act, add, check, entries, find, kept, visit

engine, url = records_place.engine, records_place.url
WRONG = "The name or the password is wrong."
WINDOW = timedelta(minutes=15)


def enter(engine, name: str = "ana", password: str = "right", check=check, **visited):
    return sign_in.with_password(engine, name, password, visit(**visited), check, with_demo=False)


def said(engine, name: str = "ana", password: str = "wrong", **given) -> str:
    """What somebody is told who is refused; empty where they are let in."""
    try:
        enter(engine, name, password, **given)
    except Refused as refusal:
        return str(refusal)
    return ""


@pytest.fixture
def ana(engine) -> str:
    """Ana, whose password is `right`."""
    return add(engine, "ana", password="right")


def fail(engine, times: int, name: str = "ana", at=AT, address: str = "10.0.0.1") -> None:
    for number in range(times):
        told = said(engine, name.format(number), at=at, address=address.format(number))
        assert told == WRONG, number


class Recording:
    """A check that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._lock = Lock()

    def __call__(self, password: str, hashed: str) -> bool:
        with self._lock:
            self.asked.append((password, hashed))
        return check(password, hashed)


@pytest.mark.parametrize("name", ["ana", " ANA "])
def test_the_right_password_gives_a_session_and_a_ticket(engine, ana, name: str) -> None:
    session_id, ticket = enter(engine, name)
    with records.writing(engine) as connection:
        token = sessions.claim(connection, ticket, "ana's browser", AT)
    found = records_place.seat(engine, token)
    assert (found.session_id, found.person_id, found.method) == (session_id, ana, "password")
    assert entries(engine)[2:] == [("ana", "signed in", "ana", "by password")]


def test_each_sign_in_is_another_session(engine, ana) -> None:
    assert len({*enter(engine), *enter(engine)}) == 4


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ana", "wrong"),
        ("ana", ""),
        ("ana", "right "),
        ("ana", "Right"),
        ("ana", "right\0"),
        ("ana", "right" * 15),
        ("zoe", "right"),
        ("", ""),
        ("an\0a", "right"),
        ("ana' or 1=1 --", "right"),
        ("x" * 65_536, "right"),
        ("newcomer", "right"),
        ("deactivated", "right"),
        ("leader", "right"),
    ],
)
def test_whoever_is_wrong_is_told_the_same_and_costs_one_check(engine, ana, name, password) -> None:
    add(engine, "newcomer")
    add(engine, "leader", password="right", is_demo=True)
    gone = add(engine, "deactivated", password="right")
    with records.writing(engine) as connection:
        accounts.set_active(connection, act(), gone, is_active=False)
    before, recording = len(entries(engine)), Recording()
    assert said(engine, name, password, check=recording) == WRONG
    ((_, hashed),) = recording.asked
    if name == "ana":
        assert hashed == kept("right")
    else:
        assert (hashed[:7], len(hashed)) == ("$2b$12$", 60)
    known = name if name in ("ana", "newcomer", "deactivated") else "unknown name"
    assert entries(engine)[before:] == [(known, "sign-in refused", known, "")]


def test_a_try_that_is_throttled_stands_in_the_log(engine, ana) -> None:
    fail(engine, 5)
    before = len(entries(engine))
    assert said(engine, password="right").startswith("Too many tries")
    assert entries(engine)[before:] == [("ana", "sign-in throttled", "ana", "")]


def test_what_was_typed_stands_nowhere(engine, ana) -> None:
    said(engine, "my-secret-typed-as-a-name", "my-secret-password")
    assert not any("my-secret" in cell for cell in records_place.cells(engine))


def test_a_demo_person_signs_in_where_the_demo_company_is_the_source(engine) -> None:
    add(engine, "leader", password="right", is_demo=True)
    session_id, _ = sign_in.with_password(engine, "leader", "right", visit(), check, with_demo=True)
    assert session_id
    assert said(engine, "leader", "right") == WRONG


def test_the_fifth_failure_of_a_name_from_an_address_is_the_last(engine, ana) -> None:
    fail(engine, 4)
    # Who got it right had mistyped it: the failures are forgiven.
    assert said(engine, password="right") == ""
    fail(engine, 5)
    recording = Recording()
    too_many = "Too many tries. Wait 15 minutes, or ask an admin for a link."
    assert said(engine, password="right", check=recording) == too_many
    assert said(engine, "ANA ", password="right", check=recording) == too_many
    assert recording.asked == []


def test_ten_wrong_then_right_is_refused_and_nobody_else_is(engine, ana) -> None:
    add(engine, "bo", password="right")
    assert [said(engine) for _ in range(10)].count(WRONG) == 5
    assert said(engine, password="right").startswith("Too many tries")
    assert said(engine, "bo", "right") == ""
    assert said(engine, password="right", address="10.0.0.2") == ""


def test_a_name_that_nobody_has_is_throttled_too(engine) -> None:
    fail(engine, 5, "zoe")
    assert said(engine, "zoe").startswith("Too many tries. Wait 15 minutes")


def test_after_the_window_one_may_try_again(engine, ana) -> None:
    fail(engine, 1)
    fail(engine, 4, at=AT + timedelta(minutes=5))
    assert said(engine, password="right", at=AT + WINDOW - TICK).startswith("Too many")
    fail(engine, 1, at=AT + WINDOW)
    # Four of twelve minutes ago are left, and the one of now.
    assert said(engine, at=AT + WINDOW).startswith("Too many tries. Wait 5 minutes,")
    assert said(engine, password="right", at=AT + WINDOW + timedelta(minutes=5)) == ""


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        (timedelta(0), "15 minutes"),
        (timedelta(minutes=1) - TICK, "15 minutes"),
        (timedelta(minutes=1), "14 minutes"),
        (timedelta(minutes=13, seconds=59), "2 minutes"),
        (timedelta(minutes=14), "1 minute"),
        (WINDOW - TICK, "1 minute"),
    ],
)
def test_who_must_wait_is_told_how_long(engine, ana, after: timedelta, wait: str) -> None:
    fail(engine, 5)
    assert (
        said(engine, at=AT + after) == f"Too many tries. Wait {wait}, or ask an admin for a link."
    )


def test_a_refused_try_does_not_make_the_wait_longer(engine, ana) -> None:
    fail(engine, 5)
    for minutes in range(15):
        assert said(engine, at=AT + timedelta(minutes=minutes)).startswith("Too many")
    assert said(engine, password="right", at=AT + WINDOW) == ""


def test_the_twentieth_failure_of_a_name_from_anywhere_is_the_last(engine, ana) -> None:
    add(engine, "bo", password="right")
    fail(engine, 19, address="10.0.1.{}")
    assert said(engine, password="right", address="10.0.2.1") == ""
    fail(engine, 1, address="10.0.2.2")
    assert said(engine, password="right", address="10.0.2.3").startswith("Too many")
    assert said(engine, "bo", "right", address="10.0.2.3") == ""


def test_the_sixtieth_failure_from_an_address_is_the_last(engine, ana) -> None:
    fail(engine, 59, "nobody {}")
    assert said(engine, password="right") == ""
    fail(engine, 1, "nobody")
    assert said(engine, password="right").startswith("Too many")
    assert said(engine, password="right", address="10.0.0.2") == ""


def test_who_is_let_in_is_not_counted(engine, ana) -> None:
    assert [said(engine, password="right") for _ in range(25)] == [""] * 25


def test_of_many_tries_at_once_five_are_checked(engine, ana) -> None:
    recording = Recording()
    tries = [lambda: said(engine, check=recording)] * 12
    told = records_place.at_once(*tries)
    assert len(recording.asked) == 5
    assert sorted(sentence == WRONG for sentence in told) == [False] * 7 + [True] * 5


@pytest.mark.parametrize("change", ["deactivated", "another password"])
def test_what_changes_while_a_password_is_checked_counts(engine, ana, change: str) -> None:
    def changing(password: str, hashed: str) -> bool:
        with records.writing(engine) as connection:
            if change == "deactivated":
                accounts.set_active(connection, act(), ana, is_active=False)
            else:
                accounts.set_password(connection, act(), find(engine), kept("new"))
        return check(password, hashed)

    assert said(engine, password="right", check=changing) == WRONG


def test_a_hostile_name_address_and_browser_are_kept_as_text(engine, ana) -> None:
    enter(engine, address="10.0.0.1\nroot", agent="x\r\ny")
    with records.reading(engine) as connection:
        (row,) = audit.search(connection, "signed").to_dict("records")
    assert row["address"] == "10.0.0.1 root"


def test_records_that_do_not_answer_let_nobody_in() -> None:
    gone = records.open_records("postgresql+psycopg://ana@127.0.0.1:1/sign_in")
    with pytest.raises(records.RecordsUnavailable):
        enter(gone)


def prove(engine, password: str) -> None:
    sign_in.prove(engine, find(engine), password, visit(), check)


def test_who_is_signed_in_proves_it_within_the_same_limits(engine, ana) -> None:
    for _ in range(7):
        prove(engine, "right")
    for _ in range(5):
        with pytest.raises(Refused, match="The password until now is another one"):
            prove(engine, "wrong")
    with pytest.raises(Refused, match="Too many tries"):
        prove(engine, "right")
    assert said(engine, password="right").startswith("Too many tries")


def test_how_one_signed_in_is_written_down(engine, ana) -> None:
    with records.writing(engine) as connection:
        sign_in.begin(connection, find(engine), visit(), method="company sign-in")
    assert entries(engine)[-1] == ("ana", "signed in", "ana", "by company sign-in")
