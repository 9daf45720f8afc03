"""`show`: one page's numbers on the command line, with what one person may see."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from queries import (
    accounts,
    breakdown,
    choices,
    migrate,
    people,
    records,
    settings,
    show,
    show_agreement,
    show_handoffs,
    show_lead,
    show_sla,
    stores,
    targets,
    working_time,
)
from queries.filters import COMPARISONS, DIMENSIONS, Choices, Filters, parse
from queries.handoffs import answers, live
from queries.settings import Settings
from queries.sla import answers as sla_answers
from queries.sla import breakdown as sla_parts


@dataclass(frozen=True)
class Asked:
    """What a page is asked: the options as given, the view they make, and for whom."""

    options: argparse.Namespace
    filters: Filters
    known: Choices
    scope: people.Scope
    configured: Settings


@dataclass(frozen=True)
class Page:
    """How a page becomes data, and the data one table; `flat` is missing where it is none."""

    made: Callable[[Connection, Asked], dict[str, Any]]
    flat: Callable[[dict[str, Any]], pd.DataFrame] | None = None


def _overview(connection: Connection, asked: Asked) -> dict[str, Any]:
    if asked.options.by not in (None, *breakdown.DIMENSIONS):
        raise settings.SettingsError("show overview goes --by channel, campaign, rep or team")
    engine = records.open_records(asked.configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        agreed = targets.read(rows)
    return show.overview_page(
        connection,
        asked.filters,
        asked.known,
        scope=asked.scope,
        by=asked.options.by,
        agreed=agreed,
    )


def _lead(connection: Connection, asked: Asked) -> dict[str, Any]:
    if asked.options.id is None:
        raise settings.SettingsError("show lead takes --id: of the lead, a merged one or a contact")
    engine = records.open_records(asked.configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        page = show_lead.lead_page(
            connection,
            rows,
            asked.filters,
            scope=asked.scope,
            asked_id=asked.options.id,
            now=records.now(),
        )
    if page is None:
        raise accounts.NotAllowed("There is no lead with this id, or it is not to be seen.")
    return page


def _handoffs(connection: Connection, asked: Asked) -> dict[str, Any]:
    by = asked.options.by or "rep"
    if by not in ("rep", "team"):
        raise settings.SettingsError("show handoffs goes --by rep or team")
    entered = _entered(asked.configured, connection)
    newest = asked.known.as_of
    view = live.at_present(asked.filters, newest, entered.fresh, records.now())
    return show_handoffs.handoffs_page(
        connection, view, asked.known, scope=asked.scope, entered=entered, by=by
    )


def _sla(connection: Connection, asked: Asked) -> dict[str, Any]:
    by = asked.options.by
    if by is not None and by not in sla_parts.dimensions(asked.scope):
        raise settings.SettingsError(f"{by} is not for this person to see")
    engine = records.open_records(asked.configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        entered = answers.entered(rows, live.read_at(connection), records.now())
        working = working_time.read(rows)
    view = live.at_present(asked.filters, asked.known.as_of, entered.fresh, records.now())
    told = {"scope": asked.scope, "entered": entered, "working": working, "by": by}
    return show_sla.sla_page(sla_answers.load(connection, view, **told), view, asked.known)


def _agreement(_mart: Connection, asked: Asked) -> dict[str, Any]:
    engine = records.open_records(asked.configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        page = show_agreement.agreement_page(
            rows, number=asked.options.version, now=records.now(), zone=asked.known.zone
        )
    if page is None:
        raise settings.SettingsError("There is no such version of the agreement")
    return page


def _entered(configured: Settings, connection: Connection) -> answers.Entered:
    """What people have entered since the snapshot, and the terms in force."""
    engine = records.open_records(configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        return answers.entered(rows, live.read_at(connection), records.now())


PAGES = {
    "agreement": Page(_agreement),
    "overview": Page(_overview, show.flat),
    "handoffs": Page(_handoffs),
    "sla": Page(_sla, show_sla.flat),
    "lead": Page(_lead),
}


def describe(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `show`."""
    parser.add_argument("page", choices=tuple(PAGES))
    parser.add_argument("--period", nargs=2, metavar=("START", "END"), help="days, both included")
    parser.add_argument("--as-of", help="a moment, or a day (its end)")
    for dimension in DIMENSIONS:
        parser.add_argument(f"--{dimension}", action="append", default=[])
    parser.add_argument("--compare", choices=COMPARISONS, default="previous")
    parser.add_argument("--by", choices=(*breakdown.DIMENSIONS, sla_parts.OWNER))
    parser.add_argument("--id", help="of the lead, on the page of one")
    parser.add_argument("--version", type=int, help="of the agreement; else the one in force")
    parser.add_argument("--person", help="with what this person may see; else everything")
    parser.add_argument("--format", choices=("json", "csv"), default="json")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, configured: Settings) -> int:
    page = PAGES[options.page]
    if options.format == "csv" and page.flat is None:
        raise settings.SettingsError(f"show {options.page} is no table; it prints JSON only")
    snapshot = stores.current(configured.mart_folder)
    with snapshot.connect() as connection:
        scope = _scope(options.person, configured, connection)
        known = choices.load(connection, snapshot, scope=scope)
        filters, notes = parse(_given(options), known)
        if notes:
            # On a page a wrong filter falls back; a script must not go on with other numbers.
            complaints = (note.rsplit("; ", 1)[0].rstrip(".") for note in notes)
            print("\n".join(f"error: {complaint}" for complaint in complaints), file=sys.stderr)
            return 1
        made = page.made(connection, Asked(options, filters, known, scope, configured))
    made = {"data_version": snapshot.data_version} | made
    if options.format == "csv":
        print(page.flat(made).to_csv(index=False), end="")
    else:
        print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


def _given(options: argparse.Namespace) -> dict[str, list[str]]:
    given = {name: getattr(options, name) for name in DIMENSIONS} | {"compare": [options.compare]}
    if options.period:
        given["period"] = options.period
    if options.as_of:
        given["as_of"] = [options.as_of]
    return given


def _scope(name: str | None, configured: Settings, connection: Connection) -> people.Scope:
    """What a person may see; the operator, who owns the data anyway, sees everything."""
    if name is None:
        return people.EVERYTHING
    engine = records.open_records(configured.records)
    migrate.migrate(engine)
    with records.reading(engine) as rows:
        person = accounts.find(rows, name, with_demo=configured.is_demo)
    if person is None or not person.is_active:
        raise accounts.NotAllowed(f"There is nobody with the name “{name}” who may sign in.")
    return people.scope_of(connection, person.role, person.rep_id)
