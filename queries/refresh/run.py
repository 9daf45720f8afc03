"""One refresh: read, check, derive, publish."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from queries import records
from queries.refresh import (
    calendars,
    clock_readings,
    derive,
    entered,
    findings,
    handoffs,
    mapping,
    publish,
    sources,
    summaries,
    verdicts,
)
from queries.refresh import check as checking
from queries.refresh.entered import Entered
from queries.refresh.publish import RefreshRunning
from queries.settings import ROOT, Settings

__all__ = ["RefreshRunning", "check", "refresh"]


def refresh(settings: Settings, now: datetime | None = None) -> Path:
    """Reads the whole source and publishes a new snapshot; returns its path.

    Raises: RefreshRunning; SourceError, MappingError or RecordsUnavailable, which leave the last
    snapshot in force.
    """
    folder = settings.mart_folder
    with publish.only_one(folder):
        target = publish.unfinished(folder)
        try:
            built = build(settings, target, now or datetime.now(UTC))
            path = publish.publish(folder, target, built.data_version)
        finally:
            publish.remove_unfinished(folder)
        # The snapshot is in force already; the next refresh remembers what this one could not.
        with contextlib.suppress(records.RecordsUnavailable):
            entered.remember(settings, built.seen)
        return path


def check(settings: Settings, into: Path, now: datetime | None = None) -> Path:
    """Reads and checks the source into a file of the caller's, publishing nothing."""
    build(settings, into, now or datetime.now(UTC))
    return into


@dataclass(frozen=True)
class Built:
    """A snapshot file: its data version (sorts by time), and what is to be remembered of it."""

    data_version: str
    seen: Sequence[entered.Seen]


def build(settings: Settings, target: Path, now: datetime) -> Built:
    """Writes the snapshot file. Raises: SourceError, MappingError, RecordsUnavailable."""
    started = time.monotonic()
    read_at = now.astimezone(UTC).replace(tzinfo=None)
    # Read first: whoever shows the snapshot adds what was entered while it was made.
    given = entered.read(settings, read_at)
    with duckdb.connect() as duck:
        reports = _read(duck, settings, target)
        currency = derive.reporting_currency(duck, settings.company_currency)
        domains = settings.company_internal_domains
        derive.derive_all(duck, settings.company_time_zone, currency, domains)
        derive_handoffs(duck, given, settings.company_time_zone)
        findings.find_all(duck, read_at, currency, domains)
        findings.count_unmapped(duck, verdicts.STAGE_COLUMNS)
        _report(duck, reports, read_at)
        data_version = f"{read_at:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}"
        _describe(duck, settings, data_version, currency, (read_at, time.monotonic() - started))
        seen = entered.observed(duck, read_at)
        duck.execute("detach mart")
    return Built(data_version, seen)


def derive_handoffs(duck: duckdb.DuckDBPyConnection, given: Entered, zone: str) -> None:
    """Fills the tables of queries/handoff_schema.py. Runs after derive_all."""
    calendars.write(duck, given.working_time, zone, given.read_at)
    handoffs.derive(duck, given, zone)
    clock_readings.fill(duck, given.versions, zone)
    summaries.summarize_handoffs(duck)


def _read(
    duck: duckdb.DuckDBPyConnection, settings: Settings, target: Path
) -> list[checking.Checked]:
    """Attaches the snapshot file as `mart` and fills it with the clean relations."""
    chosen = mapping.load(settings.source_mapping, ROOT)
    # What does not fit into memory is written where refresh removes its leftovers.
    duck.execute("set temp_directory = $folder", {"folder": f"{target}.spill"})
    # Bare timestamps are UTC; row order is what "the first of two equal keys" stands on.
    duck.execute("set TimeZone = 'UTC'")
    url = settings.source_url or f"files:{settings.demo_folder}"
    source = sources.open_source(duck, url, chosen, ROOT)
    try:
        # The newest format keeps texts in dictionaries that a filter reads three times faster.
        place = str(target).replace("'", "''")
        duck.execute(f"attach '{place}' as mart (storage_version 'latest')")
        return checking.check_all(duck, source, chosen, settings.company_time_zone)
    finally:
        source.close()


_MOMENTS = {
    "web_traffic": "traffic_date::timestamp",
    "campaign_spend": "spend_date::timestamp",
    "leads": "greatest(created_at, synced_at)",
    "campaign_touches": "touched_at",
    "lead_stage_events": "occurred_at",
    "lead_owner_events": "occurred_at",
    "activities": "occurred_at",
    "opportunities": "greatest(created_at, closed_at, synced_at)",
    "opportunity_stage_events": "occurred_at",
}


def _report(
    duck: duckdb.DuckDBPyConnection, reports: Sequence[checking.Checked], read_at: datetime
) -> None:
    duck.execute(
        "create table mart.relation_reports (relation varchar, is_mapped boolean,"
        " rows_read bigint, rows_kept bigint, rows_refused bigint, newest_at timestamp)"
    )
    for report in reports:
        moment = _MOMENTS.get(report.relation)
        newest = None
        if moment:
            newest = duck.execute(
                f"select max({moment}) filter (where {moment} <= ?) from mart.{report.relation}",
                [read_at],
            ).fetchone()[0]
        row = [report.relation, report.is_mapped, report.rows_read, report.rows_kept]
        duck.execute(
            "insert into mart.relation_reports values (?, ?, ?, ?, ?, ?)",
            [*row, report.rows_refused, newest],
        )
        for name in report.ignored:
            duck.execute(
                "insert into mart.findings values ('ignored_column', ?, ?, false, ?, ?)",
                [report.relation, report.rows_read, f"have a column {name} that is not used", name],
            )


def _describe(
    duck: duckdb.DuckDBPyConnection,
    settings: Settings,
    data_version: str,
    currency: str,
    reading: tuple[datetime, float],
) -> None:
    """The one row that says what this snapshot is. The newest day leaves the future out."""
    read_at, seconds = reading
    days = " union all ".join(
        f"select max({on}) filter (where {on} <= $today), min({on}) from mart.{table}"
        for table, on in (
            ("journeys", "created_on"),
            ("journeys", "mql_on"),
            ("journeys", "customer_on"),
            ("deals", "created_on"),
            ("deals", "closed_on"),
            ("web_traffic", "traffic_date"),
        )
    )
    duck.execute(
        f"""create table mart.snapshot as
        select $version as data_version, $read_at::timestamp as read_at,
            (select max(newest_at) from mart.relation_reports) as newest_at,
            max(newest_on) as newest_on, min(oldest_on) as oldest_on,
            $zone as time_zone, $currency as currency, $source as source, $origin as origin,
            $mapping as mapping, $seconds::double as seconds
        from ({days}) as days(newest_on, oldest_on)""",
        {
            "version": data_version,
            "read_at": read_at,
            "today": read_at.replace(tzinfo=UTC).astimezone(settings.zone).date(),
            "zone": settings.company_time_zone,
            "currency": currency,
            "source": _source_in_words(settings.source_url),
            "origin": settings.origin,
            "mapping": settings.source_mapping,
            "seconds": seconds,
        },
    )


def _source_in_words(url: str) -> str:
    """What the source is, without a password or a path in it."""
    if not url:
        return "demo company"
    return "files" if url.startswith("files:") else url.split(":", 1)[0].split("+", 1)[0]
