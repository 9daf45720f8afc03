"""Who had each hand-off: when it was handed over, first, when it was decided, and in turn."""

from __future__ import annotations

import duckdb


def fill(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills handoff_receivers (one row per hand-off) and plain_handoff_owners.

    Runs after handoff_windows and handoff_decisions.
    """
    _spans(duck)
    _first_owners(duck)
    _receivers(duck)
    _owners_in_turn(duck)


def _spans(duck: duckdb.DuckDBPyConnection) -> None:
    """Who owned a person from when until when; rep_id null is the queue. No gaps, no overlaps.

    Marketing may own what it nurtures: only somebody of the other side receives a hand-off.

    Before its first event a lead belonged to whom that event took it from; without any event it
    has always belonged to whom it belongs to now.
    """
    duck.execute("""create or replace temp table owner_spans as
    with changes as (
        select coalesce(aliases.lead_id, events.lead_id) as lead_id, events.occurred_at,
            events.event_id, events.from_rep_id, events.to_rep_id
        from mart.lead_owner_events as events
        left join mart.lead_aliases as aliases on aliases.alias_id = events.lead_id
    ), of_handed as (
        select * from changes semi join handoff_windows using (lead_id)
    ), spans as (
        select lead_id, to_rep_id as rep_id, occurred_at as from_at,
            lead(occurred_at, 1, 'infinity'::timestamp) over person as until_at
        from of_handed window person as (partition by lead_id order by occurred_at, event_id)
        union all
        select lead_id, min(struct_pack(at := occurred_at, id := event_id, rep := from_rep_id)).rep,
            '-infinity'::timestamp, min(occurred_at)
        from of_handed group by lead_id
        union all
        select lead_id, rep_id, '-infinity'::timestamp, 'infinity'::timestamp
        from counted_leads semi join handoff_windows using (lead_id)
            anti join of_handed using (lead_id)
    )
    select spans.*, rep_id is not null and rep_id not in (
        select reps.rep_id from mart.reps as reps join mart.teams as teams using (team_id)
        where teams.side = 'marketing'
    ) as receives
    -- Of several changes at one moment the last one stands.
    from spans where from_at < until_at""")


def _first_owners(duck: duckdb.DuckDBPyConnection) -> None:
    """Who had it when it was handed over and when it was decided; who received it first, when."""
    duck.execute("""create or replace temp table first_owners as
    select windows.seq,
        max(spans.rep_id) filter (where spans.from_at <= handed_at) as rep_at_handoff,
        min(struct_pack(at := greatest(spans.from_at, handed_at), rep := spans.rep_id)) filter (
            where spans.receives and (next_handed_at is null or spans.from_at < next_handed_at)
        ) as received,
        max(spans.rep_id) filter (
            where spans.from_at <= decided_at and decided_at < spans.until_at
        ) as rep_at_decision
    from handoff_windows as windows
    join handoff_decisions using (seq)
    join owner_spans as spans using (lead_id)
    where spans.until_at > handed_at
    group by windows.seq""")


def _receivers(duck: duckdb.DuckDBPyConnection) -> None:
    """As above, with who took it over from the one who received it, before it was decided."""
    duck.execute("""create or replace temp table handoff_receivers as
    with received as (
        select windows.seq, windows.lead_id, had.rep_at_handoff, decided_at,
            had.received.rep as receiving_rep_id, had.received.at as assigned_at,
            case when decided_at is null then persons.rep_id else had.rep_at_decision end as rep_id
        from handoff_windows as windows
        join handoff_decisions using (seq)
        join counted_leads as persons using (lead_id)
        left join first_owners as had using (seq)
    ), passed_on as (
        select received.seq, min(spans.from_at) as reassigned_at
        from received join owner_spans as spans using (lead_id)
        where spans.from_at > assigned_at and spans.receives and spans.rep_id <> receiving_rep_id
            and (decided_at is null or spans.from_at < decided_at)
        group by received.seq
    )
    select received.* exclude (lead_id, decided_at), reassigned_at, reps.team_id,
        receivers.team_id as receiving_team_id
    from received left join passed_on using (seq)
    left join mart.reps as reps on reps.rep_id = received.rep_id
    left join mart.reps as receivers on receivers.rep_id = receiving_rep_id""")


def _owners_in_turn(duck: duckdb.DuckDBPyConnection) -> None:
    """Covers the whole window: who has it at a moment is in the last row that begins by then."""
    duck.execute("""create or replace temp table plain_handoff_owners as
    with spans as (
        select windows.seq, owners.rep_id, greatest(owners.from_at, handed_at) as from_at
        from handoff_receivers as receivers
        join handoff_windows as windows using (seq)
        join owner_spans as owners using (lead_id)
        where reassigned_at is not null and owners.until_at > handed_at
            and (next_handed_at is null or owners.from_at < next_handed_at)
    ), turns as (
        select *, row_number() over hand = 1
            or rep_id is distinct from lag(rep_id) over hand as is_turn
        from spans window hand as (partition by seq order by from_at)
    )
    select turns.seq, turns.rep_id, reps.team_id, turns.from_at
    from turns left join mart.reps as reps on reps.rep_id = turns.rep_id
    where is_turn order by turns.seq, turns.from_at""")
