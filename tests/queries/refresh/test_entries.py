"""Persons without steps back, repetitions or inference are told of as by a look at each event."""

from __future__ import annotations

import duckdb

from queries.refresh import entries

EVENTS = """select 'L' || (random() * 400)::integer as lead_id,
    timestamp '2026-01-01' + to_days((random() * 9)::integer) as occurred_at,
    random() < 0.1 as is_inferred,
    ['lead', 'mql', 'sal', 'sql', 'opportunity', 'customer', 'recycled'][
        1 + (random() * 6)::integer] as to_stage
    from range(1000)"""


def test_a_short_look_tells_what_a_close_one_does() -> None:
    with duckdb.connect() as duck:
        duck.execute("attach ':memory:' as mart")
        duck.execute("select setseed(0.5)")
        duck.execute(f"create table mart.lead_stage_events as {EVENTS}")
        duck.execute("create table mart.lead_aliases as select 'L1' as alias_id, 'L2' as lead_id")
        entries.collect(duck)
        found = duck.execute("from entries order by lead_id").fetchall()
        kinds = duck.execute("select distinct is_intricate from plain_entries order by 1")
        assert kinds.fetchall() == [(False,), (True,)]
        duck.execute("update plain_entries set is_intricate = true")
        entries._intricate(duck)
        assert duck.execute("from entries order by lead_id").fetchall() == found
