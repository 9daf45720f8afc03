"""Who had a hand-off when: at the beginning, first, at the decision, in turn. By hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handed_over import handed
from tests.small_company import Mart

MQL = "L1,mql,2026-01-05 10:00\n"
FIRST = "rep_at_handoff, receiving_rep_id, assigned_at::varchar"
NOW = "rep_id, team_id, reassigned_at::varchar"
STAFF = {"teams": "T1,sales\nT2,sales\nM1,marketing", "reps": "bo,T1\ncy,T2\nana,M1"}


def owned(tmp_path: Path, owners: str, events: str = MQL, leads: str = "L1,bo") -> Mart:
    named = {"lead_owner_events": owners} if owners else {}
    return handed(tmp_path, events, leads, **named, **STAFF)


def first(mart: Mart, columns: str = FIRST) -> tuple:
    return mart.rows(f"select {columns} from handoffs order by seq")[0]


def turns(mart: Mart) -> list[tuple]:
    return mart.rows("select seq, rep_id, team_id, from_at::varchar from handoff_owners")


def test_without_owner_events_it_has_always_been_the_present_owners(tmp_path: Path) -> None:
    mart = owned(tmp_path, "")
    assert first(mart) == ("bo", "bo", "2026-01-05 10:00:00")
    assert first(mart, NOW) == ("bo", "T1", None)
    assert turns(mart) == []


def test_before_the_first_event_it_was_of_whom_that_took_it_from(tmp_path: Path) -> None:
    mart = owned(tmp_path, "L1,2026-01-06,cy,bo")
    assert first(mart) == ("cy", "cy", "2026-01-05 10:00:00")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-01-05 09:59:59.999999", ("bo", "bo", "2026-01-05 10:00:00")),
        ("2026-01-05 10:00:00", ("bo", "bo", "2026-01-05 10:00:00")),
        ("2026-01-05 10:00:00.000001", (None, "bo", "2026-01-05 10:00:00.000001")),
    ],
)
def test_r6_what_nobody_owned_is_received_when_it_is_first_assigned(
    tmp_path: Path, at: str, expected: tuple
) -> None:
    assert first(owned(tmp_path, f"L1,{at},,bo")) == expected


def test_r6_what_was_never_assigned_has_nobody_and_stays(tmp_path: Path) -> None:
    mart = owned(tmp_path, "", leads="L1")
    assert first(mart) == (None, None, None)
    assert first(mart, NOW) == (None, None, None)
    # Assigned only after it was handed over again.
    mart = owned(tmp_path, "L1,2026-02-05,,bo", MQL + "L1,mql,2026-02-05", "L1,bo")
    assert first(mart) == (None, None, None)


def test_r6_marketing_may_own_it_but_does_not_receive_it(tmp_path: Path) -> None:
    mart = owned(tmp_path, "L1,2026-01-05 10:04,ana,bo")
    assert first(mart) == ("ana", "bo", "2026-01-05 10:04:00")
    assert first(mart, NOW) == ("bo", "T1", None)
    mart = owned(tmp_path, "L1,2026-01-07,bo,ana", leads="L1,ana")
    assert first(mart, NOW) == ("ana", "M1", None)


def test_of_changes_at_one_moment_the_last_stands(tmp_path: Path) -> None:
    at = "2026-01-05 10:00"
    mart = owned(tmp_path, f"L1,{at},,cy\nL1,{at},cy,ana\nL1,{at},ana,bo")
    assert first(mart) == ("bo", "bo", "2026-01-05 10:00:00")
    mart = owned(tmp_path, "L1,2026-01-06,,bo\nL1,2026-01-06,bo,cy")
    assert first(mart) == (None, "cy", "2026-01-06 00:00:00")


def test_r7_who_takes_it_over_is_named_and_the_first_stays_the_receiver(tmp_path: Path) -> None:
    mart = owned(tmp_path, "L1,2026-01-06,bo,cy", leads="L1,cy")
    assert first(mart) == ("bo", "bo", "2026-01-05 10:00:00")
    assert first(mart, NOW) == ("cy", "T2", "2026-01-06 00:00:00")
    assert turns(mart) == [
        (0, "bo", "T1", "2026-01-05 10:00:00"),
        (0, "cy", "T2", "2026-01-06 00:00:00"),
    ]


@pytest.mark.parametrize(
    ("at", "reassigned_at", "rep"),
    [
        ("2026-01-06 10:59:59.999999", "2026-01-06 10:59:59.999999", "cy"),
        ("2026-01-06 11:00:00", None, "cy"),
        ("2026-01-06 11:00:00.000001", None, "bo"),
    ],
)
def test_r7_after_the_decision_it_stays_with_the_one_who_had_it_then(
    tmp_path: Path, at: str, reassigned_at: str | None, rep: str
) -> None:
    mart = owned(tmp_path, f"L1,{at},bo,cy", MQL + "L1,sal,2026-01-06 11:00", "L1,cy")
    assert first(mart, "rep_id, reassigned_at::varchar") == (rep, reassigned_at)


def test_r7_what_is_superseded_stays_with_the_one_who_had_it_then(tmp_path: Path) -> None:
    events = MQL + "L1,mql,2026-02-05"
    mart = owned(tmp_path, "L1,2026-02-05,bo,cy\nL1,2026-02-06,cy,ana", events, "L1,ana")
    rows = mart.rows("select receiving_rep_id, rep_id, reassigned_at from handoffs order by seq")
    assert rows == [("bo", "cy", None), ("cy", "ana", None)]


def test_the_team_that_received_it_stays_whoever_has_it_later(tmp_path: Path) -> None:
    mart = owned(tmp_path, "L1,2026-01-06,bo,cy", MQL, "L1,cy")
    found = mart.rows("select receiving_rep_id, receiving_team_id, rep_id, team_id from handoffs")
    assert found == [("bo", "T1", "cy", "T2")]


def test_r7_back_to_the_queue_and_to_the_same_rep_is_no_other_rep(tmp_path: Path) -> None:
    mart = owned(tmp_path, "L1,2026-01-06,bo,\nL1,2026-01-07,,bo")
    assert first(mart, NOW) == ("bo", "T1", None)
    assert turns(mart) == []


def test_r7_the_owners_in_turn_cover_the_window_also_the_queue(tmp_path: Path) -> None:
    owners = """
        L1,2026-01-01,cy,
        L1,2026-01-05 11:00,,bo
        L1,2026-01-06,bo,
        L1,2026-01-07,,
        L1,2026-01-08,,cy
        L1,2026-02-05,cy,bo"""
    mart = owned(tmp_path, owners, MQL + "L1,mql,2026-02-05", "L1,bo")
    assert first(mart) == (None, "bo", "2026-01-05 11:00:00")
    assert first(mart, NOW) == ("bo", "T1", "2026-01-08 00:00:00")
    assert turns(mart) == [
        (0, None, None, "2026-01-05 10:00:00"),
        (0, "bo", "T1", "2026-01-05 11:00:00"),
        (0, None, None, "2026-01-06 00:00:00"),
        (0, "cy", "T2", "2026-01-08 00:00:00"),
    ]


def test_r5_owner_events_under_other_names_of_the_person_count(tmp_path: Path) -> None:
    owners = "K1,2026-01-06,bo,cy\nL2,2026-01-04,,bo"
    mart = owned(tmp_path, owners, leads="L1,cy,,K1\nL2,,L1,,yes")
    assert first(mart) == ("bo", "bo", "2026-01-05 10:00:00")
    assert first(mart, NOW) == ("cy", "T2", "2026-01-06 00:00:00")
