"""How long hand-offs wait, in working time, with those that still do. All by hand."""

from __future__ import annotations

from dataclasses import replace

from queries.handoffs import behind, times
from queries.people import EVERYTHING, NOTHING
from tests import company
from tests.company import make_event, plain
from tests.handoff_questions import (
    HISTORY,
    ask,
    counted,
    make_call,
    make_handoff,
    make_owner,
    view,
)


def waits(snapshot, seen, scope=EVERYTHING) -> dict[str, list]:
    with snapshot.connect() as connection:
        found = times.waits(connection, ask(connection, seen), scope=scope)
    columns = ("n", "happened", "median", "p90")
    return {
        key: [plain(found[name])[place] for name in columns]
        for place, key in enumerate(found["key"])
    }


def test_waits_are_in_working_time_and_know_who_still_waits(tmp_path) -> None:
    # Monday, 22 June. l1 is called after 30 minutes and answers after an hour; l2 is called on
    # Tuesday at 9:00:01, after an hour and a second of work; l3 is rejected unseen after two
    # hours; l4 waits since 10:00; the early one has no clock.
    rows = (
        *make_handoff("l1", "2026-06-22 10:00"),
        make_call("l1", "2026-06-22 10:30"),
        make_call("l1", "2026-06-22 11:00", outcome="connected"),
        *make_handoff("l2", "2026-06-22 17:00"),
        make_call("l2", "2026-06-23 09:00:01"),
        *make_handoff("l3", "2026-06-22 10:00"),
        make_event("rejected", "2026-06-22 12:00", "l3"),
        *make_handoff("l4", "2026-06-22 10:00", rep="cy"),
        make_owner("l4", "2026-06-22 10:10", "", "cy"),
        *make_handoff("early", "2026-01-02 09:00"),
        make_call("early", "2026-01-02 09:30", is_automated="true"),
    )
    snapshot = company.opened(tmp_path, *HISTORY, *rows)
    found = waits(snapshot, view("2026-06-23 11:00", "2026-01-01"))
    assert found == {
        # Three at once, one after ten minutes.
        "assigned": [4, 4, 0, 10],
        # 1/4 after 30 minutes, 2/4 after 61; one left after 120, one waits since ten hours.
        "first_attempt": [4, 2, 61, None],
        "first_contact": [4, 1, None, None],
    }
    # An hour earlier nobody but l1 had been called; l2 was seen for an hour.
    assert waits(snapshot, view("2026-06-22 18:00", "2026-01-01"))["first_attempt"] == [
        *(4, 1, None, None)
    ]
    # The early one has no clock.
    numbers = counted(snapshot, view("2026-06-23 11:00", "2026-01-01"))
    assert (numbers["handed"], numbers["timed"]) == (5, 4)
    nobody = {key: [0, 0, None, None] for key in found}
    assert waits(snapshot, view("2026-06-23 11:00"), NOTHING) == nobody


def test_what_was_handed_over_again_is_followed_until_then(tmp_path) -> None:
    rows = (
        *make_handoff("l1", "2026-06-22 10:00"),
        make_event("mql", "2026-06-22 11:00", "l1"),
        make_call("l1", "2026-06-22 15:00"),
        *make_handoff("l2", "2026-06-22 10:00"),
        make_call("l2", "2026-06-22 12:00"),
    )
    found = waits(company.opened(tmp_path, *HISTORY, *rows), view())
    # Seen for an hour; 2 hours; 4 hours. Of the two that are left half have it after 120 minutes.
    assert found["first_attempt"] == [3, 2, 120, 240]


def test_whoever_was_followed_can_be_listed(demo_snapshot) -> None:
    for seen in (view("2026-06-30 12:00", "2026-01-01"), view("2026-04-21 15:00", "2026-03-01")):
        zoned = replace(seen, zone="America/Sao_Paulo")
        followed = counted(demo_snapshot, zoned)["timed"]
        assert followed > 0
        with demo_snapshot.connect() as connection:
            listed = behind.count(connection, ask(connection, zoned), scope=EVERYTHING, key="timed")
        assert [found[0] for found in waits(demo_snapshot, zoned).values()] == [followed] * 3
        assert listed == followed


def test_without_attempts_there_is_no_clock_to_wait_by(tmp_path) -> None:
    with company.opened(tmp_path, *make_handoff("l1", "2026-06-22 10:00")).connect() as connection:
        asked = ask(connection, view())
        found = times.waits(
            connection, asked, scope=EVERYTHING, only=("first_attempt",), has_attempts=False
        )
    assert list(found["key"]) == ["first_attempt"]
    assert found[["n", "happened", "median", "p90"]].isna().all(axis=None)
