"""The Maven CRM: every figure of its truth.json that the Overview can give."""

from __future__ import annotations

from datetime import date

import pytest

from tests.truth.asked import month

ALL = ("2016-10-01", "2017-12-31")
# After the last row: nothing happened, and what is unknown is still no zero.
LATER = ("2026-01-01", "2026-01-31")
UNKNOWN = ("sessions", "leads", "mqls", "sqls")


def test_all_of_it(maven) -> None:
    values, stages = maven.values(*ALL), maven.truth["by_stage"]
    assert values["revenue"] == maven.truth["won_revenue_total"]
    assert values["won"] == stages["Won"]
    # A deal still in prospecting has no day, so it is in no period.
    assert values["opportunities"] == maven.truth["opportunities"] - stages["Prospecting"]
    (found,) = [row for row in maven.report["findings"] if row["finding"] == "no_creation_date"]
    assert (found["relation"], found["rows"]) == ("opportunities", stages["Prospecting"])


def test_what_the_set_does_not_have_is_null_everywhere(maven) -> None:
    for start, end, by in ((*ALL, "rep"), (*month("2017-05"), "team"), (*LATER, "channel")):
        page = maven.page(start, end, by=by)
        for metric in UNKNOWN:
            assert page["tiles"][metric]["value"] is None
            assert {row["tiles"][metric]["value"] for row in page["breakdown"]} <= {None}
            assert all(metric not in week for week in page["trend"])
    cohort = maven.page(*ALL)["funnel"]["cohort"]
    assert {row["count"] for row in cohort} == {None}


def test_deals_and_revenue_by_month(maven) -> None:
    for text, figures in maven.truth["closed_by_month"].items():
        values = maven.values(*month(text))
        assert (values["won"], values["revenue"]) == (figures["won"], figures["revenue"])


def test_deals_and_revenue_by_quarter(maven) -> None:
    for text, figures in maven.truth["closed_by_quarter"].items():
        year, quarter = text.split("Q")
        first, _ = month(f"{year}-{int(quarter) * 3 - 2:02}")
        _, last = month(f"{year}-{int(quarter) * 3:02}")
        values = maven.values(first, last)
        assert (values["won"], values["revenue"]) == (figures["won"], figures["revenue"])


def test_each_month_is_compared_with_as_many_days_before_it(maven) -> None:
    # July and August have as many days each.
    tiles = maven.page("2017-08-01", "2017-08-31")["tiles"]
    july = maven.truth["closed_by_month"]["2017-07"]
    assert tiles["won"]["previous"] == july["won"]
    assert tiles["revenue"]["previous"] == july["revenue"]


def test_opportunities_by_month(maven) -> None:
    for text, figures in maven.truth["engage_cohort_by_month"].items():
        assert maven.values(*month(text))["opportunities"] == figures["all"]


def assert_same(part: dict[str, object], figures: dict[str, float]) -> None:
    dated = figures["opportunities"] - figures["prospecting"]
    found = (part["opportunities"], part["won"], part["revenue"])
    assert found == (dated, figures["won"], figures["revenue"])


def test_figures_by_agent(maven) -> None:
    by_rep, agents = maven.parts(*ALL, by="rep"), maven.truth["by_sales_agent"]
    assert set(by_rep) == set(agents)
    assert len(agents) == maven.truth["agents"]["with"]
    for agent, figures in agents.items():
        assert_same(by_rep[agent], figures)
        assert_same(maven.values(*ALL, rep=agent), figures)


def test_agents_without_a_deal_can_be_chosen_and_have_none(maven) -> None:
    for agent in maven.truth["agents"]["without"]:
        values = maven.values(*ALL, rep=agent)
        assert (values["opportunities"], values["won"], values["revenue"]) == (0, 0, 0)


def test_figures_by_manager(maven) -> None:
    by_team, managers = maven.parts(*ALL, by="team"), maven.truth["by_manager"]
    assert set(by_team) == set(managers)
    for manager, figures in managers.items():
        assert_same(by_team[manager], figures)
        assert_same(maven.values(*ALL, team=manager), figures)


def test_figures_by_office_are_the_sums_of_its_teams(maven) -> None:
    breakdown = maven.page(*ALL, by="team")["breakdown"]
    for office, figures in maven.truth["by_regional_office"].items():
        teams = [row["key"] for row in breakdown if row["label"].endswith(f"({office})")]
        assert len(teams) == 2
        assert_same(maven.values(*ALL, team=teams), figures)


def test_an_agents_quarter(maven) -> None:
    figures = maven.truth["filter_agent_quarter"]
    values = maven.values("2017-07-01", "2017-09-30", rep="Darcel Schlecht")
    assert (values["won"], values["revenue"]) == (figures["won"], figures["revenue"])


@pytest.mark.parametrize("by", ["channel", "campaign"])
def test_nothing_is_lost_where_nothing_is_known(maven, by: str) -> None:
    parts = maven.parts(*ALL, by=by)
    assert set(parts) == {None}
    assert parts[None]["revenue"] == maven.truth["won_revenue_total"]


def test_no_row_was_refused_and_the_days_are_those_of_the_set(maven) -> None:
    assert (maven.report["refused"], maven.report["unmapped"]) == ([], [])
    assert maven.snapshot.newest_on == date(2017, 12, 31)
