"""Hand-offs as they are now: the snapshot's, with what was decided here since it was made.

Readers ask the views `live_handoffs` and `live_clocks` (queries/handoff_schema.py), which `prepare`
makes on their connection. The rule is that of refresh: the decision that was made first stands,
whichever side made it; at the same instant the one made here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateView

from queries import clocks, words
from queries.agreements import defaults
from queries.agreements.content import Version
from queries.filters import Filters
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoff_schema import handoff_clocks, handoffs, records_state
from queries.handoffs import facts, live_clocks
from queries.rules import business_time
from queries.schema import journeys, lead_aliases

# What was committed a moment after the refresh had looked bears a moment before it.
_MARGIN = timedelta(minutes=2)
_PREPARED = "live_handoffs"


@dataclass(frozen=True)
class Fresh:
    """Decisions and pauses made here since a snapshot read the records: (lead, handed, ...)."""

    decisions: tuple[tuple[Any, ...], ...] = ()
    pauses: tuple[tuple[Any, ...], ...] = ()


NOTHING = Fresh()


def read_at(connection: Connection) -> datetime:
    """When the snapshot read the records."""
    return connection.execute(sa.select(records_state.c.read_at)).scalar_one()


def has_handoffs(connection: Connection) -> bool:
    """The data knows of any hand-off."""
    return connection.execute(sa.select(handoffs.c.seq).limit(1)).first() is not None


def history_begins_at(connection: Connection) -> datetime | None:
    """The first moment of which activities are known; None where none are."""
    return connection.execute(sa.select(records_state.c.history_begins_at)).scalar_one()


def at_present(view: Filters, newest: datetime, fresh: Fresh, now: datetime) -> Filters:
    """The view at this moment, unless it asks for a past one: clocks do not wait for a refresh.

    `newest`: when the snapshot was read; `now` is UTC, naive. To the minute, for an answer to be
    asked once for all who look; but after all that was entered.
    """
    if is_past(view.as_of, newest):
        return view
    entered = [row[6] for row in fresh.decisions] + [row[2] for row in fresh.pauses]
    minute = now.replace(second=0, microsecond=0)
    return replace(view, as_of=max([newest, minute, *(at for at in entered if at <= now)]))


def is_past(as_of: datetime, newest: datetime) -> bool:
    """A view of this moment is about what was, before the snapshot was read at `newest`."""
    return as_of < newest


def since(records_connection: Connection, moment: datetime) -> Fresh:
    """What was entered since. Source: handoff_decisions, handoff_pauses."""
    decided, paused = handoff_decisions.c, handoff_pauses.c
    decisions = sa.select(
        decided.lead_id,
        decided.handed_at,
        decided.decision,
        decided.reason_code,
        decided.recycle_until,
        decided.decided_by,
        decided.decided_at,
        decided.withdrawn_at,
    ).where(decided.changed_at >= moment - _MARGIN)
    pauses = sa.select(
        paused.lead_id, paused.handed_at, paused.paused_at, paused.paused_until, paused.reason
    ).where(paused.changed_at >= moment - _MARGIN)
    # Two records that were merged may both have been decided: as refresh does, the first stands.
    decisions = decisions.order_by(decided.decided_at.desc(), decided.decision_id.desc())
    pauses = pauses.order_by(paused.paused_at, paused.pause_id)
    return Fresh(
        tuple(tuple(row) for row in records_connection.execute(decisions)),
        tuple(tuple(row) for row in records_connection.execute(pauses)),
    )


def prepare(
    connection: Connection,
    fresh: Fresh,
    zone: str,
    versions: tuple[Version, ...] = (defaults.VERSION,),
) -> None:
    """Makes the views on this connection, unless they stand there for the same entries.

    `versions`: those of the agreement that were signed, the oldest first.
    """
    asked = fresh, zone, versions
    if connection.info.get(_PREPARED) == asked:
        return
    changed = _changed_rows(connection, fresh, zone)
    judged = live_clocks.judge(connection, changed, versions, zone) if changed else []
    _make_view(connection, handoffs, changed, changed)
    _make_view(connection, handoff_clocks, judged, changed)
    # What a connection makes for itself would be gone with its transaction.
    connection.commit()
    connection.info[_PREPARED] = asked


def _make_view(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[dict[str, Any]],
    changed: Sequence[dict[str, Any]],
) -> None:
    """The table as a view of its live name, with these rows for the hand-offs that changed."""
    wanted = sa.select(table)
    if changed:
        fresh = sa.Table(
            f"fresh_{table.name}",
            sa.MetaData(),
            *(sa.Column(column.name, column.type) for column in table.columns),
            prefixes=["TEMP"],
        )
        fresh.drop(connection, checkfirst=True)
        fresh.create(connection)
        if rows:
            connection.execute(sa.insert(fresh), rows)
        numbers = [row["seq"] for row in changed]
        kept = sa.select(table).where(table.c.seq.not_in(numbers))
        wanted = sa.union_all(kept, sa.select(fresh))
    connection.execute(CreateView(wanted, _LIVE[table.name], temporary=True, or_replace=True))


_LIVE = {"handoffs": "live_handoffs", "handoff_clocks": "live_clocks"}


def _changed_rows(connection: Connection, fresh: Fresh, zone: str) -> list[dict[str, Any]]:
    """The rows of the hand-offs that something was entered for, with what follows from it."""
    if fresh == NOTHING:
        return []
    survivors = _survivors(connection, {row[0] for row in (*fresh.decisions, *fresh.pauses)})
    decisions, pauses = (_by_handoff(rows, survivors) for rows in (fresh.decisions, fresh.pauses))
    wanted = sorted({lead for lead, _ in (*decisions, *pauses)})
    found = connection.execute(sa.select(handoffs).where(handoffs.c.lead_id.in_(wanted)))
    known, owners = clocks.load(connection), _present_owners(connection, wanted)
    changed = []
    for row in found.mappings():
        key = row["lead_id"], row["handed_at"]
        if key in decisions or key in pauses:
            number = row["calendar_no"]
            now = _taken_back(dict(row), decisions[key], known[number], owners)
            now = _decided(now, decisions[key], known[number], zone)
            changed.append(_paused(now, pauses[key]))
    return changed


def _present_owners(connection: Connection, lead_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    wanted = sa.select(journeys.c.lead_id, journeys.c.rep_id, journeys.c.team_id)
    rows = connection.execute(wanted.where(journeys.c.lead_id.in_(lead_ids)))
    return {lead_id: {"rep_id": rep, "team_id": team} for lead_id, rep, team in rows}


def _survivors(connection: Connection, lead_ids: set[str]) -> dict[str, str]:
    merged = lead_aliases.c.alias_id.in_(sorted(lead_ids))
    rows = connection.execute(
        sa.select(lead_aliases.c.alias_id, lead_aliases.c.lead_id).where(merged)
    )
    return dict(rows.all())


def _by_handoff(
    entered: Sequence[tuple[Any, ...]], survivors: Mapping[str, str]
) -> defaultdict[tuple[str, datetime], list[tuple[Any, ...]]]:
    """What was entered for each hand-off; merged records are one person."""
    found = defaultdict(list)
    for lead_id, handed_at, *said in entered:
        found[survivors.get(lead_id, lead_id), handed_at].append(tuple(said))
    return found


def _taken_back(
    row: dict[str, Any],
    entered: Sequence[tuple[Any, ...]],
    clock: business_time.Clock,
    owners: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    """The row without the decision made here that was withdrawn since.

    What the CRM says instead, and who had it since, is known again with the next refresh.
    """
    withdrawn = [at for *_, at, withdrawn_at in entered if withdrawn_at is not None]
    if row["decision_source"] != "app" or row["decided_at"] not in withdrawn:
        return row
    unknown = ("decided_by", "reason_code", "recycled_at", "recycled_on", "recycle_until")
    row |= dict.fromkeys((*unknown, "decision_source", "decided_at", "decided_on", "decided_clock"))
    if row["next_handed_at"] is None:
        return row | {"decision": "pending"} | owners.get(row["lead_id"], {})
    (reading,) = facts.readings(clock, row["next_handed_at"])
    row |= {"decided_at": row["next_handed_at"], "decided_on": row["next_handed_on"]}
    return row | {"decision": "superseded", "decided_clock": reading, "decision_source": "crm"}


def _decided(
    row: dict[str, Any], entered: Sequence[tuple[Any, ...]], clock: business_time.Clock, zone: str
) -> dict[str, Any]:
    """The row with the decision that was made first."""
    for decision, reason, until, by, at, withdrawn_at in entered:
        if withdrawn_at is not None or (row["decided_at"] is not None and row["decided_at"] < at):
            continue
        (reading,), on = facts.readings(clock, at), words.local_day(at, zone)
        row |= {"decision": decision, "decided_at": at, "decided_on": on, "decided_clock": reading}
        row |= {"decided_by": by, "reason_code": reason, "recycle_until": until}
        row |= {"decision_source": "app", "decision_is_inferred": False}
        if decision == "recycled":
            row |= {"recycled_at": at, "recycled_on": on}
        if row["reassigned_at"] is not None and row["reassigned_at"] >= at:
            row["reassigned_at"] = None
    return row


def _paused(row: dict[str, Any], entered: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """The row with the pause that began first."""
    for start, end, reason in entered:
        if row["paused_at"] is not None and row["paused_at"] <= start:
            continue
        row |= {"paused_at": start, "paused_until": end, "pause_reason": reason}
    return row
