"""What the snapshot holds as a whole: what can be filtered by, counted, and how fast it moves."""

from __future__ import annotations

import duckdb

from queries import schema


def summarize_all(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills dimension_values, foundations and maturities. Runs after journeys and deals."""
    _dimension_values(duck)
    _foundations(duck)
    _maturities(duck)


def _dimension_values(duck: duckdb.DuckDBPyConnection) -> None:
    """Everything that can be filtered by, with its name; the id where there is no name."""
    duck.execute("""create or replace table mart.dimension_values as
    with used as (
        select distinct unnest(['rep', 'team', 'campaign', 'channel']) as dimension,
            unnest([rep_id, team_id, campaign_id, channel]) as key
        from (
            select rep_id, team_id, campaign_id, channel from mart.journeys
            union select rep_id, team_id, campaign_id, channel from mart.deals
        )
        union select unnest(['campaign', 'channel']), unnest([campaign_id, channel])
        from (select distinct campaign_id, channel from mart.web_traffic)
        union select 'rep', rep_id from mart.reps
        union select 'team', team_id from mart.teams
        union select 'campaign', campaign_id from mart.campaigns
    )
    select dimension, key,
        coalesce(reps.rep_name, teams.team_name, campaigns.campaign_name, key) as label,
        reps.rep_id, coalesce(reps.team_id, teams.team_id) as team_id
    from used
    left join mart.reps as reps on dimension = 'rep' and reps.rep_id = key
    left join mart.teams as teams on dimension = 'team' and teams.team_id = key
    left join mart.campaigns as campaigns on dimension = 'campaign' and campaigns.campaign_id = key
    order by dimension, lower(label), key""")


def _foundations(duck: duckdb.DuckDBPyConnection) -> None:
    """On how many rows each metric can stand; on none, it is "no data" whatever is asked."""
    duck.execute("""create or replace table mart.foundations as
    select unnest(['sessions', 'leads', 'mqls', 'sals', 'sqls', 'opportunities', 'won', 'revenue'])
            as metric,
        unnest([
            (select count(*) from mart.web_traffic),
            (select count(created_at) from mart.journeys),
            (select count(mql_at) from mart.journeys),
            (select count(sal_at) from mart.journeys),
            (select count(sql_at) from mart.journeys),
            (select count(created_at) from mart.deals),
            (select count(closed_at) from mart.deals where outcome = 'won'),
            (select count(amount) from mart.deals where outcome = 'won' and closed_at is not null)
        ]) as rows""")


def _maturities(duck: duckdb.DuckDBPyConnection) -> None:
    """Days within which nine of ten leads that ever get to a stage have got there."""
    branches = " union all ".join(
        f"select '{stage}' as stage, ceil(quantile_cont(greatest(0, {stage}_on - created_on), 0.9))"
        f"::integer as days, count(*) as leads from mart.journeys"
        f" where {stage}_on is not null and created_on is not null"
        for stage in schema.ENTRY_STAGES
    )
    duck.execute(f"create or replace table mart.maturities as {branches}")


_STEPS = {
    "assigned": "assigned",
    "attempted": "first_attempt",
    "contacted": "first_contact",
    "decided": "decided",
}


def summarize_handoffs(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills handoff_maturities: days within which nine of ten hand-offs that ever take a step have
    taken it. Runs after handoffs."""
    branches = " union all ".join(
        f"select '{step}' as step, ceil(quantile_cont(greatest(0, {name}_on - handed_on), 0.9))"
        f"::integer as days, count(*) as handoffs from mart.handoffs"
        f" where {name}_on is not null and decision <> 'superseded'"
        for step, name in _STEPS.items()
    )
    duck.execute(f"create or replace table mart.handoff_maturities as {branches}")
