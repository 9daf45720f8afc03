"""What the demo tells: believable, in order, finished by its end, and flawed where planned."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from queries import contract, demo

UNTIL = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.UTC)
LEADS = 1_500
STAGES = ["lead", "mql", "sal", "sql", "opportunity", "customer"]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("story") / "demo"
    demo.build(folder, leads=LEADS, months=24, seed=7, until=UNTIL)
    with duckdb.connect() as connection:
        for name in contract.RELATIONS:
            connection.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
        yield connection


def one(rows: duckdb.DuckDBPyConnection, question: str) -> object:
    (answer,) = rows.execute(question).fetchone()
    return answer


def test_there_are_seven_to_eight_rows_per_lead(rows) -> None:
    daily = ("teams", "reps", "campaigns", "campaign_spend", "web_traffic")
    counted = [
        rows.table(name).count("*").fetchone()[0]
        for name in contract.RELATIONS
        if name not in daily
    ]
    assert 7.0 < sum(counted) / LEADS < 8.0


# Each planned flaw, and how many rows show it; any more would be a mistake.
FLAWS = {
    "duplicate lead": ("select count(*) - count(distinct lead_id) from leads", 2),
    "unknown stage": (
        "select count(*) from lead_stage_events where to_stage = 'Nurture pool (old)'",
        3,
    ),
    "event of no lead": (
        "select count(*) from lead_stage_events anti join leads using (lead_id)",
        2,
    ),
    "fax": ("select count(*) from activities where activity_type = 'fax'", 1),
    "won without a date": (
        "select count(*) from opportunities where outcome = 'won' and close_date is null"
        " and closed_at is null",
        2,
    ),
    "negative amount": ("select count(*) from opportunities where amount < 0", 1),
    "lead from the future": (
        "select count(*) from leads where created_at = timestamp '2026-12-30 15:00:00'",
        1,
    ),
    "spend of no campaign": (
        "select count(*) from campaign_spend anti join campaigns using (campaign_id)",
        1,
    ),
    "touch of no campaign": (
        "select count(*) from campaign_touches where campaign_id is null",
        1,
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_each_planned_flaw_is_there_as_often_as_planned(rows, flaw: str) -> None:
    question, planned = FLAWS[flaw]
    assert one(rows, question) == planned


def test_apart_from_the_flaws_every_word_is_in_the_contract(rows) -> None:
    found = {
        (relation.name, column.name, word)
        for relation in contract.RELATIONS.values()
        for column in relation.columns
        if column.one_of
        for (word,) in rows.table(relation.name).select(column.name).distinct().fetchall()
        if word not in column.one_of
    }
    stages = {*contract.STAGES, *contract.DETOURS}
    reached = rows.execute("select distinct to_stage from lead_stage_events").fetchall()
    assert found == {("activities", "activity_type", "fax")}
    assert {stage for (stage,) in reached} - stages == {"Nurture pool (old)"}


def test_apart_from_the_flaws_every_reference_leads_somewhere(rows) -> None:
    dangling = {}
    for relation in contract.RELATIONS.values():
        for column in relation.columns:
            target = column.parent or column.link
            if not target:
                continue
            known = rows.table(target).select(contract.RELATIONS[target].key[0]).fetchall()
            used = rows.table(relation.name).select(column.name).distinct().fetchall()
            lost = set(used) - set(known) - {(None,)}
            if lost:
                dangling[relation.name, column.name] = len(lost)
    assert dangling == {
        ("lead_stage_events", "lead_id"): 1,
        ("campaign_spend", "campaign_id"): 1,
    }


def test_apart_from_the_flaws_every_key_is_unique(rows) -> None:
    doubled = {}
    for relation in contract.RELATIONS.values():
        keys = rows.table(relation.name).select(*relation.key).fetchall()
        if len(keys) != len(set(keys)):
            doubled[relation.name] = len(keys) - len(set(keys))
    assert doubled == {"leads": 2}


def test_nothing_but_the_lead_from_the_future_lies_after_the_end(rows) -> None:
    late = []
    for relation in contract.RELATIONS.values():
        for column in relation.columns:
            # A campaign may run on, and an open deal is hoped to close some day.
            if column.name in {"end_date", "close_date"} or column.kind not in {"day", "instant"}:
                continue
            instants = rows.table(relation.name).select(column.name).fetchall()
            late += [
                (relation.name, column.name)
                for (instant,) in instants
                if instant and f"{instant}" > "2026-11-20 15:00:00"
            ]
    assert late == [("leads", "created_at")]
    assert one(
        rows, "select max(close_date) from opportunities where outcome <> 'open'"
    ) <= datetime.date(2026, 11, 20)


def test_a_lead_climbs_the_funnel_unless_it_steps_back_or_returns(rows) -> None:
    events = rows.execute(
        "select lead_id, to_stage from lead_stage_events where event_id not like '%dirty%'"
        " and lead_id not in (select lead_id from lead_stage_events where from_stage = 'recycled'"
        " or (from_stage = 'sql' and to_stage = 'sal')) order by lead_id, occurred_at, event_id"
    ).fetchall()
    climbs: dict[str, list[int]] = {}
    for lead_id, stage in events:
        # A way out of the funnel ends the climb.
        rank = STAGES.index(stage) if stage in STAGES else len(STAGES)
        climbs.setdefault(lead_id, []).append(rank)
    assert len(climbs) > 0.9 * LEADS
    assert [lead for lead, ranks in climbs.items() if ranks != sorted(set(ranks))] == []


def test_each_stage_event_starts_where_the_one_before_ended(rows) -> None:
    broken = one(
        rows,
        "select count(*) from (select from_stage, lag(to_stage) over (partition by lead_id"
        " order by occurred_at, event_id) as before from lead_stage_events"
        " where event_id not like '%dirty%') where from_stage is distinct from before",
    )
    assert broken == 0


def test_detours_steps_back_and_returns_happen(rows) -> None:
    moves = dict(
        rows.execute(
            "select from_stage || ' > ' || to_stage, count(*) from lead_stage_events"
            " where from_stage is not null group by 1"
        ).fetchall()
    )
    expected = {"lead > sql", "mql > opportunity", "mql > sql", "recycled > mql", "sql > sal"}
    assert expected <= set(moves)


def test_a_lead_stands_where_its_last_event_left_it(rows) -> None:
    wrong = one(
        rows,
        "select count(*) from leads join (select lead_id, arg_max(to_stage, event_id) as last"
        " from lead_stage_events where event_id not like '%dirty%' group by 1) using (lead_id)"
        " where stage_key <> last and synced_at < timestamp '2026-11-20 15:00:00'",
    )
    assert wrong == 0


def test_the_first_touch_comes_no_later_than_the_lead(rows) -> None:
    late = one(
        rows,
        "select count(*) from leads join (select lead_id, min(touched_at) as first from"
        " campaign_touches group by 1) using (lead_id) where first > created_at",
    )
    touched = one(rows, "select count(distinct lead_id) from campaign_touches")
    assert (late, touched) == (0, LEADS)


def test_a_lead_and_its_opportunity_point_at_each_other(rows) -> None:
    pairs = one(
        rows,
        "select count(*) from leads join opportunities using (opportunity_id)"
        " where leads.lead_id = opportunities.lead_id and converted_at = opportunities.created_at",
    )
    assert pairs == one(rows, "select count(lead_id) from opportunities")
    assert pairs == one(rows, "select count(opportunity_id) from leads")


def test_closed_deals_are_closed_after_they_were_opened(rows) -> None:
    assert one(rows, "select count(*) from opportunities where closed_at < created_at") == 0
    assert one(rows, "select count(*) from opportunities where outcome = 'lost'") == one(
        rows, "select count(loss_reason) from opportunities"
    )


def test_a_lost_lead_and_its_deal_name_the_same_reason_or_none(rows) -> None:
    quarrels = one(
        rows,
        "select count(*) from opportunities join lead_stage_events using (lead_id)"
        " where to_stage = 'lost' and reason_code not in (loss_reason, 'other')",
    )
    assert quarrels == 0
