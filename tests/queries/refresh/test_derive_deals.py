"""One row per opportunity: whose it is, when it closed, what it counts. Worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small_company import Mart, built

LEADS = "lead_id,created_at,source,opportunity_id,merged_into_lead_id,is_deleted\n"
OPEN = "opportunity_id,lead_id,outcome\n"


def deals(mart: Mart, columns: str) -> dict[str, Any]:
    """opportunity -> its columns."""
    rows = mart.rows(f"select opportunity_id, {columns} from deals order by 1")
    return {key: values[0] if len(values) == 1 else tuple(values) for key, *values in rows}


def leads_of(tmp_path: Path, leads: str, opportunities: str) -> dict[str, Any]:
    files = {"leads.csv": LEADS + leads, "opportunities.csv": OPEN + opportunities}
    return deals(built(tmp_path, files), "lead_id")


@pytest.mark.parametrize(
    ("leads", "opportunity", "lead"),
    [
        ("L1,,,,,", "O1,L1,open", "L1"),
        ("L1,,,O1,,", "O1,,open", "L1"),
        ("L1,,,O1,,\nL2,,,,,", "O1,L2,open", "L2"),
        ("L2,2026-01-02,,O1,,\nL1,2026-01-03,,O1,,", "O1,,open", "L2"),
        ("L2,2026-01-02,,O1,,\nL1,,,O1,,", "O1,,open", "L2"),
        ("L1,,,,L2,\nL2,,,,,", "O1,L1,open", "L2"),
        ("L1,,,O1,L2,yes\nL2,,,,,", "O1,,open", "L2"),
        ("L1,,,O1,,yes\nL2,,,O1,,", "O1,,open", "L2"),
        ("L1,,,,,yes", "O1,L1,open", None),
        ("L1,,,,,", "O1,L9,open", None),
        ("L1,,,,,", "O1,,open", None),
    ],
)
def test_it_belongs_to_its_lead_else_to_the_lead_that_names_it(
    tmp_path: Path, leads: str, opportunity: str, lead: str | None
) -> None:
    assert leads_of(tmp_path, leads, opportunity) == {"O1": lead}


def test_deleted_ones_are_not_here(tmp_path: Path) -> None:
    opportunities = "opportunity_id,outcome,is_deleted\nO1,open,no\nO2,won,yes"
    assert list(deals(built(tmp_path, {"opportunities.csv": opportunities}), "1")) == ["O1"]


def test_the_day_of_closing_falls_back_on_the_close_date_of_closed_ones(tmp_path: Path) -> None:
    files = {
        "opportunities.csv": """
            opportunity_id,outcome,close_date,closed_at
            O1,won,2026-03-31,2026-03-15 23:30
            O2,lost,2026-03-31,
            O3,open,2026-03-31,2026-03-15 10:00
            O4,won,,"""
    }
    mart = built(tmp_path, files, company_time_zone="Europe/Berlin")
    assert deals(mart, "closed_at::varchar, closed_on::varchar") == {
        "O1": ("2026-03-15 23:30:00", "2026-03-16"),
        "O2": ("2026-03-30 22:00:00", "2026-03-31"),
        "O3": (None, None),
        "O4": (None, None),
    }
    assert mart.finding("closed_without_date") == [("opportunities", 1, True, "O4")]


MONEY = {
    "opportunities.csv": """
        opportunity_id,outcome,amount,currency_code,amount_home
        O1,won,100,EUR,
        O2,won,100,,
        O3,won,100,USD,
        O4,won,100,USD,90
        O5,won,100,eur,
        O6,won,,,"""
}


def test_an_amount_in_another_currency_counts_only_where_it_is_given_in_ours(
    tmp_path: Path,
) -> None:
    mart = built(tmp_path, MONEY, company_currency="EUR")
    amounts = deals(mart, "amount::integer")
    assert amounts == {"O1": 100, "O2": 100, "O3": None, "O4": 90, "O5": 100, "O6": None}
    assert mart.finding("other_currency") == [("opportunities", 1, True, "O3")]


def test_without_a_chosen_currency_it_is_the_one_most_used(tmp_path: Path) -> None:
    files = {"opportunities.csv": MONEY["opportunities.csv"] + "\nO7,won,100,usd,\nO8,won,1,USD,"}
    mart = built(tmp_path, files)
    assert mart.rows("select currency from snapshot") == [("USD",)]
    assert deals(mart, "amount::integer")["O1"] is None


def test_without_any_currency_all_amounts_count(tmp_path: Path) -> None:
    mart = built(tmp_path, {"opportunities.csv": "opportunity_id,outcome,amount\nO1,won,5"})
    assert mart.rows("select currency from snapshot") == [("",)]
    assert deals(mart, "amount::integer") == {"O1": 5}


def test_its_campaign_is_its_own_else_its_leads_and_its_channel_its_leads_else_its_campaigns(
    tmp_path: Path,
) -> None:
    mart = built(tmp_path, {
        "leads.csv": "lead_id,source\nL1,web\nL2,",
        "campaigns.csv": "campaign_id,channel\nC1,event\nC2,paid",
        "campaign_touches.csv": "touch_id,lead_id,campaign_id,touched_at\nT1,L1,C2,2026-01-01",
        "opportunities.csv": """
            opportunity_id,lead_id,outcome,primary_campaign_id
            O1,L1,open,C1
            O2,L1,open,
            O3,,open,C1
            O4,L2,open,C1
            O5,,open,""",
    })  # fmt: skip
    assert deals(mart, "campaign_id, channel") == {
        "O1": ("C1", "web"),
        "O2": ("C2", "web"),
        "O3": ("C1", "event"),
        "O4": ("C1", None),
        "O5": (None, None),
    }


def test_a_lead_gets_to_opportunity_and_customer_by_its_deals_too(tmp_path: Path) -> None:
    mart = built(tmp_path, {
        "leads.csv": "lead_id,created_at\nL1,2026-01-01\nL2,2026-01-01",
        "lead_stage_events.csv": """
            event_id,lead_id,to_stage,occurred_at
            E1,L1,opportunity,2026-02-05
            E2,L2,opportunity,2026-02-01""",
        "opportunities.csv": """
            opportunity_id,lead_id,outcome,created_at,closed_at
            O1,L1,lost,2026-02-03,2026-02-10
            O2,L1,won,2026-02-04,2026-02-20
            O3,L1,won,2026-02-04,2026-02-19
            O4,L2,open,2026-02-03,""",
    })  # fmt: skip
    columns = ("opportunity_on", "opportunity_is_inferred", "sql_on", "sql_is_inferred",
               "customer_on", "customer_is_inferred")  # fmt: skip
    rows = mart.rows(f"select {', '.join(f'{c}::varchar' for c in columns)} from journeys")
    assert rows == [
        ("2026-02-03", "false", "2026-02-03", "true", "2026-02-19", "false"),
        ("2026-02-01", "false", "2026-02-01", "true", None, "false"),
    ]


def test_a_deal_of_the_contact_that_a_lead_became_is_the_leads(tmp_path: Path) -> None:
    files = {
        "leads.csv": "lead_id,converted_contact_id\nL1,K1\nL2,",
        "opportunities.csv": OPEN + "O1,K1,open\nO2,K2,open",
    }
    assert deals(built(tmp_path, files), "lead_id") == {"O1": "L1", "O2": None}
