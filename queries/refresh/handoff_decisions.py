"""What became of each hand-off: the first decision in its window, whichever side made it."""

from __future__ import annotations

import duckdb

# At one moment a stage goes before a detour, and of stages the earlier one.
_ORDER = (
    *("sal", "sql", "opportunity", "deal", "customer"),
    *("recycled", "rejected", "disqualified", "lost"),
)
_PLACES = {name: place for place, name in enumerate(_ORDER)}
_SAID_OUTRIGHT = ("sal", "recycled", "rejected", "disqualified")


def fill(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills handoff_decisions, one row per hand-off. Runs after handoff_windows and deals."""
    _first_in_crm(duck)
    _first_here(duck)
    _first_of_both(duck)


def _first_in_crm(duck: duckdb.DuckDBPyConnection) -> None:
    """The first event of each window; a deal of the person is one, though nobody moved the lead.

    Of a deal without a moment of creation the winning is all there is to see.
    """
    places = " ".join(f"when '{name}' then {place}" for name, place in _PLACES.items())
    duck.execute(f"""create or replace temp table first_in_crm as
    with happenings as (
        select lead_id, occurred_at as decided_at, case to_stage {places} end as place, event_id,
            to_stage, actor_rep_id, reason_code, is_inferred
        from person_events where to_stage <> 'mql'
        union all
        select lead_id, coalesce(created_at, case when outcome = 'won' then closed_at end),
            {_PLACES["deal"]}, opportunity_id, 'opportunity', null, null, true
        from mart.deals where lead_id is not null
    )
    select windows.seq, unnest(min(struct_pack(decided_at := decided_at, place := place,
        event_id := event_id, to_stage := to_stage, decided_by := actor_rep_id,
        reason_code := reason_code, is_inferred := happenings.is_inferred)))
    from handoff_windows as windows join happenings using (lead_id)
    where decided_at >= handed_at and (next_handed_at is null or decided_at < next_handed_at)
    group by windows.seq""")


def _first_here(duck: duckdb.DuckDBPyConnection) -> None:
    """Two records that were merged may both have been decided: the first of these stands."""
    duck.execute("""create or replace temp table first_here as
    select windows.seq, unnest(min(struct_pack(decided_at := said.decided_at,
        decision_id := said.decision_id, decision := said.decision, decided_by := said.decided_by,
        reason_code := said.reason_code, recycle_until := said.recycle_until)))
    from entered_decisions as said join handoff_windows as windows using (lead_id, handed_at)
    group by windows.seq""")


def _first_of_both(duck: duckdb.DuckDBPyConnection) -> None:
    outright = ", ".join(f"'{stage}'" for stage in _SAID_OUTRIGHT)
    duck.execute(f"""create or replace temp table handoff_decisions as
    with in_crm as (
        select windows.seq, windows.lead_id, windows.next_handed_at,
            coalesce(crm.decided_at, windows.next_handed_at) as decided_at,
            case when crm.to_stage in ('rejected', 'recycled', 'disqualified') then crm.to_stage
                when crm.to_stage is not null then 'accepted'
                when windows.next_handed_at is not null then 'superseded'
                else 'pending' end as decision,
            crm.decided_by, crm.reason_code,
            coalesce(crm.is_inferred or crm.to_stage not in ({outright}), false) as is_inferred
        from handoff_windows as windows left join first_in_crm as crm using (seq)
    ), decided as (
        select crm.seq, crm.lead_id, crm.next_handed_at, unnest(
            case when here.seq is not null and (crm.decided_at >= here.decided_at
                    or crm.decided_at is null)
                then struct_pack(decision := here.decision, decided_at := here.decided_at,
                    decided_by := here.decided_by, reason_code := here.reason_code,
                    decision_source := 'app', decision_is_inferred := false,
                    recycle_until := here.recycle_until)
                else struct_pack(decision := crm.decision, decided_at := crm.decided_at,
                    decided_by := crm.decided_by, reason_code := crm.reason_code,
                    decision_source := case when crm.decision <> 'pending' then 'crm' end,
                    decision_is_inferred := crm.is_inferred, recycle_until := null::date)
            end)
        from in_crm as crm left join first_here as here using (seq)
    ), sent_back as (
        select decided.seq, min(events.occurred_at) as recycled_at
        from decided join person_events as events using (lead_id)
        where events.to_stage = 'recycled' and events.occurred_at >= decided_at
            and (next_handed_at is null or events.occurred_at < next_handed_at)
        group by decided.seq
    )
    select decided.* exclude (lead_id, next_handed_at),
        case when decision = 'recycled' then decided_at else recycled_at end as recycled_at
    from decided left join sent_back using (seq)""")
