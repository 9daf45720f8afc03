"""First entries per person and stage, from the events of the leads; and steps back."""

from __future__ import annotations

import itertools

import duckdb

from queries import contract, schema

_RANKS = {stage: rank for rank, stage in enumerate(contract.STAGES)}


def collect(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills `entries`, per person: the first event of each stage, and the first that the source
    did not itself infer; entries into MQL; steps straight back. Runs after `lead_aliases`.

    Nearly all persons go through each stage once and in order. They need no look at one event
    after the other, which takes as long as all else.
    """
    ranks = " ".join(f"when '{stage}' then {rank}" for stage, rank in _RANKS.items())
    duck.execute(f"""create or replace temp view staged_events as
    select coalesce(aliases.lead_id, events.lead_id) as lead_id,
        occurred_at, is_inferred, case to_stage {ranks} end as rank
    from mart.lead_stage_events as events
    left join mart.lead_aliases as aliases on aliases.alias_id = events.lead_id""")
    _plain(duck)
    _intricate(duck)
    firsts = ", ".join(
        f"{stage}_at as {stage}_event_at, {stage}_at as {stage}_seen_at"
        for stage in schema.ENTRY_STAGES
    )
    duck.execute(f"""create or replace temp view entries as
    select lead_id, {firsts},
        (mql_at is not null)::integer as mql_entries, 0 as regressions
    from plain_entries where not is_intricate
    union all from intricate_entries""")


def _plain(duck: duckdb.DuckDBPyConnection) -> None:
    """The first event of each stage, and whether that is not all there is to know of a person."""
    firsts = ", ".join(
        f"min(occurred_at) filter (where rank = {rank}) as {stage}_at"
        for stage, rank in _RANKS.items()
    )
    # Of stages that are missing nothing is known, which is in order.
    is_in_order = " and ".join(
        f"coalesce({earlier}_at <= {later}_at, true)"
        for earlier, later in itertools.combinations(contract.STAGES, 2)
    )
    duck.execute(f"""create or replace temp table plain_entries as
    select lead_id, {firsts},
        bool_or(is_inferred) or count(rank) > coalesce(bit_count(bit_or(1 << rank)), 0)
            or not ({is_in_order}) as is_intricate
    from staged_events group by lead_id""")


def _intricate(duck: duckdb.DuckDBPyConnection) -> None:
    firsts = ", ".join(
        f"min(occurred_at) filter (where rank = {_RANKS[stage]}) as {stage}_event_at,"
        f" min(occurred_at) filter (where rank = {_RANKS[stage]} and not is_inferred)"
        f" as {stage}_seen_at"
        for stage in schema.ENTRY_STAGES
    )
    # Events of one moment and one rank may stand in any order: the ranks come out the same.
    duck.execute(f"""create or replace temp table intricate_entries as
    with ordered as (
        select *, lag(rank) over (partition by lead_id order by occurred_at, rank) as rank_before
        from staged_events
        where lead_id in (select lead_id from plain_entries where is_intricate)
    )
    select lead_id, {firsts},
        count(*) filter (where rank = {_RANKS["mql"]})::integer as mql_entries,
        count(*) filter (where rank < rank_before)::integer as regressions
    from ordered group by lead_id""")
