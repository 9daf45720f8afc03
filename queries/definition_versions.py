"""The versions of a definition: the text that ships, and the wordings that the company agreed on.

Version 1 is the text of docs/metrics.md. A later one says it in the company's own words from a day
on; what is counted stays what ships. Nothing is changed or deleted. Each new version stands in the
audit log of the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import agreed, audit, definitions, words
from queries.agreed import NotAllowed
from queries.agreed_schema import definitions as wordings
from queries.audit import Act

LONGEST_LABEL, LONGEST_TEXT = 100, 8_000
FIRST = 1


@dataclass(frozen=True)
class Version:
    """A definition as it is worded from a day on.

    Of the first version the text is Markdown of ours, and the rest is empty; of later ones it is
    plain text that people typed. `sql_text`: the SQL of the number at that time.
    """

    key: str
    version: int
    label: str
    plain_text: str
    effective_from: date | None = None
    sql_text: str = ""
    agreed_by: str = ""
    agreed_at: datetime | None = None

    @property
    def is_shipped(self) -> bool:
        return self.version == FIRST


@dataclass(frozen=True)
class Wanted:
    """A new wording as it is said."""

    key: str
    label: str
    plain_text: str
    effective_from: date | None
    sql_text: str = ""


@dataclass(frozen=True)
class Mark:
    """A definition is worded anew from a day on; the label says which and how."""

    key: str
    on: date
    label: str


def shipped(key: str) -> Version:
    """Version 1. Raises: KeyError where there is no such definition."""
    return Version(key, FIRST, definitions.label_of(key), definitions.text_of(key))


def history(connection: Connection, key: str) -> tuple[Version, ...]:
    """Every version of a definition, the first at the beginning. Source: definitions.

    Raises: KeyError where there is no such definition.
    """
    wanted = sa.select(wordings).where(wordings.c.key == key).order_by(wordings.c.version)
    return shipped(key), *(_as_version(row) for row in connection.execute(wanted))


def _as_version(row: sa.Row) -> Version:
    said = (row.key, row.version, row.label, row.plain_text)
    return Version(*said, row.effective_from, row.sql_text, row.agreed_by, row.agreed_at)


def in_force(connection: Connection, key: str, on: date) -> Version:
    """The version that holds on a day. Raises: KeyError where there is no such definition."""
    known = history(connection, key)
    return next(each for each in known[::-1] if each.is_shipped or each.effective_from <= on)


def marks(connection: Connection, keys: Sequence[str], start: date, end: date) -> tuple[Mark, ...]:
    """Where definitions changed from one day to another, both included, in order of time."""
    wanted = (
        sa.select(wordings.c.key, wordings.c.effective_from, wordings.c.version)
        .where(wordings.c.key.in_(keys), wordings.c.effective_from.between(start, end))
        .order_by(wordings.c.effective_from, wordings.c.key, wordings.c.version)
    )
    return tuple(
        Mark(row.key, row.effective_from, f"version {row.version}")
        for row in connection.execute(wanted)
    )


def agree(connection: Connection, act: Act, wanted: Wanted, today: date) -> int:
    """A new version from today or a later day on; returns its number. Raises: NotAllowed,
    Conflict where somebody else agreed on another one at the same time."""
    if wanted.key not in definitions.every_key():
        raise NotAllowed("key", "Definition: choose one of the list.")
    label = agreed.one_line("label", "Called", wanted.label, LONGEST_LABEL)
    text = agreed.some_lines("plain_text", "Wording", wanted.plain_text, LONGEST_TEXT)
    before = history(connection, wanted.key)[-1]
    _check_day(wanted.effective_from, before, today)
    if (before.label, before.plain_text) == (label, text):
        raise NotAllowed("plain_text", "Wording: it says the same as the version before it.")
    version = before.version + 1
    connection.execute(
        sa.insert(wordings).values(
            key=wanted.key,
            version=version,
            effective_from=wanted.effective_from,
            label=label,
            plain_text=text,
            sql_text=wanted.sql_text,
            agreed_by=act.by,
            agreed_at=act.at,
        )
    )
    said = f"version {version}, from {words.day(wanted.effective_from)} on, {label}: {text}"
    audit.note(connection, act, "definition agreed", wanted.key, said)
    return version


def _check_day(begins: date | None, before: Version, today: date) -> None:
    if begins is None:
        raise NotAllowed("effective_from", "From: choose the day on which it begins.")
    if begins < today:
        # What was shown in a meeting was shown with the words of that time.
        raise NotAllowed(
            "effective_from", "From: today or later; what was said in the past is not changed."
        )
    if before.effective_from is not None and begins < before.effective_from:
        raise NotAllowed(
            "effective_from",
            f"From: version {before.version} begins on {words.day(before.effective_from)};"
            " choose that day or a later one.",
        )
