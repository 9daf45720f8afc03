"""One-time links: good once, for a while, and only the newest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queries import links, records
from tests import records_place
from tests.records_place import AT, TICK

engine, url = records_place.engine, records_place.url
END = AT + timedelta(hours=72)


def issue(engine, person_id: str) -> str:
    with records.writing(engine) as connection:
        return links.issue(connection, person_id, AT)


def person_of(engine, token: str, at=AT) -> str | None:
    with records.reading(engine) as connection:
        return links.person_of(connection, token, at)


def use(engine, token: str, at=AT) -> str | None:
    with records.writing(engine) as connection:
        return links.use(connection, token, at)


@pytest.mark.parametrize(
    ("at", "is_good"), [(AT, True), (END - TICK, True), (END, False), (END + TICK, False)]
)
def test_a_link_is_good_for_72_hours(engine, at, is_good: bool) -> None:
    ana = records_place.add(engine, "ana")
    token = issue(engine, ana)
    expected = ana if is_good else None
    assert person_of(engine, token, at) == expected
    assert use(engine, token, at) == expected


def test_a_link_is_good_once_and_looking_does_not_use_it(engine) -> None:
    ana = records_place.add(engine, "ana")
    token = issue(engine, ana)
    assert [person_of(engine, token) for _ in range(2)] == [ana, ana]
    assert [use(engine, token) for _ in range(2)] == [ana, None]
    assert person_of(engine, token) is None


def test_a_newer_link_makes_the_older_void_and_nobody_elses(engine) -> None:
    ana, bo = (records_place.add(engine, name) for name in ("ana", "bo"))
    older, others = issue(engine, ana), issue(engine, bo)
    newer = issue(engine, ana)
    assert [use(engine, token) for token in (older, newer, others)] == [None, ana, bo]


def test_links_are_forgotten(engine) -> None:
    ana, bo = (records_place.add(engine, name) for name in ("ana", "bo"))
    token, others = issue(engine, ana), issue(engine, bo)
    with records.writing(engine) as connection:
        links.forget(connection, ana, AT)
    assert (use(engine, token), use(engine, others)) == (None, bo)


def test_of_two_who_use_a_link_at_once_one_succeeds(engine) -> None:
    ana = records_place.add(engine, "ana")
    for _ in range(5):
        token = issue(engine, ana)
        used = records_place.at_once(*[lambda token=token: use(engine, token)] * 2)
        assert sorted(used, key=str) == [None, ana] or sorted(used, key=str) == [ana, None]


def test_only_the_hash_of_a_link_is_kept(engine) -> None:
    token = issue(engine, records_place.add(engine, "ana"))
    assert not any(token in cell for cell in records_place.cells(engine))


@pytest.mark.parametrize("token", ["", "x" * 4096, "\0", "' or 1=1 --", "é"])
def test_what_is_no_link_opens_nothing(engine, token: str) -> None:
    issue(engine, records_place.add(engine, "ana"))
    assert person_of(engine, token) is None
    assert use(engine, token) is None
