"""What follows from the clean relations: one row per person, one row per opportunity.

The rules are those of docs/metrics.md (first entry per stage, skipped stages inferred, steps
back counted, merged records one person). DuckDB SQL, one statement per table, each a ladder of
named steps; the column order is that of queries/schema.py (tested).
"""

from __future__ import annotations

import duckdb

from queries import schema
from queries.refresh import entries, metric_events, summaries
from queries.refresh.casting import local_day, local_midnight

_LONGEST_MERGE_CHAIN = 20
_REP_TILES = 8


def derive_all(
    duck: duckdb.DuckDBPyConnection, zone: str, currency: str, internal_domains: tuple[str, ...]
) -> None:
    """Fills the derived tables of queries/schema.py."""
    _survivors(duck)
    _aliases(duck)
    _first_campaigns(duck)
    _counted_leads(duck, internal_domains)
    _deals(duck, zone, currency)
    entries.collect(duck)
    _journeys(duck, zone)
    metric_events.fill(duck)
    summaries.summarize_all(duck)


def reporting_currency(duck: duckdb.DuckDBPyConnection, chosen: str) -> str:
    """The chosen currency, else the one most opportunities are in, else ""."""
    row = duck.execute(
        "select upper(currency_code) from mart.opportunities where currency_code is not null"
        " group by all order by count(*) desc, 1 limit 1"
    ).fetchone()
    most_used = row[0] if row and len(row[0]) == 3 and row[0].isalpha() else ""
    return chosen or most_used


def _survivors(duck: duckdb.DuckDBPyConnection) -> None:
    """lead_id of a merged record -> the record that lives on, through chains of merges.

    A chain that ends nowhere or in a circle is not followed: its records stay persons of their
    own (a finding counts them) rather than vanish.
    """
    duck.execute(f"""create or replace temp table survivors as
    with recursive chain as (
        select lead_id, merged_into_lead_id as survivor_id, 1 as steps
        from mart.leads where merged_into_lead_id is not null
        union all
        select chain.lead_id, leads.merged_into_lead_id, chain.steps + 1
        from chain join mart.leads as leads on leads.lead_id = chain.survivor_id
        where leads.merged_into_lead_id is not null and chain.steps < {_LONGEST_MERGE_CHAIN}
    ), ends as (
        select lead_id, max_by(survivor_id, steps) as survivor_id from chain group by lead_id
    )
    select ends.lead_id, ends.survivor_id from ends
    join mart.leads as leads on leads.lead_id = ends.survivor_id
    where leads.merged_into_lead_id is null""")


def _aliases(duck: duckdb.DuckDBPyConnection) -> None:
    """Every other id that something of a person may stand under.

    A CRM moves what belongs to a lead to the contact that it becomes: whoever joins by the id of
    the lead alone sees no activity of exactly those leads that went furthest.
    """
    duck.execute("""create or replace table mart.lead_aliases as
    with contacts as (
        select leads.converted_contact_id as alias_id,
            min(coalesce(survivors.survivor_id, leads.lead_id)) as lead_id
        from mart.leads as leads left join survivors on survivors.lead_id = leads.lead_id
        where leads.converted_contact_id is not null group by all
    )
    select lead_id as alias_id, survivor_id as lead_id, true as is_merged from survivors
    union all
    select alias_id, lead_id, false from contacts
    where alias_id not in (select lead_id from mart.leads)""")


def _first_campaigns(duck: duckdb.DuckDBPyConnection) -> None:
    """A person's campaign is the one of the first touch; ties go to the smaller touch id."""
    duck.execute("""create or replace temp table first_campaigns as
    select coalesce(aliases.lead_id, touches.lead_id) as lead_id,
        min_by(touches.campaign_id, (touches.touched_at, touches.touch_id)) as campaign_id
    from mart.campaign_touches as touches
    left join mart.lead_aliases as aliases on aliases.alias_id = touches.lead_id
    where touches.campaign_id is not null
    group by all""")


def _counted_leads(duck: duckdb.DuckDBPyConnection, internal_domains: tuple[str, ...]) -> None:
    """One row per person that counts: survivors of merges, not deleted, not our own tests."""
    duck.execute(
        """create or replace temp table counted_leads as
    with first_seen as (
        select survivors.survivor_id as lead_id, min(losers.created_at) as created_at
        from survivors join mart.leads as losers on losers.lead_id = survivors.lead_id
        group by all
    )
    select leads.lead_id,
        least(leads.created_at, first_seen.created_at) as created_at,
        leads.source as channel, first_campaigns.campaign_id,
        leads.owner_rep_id as rep_id, reps.team_id, leads.stage_key as present_stage
    from mart.leads as leads
    left join first_seen on first_seen.lead_id = leads.lead_id
    left join first_campaigns on first_campaigns.lead_id = leads.lead_id
    left join mart.reps as reps on reps.rep_id = leads.owner_rep_id
    where not leads.is_deleted
        and leads.lead_id not in (select lead_id from survivors)
        and not list_contains($domains, coalesce(lower(split_part(leads.email, '@', 2)), ''))""",
        {"domains": list(internal_domains)},
    )


def _deals(duck: duckdb.DuckDBPyConnection, zone: str, currency: str) -> None:
    """One row per opportunity. It belongs to its lead, else to the lead that names it.

    Its campaign is its own primary campaign, else its lead's; its channel is its lead's, else
    its campaign's. Without a day of closing of its own, `close_date` stands in. An amount in
    another currency counts only where the source gives it in the reporting currency too.
    """
    closed = f"coalesce(o.closed_at, {local_midnight('o.close_date', zone)})"
    duck.execute(f"""create or replace table mart.deals as
    with naming_leads as (
        select leads.opportunity_id,
            min_by(persons.lead_id, (persons.created_at, persons.lead_id)) as lead_id
        from mart.leads as leads
        left join survivors on survivors.lead_id = leads.lead_id
        join counted_leads as persons
            on persons.lead_id = coalesce(survivors.survivor_id, leads.lead_id)
        where leads.opportunity_id is not null group by all
    ), linked as (
        select o.*, coalesce(aliases.lead_id, o.lead_id, naming_leads.lead_id) as person_id,
            case when o.outcome <> 'open' then {closed} end as ended_at
        from mart.opportunities as o
        left join naming_leads on naming_leads.opportunity_id = o.opportunity_id
        left join mart.lead_aliases as aliases on aliases.alias_id = o.lead_id
        where not o.is_deleted
    )
    select linked.opportunity_id, persons.lead_id,
        case when persons.lead_id is not null then persons.channel else campaigns.channel end
            as channel,
        coalesce(linked.primary_campaign_id, persons.campaign_id) as campaign_id,
        linked.owner_rep_id as rep_id, reps.team_id,
        linked.created_at, {local_day("linked.created_at", zone)} as created_on,
        linked.ended_at as closed_at, {local_day("linked.ended_at", zone)} as closed_on,
        linked.outcome, linked.stage,
        coalesce(
            linked.amount_home,
            case when coalesce(upper(linked.currency_code), '{currency}') = '{currency}'
                then linked.amount end
        ) as amount
    from linked
    left join counted_leads as persons on persons.lead_id = linked.person_id
    left join mart.campaigns as campaigns on campaigns.campaign_id = linked.primary_campaign_id
    left join mart.reps as reps on reps.rep_id = linked.owner_rep_id
    order by linked.created_at, linked.opportunity_id""")


def _journeys(duck: duckdb.DuckDBPyConnection, zone: str) -> None:
    """One row per person with the first time at each stage *or a later one*.

    Taking the later stages into account makes the past stable: what had been reached by any
    moment never changes when newer events arrive.
    """
    deals = {"opportunity": ", by_deal.created_at", "customer": ", by_deal.won_at"}
    own = ", ".join(
        f"least(entries.{stage}_event_at{deals.get(stage, '')}) as own_{stage}_at,"
        f" least(entries.{stage}_seen_at{deals.get(stage, '')}) as seen_{stage}_at"
        for stage in schema.ENTRY_STAGES
    )
    reached = []
    for place, stage in enumerate(schema.ENTRY_STAGES):
        later = ", ".join(f"own_{name}_at" for name in schema.ENTRY_STAGES[place:])
        reached.append(f"least({later}) as {stage}_at")
    columns = ", ".join(
        f"{stage}_at, {local_day(f'{stage}_at', zone)} as {stage}_on,"
        f" {stage}_at is not null and seen_{stage}_at is distinct from {stage}_at"
        f" as {stage}_is_inferred"
        for stage in schema.ENTRY_STAGES
    )
    duck.execute(f"""create or replace table mart.journeys as
    with by_deal as (
        select lead_id, min(created_at) as created_at,
            min(closed_at) filter (where outcome = 'won') as won_at
        from mart.deals where lead_id is not null group by lead_id
    ), own as (
        select leads.*, {own},
            coalesce(entries.mql_entries, 0) as mql_entries,
            coalesce(entries.regressions, 0) as regressions
        from counted_leads as leads
        left join entries on entries.lead_id = leads.lead_id
        left join by_deal on by_deal.lead_id = leads.lead_id
    ), reached as (select *, {", ".join(reached)} from own)
    select lead_id, channel, campaign_id, rep_id, team_id,
        created_at, {local_day("created_at", zone)} as created_on,
        {columns}, mql_entries, regressions, present_stage
    from reached
    -- By time, for questions about a period. Within a month people of one rep and of one campaign
    -- lie together, so that a question about one of them passes most of the others by.
    order by date_trunc('month', created_at), hash(rep_id) % {_REP_TILES}, campaign_id,
        created_at, lead_id""")
