"""Choosing a password with a one-time link: once, in time, by its person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queries import accounts, records
from queries.accounts import NotAllowed
from tests import records_place
from tests.records_place import AT, act, add, entries, find, seat, sign_in, visit

engine, url = records_place.engine, records_place.url


def write(engine, change, *arguments) -> object:
    with records.writing(engine) as connection:
        return change(connection, *arguments)


def read(engine, question, *arguments) -> object:
    with records.reading(engine) as connection:
        return question(connection, *arguments, with_demo=False)


def redeem(engine, token: str, person: accounts.Person, at=AT, kept: str = "kept") -> None:
    write(engine, accounts.redeem_link, token, kept, visit(at=at), person)


def test_with_a_link_a_person_chooses_a_password_once(engine) -> None:
    add(engine, "bo")
    ana = add(engine, "ana")
    _, session = sign_in(engine, ana)
    token = write(engine, accounts.issue_link, act(), ana)
    person = read(engine, accounts.of_link, token, AT)
    assert person == find(engine, "ana")
    with pytest.raises(NotAllowed, match="has been used or is too old"):
        redeem(engine, token, find(engine, "bo"))
    redeem(engine, token, person)
    assert read(engine, accounts.password_hash, "ana") == "kept"
    assert seat(engine, session) is None
    with pytest.raises(NotAllowed, match="has been used or is too old"):
        redeem(engine, token, person, kept="another")
    assert read(engine, accounts.password_hash, "ana") == "kept"
    assert entries(engine)[2:] == [
        ("root", "password link issued", "ana", "for 72 hours"),
        ("ana", "password changed", "ana", ""),
    ]
    assert not any(token in cell for cell in records_place.cells(engine))


def test_a_link_that_is_too_old_sets_nothing(engine) -> None:
    ana = add(engine, "ana")
    token = write(engine, accounts.issue_link, act(), ana)
    with pytest.raises(NotAllowed):
        redeem(engine, token, find(engine), AT + timedelta(hours=72))
    assert not find(engine).has_password
    redeem(engine, token, find(engine), AT + timedelta(hours=72) - records_place.TICK)
    assert find(engine).has_password


def test_of_two_who_redeem_a_link_at_once_one_sets_the_password(engine) -> None:
    token = write(engine, accounts.issue_link, act(), add(engine, "ana"))
    person = find(engine)
    ends = records_place.at_once(
        lambda: redeem(engine, token, person, kept="one"),
        lambda: redeem(engine, token, person, kept="other"),
    )
    assert [type(end) for end in ends if end is not None] == [NotAllowed]
    kept = read(engine, accounts.password_hash, "ana")
    assert kept == ("one", "other")[ends.index(None)]
