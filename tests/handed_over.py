"""Small companies that hand leads over, a line per row, and what a refresh makes of that."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from queries import handoff_records_schema as kept
from queries import migrate, records
from queries.refresh import derive, entered, run
from tests import small_company
from tests.small_company import NOW, Mart

# What the lines of a relation hold, in order; what a line leaves out at its end is empty.
COLUMNS = {
    "teams": "team_id,side",
    "reps": "rep_id,team_id",
    "leads": "lead_id,owner_rep_id,merged_into_lead_id,converted_contact_id,is_deleted,email",
    "lead_stage_events": "lead_id,to_stage,occurred_at,actor_rep_id,reason_code,is_inferred",
    "lead_owner_events": "lead_id,occurred_at,from_rep_id,to_rep_id",
    "activities": "lead_id,occurred_at,activity_type,outcome,direction,is_done,is_automated,"
    "opportunity_id,rep_id",
    "campaign_touches": "lead_id,campaign_id,touched_at",
    "opportunities": "opportunity_id,lead_id,created_at,outcome,closed_at",
}
# Rows of these are named by their place: E1, E2, ...
_NUMBERED = {
    "lead_stage_events": "event_id",
    "lead_owner_events": "event_id",
    "activities": "activity_id",
    "campaign_touches": "touch_id",
}


def handed(
    tmp_path: Path, events: str, leads: str = "L1", *, now: datetime = NOW, **relations: str
) -> Mart:
    """The hand-offs of a company: stage events and leads, further relations by their names.

    Settings may be given by their names too.
    """
    rows = {"leads": leads, "lead_stage_events": events} | relations
    files = {f"{name}.csv": _text(name, rows.pop(name)) for name in list(rows) if name in COLUMNS}
    return derived(tmp_path, files, now=now, **rows)


def _text(relation: str, lines: str) -> str:
    width = COLUMNS[relation].count(",")
    padded = [line.strip() + "," * (width - line.count(",")) for line in lines.strip().split("\n")]
    if relation not in _NUMBERED:
        return "\n".join([COLUMNS[relation], *padded])
    numbered = [f"E{number},{line}" for number, line in enumerate(padded, 1)]
    return "\n".join([f"{_NUMBERED[relation]},{COLUMNS[relation]}", *numbered])


def derived(tmp_path: Path, files: dict[str, str], *, now: datetime = NOW, **values: str) -> Mart:
    """The hand-offs that are derived from these files and from what is kept by `keep`."""
    small_company.write(tmp_path / "source", files)
    chosen = small_company.configured(tmp_path, **values)
    target = tmp_path / "handed.duckdb"
    target.unlink(missing_ok=True)
    given = entered.read(chosen, now.astimezone(UTC).replace(tzinfo=None))
    with duckdb.connect() as duck:
        run._read(duck, chosen, target)
        zone = chosen.company_time_zone
        derive.derive_all(duck, zone, "EUR", chosen.company_internal_domains)
        run.derive_handoffs(duck, given, zone)
        for name in ("handoffs", "handoff_activities", "handoff_owners"):
            duck.execute(f"create or replace table mart.{name} as from plain_{name}")
    return Mart(target)


def keep(tmp_path: Path, table: sa.Table, **cells: Any) -> None:
    """A row of the records of that company."""
    engine = records.open_records(small_company.configured(tmp_path).records)
    migrate.migrate(engine)
    with records.writing(engine) as connection:
        connection.execute(sa.insert(table).values(**cells))
    engine.dispose()


def decide(
    tmp_path: Path, lead_id: str, handed_at: str, decision: str, decided_at: str, **cells: Any
) -> None:
    """Cy decided on a hand-off in the app."""
    at = datetime.fromisoformat(decided_at)
    usual = {"decision_id": f"{lead_id} {decided_at}", "note": "", "decided_by": "Cy"}
    moments = {"handed_at": datetime.fromisoformat(handed_at), "decided_at": at, "changed_at": at}
    cells = usual | moments | cells
    keep(tmp_path, kept.handoff_decisions, lead_id=lead_id, decision=decision, **cells)


def pause(tmp_path: Path, lead_id: str, handed_at: str, paused_at: str) -> None:
    """Cy stopped the clock of a hand-off until 20 January 2026."""
    at = datetime.fromisoformat(paused_at)
    cells = {"pause_id": f"{lead_id} {paused_at}", "reason": "on leave", "paused_by": "Cy"}
    moments = {
        "paused_at": at,
        "paused_until": datetime.fromisoformat("2026-01-20"),
        "changed_at": at,
    }
    when = datetime.fromisoformat(handed_at)
    keep(tmp_path, kept.handoff_pauses, lead_id=lead_id, handed_at=when, **cells, **moments)
