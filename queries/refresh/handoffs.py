"""One row per hand-off: each time that marketing handed a lead over to sales.

The rules are those of docs/metrics.md, "Hand-offs". DuckDB SQL in steps, one temp table each;
the readings on business clocks are added to the `plain_` tables that stand at the end.
"""

from __future__ import annotations

import duckdb

from queries import contract, handoff_schema
from queries.refresh import (
    completeness,
    entered,
    handoff_attempts,
    handoff_decisions,
    handoff_owners,
)
from queries.refresh.casting import local_day
from queries.refresh.entered import Entered

# Known only once the calendars are.
_OF_THE_CLOCK = {"calendar_no", *(column.name for column in handoff_schema.dues())}
_STAGES = contract.STAGES[1:] + contract.DETOURS


def derive(duck: duckdb.DuckDBPyConnection, given: Entered, zone: str) -> None:
    """Fills plain_handoffs, mart.handoff_activities, mart.handoff_owners, mart.records_state; of
    the two in the middle plain_ tables stay too.

    Runs after derive_all, on the same connection.
    """
    entered.lay_out(duck, given)
    _person_events(duck)
    _windows(duck)
    handoff_decisions.fill(duck)
    handoff_owners.fill(duck)
    handoff_attempts.fill(duck, given.read_at)
    completeness.fill(duck, given.read_at)
    _campaigns(duck)
    _wins(duck)
    _pauses(duck)
    _assemble(duck, zone)
    _keep(duck)
    _state(duck, given)


def plain_columns() -> tuple[str, ...]:
    """The columns of handoff_schema.handoffs that need no calendar, in their order."""
    return tuple(
        column.name
        for column in handoff_schema.handoffs.columns
        if not column.name.endswith("_clock") and column.name not in _OF_THE_CLOCK
    )


def _person_events(duck: duckdb.DuckDBPyConnection) -> None:
    stages = ", ".join(f"'{stage}'" for stage in _STAGES)
    duck.execute(f"""create or replace temp view person_events as
    select coalesce(aliases.lead_id, events.lead_id) as lead_id, events.* exclude (lead_id)
    from mart.lead_stage_events as events
    left join mart.lead_aliases as aliases on aliases.alias_id = events.lead_id
    where events.to_stage in ({stages})""")


def _windows(duck: duckdb.DuckDBPyConnection) -> None:
    """Each hand-off with the time in which what happens belongs to it: until the next one."""
    duck.execute("""create or replace temp table handoff_windows as
    with entries as (
        select lead_id, occurred_at as handed_at, is_inferred, actor_rep_id, event_id
        from person_events where to_stage = 'mql'
        union all
        select lead_id, mql_at, true, null, null from mart.journeys where mql_is_inferred
    ), opened as (
        select lead_id, handed_at, bool_and(is_inferred) as is_inferred,
            min_by(actor_rep_id, event_id) as handed_by
        from entries semi join counted_leads using (lead_id)
        group by lead_id, handed_at
    ), numbered as (
        select *, (row_number() over person)::integer as handoff_no,
            lead(handed_at) over person as next_handed_at
        from opened window person as (partition by lead_id order by handed_at)
    ), named as (select *, lead_id || ':' || handoff_no as handoff_id from numbered)
    select row_number() over (order by handed_at, handoff_id) - 1 as seq, * from named""")


def _campaigns(duck: duckdb.DuckDBPyConnection) -> None:
    """Of the last touch that names a campaign; ties go to the greater touch id."""
    duck.execute("""create or replace temp table handoff_campaigns as
    with touches as (
        select coalesce(aliases.lead_id, touches.lead_id) as lead_id, touches.touched_at,
            touches.touch_id, touches.campaign_id
        from mart.campaign_touches as touches
        left join mart.lead_aliases as aliases on aliases.alias_id = touches.lead_id
        where touches.campaign_id is not null
    )
    select windows.seq,
        max(struct_pack(at := touched_at, id := touch_id, campaign := campaign_id)).campaign
            as campaign_id
    from handoff_windows as windows join touches using (lead_id)
    where touched_at <= handed_at
    group by windows.seq""")


def _wins(duck: duckdb.DuckDBPyConnection) -> None:
    """The first time at or after a hand-off that something of the person was won, and the first
    at or after the next one."""
    duck.execute("""create or replace temp table handoff_wins as
    with wins as (
        select lead_id, occurred_at as won_at from person_events where to_stage = 'customer'
        union all
        select lead_id, closed_at from mart.deals where outcome = 'won' and lead_id is not null
    )
    select windows.seq, min(wins.won_at) as won_at,
        min(wins.won_at) filter (where wins.won_at >= next_handed_at) as next_won_at
    from handoff_windows as windows join wins using (lead_id)
    where wins.won_at >= handed_at
    group by windows.seq""")


def _pauses(duck: duckdb.DuckDBPyConnection) -> None:
    """A clock is stopped once; of merged records the pause that began first stands."""
    duck.execute("""create or replace temp table handoff_pauses as
    select windows.seq, unnest(min(struct_pack(paused_at := paused_at, pause_id := pause_id,
        paused_until := paused_until, pause_reason := reason)))
    from entered_pauses join handoff_windows as windows using (lead_id, handed_at)
    group by windows.seq""")


def _assemble(duck: duckdb.DuckDBPyConnection, zone: str) -> None:
    columns = plain_columns()
    moments = [name.removesuffix("_on") for name in columns if name.endswith("_on")]
    days = ", ".join(f"{local_day(f'{moment}_at', zone)} as {moment}_on" for moment in moments)
    duck.execute(f"""create or replace temp table plain_handoffs as
    with joined as (
        select windows.*, decisions.* exclude (seq), receivers.* exclude (seq),
            reach.first_attempt_at, reach.first_contact_at,
            coalesce(reach.attempts, 0) as attempts,
            persons.channel, leads.lead_name, leads.company, leads.persona, leads.country,
            campaigns.campaign_id, wins.won_at, wins.next_won_at,
            missing.missing, missing.missing_seen_at,
            pauses.paused_at, pauses.paused_until, pauses.pause_reason,
            coalesce(not windows.is_inferred and windows.handed_at >= history.begins_at, false)
                as is_timed
        from handoff_windows as windows
        join handoff_decisions as decisions using (seq)
        join handoff_receivers as receivers using (seq)
        join handoff_missing as missing using (seq)
        join counted_leads as persons using (lead_id)
        join mart.leads as leads using (lead_id)
        cross join history
        left join handoff_reach as reach using (seq)
        left join handoff_campaigns as campaigns using (seq)
        left join handoff_wins as wins using (seq)
        left join handoff_pauses as pauses using (seq)
    ), with_days as (select *, {days} from joined)
    select {", ".join(columns)} from with_days order by seq""")


def _keep(duck: duckdb.DuckDBPyConnection) -> None:
    """What no clock is asked for."""
    for name in ("handoff_activities", "handoff_owners"):
        duck.execute(f"create or replace table mart.{name} as from plain_{name}")


def _state(duck: duckdb.DuckDBPyConnection, given: Entered) -> None:
    """With which records this was derived, and what in them is of no hand-off any more."""
    lost = " + ".join(
        f"(select count(*) from entered_{name}"
        " anti join handoff_windows using (lead_id, handed_at))"
        for name in ("decisions", "pauses")
    )
    duck.execute(
        f"""create or replace table mart.records_state as
    select $read_at::timestamp as read_at, $working_time as working_time,
        history.begins_at as history_begins_at, {lost} as lost_decisions
    from history""",
        {"read_at": given.read_at, "working_time": given.working_time.version},
    )
