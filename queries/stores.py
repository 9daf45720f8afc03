"""The engines of the stores, and the snapshot of the mart that is in force.

A snapshot never changes. Whoever holds a `Snapshot` reads one consistent state for as long as
they like; whoever asks `current` again may get a newer one.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from queries import schema
from queries.handoff_schema import handoff_clocks, handoffs
from queries.refresh.publish import POINTER
from queries.settings import Settings

# Marks the connections of a snapshot, on which an answer holds for good.
_NEVER_CHANGES = "smarketing_never_changes"
# Sessions in the middle of a run still read the snapshot before the newest.
_OPEN_SNAPSHOTS = 3
# To narrow a common table by what its readers want of it together, DuckDB makes an OR of all their
# conditions, which tally's days fulfil anyway: half of its time went into checking that.
_CONFIG = {"disabled_optimizers": "cte_filter_pusher"}

Answer = TypeVar("Answer")


def once(connection: Connection, question: Callable[[Connection], Answer]) -> Answer:
    """The answer of a question without parameters; a snapshot's connection is asked it once."""
    if not connection.get_execution_options().get(_NEVER_CHANGES):
        return question(connection)
    if question not in connection.info:
        connection.info[question] = question(connection)
    return connection.info[question]


class NoSnapshot(RuntimeError):
    """There is no snapshot yet, or the one that is named cannot be opened."""


@dataclass(frozen=True)
class Snapshot:
    """One immutable state of the mart. Instants are UTC; days are in `zone`."""

    data_version: str
    engine: Engine
    read_at: datetime
    newest_at: datetime | None
    newest_on: date
    oldest_on: date
    zone: str
    currency: str
    source: str
    origin: str
    mapping: str
    seconds: float

    def is_of(self, configured: Settings) -> bool:
        """It was read from what is configured now, by the same rules."""
        return (self.origin, self.mapping, self.zone) == (
            configured.origin,
            configured.source_mapping,
            configured.company_time_zone,
        )

    def connect(self) -> Connection:
        """A connection to this snapshot, read only."""
        return self.engine.connect()


_opened: OrderedDict[Path, Snapshot] = OrderedDict()
_opening = threading.Lock()


def current(folder: Path) -> Snapshot:
    """The snapshot in force at this moment. Raises: NoSnapshot."""
    path = _named(folder)
    with _opening:
        if path not in _opened:
            _opened[path] = open_snapshot(path)
            while len(_opened) > _OPEN_SNAPSHOTS:
                _opened.popitem(last=False)[1].engine.dispose()
        _opened.move_to_end(path)
        return _opened[path]


def _named(folder: Path) -> Path:
    try:
        named = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        path = folder / Path(named["file"]).name
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSnapshot("no snapshot has been made yet") from error
    if not path.is_file():
        raise NoSnapshot(f"{path.name} is named but not there; refresh makes a new one")
    return path


def open_snapshot(path: Path) -> Snapshot:
    """The snapshot in a file. Raises: NoSnapshot where it is none, or one of another version."""
    engine = sa.create_engine(
        # A path may hold signs that mean something in a URL.
        sa.URL.create("duckdb", database=str(path)),
        connect_args={"read_only": True, "config": _CONFIG},
        execution_options={_NEVER_CHANGES: True},
        hide_parameters=True,
    )
    try:
        with engine.connect() as connection:
            row = connection.execute(sa.select(schema.snapshot)).mappings().one()
            for table in (schema.metric_events, handoffs, handoff_clocks):
                connection.execute(sa.select(table).limit(0))
    except (sa.exc.DBAPIError, sa.exc.NoResultFound) as error:
        engine.dispose()
        raise NoSnapshot(f"{path.name} cannot be read; refresh makes a new one") from error
    today = row["read_at"].date()
    return Snapshot(
        row["data_version"],
        engine,
        row["read_at"],
        row["newest_at"],
        row["newest_on"] or today,
        row["oldest_on"] or today,
        row["time_zone"],
        row["currency"],
        row["source"],
        row["origin"],
        row["mapping"],
        row["seconds"],
    )
