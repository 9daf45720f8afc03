"""Doubts about rows that were kept: each is found, counted, and shown with examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_company import built

LEADS = "lead_id,created_at,owner_rep_id\n"
DEALS = "opportunity_id,outcome,created_at,closed_at,close_date,amount\n"
EVENTS = "event_id,lead_id,to_stage,occurred_at\n"


@pytest.mark.parametrize(
    ("finding", "files", "found"),
    [
        ("no_creation_date", {"leads": LEADS + "L1,,R1\nL2,2026-01-01,R1"}, ("leads", 1, "L1")),
        ("no_creation_date", {"opportunities": DEALS + "O1,open,,,,"}, ("opportunities", 1, "O1")),
        ("closed_without_date", {"opportunities": DEALS + "O1,lost,2026-01-01,,,\n"
         "O2,open,2026-01-01,,,\nO3,won,2026-01-01,,2026-01-01,"}, ("opportunities", 1, "O1")),
        ("in_the_future", {"leads": LEADS + "L1,2026-06-01 12:00,\nL2,2026-06-01 12:00:01,"},
         ("leads", 1, "L2")),
        ("in_the_future", {"opportunities": DEALS + "O1,open,2027-01-01,,,\n"
         "O2,won,2026-01-01,2027-01-01,,\nO3,open,2026-01-01,,2027-01-01,"},
         ("opportunities", 2, "O1, O2")),
        ("in_the_future", {"leads": LEADS + "L1,2026-01-01,", "lead_stage_events": EVENTS
         + "E1,L1,mql,2026-06-02"}, ("lead_stage_events", 1, "E1")),
        ("negative_amount", {"opportunities": DEALS + "O1,won,2026-01-01,2026-01-02,,-1\n"
         "O2,won,2026-01-01,2026-01-02,,0"}, ("opportunities", 1, "O1")),
        ("closed_before_created", {"opportunities": DEALS
         + "O1,won,2026-01-03,2026-01-02,,\nO2,won,2026-01-03,2026-01-03,,"},
         ("opportunities", 1, "O1")),
        ("reached_before_created", {"leads": LEADS + "L1,2026-01-05 10:00,\nL2,2026-01-05 10:00,",
         "lead_stage_events": EVENTS + "E1,L1,mql,2026-01-04 23:59\nE2,L2,mql,2026-01-05 09:00"},
         ("leads", 1, "L1")),
    ],
)  # fmt: skip
def test_a_doubt_is_found(
    tmp_path: Path, finding: str, files: dict[str, str], found: tuple[str, int, str]
) -> None:
    mart = built(tmp_path, {f"{name}.csv": text for name, text in files.items()})
    relation, rows, examples = found
    assert mart.finding(finding) == [(relation, rows, True, examples)]


def test_a_note_only_explains(tmp_path: Path) -> None:
    rows = "\n".join(f"L{n},2026-01-01," for n in range(5, 0, -1))
    mart = built(tmp_path, {"leads.csv": LEADS + rows})
    assert mart.finding("no_owner") == [("leads", 5, False, "L1, L2, L3")]


def test_links_into_what_the_company_does_not_have_are_no_doubt(tmp_path: Path) -> None:
    mart = built(tmp_path, {"leads.csv": LEADS + "L1,2026-01-01,R1"})
    assert mart.finding("dangling_link") == []


def test_strange_stages_are_counted_for_each_column(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,stage_key\nL1,Nurture\nL2,Nurture\nL3,mql\nL4,",
        "lead_stage_events.csv": "event_id,lead_id,from_stage,to_stage,occurred_at\n"
        "E1,L1,Nurture,sal,2026-01-01\nE2,L1,,Parked,2026-01-01",
    }
    assert built(tmp_path, files).rows("from unmapped_stages") == [
        ("leads", "stage_key", "Nurture", 2),
        ("lead_stage_events", "from_stage", "Nurture", 1),
        ("lead_stage_events", "to_stage", "Parked", 1),
    ]


def test_the_contact_that_a_lead_became_is_no_link_into_nowhere(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,converted_contact_id\nL1,K1",
        "activities.csv": "activity_id,lead_id,activity_type,occurred_at\n"
        "A1,K1,call,2026-01-01\nA2,L1,call,2026-01-01\nA3,K2,call,2026-01-01",
        "opportunities.csv": "opportunity_id,lead_id,outcome\nO1,K1,open",
    }
    assert built(tmp_path, files).finding("dangling_link") == [("activities", 1, True, "K2")]
