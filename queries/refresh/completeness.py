"""What of a lead sales could not see when it was handed over."""

from __future__ import annotations

from datetime import datetime

import duckdb

from queries import handoff_schema
from queries.rules import contact_data


def fill(duck: duckdb.DuckDBPyConnection, read_at: datetime) -> None:
    """Fills handoff_missing, one row per hand-off: the bits of CONTACT_FIELDS that are missing.

    What was remembered at the time stands; else it is the lead as it is now. Runs after
    handoff_windows and entered.lay_out.
    """
    bits = " | ".join(
        f"(({_lacks(field)})::integer << {place})"
        for place, field in enumerate(handoff_schema.CONTACT_FIELDS)
    )
    duck.execute(
        f"""create or replace temp table handoff_missing as
    with remembered as (
        -- Of merged records the one that was looked at first.
        select lead_id, handed_at, unnest(min(struct_pack(seen_at := seen_at, missing := missing)))
        from entered_completeness group by lead_id, handed_at
    )
    select windows.seq, coalesce(remembered.missing, {bits})::integer as missing,
        coalesce(remembered.seen_at, $read_at::timestamp) as missing_seen_at
    from handoff_windows as windows
    join mart.leads as leads using (lead_id)
    left join remembered using (lead_id, handed_at)""",
        {"read_at": read_at},
    )


def _lacks(field: str) -> str:
    if field == "email":
        return f"not coalesce(regexp_full_match(leads.email, '{contact_data.EMAIL}'), false)"
    return f"coalesce(trim(leads.{field}), '') = ''"
