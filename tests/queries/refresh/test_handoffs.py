"""The windows of the hand-offs and what stands beside them, worked out by hand.

Where each rule on odd cases is held:
R1 handed over again: here, and test_handoff_decisions; R3 skipped stages: here, and
test_handoff_decisions; R4 steps back: here; R5 merged records: here, test_handoff_decisions and
test_handoff_attempts; R6 no owner and R7 other owners: test_handoff_owners; R11 several campaigns:
here; R14 deleted and R17 internal: here; R19 too early, R20 automated and R21 planned:
test_handoff_attempts; R23 before the history begins: here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import handoff_schema
from queries.refresh import handoffs
from tests.handed_over import decide, handed, pause
from tests.small_company import Mart

WINDOWS = "handoff_id, handed_at::varchar, next_handed_at::varchar, is_inferred"


def windows(mart: Mart, columns: str = WINDOWS) -> list[tuple]:
    return mart.rows(f"select {columns} from handoffs order by seq")


def test_r1_each_entry_into_mql_is_a_handoff_that_lasts_until_the_next(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,mql,2026-01-05 10:00\nL1,mql,2026-02-05 10:00")
    assert windows(mart) == [
        ("L1:1", "2026-01-05 10:00:00", "2026-02-05 10:00:00", False),
        ("L1:2", "2026-02-05 10:00:00", None, False),
    ]


def test_entries_of_one_moment_are_one_handoff(tmp_path: Path) -> None:
    events = "L1,mql,2026-01-05 10:00\nL1,mql,2026-01-05 10:00\nL1,mql,2026-01-05 10:00:00.000001"
    assert windows(handed(tmp_path, events), "handoff_no, handed_at::varchar") == [
        (1, "2026-01-05 10:00:00"),
        (2, "2026-01-05 10:00:00.000001"),
    ]


def test_handoffs_are_numbered_by_time_then_by_their_name(tmp_path: Path) -> None:
    events = "L2,mql,2026-01-05 10:00\nL1,mql,2026-01-05 10:00\nL3,mql,2026-01-05 09:59"
    assert windows(handed(tmp_path, events, "L1\nL2\nL3"), "seq, handoff_id") == [
        (0, "L3:1"),
        (1, "L1:1"),
        (2, "L2:1"),
    ]


def test_who_never_was_mql_and_never_came_further_was_not_handed_over(tmp_path: Path) -> None:
    assert windows(handed(tmp_path, "L1,lead,2026-01-05\nL1,recycled,2026-01-06")) == []


def test_r3_a_skipped_mql_is_an_inferred_handoff_at_the_later_stage(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,sql,2026-01-07 14:30\nL1,mql,2026-02-05 10:00")
    assert windows(mart) == [
        ("L1:1", "2026-01-07 14:30:00", "2026-02-05 10:00:00", True),
        ("L1:2", "2026-02-05 10:00:00", None, False),
    ]


def test_r3_a_later_stage_at_the_moment_of_mql_infers_nothing(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,sql,2026-01-07 14:30\nL1,mql,2026-01-07 14:30")
    assert windows(mart) == [("L1:1", "2026-01-07 14:30:00", None, False)]


def test_r3_a_deal_of_somebody_who_never_was_mql_is_an_inferred_handoff(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,lead,2026-01-01", opportunities="O1,L1,2026-01-09 08:00,open")
    assert windows(mart) == [("L1:1", "2026-01-09 08:00:00", None, True)]
    mart = handed(tmp_path, "L1,lead,2026-01-01", opportunities="O1,L1,,won,2026-01-10 08:00")
    assert windows(mart, "handed_at::varchar, decision, won_at = handed_at") == [
        ("2026-01-10 08:00:00", "accepted", True)
    ]


def test_r3_an_entry_that_the_source_itself_inferred_is_an_inferred_handoff(
    tmp_path: Path,
) -> None:
    mart = handed(tmp_path, "L1,mql,2026-01-05,,,yes\nL1,mql,2026-01-09,,,no")
    assert windows(mart, "handoff_no, is_inferred") == [(1, True), (2, False)]
    # Somebody saw it at the same moment.
    mart = handed(tmp_path, "L1,mql,2026-01-05,,,yes\nL1,mql,2026-01-05,,,no")
    assert windows(mart, "handoff_no, is_inferred") == [(1, False)]


def test_r4_a_step_back_to_mql_is_handed_over_again(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,mql,2026-01-05\nL1,sql,2026-01-06\nL1,mql,2026-01-07")
    assert windows(mart, "handoff_id, decision") == [("L1:1", "accepted"), ("L1:2", "pending")]


def test_r5_entries_of_merged_records_are_handoffs_of_one_person(tmp_path: Path) -> None:
    events = "L2,mql,2026-01-05\nL1,mql,2026-01-12"
    mart = handed(tmp_path, events, "L1\nL2,,L1,,yes")
    assert windows(mart, "handoff_id, handed_on::varchar, next_handed_on::varchar") == [
        ("L1:1", "2026-01-05", "2026-01-12"),
        ("L1:2", "2026-01-12", None),
    ]


def test_events_under_the_contact_that_a_lead_became_are_its_own(tmp_path: Path) -> None:
    events = "L1,mql,2026-01-05\nK1,sal,2026-01-06\nK1,mql,2026-02-01\nK2,sal,2026-01-07"
    mart = handed(tmp_path, events, "L1,,,K1")
    assert windows(mart, "handoff_id, decision") == [("L1:1", "accepted"), ("L1:2", "pending")]


def test_r14_r17_deleted_and_internal_leads_are_not_handed_over(tmp_path: Path) -> None:
    events = "\n".join(f"L{number},mql,2026-01-05" for number in (2, 3, 4))
    leads = "L2,,,,yes\nL3,,,,,bo@acme.com\nL4"
    mart = handed(tmp_path, events, leads, company_internal_domains="acme.com")
    # They take no number either.
    assert windows(mart, "seq, handoff_id") == [(0, "L4:1")]


def test_r11_the_campaign_is_that_of_the_last_touch_before(tmp_path: Path) -> None:
    touches = """
        L1,C1,2026-01-04 10:00
        L1,C2,2026-01-05 10:00
        L1,C3,2026-01-05 10:00
        L1,,2026-01-05 10:00
        L1,C5,2026-01-05 10:00:00.000001
        L2,C6,2026-01-05 10:00:00.000001
        K3,C7,2026-01-05 09:00
        L4,C8,2026-01-05 09:00"""
    events = "\n".join(f"L{number},mql,2026-01-05 10:00" for number in (1, 2, 3))
    mart = handed(tmp_path, events, "L1\nL2\nL3,,,K3\nL4,,L3,,yes", campaign_touches=touches)
    # At one moment the greater touch id; a touch without a campaign says nothing.
    assert windows(mart, "lead_id, campaign_id") == [("L1", "C3"), ("L2", None), ("L3", "C8")]


@pytest.mark.parametrize(
    ("handed_at", "is_timed"),
    [
        ("2026-01-05 09:59:59.999999", False),
        ("2026-01-05 10:00:00", True),
        ("2026-01-05 10:00:00.000001", True),
    ],
)
def test_r23_a_clock_is_judged_since_the_history_of_activities_begins(
    tmp_path: Path, handed_at: str, is_timed: bool
) -> None:
    # Neither what is planned nor what ran by itself shows that anybody wrote down what they did.
    activities = """
        L2,2026-01-05 10:00,call
        L2,2026-01-02 10:00,call,,,no
        L2,2026-01-03 10:00,email,,,yes,yes"""
    mart = handed(tmp_path, f"L1,mql,{handed_at}", "L1\nL2", activities=activities)
    assert windows(mart, "is_timed") == [(is_timed,)]
    begins = mart.rows("select history_begins_at::varchar from records_state")
    assert begins == [("2026-01-05 10:00:00",)]


def test_r23_without_activities_and_of_skipped_stages_no_clock_is_judged(tmp_path: Path) -> None:
    assert windows(handed(tmp_path, "L1,mql,2026-01-05"), "is_timed") == [(False,)]
    called = {"activities": "L1,2026-01-01,call"}
    assert windows(handed(tmp_path, "L1,sql,2026-01-05", **called), "is_timed") == [(False,)]


def test_a_handoff_names_who_handed_over_and_the_days_in_the_reporting_zone(
    tmp_path: Path,
) -> None:
    mart = handed(tmp_path, "L1,mql,2026-01-05 23:30,ana", company_time_zone="Europe/Berlin")
    assert windows(mart, "handed_by, handed_on::varchar, decided_on") == [
        ("ana", "2026-01-06", None)
    ]


@pytest.mark.parametrize(
    ("won_at", "first", "second"),
    [
        ("2026-01-04 23:59:59.999999", None, None),
        ("2026-01-05 00:00", "2026-01-05", None),
        ("2026-02-05 00:00", "2026-02-05", "2026-02-05"),
    ],
)
def test_a_win_counts_for_each_handoff_before_it(
    tmp_path: Path, won_at: str, first: str | None, second: str | None
) -> None:
    events = "L1,mql,2026-01-05\nL1,mql,2026-02-05"
    deals = f"O1,L1,2026-01-01,won,{won_at}\nO2,L1,2026-01-01,lost,2026-01-06"
    mart = handed(tmp_path, events + "\nL1,mql,2025-01-01", opportunities=deals)
    assert windows(mart, "won_on::varchar")[1:] == [(first,), (second,)]


def test_the_plain_columns_are_those_that_need_no_calendar(tmp_path: Path) -> None:
    mart = handed(tmp_path, "L1,mql,2026-01-05")
    left_out = {"calendar_no", *(column.name for column in handoff_schema.dues())} | {
        f"{moment}_clock"
        for moment in (
            *("handed", "assigned", "reassigned"),
            *("first_attempt", "first_contact", "decided"),
        )
    }
    named = [column.name for column in handoff_schema.handoffs.columns]
    assert list(handoffs.plain_columns()) == [name for name in named if name not in left_out]
    kinds = "select data_type from duckdb_columns() where table_name = 'handoffs'"
    assert {row[0] for row in mart.rows(kinds)} == {
        *("BIGINT", "INTEGER", "VARCHAR", "BOOLEAN", "TIMESTAMP", "DATE")
    }


def test_the_state_counts_what_was_entered_on_handoffs_that_are_gone(tmp_path: Path) -> None:
    decide(tmp_path, "L1", "2026-01-05", "accepted", "2026-01-06")
    decide(tmp_path, "L1", "2026-01-05 00:00:00.000001", "accepted", "2026-01-06 01:00")
    decide(tmp_path, "L9", "2026-01-05", "rejected", "2026-01-06")
    pause(tmp_path, "L9", "2026-01-05", "2026-01-06")
    state = "select lost_decisions, read_at::varchar, working_time from records_state"
    mart = handed(tmp_path, "L1,mql,2026-01-05")
    assert mart.rows(state) == [(3, "2026-06-01 12:00:00", "")]


def test_a_pause_stands_beside_its_handoff(tmp_path: Path) -> None:
    pause(tmp_path, "L1", "2026-01-05", "2026-01-07")
    pause(tmp_path, "L2", "2026-01-05", "2026-01-06")
    mart = handed(tmp_path, "L1,mql,2026-01-05\nL1,mql,2026-01-09", "L1\nL2,,L1,,yes")
    columns = "paused_at::varchar, paused_until::varchar, pause_reason"
    # Both records of the person were paused before they were merged: the first one stands.
    assert windows(mart, columns) == [
        ("2026-01-06 00:00:00", "2026-01-20 00:00:00", "on leave"),
        (None, None, None),
    ]
