"""One row per person: first entries, skipped stages, steps back, merges. Worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small_company import Mart, built

STAGES = ("mql", "sal", "sql", "opportunity", "customer")


def journeys(tmp_path: Path, leads: str, events: str = "", **values: str) -> Mart:
    files = {"leads.csv": leads}
    if events:
        lines = [f"E{n},{line.strip()}" for n, line in enumerate(events.strip().split("\n"), 1)]
        files["lead_stage_events.csv"] = "event_id,lead_id,to_stage,occurred_at\n" + "\n".join(
            lines
        )
    return built(tmp_path, files, **values)


def reached(mart: Mart, lead: str) -> dict[str, str]:
    """stage -> day it was reached, with "?" where that is inferred; the others are left out."""
    columns = ", ".join(f"{s}_on::varchar || if({s}_is_inferred, '?', '')" for s in STAGES)
    days = mart.rows(f"select {columns} from journeys where lead_id = '{lead}'")[0]
    return {stage: day for stage, day in zip(STAGES, days, strict=True) if day}


def counts(mart: Mart, column: str) -> dict[str, Any]:
    return dict(mart.rows(f"select lead_id, {column} from journeys order by 1"))


ONE = "lead_id,created_at\nL1,2026-01-01"


def test_the_first_entry_of_each_stage_counts(tmp_path: Path) -> None:
    mart = journeys(tmp_path, ONE, """
        L1,mql,2026-01-05
        L1,sal,2026-01-06
        L1,mql,2026-02-05
        L1,sal,2026-02-06""")  # fmt: skip
    assert reached(mart, "L1") == {"mql": "2026-01-05", "sal": "2026-01-06"}
    assert counts(mart, "mql_entries") == {"L1": 2}


def test_a_lead_without_events_has_reached_nothing(tmp_path: Path) -> None:
    mart = journeys(tmp_path, ONE)
    assert reached(mart, "L1") == {}
    assert mart.rows("select mql_entries, regressions, created_on::varchar from journeys") == [
        (0, 0, "2026-01-01")
    ]


def test_skipped_stages_are_inferred_at_the_same_moment(tmp_path: Path) -> None:
    mart = journeys(tmp_path, ONE, "L1,sql,2026-01-07 14:30")
    day = "2026-01-07"
    assert reached(mart, "L1") == {"mql": f"{day}?", "sal": f"{day}?", "sql": day}
    same = "mql_at = sql_at and sal_at = sql_at and sql_at = '2026-01-07 14:30'"
    assert mart.rows(f"select {same} from journeys") == [(True,)]


def test_of_events_out_of_order_the_later_stage_pulls_the_earlier_ones_forward(
    tmp_path: Path,
) -> None:
    mart = journeys(tmp_path, ONE, "L1,sql,2026-01-07\nL1,mql,2026-01-09\nL1,sal,2026-01-07")
    day = "2026-01-07"
    assert reached(mart, "L1") == {"mql": f"{day}?", "sal": day, "sql": day}


def test_detours_and_unknown_labels_reach_nothing(tmp_path: Path) -> None:
    mart = journeys(tmp_path, ONE, "L1,recycled,2026-01-07\nL1,Nurture,2026-01-08\n"
                    "L1,lead,2026-01-09\nL1,Nurture,2026-01-09")  # fmt: skip
    assert reached(mart, "L1") == {}
    assert mart.rows("from unmapped_stages") == [("lead_stage_events", "to_stage", "Nurture", 2)]
    assert mart.rows("select count(*) from lead_stage_events") == [(4,)]


@pytest.mark.parametrize(
    ("stages", "steps"),
    [
        ("mql sal sql", 0),
        ("mql sal mql", 1),
        ("sql mql sal mql", 2),
        ("sql recycled mql", 0),
        ("mql rejected lead mql", 0),
        ("sal sal", 0),
    ],
)
def test_steps_straight_back_are_counted_and_those_through_a_detour_are_not(
    tmp_path: Path, stages: str, steps: int
) -> None:
    events = "\n".join(f"L1,{stage},2026-01-{n:02}" for n, stage in enumerate(stages.split(), 1))
    assert counts(journeys(tmp_path, ONE, events), "regressions") == {"L1": steps}


def test_stages_of_one_moment_are_no_step_back(tmp_path: Path) -> None:
    mart = journeys(tmp_path, ONE, "L1,sql,2026-01-07\nL1,sal,2026-01-07\nL1,mql,2026-01-07")
    assert counts(mart, "regressions") == {"L1": 0}


def test_a_merged_record_is_one_person_with_its_survivor(tmp_path: Path) -> None:
    mart = journeys(
        tmp_path,
        """
        lead_id,created_at,owner_rep_id,merged_into_lead_id,is_deleted,source,stage_key
        L1,2026-01-10,R1,,no,web,sal
        L2,2026-01-03,R2,L1,yes,event,mql""",
        "L2,mql,2026-01-05\nL1,mql,2026-01-12\nL1,sal,2026-01-13",
    )
    kept = "select lead_id, created_on::varchar, rep_id, channel, present_stage from journeys"
    assert mart.rows(kept) == [("L1", "2026-01-03", "R1", "web", "sal")]
    assert reached(mart, "L1") == {"mql": "2026-01-05", "sal": "2026-01-13"}
    assert counts(mart, "mql_entries") == {"L1": 2}
    assert mart.finding("merged") == [("leads", 1, False, "L2")]


def test_chains_of_merges_end_at_the_last_record(tmp_path: Path) -> None:
    chain = (
        "lead_id,created_at,merged_into_lead_id\nL1,2026-01-01,L2\nL2,2026-01-02,L3\nL3,2026-01-03,"
    )
    mart = journeys(tmp_path, chain, "L1,mql,2026-01-05")
    assert mart.rows("select lead_id, created_on::varchar from journeys") == [("L3", "2026-01-01")]
    assert reached(mart, "L3") == {"mql": "2026-01-05"}


@pytest.mark.parametrize(
    ("merges", "persons"),
    [
        ({"L1": "L2", "L2": "L1"}, ["L1", "L2", "L3"]),
        ({"L1": "L1"}, ["L1", "L2", "L3"]),
        ({"L1": "L9"}, ["L1", "L2", "L3"]),
        ({"L1": "L2", "L2": "L9"}, ["L1", "L2", "L3"]),
        ({"L1": "L2", "L2": "L3", "L3": "L2"}, ["L1", "L2", "L3"]),
    ],
)
def test_a_merge_into_a_circle_or_into_nothing_loses_nobody(
    tmp_path: Path, merges: dict[str, str], persons: list[str]
) -> None:
    rows = "".join(f"{lead},2026-01-01,{merges.get(lead, '')}\n" for lead in ("L1", "L2", "L3"))
    mart = journeys(tmp_path, f"lead_id,created_at,merged_into_lead_id\n{rows}")
    assert [row[0] for row in mart.rows("select lead_id from journeys order by 1")] == persons
    doubts = mart.rows("select rows from findings where finding = 'merged_into_nothing'")
    assert doubts == [(len(merges),)]


def test_deleted_and_internal_leads_are_not_counted(tmp_path: Path) -> None:
    leads = """
        lead_id,created_at,email,is_deleted
        L1,2026-01-01,ana@customer.com,
        L2,2026-01-01,Bo@ACME.com,
        L3,2026-01-01,cy@notacme.com,
        L4,2026-01-01,dee@mail.acme.com,
        L5,2026-01-01,,yes
        L6,2026-01-01,,"""
    mart = journeys(tmp_path, leads, company_internal_domains="acme.com")
    assert [row[0] for row in mart.rows("select lead_id from journeys")] == ["L1", "L3", "L4", "L6"]
    assert mart.finding("internal") == [("leads", 1, False, "L2")]
    assert mart.finding("deleted") == [("leads", 1, False, "L5")]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-05 22:59", "2026-01-05"),
        ("2026-01-05 23:30", "2026-01-06"),
        ("2026-03-28 23:00", "2026-03-29"),
        ("2026-03-29 21:59", "2026-03-29"),
        ("2026-03-29 22:00", "2026-03-30"),
        ("2026-01-05", "2026-01-05"),
    ],
)
def test_a_day_is_a_day_of_the_reporting_zone(tmp_path: Path, moment: str, day: str) -> None:
    leads = f"lead_id,created_at\nL1,{moment}"
    mart = journeys(tmp_path, leads, f"L1,mql,{moment}", company_time_zone="Europe/Berlin")
    assert reached(mart, "L1") == {"mql": day}
    assert counts(mart, "created_on::varchar") == {"L1": day}


def test_the_team_is_the_owners(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,owner_rep_id\nL1,R1\nL2,R9\nL3,",
        "reps.csv": "rep_id,team_id\nR1,T1",
    }
    mart = built(tmp_path, files)
    teams = mart.rows("select rep_id, team_id from journeys order by lead_id")
    assert teams == [("R1", "T1"), ("R9", None), (None, None)]


def test_the_campaign_is_the_one_of_the_first_touch_also_of_merged_records(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,merged_into_lead_id\nL1,\nL2,L1\nL3,\nL4,",
        "campaign_touches.csv": """
            touch_id,lead_id,campaign_id,touched_at
            T1,L1,C1,2026-01-05
            T2,L2,C2,2026-01-04
            T3,L2,,2026-01-03
            T5,L3,C5,2026-01-05
            T4,L3,C4,2026-01-05""",
    }
    assert counts(built(tmp_path, files), "campaign_id") == {"L1": "C2", "L3": "C4", "L4": None}


def test_labels_of_stages_are_translated_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    files = {
        "leads.csv": "id,stage\nL1,\tWORKING \nL2,Mql\nL3,Odd One",
        "history.csv": "id,lead,stage,at\nE1,L1,working\t,2026-01-05\nE2,L2,It's hot,2026-01-06",
    }
    mapping = {
        "leads.sql": "select id as lead_id, stage as stage_key from leads",
        "lead_stage_events.sql": "select id as event_id, lead as lead_id, stage as to_stage,"
        ' "at" as occurred_at from history',
        "stage_map.csv": "source_value,stage_key\nWorking\t,sal\nit's hot,sql",
    }
    mart = built(tmp_path, files, mapping)
    assert counts(mart, "present_stage") == {"L1": "sal", "L2": "mql", "L3": "Odd One"}
    assert reached(mart, "L1") == {"mql": "2026-01-05?", "sal": "2026-01-05"}
    assert reached(mart, "L2")["sql"] == "2026-01-06"
    assert mart.rows("from unmapped_stages") == [("leads", "stage_key", "Odd One", 1)]


def test_an_event_that_the_source_itself_inferred_is_an_inferred_entry(tmp_path: Path) -> None:
    events = """
        event_id,lead_id,to_stage,occurred_at,is_inferred
        E1,L1,mql,2026-01-05,yes
        E2,L1,mql,2026-01-09,no
        E3,L1,sal,2026-01-06,no
    """
    mart = built(tmp_path, {"leads.csv": ONE, "lead_stage_events.csv": events})
    assert reached(mart, "L1") == {"mql": "2026-01-05?", "sal": "2026-01-06"}


def test_what_stands_under_the_contact_that_a_lead_became_is_the_persons(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,created_at,converted_contact_id,merged_into_lead_id\n"
        "L1,2026-01-01,K1,\nL2,2026-01-02,K2,L1",
        "lead_stage_events.csv": "event_id,lead_id,to_stage,occurred_at\n"
        "E1,L1,mql,2026-01-05\nE2,K1,sal,2026-01-06\nE3,K2,sql,2026-01-07",
        "campaign_touches.csv": "touch_id,lead_id,campaign_id,touched_at\nT1,K1,C1,2026-01-01",
    }
    mart = built(tmp_path, files)
    assert reached(mart, "L1") == {"mql": "2026-01-05", "sal": "2026-01-06", "sql": "2026-01-07"}
    assert counts(mart, "campaign_id") == {"L1": "C1"}
    assert mart.rows("from lead_aliases order by alias_id") == [
        ("K1", "L1", False),
        ("K2", "L1", False),
        ("L2", "L1", True),
    ]
