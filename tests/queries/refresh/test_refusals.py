"""A row is refused once, for the first thing that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_company import built

LEADS = "lead_id,created_at\n"
EVENTS = "event_id,lead_id,to_stage,occurred_at\n"


def refused(folder: Path, files: dict[str, str]) -> list[tuple]:
    """Line, column and the end of the sentence of each refused row."""
    return [(row[2], row[3], row[5]) for row in built(folder, files).refused()]


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        # The first of two equal keys is kept, also where the second one has a bad cell.
        (
            "l1,2026-01-01\nl1,2026-01-02\nl1,soon\n",
            [
                (3, "lead_id", "the same lead_id stands on line 2"),
                (4, "created_at", "created_at is not a moment written YYYY-MM-DD HH:MM:SS"),
            ],
        ),
        # A row that is refused keeps no other from its key.
        (
            "l1,soon\nl1,2026-01-02\n",
            [(2, "created_at", "created_at is not a moment written YYYY-MM-DD HH:MM:SS")],
        ),
        ("l1,2026-01-01\nl2,2026-01-01\n", []),
    ],
)
def test_of_equal_keys_the_first_sound_row_is_kept(
    tmp_path: Path, leads: str, expected: list[tuple]
) -> None:
    assert refused(tmp_path, {"leads.csv": LEADS + leads}) == expected


def test_a_row_without_its_parent_is_refused_and_with_it_nothing_else(tmp_path: Path) -> None:
    files = {
        "leads.csv": LEADS + "l1,2026-01-01\nl2,soon\n",
        "lead_stage_events.csv": EVENTS
        + "e1,l1,mql,2026-01-02\n"
        # Its lead is refused, so it has none.
        + "e2,l2,mql,2026-01-02\n"
        # Wrong in two ways: the cell comes first, and once.
        + "e3,l3,mql,soon\n"
        + "e4,l3,mql,2026-01-02\n"
        # The same key as a row that has no parent; that one was the first.
        + "e4,l1,mql,2026-01-02\n",
    }
    events = [row for row in refused(tmp_path, files) if row[1] != "created_at"]
    assert events == [
        (3, "lead_id", "lead_id is not in leads"),
        (4, "occurred_at", "occurred_at is not a moment written YYYY-MM-DD HH:MM:SS"),
        (5, "lead_id", "lead_id is not in leads"),
        (6, "event_id", "the same event_id stands on line 5"),
    ]


def test_what_stands_under_the_contact_that_a_lead_became_has_its_parent(tmp_path: Path) -> None:
    rows = "e1,l1,{0}2026-01-02\ne2,k1,{0}2026-01-03\ne3,k2,{0}2026-01-03\ne4,k3,{0}2026-01-03\n"
    files = {
        # The lead of k3 is refused, and k2 is the contact of none.
        "leads.csv": "lead_id,created_at,converted_contact_id\nl1,2026-01-01,k1\nl3,soon,k3\n",
        "lead_stage_events.csv": EVENTS + rows.format("mql,"),
        "lead_owner_events.csv": "event_id,lead_id,occurred_at\n" + rows.format(""),
        "campaign_touches.csv": "touch_id,lead_id,touched_at\n" + rows.format(""),
    }
    found = [row for row in refused(tmp_path, files) if row[1] != "created_at"]
    assert (
        found
        == [
            (4, "lead_id", "lead_id is not in leads"),
            (5, "lead_id", "lead_id is not in leads"),
        ]
        * 3
    )
