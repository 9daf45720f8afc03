"""Who did what, when, from where: written in the same transaction as what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import frames
from queries.records_schema import audit_log

PAGE = 50
_LONGEST = 500


@dataclass(frozen=True)
class Act:
    """Who acts, from which address, at which moment."""

    by: str
    address: str
    at: datetime


def by_operator(at: datetime) -> Act:
    """Somebody at the command line of the server."""
    return Act("operator", "command line", at)


def note(connection: Connection, act: Act, action: str, subject: str, details: str = "") -> None:
    """Appends one entry."""
    texts = {"actor": act.by, "address": act.address, "action": action}
    texts |= {"subject": subject, "details": details}
    lines = {name: _one_line(text) for name, text in texts.items()}
    connection.execute(sa.insert(audit_log).values(at=act.at, **lines))


def _one_line(text: str) -> str:
    """Names that people type may hold anything; an entry stays one line."""
    line = _printable(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def search(
    connection: Connection, words: str = "", *, limit: int | None = PAGE, offset: int = 0
) -> pd.DataFrame:
    """Entries that hold all the words, in whichever columns; newest first.

    Columns: at datetime64 UTC; actor, address, action, subject, details str. Source: audit_log.
    """
    statement = (
        sa.select(*(audit_log.c[name] for name in _COLUMNS))
        .where(*_holds(words))
        .order_by(audit_log.c.audit_id.desc())
        .limit(limit)
        .offset(offset)
    )
    return frames.made(_COLUMNS, [tuple(row) for row in connection.execute(statement)])


def count(connection: Connection, words: str = "") -> int:
    """How many entries hold all the words."""
    return connection.execute(
        sa.select(sa.func.count()).select_from(audit_log).where(*_holds(words))
    ).scalar_one()


_COLUMNS = {
    "at": "datetime64[us]",
    "actor": "str",
    "address": "str",
    "action": "str",
    "subject": "str",
    "details": "str",
}


def _holds(words: str) -> list[sa.ColumnElement[bool]]:
    texts = [audit_log.c[name] for name, kind in _COLUMNS.items() if kind == "str"]
    # As entries are kept; and a database takes only so many conditions.
    sought = _printable(words)[:_LONGEST].split()
    return [sa.or_(*(text.icontains(word, autoescape=True) for text in texts)) for word in sought]
