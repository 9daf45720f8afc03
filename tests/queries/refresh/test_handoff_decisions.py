"""What became of a hand-off: the first decision in its window. Worked out by hand."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.handed_over import decide, handed
from tests.small_company import Mart

MQL = "L1,mql,2026-01-05 10:00\n"
AGAIN = "L1,mql,2026-02-05 10:00\n"
DECIDED = "decision, decided_at::varchar, decision_is_inferred"
BY = "decision, decided_by, reason_code, decision_source"


def decided(mart: Mart, columns: str = DECIDED) -> list[tuple]:
    return mart.rows(f"select {columns} from handoffs order by seq")


@pytest.mark.parametrize(
    ("stage", "decision", "is_inferred"),
    [
        ("sal", "accepted", False),
        ("sql", "accepted", True),
        ("opportunity", "accepted", True),
        ("customer", "accepted", True),
        ("lost", "accepted", True),
        ("recycled", "recycled", False),
        ("rejected", "rejected", False),
        ("disqualified", "disqualified", False),
    ],
)
def test_r3_a_later_stage_accepts_and_says_so_where_it_is_inferred(
    tmp_path: Path, stage: str, decision: str, is_inferred: bool
) -> None:
    mart = handed(tmp_path, MQL + f"L1,{stage},2026-01-06 11:00")
    assert decided(mart) == [(decision, "2026-01-06 11:00:00", is_inferred)]


def test_a_decision_has_who_made_it_and_why(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL + "L1,rejected,2026-01-06,bo,too small\nL1,sal,2026-01-07,cy")
    assert decided(mart, BY) == [("rejected", "bo", "too small", "crm")]


def test_an_acceptance_that_the_source_itself_inferred_is_inferred(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL + "L1,sal,2026-01-06 11:00,,,yes")
    assert decided(mart) == [("accepted", "2026-01-06 11:00:00", True)]


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        ("2026-01-05 09:59:59.999999", "pending"),
        ("2026-01-05 10:00:00", "rejected"),
        ("2026-01-05 10:00:00.000001", "rejected"),
    ],
)
def test_a_decision_is_made_at_the_handoff_or_after_it(
    tmp_path: Path, at: str, decision: str
) -> None:
    assert decided(handed(tmp_path, f"{MQL}L1,rejected,{at}"), "decision") == [(decision,)]


@pytest.mark.parametrize(
    ("at", "first", "second"),
    [
        ("2026-02-05 09:59:59.999999", "rejected", "pending"),
        ("2026-02-05 10:00:00", "superseded", "rejected"),
        ("2026-02-05 10:00:00.000001", "superseded", "rejected"),
    ],
)
def test_r1_at_one_moment_being_handed_over_comes_first(
    tmp_path: Path, at: str, first: str, second: str
) -> None:
    mart = handed(tmp_path, f"L1,rejected,{at}\n{MQL}{AGAIN}")
    assert decided(mart, "decision") == [(first,), (second,)]


def test_r1_undecided_until_handed_over_again_is_superseded_then(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL + AGAIN)
    assert decided(mart) == [
        ("superseded", "2026-02-05 10:00:00", False),
        ("pending", None, False),
    ]
    assert decided(mart, BY) == [("superseded", None, None, "crm"), ("pending", None, None, None)]


def test_stages_of_one_moment_go_before_detours(tmp_path: Path) -> None:
    at = "2026-01-06 11:00"
    events = f"L1,rejected,{at}\nL1,recycled,{at}\nL1,sql,{at}\nL1,sal,{at}"
    assert decided(handed(tmp_path, MQL + events)) == [("accepted", "2026-01-06 11:00:00", False)]
    events = f"L1,rejected,{at}\nL1,sql,{at}\nL1,lost,{at}"
    assert decided(handed(tmp_path, MQL + events)) == [("accepted", "2026-01-06 11:00:00", True)]


def test_a_deal_of_the_person_accepts_and_its_winning_does_not(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL, opportunities="O1,L1,2026-01-08 11:00,open")
    assert decided(mart) == [("accepted", "2026-01-08 11:00:00", True)]
    # Opened before the hand-off: it says nothing of what became of it.
    mart = handed(
        tmp_path,
        "L1,mql,2026-01-01\n" + MQL,
        opportunities="O1,L1,2026-01-02 11:00,won,2026-01-09 11:00",
    )
    assert decided(mart) == [("accepted", "2026-01-02 11:00:00", True), ("pending", None, False)]


def test_an_event_goes_before_the_deal_of_the_same_moment(tmp_path: Path) -> None:
    deal = {"opportunities": "O1,L1,2026-01-08,open"}
    mart = handed(tmp_path, MQL + "L1,opportunity,2026-01-08,bo", **deal)
    assert decided(mart, BY) == [("accepted", "bo", None, "crm")]


@pytest.mark.parametrize(
    ("events", "recycled_at"),
    [
        ("L1,recycled,2026-01-06 11:00", "2026-01-06 11:00:00"),
        (
            "L1,sal,2026-01-06\nL1,recycled,2026-01-08\nL1,recycled,2026-01-09",
            "2026-01-08 00:00:00",
        ),
        ("L1,sal,2026-01-06\nL1,recycled,2026-01-06", "2026-01-06 00:00:00"),
        ("L1,sal,2026-01-06\nL1,recycled,2026-02-05 09:59:59", "2026-02-05 09:59:59"),
        ("L1,sal,2026-01-06\nL1,recycled,2026-02-05 10:00", None),
        ("L1,recycled,2026-01-05 09:59:59\nL1,sal,2026-01-06", None),
    ],
)
def test_sent_back_at_the_decision_or_later_in_the_window(
    tmp_path: Path, events: str, recycled_at: str | None
) -> None:
    mart = handed(tmp_path, MQL + AGAIN + events)
    assert decided(mart, "recycled_at::varchar")[0] == (recycled_at,)


def test_recycled_and_handed_over_again_are_two_decisions(tmp_path: Path) -> None:
    mart = handed(tmp_path, MQL + "L1,recycled,2026-01-06,bo,bad timing\n" + AGAIN
                  + "L1,sal,2026-02-06,bo")  # fmt: skip
    assert decided(mart, BY) == [
        ("recycled", "bo", "bad timing", "crm"),
        ("accepted", "bo", None, "crm"),
    ]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-01-06 10:59:59.999999", ("rejected", "Cy", "too small", "app")),
        ("2026-01-06 11:00:00", ("rejected", "Cy", "too small", "app")),
        ("2026-01-06 11:00:00.000001", ("accepted", "bo", None, "crm")),
    ],
)
def test_the_decision_that_was_made_first_stands_and_of_two_at_once_the_one_made_here(
    tmp_path: Path, at: str, expected: tuple
) -> None:
    decide(tmp_path, "L1", "2026-01-05 10:00", "rejected", at, reason_code="too small")
    mart = handed(tmp_path, MQL + "L1,sal,2026-01-06 11:00,bo")
    assert decided(mart, BY) == [expected]


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        ("2026-02-05 09:59:59.999999", "accepted"),
        ("2026-02-05 10:00:00", "accepted"),
        ("2026-02-05 10:00:00.000001", "superseded"),
    ],
)
def test_r1_handing_over_again_ends_what_can_be_decided_here(
    tmp_path: Path, at: str, decision: str
) -> None:
    decide(tmp_path, "L1", "2026-01-05 10:00", "accepted", at)
    mart = handed(tmp_path, MQL + AGAIN)
    assert decided(mart, "decision") == [(decision,), ("pending",)]


def test_recycled_here_it_is_sent_back_until_a_day(tmp_path: Path) -> None:
    until = date(2026, 4, 1)
    decide(tmp_path, "L1", "2026-01-05 10:00", "recycled", "2026-01-06", recycle_until=until)
    columns = "decision, recycled_at::varchar, recycle_until::varchar"
    mart = handed(tmp_path, MQL + "L1,recycled,2026-01-08")
    assert decided(mart, columns) == [("recycled", "2026-01-06 00:00:00", "2026-04-01")]


def test_accepted_here_it_can_be_sent_back_in_the_crm_later(tmp_path: Path) -> None:
    decide(tmp_path, "L1", "2026-01-05 10:00", "accepted", "2026-01-06")
    mart = handed(tmp_path, MQL + "L1,recycled,2026-01-08")
    columns = "decision, recycled_at::varchar, decision_source"
    assert decided(mart, columns) == [("accepted", "2026-01-08 00:00:00", "app")]


def test_r5_a_decision_made_under_a_record_that_was_merged_since_is_found(tmp_path: Path) -> None:
    decide(tmp_path, "L2", "2026-01-05 10:00", "accepted", "2026-01-07")
    decide(tmp_path, "K1", "2026-01-05 10:00", "rejected", "2026-01-06")
    mart = handed(tmp_path, "L2,mql,2026-01-05 10:00", "L1,,,K1\nL2,,L1,,yes")
    # Both names of the person were decided: the first stands, and none is lost.
    assert decided(mart, "decision") == [("rejected",)]
    assert mart.rows("select lost_decisions from records_state") == [(0,)]


def test_a_decision_that_was_withdrawn_is_none(tmp_path: Path) -> None:
    withdrawn = {"withdrawn_by": "Cy", "withdrawn_at": datetime.fromisoformat("2026-01-07")}
    decide(tmp_path, "L1", "2026-01-05 10:00", "accepted", "2026-01-06", **withdrawn)
    mart = handed(tmp_path, MQL)
    assert decided(mart, "decision") == [("pending",)]
