"""The entries of a person's timeline: what one is, in which order they stand, how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import frames

_COLUMNS = {
    "at": "datetime64[us]",
    "kind": "str",
    "title": "str",
    "detail": "str",
    "who": "str",
    "is_inferred": "bool",
    "amount": "Float64",
}
# What happened at one moment is told in this order.
KINDS = (
    *("created", "merged", "converted", "touch", "owner", "activity", "stage"),
    *("handoff", "pause", "decision", "opportunity", "won", "lost"),
)


class Entry(NamedTuple):
    """One thing that happened. Texts of the data are in it as they came."""

    at: datetime
    kind: str
    title: str
    detail: str | None = None
    who: str | None = None
    is_inferred: bool = False
    amount: float | None = None


def framed(entries: Iterable[Entry]) -> pd.DataFrame:
    """The entries in their order, newest last; columns as in lead_timeline.load."""
    ordered = sorted(entries, key=lambda entry: (entry.at, KINDS.index(entry.kind)))
    return frames.made(_COLUMNS, ordered)


def rows(
    connection: Connection, table: sa.Table, at: sa.Column, of: sa.ColumnElement, as_of: datetime
) -> list[sa.Row]:
    """The rows of a relation up to a moment, in order of time; ties in order of their key."""
    wanted = sa.select(table).where(of, at <= as_of).order_by(at, next(iter(table.c)))
    return list(connection.execute(wanted))


def joined(*parts: str | None) -> str | None:
    """The parts that are there, as one text; None where there is none."""
    return ", ".join(part for part in parts if part) or None
