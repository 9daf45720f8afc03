"""What was decided here on a person's hand-offs, in the words of whoever decided: notes, and
decisions that do not stand. They are read from the records only for those who see the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import frames, lead_entries, lead_timeline, words
from queries.handoff_records_schema import handoff_decisions
from queries.lead_entries import Entry


@dataclass(frozen=True)
class Said:
    """A decision made here, taken back or not."""

    handed_at: datetime
    decision: str
    reason: str | None
    until: date | None
    note: str
    by: str
    at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None


def read(connection: Connection, lead_ids: Sequence[str]) -> tuple[Said, ...]:
    """The decisions on hand-offs of a person with these ids, oldest first.

    Source: handoff_decisions of the records.
    """
    of = handoff_decisions.c
    wanted = (
        sa.select(of.handed_at, of.decision, of.reason_code, of.recycle_until, of.note)
        .add_columns(of.decided_by, of.decided_at, of.withdrawn_by, of.withdrawn_at)
        .where(of.lead_id.in_(lead_ids))
        .order_by(of.decided_at, of.decision_id)
    )
    return tuple(Said(*row) for row in connection.execute(wanted))


def told(
    timeline: pd.DataFrame, handoffs: pd.DataFrame, said: Sequence[Said], by_then: datetime
) -> pd.DataFrame:
    """The timeline with what was said of each decision by then, and with those that do not stand.

    Frames: lead_timeline.load, lead_handoffs.load of the same person and moment.
    """
    entries = [Entry(**row) for row in frames.records(timeline)]
    by_moment = {row["handed_at"]: row for row in frames.records(handoffs)}
    for each in said:
        if each.at > by_then:
            continue
        row = by_moment.get(each.handed_at)
        if _stands(each, row, by_then):
            title = lead_timeline.decided(row["handoff_no"], each.decision)
            entries = [
                _with_note(entry, each) if (entry.at, entry.title) == (each.at, title) else entry
                for entry in entries
            ]
        else:
            entries += _fallen(each, row, by_then)
    return lead_entries.framed(entries)


def _stands(each: Said, row: dict[str, Any] | None, by_then: datetime) -> bool:
    is_in_force = each.withdrawn_at is None or each.withdrawn_at > by_then
    is_told = row is not None and (row["decision_source"], row["decided_at"]) == ("app", each.at)
    return is_in_force and is_told


def _with_note(entry: Entry, each: Said) -> Entry:
    return entry._replace(detail=lead_entries.joined(entry.detail, _quoted(each.note)))


def _quoted(note: str) -> str | None:
    return f"“{note}”" if note else None


def _fallen(each: Said, row: dict[str, Any] | None, by_then: datetime) -> Iterator[Entry]:
    """A decision that was taken back, or that another one came before."""
    until = f"until {words.day(each.until)}" if each.until else None
    why = "overruled: it was decided before" if row else "its hand-off is not in the data any more"
    is_withdrawn = each.withdrawn_at is not None and each.withdrawn_at <= by_then
    if is_withdrawn:
        about = f"Decision on hand-off {row['handoff_no']}" if row else "Decision"
        title = f"{about} taken back"
        yield Entry(each.withdrawn_at, "decision", title, each.decision, each.withdrawn_by)
        why = "taken back later"
    number = row["handoff_no"] if row else None
    title = lead_timeline.decided(number, each.decision) if row else f"Decided: {each.decision}"
    detail = lead_entries.joined(each.reason, until, _quoted(each.note), why)
    yield Entry(each.at, "decision", title, detail, each.by)
