"""What the snapshot holds as a whole."""

from __future__ import annotations

from pathlib import Path

from queries import schema
from tests import handed_over
from tests.small_company import built

COMPANY = {
    "teams.csv": "team_id,team_name\nT1,North\nT2,South",
    "reps.csv": "rep_id,rep_name,team_id\nR1,Ana,T1\nR2,,T1",
    "campaigns.csv": "campaign_id,campaign_name\nC1,Spring",
    "leads.csv": "lead_id,created_at,owner_rep_id,source\nL1,2026-01-01,R1,web\nL2,2026-01-01,R9,",
    "web_traffic.csv": "traffic_date,channel,campaign_id,sessions\n2026-01-01,mail,C7,5",
}


def test_everything_that_can_be_filtered_by_is_listed_with_its_name(tmp_path: Path) -> None:
    rows = built(tmp_path, COMPANY).rows("from dimension_values order by all")
    assert [row for row in rows if row[1] is not None] == [
        ("campaign", "C1", "Spring", None, None),
        ("campaign", "C7", "C7", None, None),
        ("channel", "mail", "mail", None, None),
        ("channel", "web", "web", None, None),
        ("rep", "R1", "Ana", "R1", "T1"),
        ("rep", "R2", "R2", "R2", "T1"),
        ("rep", "R9", "R9", None, None),
        ("team", "T1", "North", None, "T1"),
        ("team", "T2", "South", None, "T2"),
    ]
    nothing = [row[0] for row in rows if row[1] is None]
    assert nothing == ["campaign", "channel", "team"]


def test_each_metric_says_on_how_many_rows_it_stands(tmp_path: Path) -> None:
    files = COMPANY | {
        "lead_stage_events.csv": "event_id,lead_id,to_stage,occurred_at\nE1,L1,sal,2026-01-03",
        "opportunities.csv": """
            opportunity_id,outcome,created_at,close_date,amount
            O1,won,2026-01-01,2026-01-09,5
            O2,won,,2026-01-09,
            O3,won,2026-01-01,,7
            O4,open,2026-01-01,2026-01-09,7""",
    }
    assert dict(built(tmp_path, files).rows("from foundations")) == {
        "sessions": 1, "leads": 2, "mqls": 1, "sals": 1, "sqls": 0,
        "opportunities": 3, "won": 2, "revenue": 1,
    }  # fmt: skip


def test_maturity_is_the_time_in_which_nine_of_ten_get_there(tmp_path: Path) -> None:
    leads = "lead_id,created_at\n" + "\n".join(f"L{n},2026-01-01" for n in range(11))
    events = "event_id,lead_id,to_stage,occurred_at\n" + "\n".join(
        f"E{n},L{n},mql,2026-01-{1 + 2 * n:02}" for n in range(11)
    )
    files = {"leads.csv": leads, "lead_stage_events.csv": events}
    # 0, 2, 4 ... 20 days: of eleven, the tenth takes 18.
    assert built(tmp_path, files).rows("from maturities order by stage = 'mql' desc, stage") == [
        ("mql", 18, 11),
        *[(stage, None, 0) for stage in ("customer", "opportunity", "sal", "sql")],
    ]


def test_the_tables_are_those_of_the_schema(tmp_path: Path) -> None:
    mart = built(tmp_path, COMPANY)
    for table in schema.metadata.sorted_tables:
        described = [row[0] for row in mart.rows(f'describe "{table.name}"')]
        assert described == [column.name for column in table.columns], table.name


def test_maturity_of_a_hand_off_leaves_out_what_was_handed_over_again(tmp_path: Path) -> None:
    # Eleven decided after 0 to 10 days; one that was handed over again after 40 and is pending.
    events = [f"L{n},mql,2026-01-01\nL{n},sal,2026-01-{n + 1:02}" for n in range(11)]
    events.append("X1,mql,2026-01-01\nX1,mql,2026-02-10")
    leads = [*(f"L{n}" for n in range(11)), "X1"]
    mart = handed_over.handed(tmp_path, "\n".join(events), "\n".join(leads))
    assert mart.rows("from handoff_maturities order by step") == [
        ("assigned", None, 0),
        ("attempted", None, 0),
        ("contacted", None, 0),
        ("decided", 9, 11),
    ]
