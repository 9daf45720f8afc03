"""Attempts and contacts of a hand-off, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from queries.refresh import handoff_attempts
from tests.handed_over import handed
from tests.small_company import Mart

MQL = "L1,mql,2026-01-05 10:00\n"
AGAIN = "L1,mql,2026-02-05 10:00\n"
REACHED = "attempts, first_attempt_at::varchar, first_contact_at::varchar"
MINUTE = 60_000_000


def reached(mart: Mart, columns: str = REACHED) -> list[tuple]:
    return mart.rows(f"select {columns} from handoffs order by seq")


def deeds(mart: Mart) -> list[tuple]:
    """(hand-off, time of day, type, is attempt, is contact), in the order of the table."""
    return mart.rows(
        "select seq, strftime(happened_at, '%H:%M'), activity_type, is_attempt, is_contact"
        " from handoff_activities"
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-01-05 09:59:59.999999", (0, None)),
        ("2026-01-05 10:00:00", (1, "2026-01-05 10:00:00")),
        ("2026-01-05 10:00:00.000001", (1, "2026-01-05 10:00:00.000001")),
    ],
)
def test_r19_what_was_done_before_the_handoff_is_no_attempt(
    tmp_path: Path, at: str, expected: tuple
) -> None:
    mart = handed(tmp_path, MQL, activities=f"L1,{at},call")
    assert reached(mart, "attempts, first_attempt_at::varchar") == [expected]


@pytest.mark.parametrize(
    ("at", "attempts"),
    [
        ("2026-02-05 09:59:59.999999", [1, 0]),
        ("2026-02-05 10:00:00", [0, 1]),
        ("2026-02-05 10:00:00.000001", [0, 1]),
    ],
)
def test_r1_once_handed_over_again_attempts_are_of_the_new_handoff(
    tmp_path: Path, at: str, attempts: list[int]
) -> None:
    mart = handed(tmp_path, MQL + AGAIN, activities=f"L1,{at},call")
    assert [row[0] for row in reached(mart)] == attempts


@pytest.mark.parametrize(
    ("activity", "is_attempt", "is_contact"),
    [
        ("call", True, False),
        ("call,no answer", True, False),
        ("call,Connected", True, True),
        ("call,answered", True, True),
        ("call,reached", True, True),
        ("call,SPOKE", True, True),
        ("call,connected,inbound", True, True),
        ("call,voicemail,inbound", False, False),
        ("call,,inbound", False, False),
        ("email", True, False),
        ("email,sent", True, False),
        ("email,connected", True, False),
        ("email,Replied", True, True),
        ("email,,inbound", False, True),
        ("social", True, False),
        ("social,,inbound", False, True),
        ("meeting,held", True, True),
        ("meeting,Completed,inbound", True, True),
        ("meeting,no-show", True, False),
        ("meeting", True, False),
        ("task", True, False),
        ("task,held", True, False),
        ("task,,inbound", False, False),
    ],
)
def test_what_is_an_attempt_and_what_is_a_two_way_contact(
    tmp_path: Path, activity: str, is_attempt: bool, is_contact: bool
) -> None:
    mart = handed(tmp_path, MQL, activities=f"L1,2026-01-05 11:00,{activity}")
    at = "2026-01-05 11:00:00"
    assert reached(mart) == [
        (int(is_attempt), at if is_attempt else None, at if is_contact else None)
    ]
    kind = activity.split(",")[0]
    shown = [(0, "11:00", kind, is_attempt, is_contact)] if is_attempt or is_contact else []
    assert deeds(mart) == shown


@pytest.mark.parametrize(
    "activity",
    [
        # R20: it ran by itself.
        "L1,2026-01-05 11:00,email,replied,outbound,yes,yes",
        # R21: it is planned, whatever its date says.
        "L1,2026-01-05 11:00,call,connected,outbound,no,no",
        "L1,2026-01-05 11:00,task,,outbound,no,no",
        # R21: it is dated after the moment of reading.
        "L1,2026-06-01 12:00:00.000001,meeting,held",
        # Somebody else's.
        "L2,2026-01-05 11:00,call,connected",
    ],
)
def test_r20_r21_what_runs_by_itself_or_is_planned_is_neither(
    tmp_path: Path, activity: str
) -> None:
    mart = handed(tmp_path, MQL, "L1\nL2", activities=activity)
    assert reached(mart) == [(0, None, None)]
    assert deeds(mart) == []


def test_what_happens_at_the_moment_of_reading_has_happened(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL, activities="L1,2026-06-01 12:00,meeting,held")
    assert reached(mart, "attempts") == [(1,)]


@pytest.mark.parametrize(
    ("times", "counted"),
    [
        ("10:00 10:29:59", ["10:00"]),
        ("10:00 10:30:00", ["10:00"]),
        ("10:00 10:30:00.000001", ["10:00", "10:30"]),
        ("10:00 10:30:01", ["10:00", "10:30"]),
        # From the last that counted, not from the one before.
        ("10:00 10:20 10:45", ["10:00", "10:45"]),
        ("10:00 10:20 10:40 11:00 11:20", ["10:00", "10:40", "11:20"]),
        ("10:00 10:00 10:00", ["10:00"]),
    ],
)
def test_attempts_of_one_type_within_half_an_hour_are_one(
    tmp_path: Path, times: str, counted: list[str]
) -> None:
    calls = "\n".join(f"L1,2026-01-05 {time},call" for time in times.split())
    mart = handed(tmp_path, MQL, activities=calls)
    assert [row[1] for row in deeds(mart)] == counted
    assert reached(mart, "attempts") == [(len(counted),)]


def test_attempts_of_two_types_or_two_handoffs_are_two(tmp_path: Path) -> None:
    activities = """
        L1,2026-02-05 09:50,call
        L1,2026-02-05 10:05,call
        L1,2026-02-05 10:06,email
        L2,2026-02-05 10:07,call"""
    mart = handed(tmp_path, MQL + AGAIN + "L2,mql,2026-01-05", "L1\nL2", activities=activities)
    assert mart.rows("select handoff_id, attempts from handoffs order by 1") == [
        *(("L1:1", 1), ("L1:2", 2), ("L2:1", 1))
    ]


def test_a_contact_that_repeats_an_attempt_is_still_a_contact(tmp_path: Path) -> None:
    activities = "L1,2026-01-05 11:00,call,no answer\nL1,2026-01-05 11:05,call,connected"
    mart = handed(tmp_path, MQL, activities=activities)
    assert reached(mart) == [(1, "2026-01-05 11:00:00", "2026-01-05 11:05:00")]
    assert deeds(mart) == [
        (0, "11:00", "call", True, False),
        (0, "11:05", "call", False, True),
    ]


def test_an_answer_between_attempts_does_not_part_them(tmp_path: Path) -> None:
    activities = """
        L1,2026-01-05 11:00,email
        L1,2026-01-05 11:05,email,,inbound
        L1,2026-01-05 11:10,email"""
    mart = handed(tmp_path, MQL, activities=activities)
    assert reached(mart) == [(1, "2026-01-05 11:00:00", "2026-01-05 11:05:00")]


def test_r5_activities_under_every_name_of_the_person_count(tmp_path: Path) -> None:
    activities = """
        L1,2026-01-05 11:00,call
        L2,2026-01-05 12:00,call
        K1,2026-01-05 13:00,call
        ,2026-01-05 14:00,call,,,,,O1
        ,2026-01-05 15:00,call,,,,,O2
        ,2026-01-05 16:00,call
        L3,2026-01-05 17:00,call,,,,,O1"""
    mart = handed(
        tmp_path, MQL, "L1,,,K1\nL2,,L1,,yes\nL3",
        activities=activities, opportunities="O1,K1,2026-01-09,open\nO2,,2026-01-09,open",
    )  # fmt: skip
    # Under the lead, a merged record, the contact, a deal of the contact; never under others.
    assert [row[1] for row in deeds(mart)] == ["11:00", "12:00", "13:00", "14:00"]


def test_the_rep_of_an_activity_is_kept(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL, activities="L1,2026-01-05 11:00,call,,,,,,bo")
    assert mart.rows("select rep_id from handoff_activities") == [("bo",)]


@pytest.mark.parametrize(
    ("kinds", "minutes", "expected"),
    [
        ([], [], []),
        ([1, 1, 2, 2], [0, 10, 10, 41], [False, True, False, False]),
        ([1, 1, 1], [0, 30, 60], [False, True, False]),
    ],
)
def test_time_runs_from_the_last_attempt_that_counted(
    kinds: list[int], minutes: list[int], expected: list[bool]
) -> None:
    at = np.array(minutes, np.int64) * MINUTE
    assert handoff_attempts.repeats(np.array(kinds), at).tolist() == expected
