"""Whatever is entered on the hand-offs of the demo company, a refresh finds the same numbers."""

from __future__ import annotations

import random
from datetime import UTC, timedelta

import pytest
import sqlalchemy as sa

from queries import demo, migrate, records, refresh, settings, stores
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoff_schema import DECISIONS, dues, handoffs, live_clocks, live_handoffs
from queries.handoffs import live
from queries.people import Scope
from tests import company, small_company
from tests.handoff_questions import counted, view

MINUTE = timedelta(minutes=1)
ZONE = "America/Sao_Paulo"
VIEWS = (
    view("2026-06-30 18:00", "2026-01-01", zone=ZONE),
    view("2026-06-30 12:20", "2026-06-30", zone=ZONE),
    view("2026-06-30 18:00", "2026-03-01", zone=ZONE, team=("T1", "T2", "(none)")),
    view("2026-05-04 12:00", "2026-04-01", "2026-06-30", zone=ZONE),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The demo company with few leads, read at noon of 30 June 2026."""
    place, until = tmp_path_factory.mktemp("refreshed"), company.NOW.replace(tzinfo=UTC)
    demo.build(place / "source", leads=300, months=4, seed=23, until=until)
    return place


def configured(place) -> settings.Settings:
    return small_company.configured(place, company_time_zone=ZONE, company_currency="EUR")


def refreshed(place, at) -> stores.Snapshot:
    return stores.open_snapshot(refresh.refresh(configured(place), at.replace(tzinfo=UTC)))


def entered(snapshot, chance: random.Random) -> tuple[list[dict], list[dict]]:
    """Decisions on three in four of the open ones and some others, pauses of some, within an hour.

    Some decisions are taken back, and of these some are made anew.
    """
    with snapshot.connect() as connection:
        rows = connection.execute(sa.select(handoffs).order_by(handoffs.c.seq)).all()
    decisions, pauses = [], []
    for row in rows:
        is_open = row.decision == "pending"
        key = {"lead_id": row.lead_id, "handed_at": row.handed_at}
        at = company.NOW + chance.randrange(60) * MINUTE
        if chance.random() < (0.75 if is_open else 0.2):
            first = decision(key, at, chance.choice(DECISIONS))
            if chance.random() < 0.3:
                back = at + MINUTE
                first |= {"withdrawn_at": back, "withdrawn_by": "Cy", "changed_at": back}
                if chance.random() < 0.5:
                    decisions.append(decision(key, back + MINUTE, chance.choice(DECISIONS)))
            decisions.append(first)
        if is_open and chance.random() < 0.75:
            until = at + chance.randrange(1, 30 * 24 * 60) * MINUTE
            pause = {"paused_at": at, "paused_until": until, "changed_at": at, "paused_by": "Cy"}
            pauses.append(key | pause | {"pause_id": row.handoff_id, "reason": "on leave"})
    return decisions, pauses


def decision(key: dict, at, what: str) -> dict:
    until = (at + timedelta(days=40)).date() if what == "recycled" else None
    row = {"decision": what, "reason_code": "other", "recycle_until": until, "note": ""}
    row |= {"decided_by": "Cy", "decided_at": at, "changed_at": at}
    row |= {"decision_id": f"{key['lead_id']} {key['handed_at']} {at}"}
    return key | row | {"withdrawn_at": None, "withdrawn_by": None}


def clock_rows(snapshot, fresh=live.NOTHING) -> set[tuple]:
    """All clocks of a snapshot with what was entered since, and when those that press run out."""
    with snapshot.connect() as connection:
        live.prepare(connection, fresh, ZONE)
        clocks = connection.execute(sa.select(live_clocks)).all()
        presses = [live_handoffs.c.seq, *(live_handoffs.c[column.name] for column in dues())]
        return {tuple(row) for row in (*clocks, *connection.execute(sa.select(*presses)))}


def test_numbers_are_those_of_the_next_refresh(place) -> None:
    snapshot = refreshed(place, company.NOW)
    decisions, pauses = entered(snapshot, random.Random(7))
    assert len(decisions) > 20
    assert len(pauses) > 2
    engine = records.open_records(configured(place).records)
    migrate.migrate(engine)
    with records.writing(engine) as connection:
        connection.execute(sa.insert(handoff_decisions), decisions)
        connection.execute(sa.insert(handoff_pauses), pauses)
    with records.reading(engine) as connection:
        fresh = live.since(connection, company.NOW)
    engine.dispose()
    scopes = (Scope("everything"), Scope("teams", ("T1", "T3")), Scope("reps", ("R101", "R128")))
    asked = [(seen, scope) for seen in VIEWS for scope in scopes]
    overlaid = [counted(snapshot, seen, scope=scope, fresh=fresh) for seen, scope in asked]
    plain = [counted(snapshot, seen, scope=scope) for seen, scope in asked]
    clocks = clock_rows(snapshot, fresh)
    later = refreshed(place, company.NOW + timedelta(hours=6))
    assert clocks == clock_rows(later)
    assert clocks != clock_rows(snapshot)
    assert overlaid == [counted(later, seen, scope=scope) for seen, scope in asked]
    assert overlaid != plain
