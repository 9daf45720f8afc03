"""What was done about each hand-off: attempts that count, and two-way contacts."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa

# What follows an attempt of its kind so soon is the same attempt.
ONE_ATTEMPT = timedelta(minutes=30)
SPOKEN = ("connected", "answered", "reached", "spoke")
HELD = ("held", "completed")
ANSWERED = ("replied",)
_ANSWERABLE = ("email", "social")


def fill(duck: duckdb.DuckDBPyConnection, read_at: datetime) -> None:
    """Fills history, plain_handoff_activities and handoff_reach (one row per hand-off reached).

    What is dated after `read_at` has not happened yet. Runs after handoff_windows and deals.
    """
    duck.execute("""create or replace temp table history as
    select min(occurred_at) as begins_at from mart.activities where is_done and not is_automated""")
    _deeds(duck, read_at)
    _repeated(duck)
    duck.execute("""create or replace temp table plain_handoff_activities as
    with counted as (
        select seq, happened_at, activity_type, rep_id, activity_id, is_contact,
            is_attempt and place not in (select place from repeated_deeds) as is_attempt
        from (select *, rowid as place from deeds)
    )
    select seq, happened_at, activity_type, rep_id, is_attempt, is_contact
    from counted where is_attempt or is_contact
    order by seq, happened_at, activity_id""")
    duck.execute("""create or replace temp table handoff_reach as
    select seq, min(happened_at) filter (where is_attempt) as first_attempt_at,
        min(happened_at) filter (where is_contact) as first_contact_at,
        count(*) filter (where is_attempt)::integer as attempts
    from plain_handoff_activities group by seq""")


def _is_one_of(text: str, words: tuple[str, ...]) -> str:
    return f"coalesce({text} in ({', '.join(repr(word) for word in words)}), false)"


def _deeds(duck: duckdb.DuckDBPyConnection, read_at: datetime) -> None:
    """Attempts and contacts within the window of a hand-off, those that repeat one included."""
    outcome = "lower(outcome)"
    spoke = f"(activity_type = 'call' and {_is_one_of(outcome, SPOKEN)})"
    held = f"(activity_type = 'meeting' and {_is_one_of(outcome, HELD)})"
    wrote = f"(direction = 'inbound' and {_is_one_of('activity_type', _ANSWERABLE)})"
    duck.execute(
        f"""create or replace temp table deeds as
    with done as (
        select lead_id, opportunity_id, occurred_at as happened_at, activity_type, rep_id,
            activity_id, direction <> 'inbound' or activity_type = 'meeting' or {spoke}
                as is_attempt,
            {spoke} or {held} or {wrote} or {_is_one_of(outcome, ANSWERED)} as is_contact
        from mart.activities
        where is_done and not is_automated and occurred_at <= $read_at
    ), of_persons as (
        select done.* replace (coalesce(aliases.lead_id, done.lead_id) as lead_id)
        from done left join mart.lead_aliases as aliases on aliases.alias_id = done.lead_id
        where done.lead_id is not null
        union all
        select done.* replace (deals.lead_id as lead_id)
        from done join mart.deals as deals using (opportunity_id)
        where done.lead_id is null
    )
    select windows.seq, happened_at, activity_type, rep_id, activity_id, is_attempt, is_contact
    from of_persons join handoff_windows as windows using (lead_id)
    where (is_attempt or is_contact) and happened_at >= handed_at
        and (next_handed_at is null or happened_at < next_handed_at)""",
        {"read_at": read_at},
    )


def _repeated(duck: duckdb.DuckDBPyConnection) -> None:
    """Fills repeated_deeds: the places of attempts that follow a counted one too soon.

    Nearly all attempts stand alone; only those that are close to another are looked at in turn.
    """
    minutes = f"interval {ONE_ATTEMPT // timedelta(minutes=1)} minutes"
    close = duck.execute(f"""with tries as (
        select rowid as place, seq, activity_type, happened_at, activity_id,
            lag(happened_at) over kind as before, lead(happened_at) over kind as after
        from deeds where is_attempt
        window kind as (partition by seq, activity_type order by happened_at, activity_id)
    )
    select place, dense_rank() over (order by seq, activity_type) as kind,
        epoch_us(happened_at) as at
    from tries where happened_at <= before + {minutes} or after <= happened_at + {minutes}
    order by kind, happened_at, activity_id""").fetchnumpy()
    places = np.asarray(close["place"])[repeats(close["kind"], close["at"])]
    duck.register("repeated_rows", pa.table({"place": pa.array(places, pa.int64())}))
    duck.execute("create or replace temp table repeated_deeds as select place from repeated_rows")
    duck.unregister("repeated_rows")


def repeats(kind: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Which attempts come within ONE_ATTEMPT of the last one of their kind that counted.

    Rows: sorted by kind, then by `at` in microseconds. A row that repeats does not itself count,
    so the time runs from the last that did, and each answer needs the one before it.
    """
    longest = ONE_ATTEMPT // timedelta(microseconds=1)
    found = np.zeros(len(at), bool)
    last_kind, counted_at = None, 0
    for place, (this_kind, this_at) in enumerate(zip(kind.tolist(), at.tolist(), strict=True)):
        if this_kind == last_kind and this_at <= counted_at + longest:
            found[place] = True
        else:
            last_kind, counted_at = this_kind, this_at
    return found
