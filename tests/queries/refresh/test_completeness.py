"""What was missing of a lead when it was handed over, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from queries import handoff_records_schema
from tests.handed_over import derived, keep

FIELDS = "email,phone,company,job_title,country,source,persona"
EVENTS = "event_id,lead_id,to_stage,occurred_at\nE1,L1,mql,2026-01-05 10:00"
FULL = "ana@acme.com,1,Acme,CTO,DE,web,buyer"


def missing(tmp_path: Path, cells: str) -> tuple:
    leads = f"lead_id,{FIELDS},merged_into_lead_id\nL1,{cells},\nL2,,,,,,,,L1"
    mart = derived(tmp_path, {"leads.csv": leads, "lead_stage_events.csv": EVENTS})
    return mart.rows("select missing, missing_seen_at::varchar from handoffs")[0]


@pytest.mark.parametrize(
    ("cells", "bits"),
    [
        (FULL, 0),
        (FULL.replace("ana@acme.com", ""), 1),
        (FULL.replace(",1,", ",,"), 2),
        (FULL.replace("Acme", ""), 4),
        (FULL.replace("CTO", '"  "'), 8),
        (FULL.replace("DE", ""), 16),
        (FULL.replace("web", ""), 32),
        (FULL.replace("buyer", ""), 64),
        (",,,,,,", 127),
    ],
)
def test_each_field_that_is_missing_has_its_bit(tmp_path: Path, cells: str, bits: int) -> None:
    assert missing(tmp_path, cells) == (bits, "2026-06-01 12:00:00")


@pytest.mark.parametrize(
    ("email", "bit"),
    [
        ("a@b.de", 0),
        ("a.b+c@mail.acme.co.uk", 0),
        ("acme.com", 1),
        ("@acme.com", 1),
        ("ana@acme", 1),
        ("ana@acme.", 1),
        ("ana@.com", 1),
        ("ana@home@acme.com", 1),
        ("ana b@acme.com", 1),
        ("ana@acme .com", 1),
    ],
)
def test_an_email_that_is_none_is_missing(tmp_path: Path, email: str, bit: int) -> None:
    assert missing(tmp_path, FULL.replace("ana@acme.com", email))[0] == bit


def test_what_was_remembered_at_the_time_stands(tmp_path: Path) -> None:
    table, at = handoff_records_schema.handoff_completeness, datetime.fromisoformat
    handed = at("2026-01-05 10:00")
    keep(tmp_path, table, lead_id="L1", handed_at=handed, missing=6, seen_at=at("2026-01-07"))
    # A record of the same person that was looked at before, and another hand-off.
    keep(tmp_path, table, lead_id="L2", handed_at=handed, missing=2, seen_at=at("2026-01-06"))
    other = at("2026-01-05 10:00:00.000001")
    keep(tmp_path, table, lead_id="L1", handed_at=other, missing=1, seen_at=at("2026-01-05"))
    assert missing(tmp_path, FULL) == (2, "2026-01-06 00:00:00")
