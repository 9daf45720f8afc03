"""Targets: what the company, a team, a rep or a campaign is to reach, as it was entered.

Nothing is changed or deleted: a new target begins on a day, and one that was wrong is struck.
Each change stands in the audit log of the same transaction.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import agreed, audit, definitions, words, working_time
from queries.agreed import NotAllowed
from queries.agreed_schema import targets
from queries.audit import Act
from queries.rules import pacing

COMPANY, TEAM, REP, CAMPAIGN = "company", "team", "rep", "campaign"
SCOPES = (COMPANY, TEAM, REP, CAMPAIGN)
LARGEST = 10**12
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Target:
    """One target: so much of a metric per day, week, month or quarter, from a day on.

    `scope_id` is empty for the company. Units: the metric's own.
    """

    target_id: str
    metric: str
    scope_kind: str
    scope_id: str
    per: str
    value: float
    valid_from: date
    entered_by: str
    entered_at: datetime
    struck_by: str | None = None
    struck_at: datetime | None = None

    @property
    def goal(self) -> pacing.Goal:
        return pacing.Goal(self.value, self.per, self.valid_from)


@dataclass(frozen=True)
class Agreed:
    """All targets that are not struck, in the order of entry, and the time that people work."""

    targets: tuple[Target, ...] = ()
    working: working_time.WorkingTime = working_time.NOTHING


NOTHING = Agreed()


@dataclass(frozen=True)
class Wanted:
    """A target as it is said."""

    metric: str
    scope_kind: str
    scope_id: str
    per: str
    value: float | None
    valid_from: date | None


def read(connection: Connection) -> Agreed:
    """The targets that hold now, held, or will hold. Source: targets, business_calendars."""
    found = _found(connection, targets.c.struck_at.is_(None))
    # Without targets nothing is paced, and most pages are asked by companies without any.
    return Agreed(found, working_time.read(connection)) if found else NOTHING


def history(connection: Connection) -> tuple[Target, ...]:
    """Every target that was ever entered, also those struck, the newest first. Source: targets."""
    return _found(connection, sa.true())[::-1]


def _found(connection: Connection, which: sa.ColumnElement[bool]) -> tuple[Target, ...]:
    in_order = sa.select(targets).where(which).order_by(targets.c.entered_at, targets.c.target_id)
    return tuple(_as_target(row) for row in connection.execute(in_order))


def _as_target(row: sa.Row) -> Target:
    about = (row.metric_key, row.scope_kind, row.scope_id, row.per, float(row.value))
    entered = (row.valid_from, row.entered_by, row.entered_at)
    return Target(row.target_id, *about, *entered, row.struck_by, row.struck_at)


def in_force(found: tuple[Target, ...], on: date) -> tuple[Target, ...]:
    """Of targets in the order of entry, those that hold on a day: one per metric and scope."""
    held: dict[tuple[str, str, str], Target] = {}
    for each in sorted(found, key=lambda one: one.valid_from):
        if each.valid_from <= on and each.struck_at is None:
            held[each.metric, each.scope_kind, each.scope_id] = each
    return tuple(held.values())


def enter(connection: Connection, act: Act, wanted: Wanted) -> str:
    """A target from a day on; returns its id. Raises: NotAllowed."""
    value = _checked(wanted)
    same = (
        targets.c.metric_key == wanted.metric,
        targets.c.scope_kind == wanted.scope_kind,
        targets.c.scope_id == wanted.scope_id,
        targets.c.valid_from == wanted.valid_from,
    )
    # The same form sent twice is one target.
    earlier = _found(connection, sa.and_(targets.c.struck_at.is_(None), *same))
    if earlier and (earlier[-1].per, earlier[-1].value) == (wanted.per, float(value)):
        raise NotAllowed("value", "Target: this one is entered already.")
    target_id = uuid.uuid4().hex
    connection.execute(
        sa.insert(targets).values(
            target_id=target_id,
            metric_key=wanted.metric,
            scope_kind=wanted.scope_kind,
            scope_id=wanted.scope_id,
            per=wanted.per,
            value=value,
            valid_from=wanted.valid_from,
            entered_by=act.by,
            entered_at=act.at,
        )
    )
    said = _said(value, wanted.per, wanted.valid_from)
    subject = _subject(wanted.metric, wanted.scope_kind, wanted.scope_id)
    audit.note(connection, act, "target entered", subject, said)
    return target_id


def _checked(wanted: Wanted) -> Decimal:
    metric = definitions.METRICS.get(wanted.metric)
    if metric is None or wanted.metric not in definitions.TILES:
        raise NotAllowed("metric", "Number: choose one of the Overview's.")
    is_company = wanted.scope_kind == COMPANY
    if wanted.scope_kind not in SCOPES or is_company is bool(wanted.scope_id):
        raise NotAllowed("scope", "For whom? Choose the company, a team, a rep or a campaign.")
    if wanted.scope_kind in metric.blind_to:
        raise NotAllowed("scope", f"{metric.label} are not known by {wanted.scope_kind}.")
    agreed.one_line("scope", "For whom", wanted.scope_id, 500, is_needed=not is_company)
    if wanted.per not in pacing.SPANS:
        raise NotAllowed("per", "Per: choose a day, a week, a month or a quarter.")
    if wanted.valid_from is None:
        raise NotAllowed("valid_from", "From: choose the day on which it begins.")
    value = wanted.value
    # Not a number is not between anything.
    if value is None or not 0 < value <= LARGEST:
        raise NotAllowed("value", f"Target: a number above 0 and up to {LARGEST:,}.")
    rounded = Decimal(str(value)).quantize(_PLACES)
    if not rounded:
        raise NotAllowed("value", "Target: it is smaller than 0.0001, the least that is kept.")
    return rounded


def strike(connection: Connection, act: Act, target_id: str) -> None:
    """A target holds on no day any more; that it was entered stays known. Raises: NotAllowed."""
    is_it = sa.and_(targets.c.target_id == target_id, targets.c.struck_at.is_(None))
    row = connection.execute(sa.select(targets).where(is_it).with_for_update()).one_or_none()
    if row is None:
        raise NotAllowed("target", "This target is struck already.")
    struck = sa.update(targets).where(is_it)
    connection.execute(struck.values(struck_by=act.by, struck_at=act.at))
    subject = _subject(row.metric_key, row.scope_kind, row.scope_id)
    audit.note(connection, act, "target struck", subject, _said(row.value, row.per, row.valid_from))


def _subject(metric: str, scope_kind: str, scope_id: str) -> str:
    return f"{metric} of {scope_kind} {scope_id}".strip()


def _said(value: Decimal, per: str, valid_from: date) -> str:
    return f"{value.normalize():f} per {per} from {words.day(valid_from)} on"
