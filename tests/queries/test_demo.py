"""The company: its rhythm, its channels and its people differ as those of a real one do."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from queries import contract, demo
from queries.demo import plan, rhythm, staff

UNTIL = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.UTC)
BERLIN = 0


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("company") / "demo"
    demo.build(folder, leads=8_000, months=24, seed=7, until=UNTIL)
    with duckdb.connect() as connection:
        for name in contract.RELATIONS:
            connection.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
        yield connection


def one(rows: duckdb.DuckDBPyConnection, question: str) -> float:
    (answer,) = rows.execute(question).fetchone()
    return answer


def make_plan(leads: int = 1_000) -> plan.Plan:
    return plan.make(leads=leads, months=24, seed=7, until=UNTIL, time_zone="Europe/Berlin")


def seconds(text: str) -> np.ndarray:
    moment = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    return np.array([int(moment.timestamp())])


# Working time is Monday to Friday, 9 to 18, on the wall clock of Berlin.
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-06-02T10:00+02:00", 2, "2026-06-02T12:00+02:00"),
        ("2026-06-05T17:59+02:00", 1, "2026-06-08T09:59+02:00"),
        ("2026-06-06T15:00+02:00", 1, "2026-06-08T10:00+02:00"),
        ("2026-06-02T07:00+02:00", 0, "2026-06-02T09:00+02:00"),
        ("2026-03-27T17:00+01:00", 2, "2026-03-30T10:00+02:00"),
        ("2026-06-01T09:00+02:00", 45, "2026-06-08T09:00+02:00"),
    ],
)
def test_work_is_done_in_working_time_only(start: str, hours: int, end: str) -> None:
    work = np.array([hours * 3_600])
    assert rhythm.after_work(make_plan(), seconds(start), work, BERLIN) == seconds(end)


def test_weekends_are_quiet_but_not_empty(rows) -> None:
    share = one(rows, "select avg((isodow(created_at) > 5)::int) from leads")
    assert 0.03 < share < 0.12


def test_summer_and_december_are_quieter_than_autumn(rows) -> None:
    months = dict(
        rows.execute(
            "select month(created_at), count(*) from leads where created_at"
            " between timestamp '2025-01-01' and timestamp '2025-12-31 23:59' group by 1"
        ).fetchall()
    )
    assert months[8] < 0.8 * months[10]
    assert months[12] < 0.85 * months[10]


def test_the_company_grows(rows) -> None:
    halves = rows.execute(
        "select created_at >= timestamp '2025-11-20' as later, count(*) from leads group by 1"
    ).fetchall()
    sizes = dict(halves)
    assert 1.1 < sizes[True] / sizes[False] < 1.35


def test_channels_differ_in_conversion(rows) -> None:
    rates = dict(
        rows.execute(
            "select source, avg((opportunity_id is not null)::int) from leads group by 1"
        ).fetchall()
    )
    assert rates["Referral"] > 2 * rates["Paid social"]


def test_channels_differ_in_the_size_of_their_deals(rows) -> None:
    sizes = dict(
        rows.execute(
            "select source, median(amount)::double from opportunities join leads using (lead_id)"
            " group by 1"
        ).fetchall()
    )
    assert sizes["Partner"] > 1.4 * sizes["Paid search"]


def test_the_funnel_is_that_of_a_believable_company(rows) -> None:
    reached = dict(
        rows.execute(
            "select to_stage, count(distinct lead_id) from lead_stage_events group by 1"
        ).fetchall()
    )
    assert 0.34 < reached["mql"] / reached["lead"] < 0.42
    assert 0.62 < reached["sal"] / reached["mql"] < 0.76
    assert 0.5 < reached["sql"] / reached["sal"] < 0.66
    assert 0.5 < reached["opportunity"] / reached["sql"] < 0.68
    assert 0.18 < reached["customer"] / reached["opportunity"] < 0.32


def test_details_are_missing_as_often_as_in_real_lists(rows) -> None:
    expected = {"phone": 0.25, "job_title": 0.12, "persona": 0.10, "country": 0.05}
    expected |= {"company": 0.03, "owner_rep_id": 0.03, "source": 0.015, "email": 0.0}
    shares = rows.table("leads").aggregate(
        ", ".join(f"1 - count({name}) / count(*)" for name in expected)
    )
    assert shares.fetchone() == pytest.approx(tuple(expected.values()), abs=0.012)


def test_every_address_belongs_to_no_one(rows) -> None:
    for relation in ("leads", "reps"):
        addresses = rows.table(relation).select("email").fetchall()
        assert [address for (address,) in addresses if not address.endswith(".example")] == []


def test_some_handoffs_are_never_touched(rows) -> None:
    ignored = one(
        rows,
        "select avg((a.lead_id is null)::int) from (select lead_id, min(occurred_at) as handed_at"
        " from lead_stage_events where to_stage = 'mql' group by 1) as m left join (select lead_id,"
        " max(occurred_at) as at from activities where is_done and not is_automated group by 1)"
        " as a on a.lead_id = m.lead_id and a.at >= handed_at"
        " where handed_at < timestamp '2026-10-01'",
    )
    assert 0.05 < ignored < 0.13


def test_reps_differ_in_speed(rows) -> None:
    medians = rows.execute(
        "select rep_id, median(date_diff('minute', handed_at, first_at)) from (select lead_id,"
        " min(occurred_at) as handed_at from lead_stage_events where to_stage = 'mql' group by 1)"
        " join (select lead_id, min(occurred_at) as first_at, arg_min(rep_id, occurred_at) as"
        " rep_id from activities where is_done and not is_automated group by 1) using (lead_id)"
        " where first_at >= handed_at group by 1 having count(*) > 40"
    ).fetchall()
    usual = sorted(median for _, median in medians)
    assert usual[-1] > 3 * usual[0]


def test_one_rep_has_left_and_does_nothing_any_more(rows) -> None:
    leaver = rows.execute("select rep_id from reps where not is_active").fetchall()
    assert len(leaver) == 1
    idle_since = "timestamp '2026-02-03'"
    for relation, column in (("activities", "rep_id"), ("lead_owner_events", "to_rep_id")):
        found = rows.table(relation).filter(f"occurred_at > {idle_since}").select(column)
        assert leaver[0] not in found.fetchall()
    assert one(rows, "select count(*) from leads join reps on owner_rep_id = rep_id") > 0


def test_sales_reps_grow_slowly_with_the_leads() -> None:
    def reps(leads: int) -> int:
        return int(staff.hire(make_plan(leads)).block_size.sum())

    assert [reps(1_000), reps(20_000), reps(1_000_000)] == [24, 24, 60]


def test_names_of_the_staff_are_their_own(rows) -> None:
    named = one(rows, "select count(distinct rep_name) from reps")
    assert named == one(rows, "select count(*) from reps") == 35


def test_a_campaign_touches_nobody_before_it_begins(rows) -> None:
    early = one(
        rows,
        "select count(*) from campaign_touches join campaigns using (campaign_id)"
        " where touched_at::date < start_date - 1",
    )
    assert early == 0


def test_there_are_about_forty_sessions_per_lead(rows) -> None:
    sessions = one(rows, "select sum(sessions) from web_traffic")
    assert 36 < sessions / 8_000 < 44


def test_spend_keeps_near_the_budgets(rows) -> None:
    over = one(
        rows,
        "select count(*) from campaigns join (select campaign_id, sum(amount) as spent"
        " from campaign_spend group by 1) using (campaign_id) where spent > 1.1 * budget",
    )
    spent = one(rows, "select sum(amount) from campaign_spend")
    assert (over, 20 < spent / 8_000 < 80) == (0, True)
