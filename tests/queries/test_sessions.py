"""Sessions: whom a cookie gives access, in which browser, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from queries import records, sessions, tokens
from queries.records_schema import persons
from queries.records_schema import sessions as table
from tests import records_place
from tests.records_place import AT, LIMITS, LIMITS_OF_THE_DEMO, TICK, seat, sign_in, visit

engine, url = records_place.engine, records_place.url
HOUR = timedelta(hours=1)


def start(engine, person_id: str, **visited) -> tuple[str, str]:
    with records.writing(engine) as connection:
        return sessions.start(connection, person_id, visit(**visited), method="password")


def claim(engine, ticket: str, browser: str = "ana's browser", at=AT) -> str | None:
    with records.writing(engine) as connection:
        return sessions.claim(connection, ticket, browser, at)


def by_id(engine, session_id: str, at=AT, browser: str = "ana's browser", limits=LIMITS):
    with records.reading(engine) as connection:
        return sessions.by_id(connection, session_id, browser, limits, at)


def write(engine, change, *arguments) -> object:
    with records.writing(engine) as connection:
        return change(connection, *arguments)


def test_a_session_knows_its_person(engine) -> None:
    ana = records_place.add(engine, "ana", "rep", full_name="Ana A.", rep_id="a1")
    session_id, token = sign_in(engine, ana)
    expected = sessions.Seat(
        session_id, ana, "ana", "Ana A.", "rep", "a1", False, "password", AT, has_token=True
    )
    assert seat(engine, token) == expected
    assert by_id(engine, session_id) == expected


def test_until_the_browser_has_fetched_the_token_the_page_knows_the_session(engine) -> None:
    session_id, _ticket = start(engine, records_place.add(engine))
    found = by_id(engine, session_id)
    assert (found.name, found.has_token) == ("ana", False)


def test_two_sign_ins_are_two_sessions(engine) -> None:
    ana = records_place.add(engine)
    one, other = sign_in(engine, ana), sign_in(engine, ana)
    assert len({*one, *other}) == 4
    assert seat(engine, one[1]) is not None


@pytest.mark.parametrize(
    ("seconds", "is_good"),
    [(timedelta(0), True), (timedelta(seconds=60) - TICK, True), (timedelta(seconds=60), False)],
)
def test_a_ticket_is_good_for_a_minute(engine, seconds: timedelta, is_good: bool) -> None:
    _, ticket = start(engine, records_place.add(engine))
    assert (claim(engine, ticket, at=AT + seconds) is not None) == is_good


def test_a_ticket_is_good_once_even_at_the_same_moment(engine) -> None:
    ana = records_place.add(engine)
    _, ticket = start(engine, ana)
    token = claim(engine, ticket)
    assert claim(engine, ticket) is None
    assert seat(engine, token).name == "ana"
    _, ticket = start(engine, ana)
    fetched = records_place.at_once(*[lambda: claim(engine, ticket)] * 2)
    assert fetched.count(None) == 1


def test_a_ticket_is_good_for_its_browser_only_and_then_still_there(engine) -> None:
    _, ticket = start(engine, records_place.add(engine))
    assert claim(engine, ticket, "eve's browser") is None
    assert claim(engine, ticket, "") is None
    assert claim(engine, ticket) is not None


def test_a_session_that_has_ended_gives_no_token(engine) -> None:
    session_id, ticket = start(engine, records_place.add(engine))
    write(engine, sessions.end, session_id, AT)
    assert claim(engine, ticket) is None


def test_only_hashes_of_tickets_tokens_and_browsers_are_kept(engine) -> None:
    session_id, ticket = start(engine, records_place.add(engine), browser="secret-of-the-browser")
    before = records_place.cells(engine)
    token = claim(engine, ticket, "secret-of-the-browser")
    kept = before + records_place.cells(engine)
    for secret in (ticket, token, "secret-of-the-browser"):
        assert not any(secret in cell for cell in kept)
    assert {session_id, tokens.hashed(token)} <= set(kept)


@pytest.mark.parametrize("token", ["", "x", "\0", "x" * 4096, "eyJhbGciOiJub25lIn0.e30.", "é'\"<>"])
def test_a_forged_cookie_opens_nothing(engine, token: str) -> None:
    ana = records_place.add(engine)
    _, real = sign_in(engine, ana)
    start(engine, ana)
    for forged in (token, real[:-1], real + "x", real.swapcase(), tokens.hashed(real)):
        assert seat(engine, forged) is None


def test_a_cookie_in_another_browser_opens_nothing(engine) -> None:
    session_id, token = sign_in(engine, records_place.add(engine))
    for browser in ("eve's browser", "", tokens.hashed("ana's browser")):
        assert seat(engine, token, browser=browser) is None
        assert by_id(engine, session_id, browser=browser) is None
    assert seat(engine, token) is not None


@pytest.mark.parametrize(
    ("after", "is_open"), [(8 * HOUR - TICK, True), (8 * HOUR, False), (8 * HOUR + TICK, False)]
)
def test_a_session_that_is_not_used_ends(engine, after: timedelta, is_open: bool) -> None:
    session_id, token = sign_in(engine, records_place.add(engine))
    assert (seat(engine, token, AT + after) is not None) == is_open
    assert (by_id(engine, session_id, AT + after) is not None) == is_open
    with records.reading(engine) as connection:
        assert len(sessions.open_ones(connection, LIMITS, AT + after)) == is_open


@pytest.mark.parametrize(
    ("after", "is_open"), [(12 * HOUR - TICK, True), (12 * HOUR, False), (12 * HOUR + TICK, False)]
)
def test_a_session_ends_however_much_it_is_used(engine, after: timedelta, is_open: bool) -> None:
    session_id, token = sign_in(engine, records_place.add(engine))
    write(engine, sessions.touch, session_id, AT + 7 * HOUR)
    assert (seat(engine, token, AT + after) is not None) == is_open
    with records.reading(engine) as connection:
        assert len(sessions.open_ones(connection, LIMITS, AT + after)) == is_open


def test_a_use_counts_from_its_moment(engine) -> None:
    session_id, token = sign_in(engine, records_place.add(engine))
    write(engine, sessions.touch, session_id, AT + HOUR)
    assert seat(engine, token, AT + 9 * HOUR - TICK).seen_at == AT + HOUR
    assert seat(engine, token, AT + 9 * HOUR) is None


@pytest.mark.parametrize(
    ("after", "is_worth"),
    [(timedelta(seconds=60), False), (timedelta(seconds=60) + TICK, True)],
)
def test_a_use_is_written_down_once_a_minute(engine, after: timedelta, is_worth: bool) -> None:
    _, token = sign_in(engine, records_place.add(engine))
    assert sessions.is_worth_a_touch(seat(engine, token), AT + after) == is_worth


def test_an_ended_session_is_over_and_no_other(engine) -> None:
    ana = records_place.add(engine)
    (session_id, token), (_, other) = sign_in(engine, ana), sign_in(engine, ana)
    write(engine, sessions.end, session_id, AT)
    write(engine, sessions.touch, session_id, AT)
    assert seat(engine, token) is None
    assert by_id(engine, session_id) is None
    assert seat(engine, other) is not None


def test_signing_out_everywhere_ends_all_sessions_of_one_person(engine) -> None:
    ana, bo = (records_place.add(engine, name) for name in ("ana", "bo"))
    anas = [sign_in(engine, ana)[1] for _ in range(2)]
    bos = sign_in(engine, bo)[1]
    _, ticket = start(engine, ana)
    assert write(engine, sessions.end_all, ana, AT) == 3
    assert write(engine, sessions.end_all, ana, AT) == 0
    assert [seat(engine, token) for token in anas] == [None, None]
    assert claim(engine, ticket) is None
    assert seat(engine, bos) is not None


def test_what_changes_of_a_person_acts_at_the_next_look(engine) -> None:
    ana = records_place.add(engine)
    session_id, token = sign_in(engine, ana)
    is_ana = sa.update(persons).where(persons.c.person_id == ana)
    with records.writing(engine) as connection:
        connection.execute(is_ana.values(role="rep", rep_id="a1"))
    found = seat(engine, token)
    assert (found.role, found.rep_id) == ("rep", "a1")
    with records.writing(engine) as connection:
        connection.execute(is_ana.values(is_active=False))
    assert seat(engine, token) is None
    assert by_id(engine, session_id) is None
    with records.reading(engine) as connection:
        assert sessions.open_ones(connection, LIMITS, AT) == []


def test_a_demo_person_has_no_session_where_the_source_is_a_real_company(engine) -> None:
    session_id, token = sign_in(engine, records_place.add(engine, is_demo=True))
    assert seat(engine, token, limits=LIMITS_OF_THE_DEMO).is_demo
    assert seat(engine, token) is None
    assert by_id(engine, session_id) is None
    with records.reading(engine) as connection:
        assert sessions.open_ones(connection, LIMITS, AT) == []
        assert len(sessions.open_ones(connection, LIMITS_OF_THE_DEMO, AT)) == 1


def test_open_sessions_are_listed_last_used_first(engine) -> None:
    ana, bo = (records_place.add(engine, name) for name in ("ana", "bo"))
    first, _ = start(engine, ana, agent="Fire\nfox\x1b" + "x" * 300)
    second, _ = start(engine, bo, address="10.0.0.2", at=AT + HOUR)
    third, _ = start(engine, ana)
    write(engine, sessions.touch, third, AT + 2 * HOUR)
    at = AT + 3 * HOUR
    with records.reading(engine) as connection:
        found = sessions.open_ones(connection, LIMITS, at)
        anas = sessions.open_ones(connection, LIMITS, at, ana)
        short = sessions.open_ones(connection, replace(LIMITS, idle=2 * HOUR), at)
    assert [row.session_id for row in found] == [third, second, first]
    assert [row.session_id for row in anas] == [third, first]
    assert [row.session_id for row in short] == [third]
    assert found[1]._asdict() == {
        "session_id": second,
        "person_id": bo,
        "name": "bo",
        "started_at": AT + HOUR,
        "seen_at": AT + HOUR,
        "method": "password",
        "address": "10.0.0.2",
        "browser": "Firefox",
    }
    assert found[2].browser == "Firefox" + "x" * 193


def test_a_session_keeps_when_it_ended(engine) -> None:
    session_id, _ = sign_in(engine, records_place.add(engine))
    write(engine, sessions.end, session_id, AT + HOUR)
    write(engine, sessions.end, session_id, AT + 2 * HOUR)
    with records.reading(engine) as connection:
        assert connection.execute(sa.select(table.c.ended_at)).scalar_one() == AT + HOUR
