"""What the two sides have promised each other: the terms in force, as the clocks need them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries.handoff_records_schema import reason_codes, sla_agreements, sla_terms
from queries.rules import business_time

_UNITS = {"minutes": business_time.MINUTE, "business_hours": business_time.HOUR}


@dataclass(frozen=True)
class Target:
    """A span of working time: minutes, business_hours, or business_days of the calendar."""

    value: Decimal
    unit: str

    def on(self, usual_day: int) -> int:
        """The same in microseconds, on a calendar whose average working day is that long."""
        return int(self.value * _UNITS.get(self.unit, usual_day))

    def in_words(self) -> str:
        """4 business hours"""
        number = f"{self.value.normalize():f}"
        unit = self.unit.replace("_", " ")
        return f"{number} {unit[:-1] if self.value == 1 else unit}"


@dataclass(frozen=True)
class Terms:
    """The terms in force. A promise that nobody gave is None; then its clock does not run."""

    title: str
    version: int
    first_attempt: Target | None = None
    decision: Target | None = None
    # Decisions for which a reason must be given, and the fields that a lead must come with.
    needs_reason: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """A reason that can be given for a decision, and what happens next."""

    decision: str
    code: str
    next_step: str


def in_force(connection: Connection) -> Terms:
    """The terms of the agreement in force. Source: sla_agreements, sla_terms."""
    agreement = connection.execute(
        sa.select(sla_agreements)
        .where(sla_agreements.c.status == "in_force")
        .order_by(sla_agreements.c.version.desc())
        .limit(1)
    ).one()
    wanted = sa.select(sla_terms).where(
        sla_terms.c.agreement_id == agreement.agreement_id,
        sla_terms.c.version == agreement.version,
    )
    rows = {row.metric_key: row for row in connection.execute(wanted)}
    return Terms(
        agreement.title,
        agreement.version,
        first_attempt=_target(rows.get("first_attempt")),
        decision=_target(rows.get("decision")),
        needs_reason=_about(rows.get("reason_coverage"), "decisions"),
        fields=_about(rows.get("completeness"), "fields"),
    )


def _target(row: Any) -> Target | None:
    return None if row is None else Target(Decimal(row.target_value).normalize(), row.unit)


def _about(row: Any, name: str) -> tuple[str, ...]:
    return () if row is None else tuple(json.loads(row.segment_json).get(name, ()))


def reasons(connection: Connection) -> tuple[Reason, ...]:
    """The reasons that can be chosen, in their order. Source: reason_codes."""
    wanted = (
        sa.select(reason_codes.c.decision, reason_codes.c.reason_code, reason_codes.c.next_step)
        .where(reason_codes.c.is_active)
        .order_by(reason_codes.c.decision, reason_codes.c.sort_order)
    )
    return tuple(Reason(*row) for row in connection.execute(wanted))
