"""The command line: `python -m queries refresh | check | demo | show | people | migrate`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from queries import (
    accounts,
    demo_company,
    health,
    migrate,
    people_command,
    records,
    refresh,
    settings,
    show_command,
    stores,
)
from queries.settings import Settings

# What the operator did wrong or has to mend; anything else is our bug and keeps its trace.
_EXPECTED = (
    settings.SettingsError,
    refresh.SourceError,
    refresh.MappingError,
    stores.NoSnapshot,
    accounts.NotAllowed,
    records.RecordsUnavailable,
    records.Conflict,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 = fine, 1 = something is wrong with the data or the set-up."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked, settings.load())
    except refresh.RefreshRunning as running:
        print(running)
        return 0
    except _EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    _refresh_command(commands.add_parser("refresh", help="read the source, publish a snapshot"))
    _check_command(
        commands.add_parser("check", help="check the source; exit 1 if something is wrong")
    )
    _demo_command(commands.add_parser("demo", help="build the demo company"))
    show_command.describe(commands.add_parser("show", help="print a page's numbers"))
    people_command.describe(commands.add_parser("people", help="who may sign in"))
    _runs(commands.add_parser("migrate", help="bring the records to this release"), _migrate)
    return parser


def _runs(parser: argparse.ArgumentParser, run: Callable[..., int]) -> None:
    parser.set_defaults(run=run)


def _refresh_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-missing", action="store_true", help="only where no usable snapshot is there yet"
    )
    _runs(parser, _refresh)


def _refresh(asked: argparse.Namespace, configured: Settings) -> int:
    if asked.if_missing and _is_current(configured):
        return 0
    if configured.is_demo:
        demo_company.ensure(configured)
    path = refresh.refresh(configured)
    report = health.report(stores.open_snapshot(path))
    print(health.in_words(report, details=False))
    return 0


def _is_current(configured: Settings) -> bool:
    """A snapshot of this source is there; one of another source must not greet anybody."""
    try:
        snapshot = stores.current(configured.mart_folder)
    except stores.NoSnapshot:
        return False
    is_fresh = not configured.is_demo or demo_company.is_current(configured)
    return is_fresh and snapshot.is_of(configured)


def _check_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    _runs(parser, _check)


def _check(asked: argparse.Namespace, configured: Settings) -> int:
    if configured.is_demo:
        demo_company.ensure(configured)
    with tempfile.TemporaryDirectory() as folder:
        path = refresh.check(configured, Path(folder) / "checked.duckdb")
        report = health.report(stores.open_snapshot(path))
    if asked.format == "json":
        print(json.dumps(report, indent=1, default=str))
    else:
        print(health.in_words(report, details=True))
    return 0 if health.is_fine(report) else 1


def _demo_command(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seed", type=int, default=7)
    _runs(parser, _demo)


def _demo(asked: argparse.Namespace, configured: Settings) -> int:
    if not (1 <= asked.leads <= 20_000_000 and 1 <= asked.months <= 120):
        raise settings.SettingsError("demo takes 1 to 20,000,000 leads and 1 to 120 months")
    demo_company.build(configured, leads=asked.leads, months=asked.months, seed=asked.seed)
    print(f"The demo company with {asked.leads:,} leads is in {configured.demo_folder}.")
    return 0


def _migrate(_asked: argparse.Namespace, configured: Settings) -> int:
    engine = records.open_records(configured.records)
    migrate.migrate(engine)
    print(f"The records are of version {migrate.version(engine)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
