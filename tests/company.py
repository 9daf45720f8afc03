"""A tiny company, row by row: written as CSV, refreshed for real, opened as a snapshot.

Ana is in marketing. Bo and Cy sell in team North, which Cy manages. Dee is a stranger to them:
she sells in team South. Rows are made by builders with keyword defaults.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from queries import demo, filters, overview, people, refresh, stores
from tests import small_company

Row = tuple[str, dict[str, object]]

# The moment at which the company is read: a Tuesday.
NOW = datetime.fromisoformat("2026-06-30 12:00")

STAFF: tuple[Row, ...] = (
    ("teams", {"team_id": "marketing", "team_name": "Marketing", "side": "marketing"}),
    ("teams", {"team_id": "north", "team_name": "North", "side": "sales"}),
    ("teams", {"team_id": "south", "team_name": "South", "side": "sales"}),
    ("reps", {"rep_id": "ana", "rep_name": "Ana", "team_id": "marketing"}),
    ("reps", {"rep_id": "bo", "rep_name": "Bo", "team_id": "north", "manager_id": "cy"}),
    ("reps", {"rep_id": "cy", "rep_name": "Cy", "team_id": "north"}),
    ("reps", {"rep_id": "dee", "rep_name": "Dee", "team_id": "south"}),
)


def make_lead(lead_id: str = "l1", **cells: object) -> Row:
    """A lead of Bo's that came by the web on 10 March 2026."""
    usual = {"created_at": "2026-03-10 09:00", "source": "web", "owner_rep_id": "bo"}
    return "leads", {"lead_id": lead_id} | usual | cells


def make_event(to_stage: str, at: str = "2026-03-11 09:00", lead_id: str = "l1") -> Row:
    """A lead enters a stage."""
    moved = {"lead_id": lead_id, "to_stage": to_stage, "occurred_at": at}
    return "lead_stage_events", {"event_id": f"{lead_id} {to_stage} {at}"} | moved


def make_deal(opportunity_id: str = "d1", **cells: object) -> Row:
    """A deal of Bo's over 100, opened on 14 March 2026 and won on the 20th, without a lead."""
    usual = {
        "created_at": "2026-03-14 09:00",
        "outcome": "won",
        "closed_at": "2026-03-20 09:00",
        "amount": 100,
        "currency_code": "EUR",
        "owner_rep_id": "bo",
    }
    return "opportunities", {"opportunity_id": opportunity_id} | usual | cells


def make_traffic(on: str = "2026-03-10", sessions: int = 10, **cells: object) -> Row:
    """Sessions of a day that came by the web."""
    usual = {"channel": "web", "campaign_id": ""}
    return "web_traffic", {"traffic_date": on, "sessions": sessions} | usual | cells


def make_campaign(campaign_id: str = "spring", **cells: object) -> Row:
    """The campaign Spring, in the channel ads."""
    usual = {"campaign_name": "Spring", "channel": "ads"}
    return "campaigns", {"campaign_id": campaign_id} | usual | cells


def make_touch(
    lead_id: str = "l1", campaign_id: str = "spring", at: str = "2026-03-10 08:00"
) -> Row:
    """A lead meets a campaign."""
    met = {"lead_id": lead_id, "campaign_id": campaign_id, "touched_at": at}
    return "campaign_touches", {"touch_id": f"{lead_id} {campaign_id} {at}"} | met


# What most tests are about; "-" marks what is not there. The stages are first entries.
#
# lead  by   of   campaign  created           stages
# l0    web  bo   -         2025-03-31 23:00
# l1    web  bo   spring    2026-03-10 09:00  mql 11 Mar, sal 12 Mar, sql 13 Mar, deal d1
# l2    web  dee  -         2026-03-01 00:00  mql 31 Mar 23:59
# l3    ads  -    -         2026-03-31 23:59  sql 1 Apr 00:00 (mql and sal skipped)
# l4    -    cy   -         2026-02-28 23:59  mql 5 Mar
# l5    web  bo   -         2026-04-01 00:00
#
# deal  of lead  of   campaign  created  closed            amount
# d1    l1       bo   -         14 Mar   won 20 Mar 09:00  100
# d2    -        dee  spring    15 Mar   won 31 Mar 23:59  250.50
# d3    -        -    -         31 Mar   open              999
# d4    -        cy   -         10 Feb   lost 21 Mar       40
# d5    -        bo   -         20 Feb   won 2 Mar         -
MARCH: tuple[Row, ...] = (
    make_campaign(),
    make_lead("l0", created_at="2025-03-31 23:00"),
    make_lead("l1"),
    make_lead("l2", created_at="2026-03-01 00:00", owner_rep_id="dee"),
    make_lead("l3", created_at="2026-03-31 23:59:59", owner_rep_id="", source="ads"),
    make_lead("l4", created_at="2026-02-28 23:59:59", owner_rep_id="cy", source=""),
    make_lead("l5", created_at="2026-04-01 00:00"),
    make_touch("l1"),
    make_event("mql", "2026-03-11 09:00"),
    make_event("sal", "2026-03-12 09:00"),
    make_event("sql", "2026-03-13 09:00"),
    make_event("mql", "2026-03-31 23:59", "l2"),
    make_event("sql", "2026-04-01 00:00", "l3"),
    make_event("mql", "2026-03-05 09:00", "l4"),
    make_deal("d1", lead_id="l1"),
    make_deal(
        "d2",
        owner_rep_id="dee",
        primary_campaign_id="spring",
        created_at="2026-03-15 09:00",
        closed_at="2026-03-31 23:59:59",
        amount="250.50",
    ),
    make_deal(
        "d3", owner_rep_id="", created_at="2026-03-31", outcome="open", closed_at="", amount=999
    ),
    make_deal(
        "d4",
        owner_rep_id="cy",
        created_at="2026-02-10",
        outcome="lost",
        closed_at="2026-03-21",
        amount=40,
    ),
    make_deal("d5", created_at="2026-02-20", closed_at="2026-03-02", amount=""),
    make_traffic("2026-02-28", 7),
    make_traffic("2026-03-01", 10),
    make_traffic("2026-03-15", 5, channel=""),
    make_traffic("2026-03-31", 20, channel="ads", campaign_id="spring"),
    make_traffic("2026-04-01", 40),
)


def opened(place: Path, *rows: Row, zone: str = "UTC", now: datetime = NOW) -> stores.Snapshot:
    """The snapshot of a company of the given rows and the staff."""
    write(place / "source", *STAFF, *rows)
    wanted = small_company.configured(place, company_time_zone=zone, company_currency="EUR")
    return stores.open_snapshot(refresh.refresh(wanted, now.replace(tzinfo=UTC)))


def utc(text: str) -> datetime:
    """A moment as the queries take it: UTC, without saying so."""
    return datetime.fromisoformat(text)


def build_demo(place: Path) -> Path:
    """The demo company, small, read once; returns its place."""
    now = NOW.replace(tzinfo=UTC)
    demo.build(place / "source", leads=1_500, months=14, seed=7, until=now)
    refresh.refresh(small_company.configured(place, company_currency="EUR"), now)
    return place


def write(folder: Path, *rows: Row) -> None:
    """One CSV file per relation."""
    folder.mkdir(parents=True, exist_ok=True)
    relations: dict[str, list[dict[str, object]]] = defaultdict(list)
    for relation, cells in rows:
        relations[relation].append(cells)
    for relation, cells in relations.items():
        columns = list(dict.fromkeys(name for row in cells for name in row))
        with (folder / f"{relation}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(cells)


def view(
    start: str = "2026-03-01", end: str = "2026-03-31", as_of: datetime = NOW, **chosen: Any
) -> filters.Filters:
    """A view of days, both included; March 2026, as it is now, unless told otherwise."""
    return filters.Filters(date.fromisoformat(start), date.fromisoformat(end), as_of, **chosen)


def tiles(
    snapshot: stores.Snapshot,
    seen: filters.Filters,
    column: str = "value",
    scope: people.Scope = people.EVERYTHING,
) -> list[object]:
    """One column of the tiles, in plain Python: sessions, leads, MQLs, SQLs, opportunities, won,
    revenue; None where there is no data."""
    with snapshot.connect() as connection:
        return plain(overview.tiles(connection, seen, scope=scope)[column])


def plain(cells: pd.Series) -> list[object]:
    """A column as Python values: None where there is no data."""
    return list(cells.astype(object).where(cells.notna(), None))
