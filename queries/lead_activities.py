"""What was done about one person, and what of it counts for a hand-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import lead_entries, schema
from queries.handoff_schema import handoff_activities
from queries.lead_entries import Entry
from queries.leads import Lead

_activities = schema.CANONICAL["activities"]
# Deeds of a moment, kind and rep cannot be told apart; the first of them is the one that counts.
_Key = tuple[datetime, str, str | None]


def entries(
    connection: Connection,
    lead: Lead,
    *,
    deals: Sequence[str],
    handoffs: pd.DataFrame,
    reps: Mapping[str, str],
    as_of: datetime,
) -> Iterator[Entry]:
    """The activities by `as_of` of a person and of these deals of theirs, each with what it counts
    as: an attempt, a contact, both, or why it does not count.

    `handoffs`: lead_handoffs.load; without any nothing counts, and nothing is said about it.
    Source: activities, handoff_activities.
    """
    table = _activities
    of = sa.or_(table.c.lead_id.in_(lead.ids), table.c.opportunity_id.in_(deals))
    counted = _counted(connection, [int(seq) for seq in handoffs["seq"]])
    first = None if handoffs.empty else handoffs["handed_at"].min().to_pydatetime()
    for row in lead_entries.rows(connection, table, table.c.occurred_at, of, as_of):
        is_of_person = row.lead_id is None or row.lead_id in lead.ids
        detail = lead_entries.joined(
            row.direction,
            row.outcome,
            None if row.is_done else "not done",
            "automated" if row.is_automated else None,
            _mark(row, counted, first) if first is not None and is_of_person else None,
            f"for {row.opportunity_id}" if row.opportunity_id in deals else None,
        )
        who = reps.get(row.rep_id, row.rep_id)
        yield Entry(row.occurred_at, "activity", row.activity_type.capitalize(), detail, who)


def _counted(
    connection: Connection, numbers: Sequence[int]
) -> Mapping[_Key, list[tuple[bool, bool]]]:
    """Whether each is an attempt, and a contact."""
    done, found = handoff_activities.c, defaultdict(list)
    wanted = (
        sa.select(done.happened_at, done.activity_type, done.rep_id, done.is_attempt)
        .add_columns(done.is_contact)
        .where(done.seq.in_(numbers))
        .order_by(done.is_attempt, done.is_contact)
    )
    for *key, is_attempt, is_contact in connection.execute(wanted):
        found[tuple(key)].append((is_attempt, is_contact))
    return found


def _mark(row: Any, counted: Mapping[_Key, list[tuple[bool, bool]]], first: datetime) -> str | None:
    if not row.is_done or row.is_automated:
        return "not counted"
    if row.occurred_at < first:
        return "not counted: before the hand-off"
    found = counted.get((row.occurred_at, row.activity_type, row.rep_id))
    if found:
        is_attempt, is_contact = found.pop()
        counts_as = ("attempt" * is_attempt, "contact" * is_contact)
        return " and ".join(each for each in counts_as if each)
    if row.direction == "inbound":
        return None
    return f"not counted: within 30 minutes of another {row.activity_type}"
