"""What a version of the agreement says: its terms, as both sides sign them.

Nothing here reads or writes; the same values are hashed, compared, shown and measured by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from queries.rules import business_time

Side = Literal["marketing", "sales"]
Direction = Literal["marketing_to_sales", "sales_to_marketing"]
# Whose working time a clock counts: of whoever receives the hand-off, of the company, or all time.
Calendar = Literal["receiver", "company", "always"]
# What a term can be narrowed to, in the words of the data.
SEGMENTS = ("team", "campaign", "channel", "persona", "country")

SPANS = ("minutes", "business_hours", "business_days")
_UNITS = {"minutes": business_time.MINUTE, "business_hours": business_time.HOUR}


@dataclass(frozen=True)
class Target:
    """A span of working time: minutes, business_hours, or business_days of the calendar; or a
    count, a ratio (0..1) or points."""

    value: Decimal
    unit: str

    def on(self, usual_day: int) -> int:
        """A span in microseconds, on a calendar whose average working day is that long."""
        return int(self.value * _UNITS.get(self.unit, usual_day))

    @property
    def is_span(self) -> bool:
        return self.unit in SPANS

    def in_words(self) -> str:
        """4 business hours; 90 %; 1,500 points; 300"""
        if self.unit == "ratio":
            return f"{plain(self.value * 100)} %"
        if self.unit == "count":
            return plain(self.value)
        unit = self.unit.replace("_", " ")
        return f"{plain(self.value)} {unit[:-1] if self.value == 1 else unit}"


def plain(number: Decimal) -> str:
    """A number as people write it: 1,500; 0.25; 4"""
    return f"{number.normalize():,f}"


@dataclass(frozen=True)
class Term:
    """One promise. `key` stays the same from version to version; `term_id` is of this one.

    `share`: in how many of the cases (0..1) a promise about time is to be kept. `per`: week, month
    or quarter, of a volume. `attempts`, `channels`: how many within the target, over how many.
    `about`: decisions that need a reason, or fields that must be there. `segment`: dimension of
    SEGMENTS -> the values it holds for; a hand-off is measured by the first term of a kind that
    holds for it. `points`: "channel|persona" -> points of a hand-off; "" for all others.
    """

    term_id: str
    key: str
    direction: Direction
    kind: str
    target: Target
    share: Decimal | None = None
    per: str | None = None
    attempts: int | None = None
    channels: int | None = None
    about: tuple[str, ...] = ()
    calendar: Calendar = "receiver"
    segment: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    points: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    owner: str = ""
    restarts_on_reassignment: bool = False


@dataclass(frozen=True)
class Version:
    """One version with its terms in their order.

    `effective_at`: the instant (UTC, naive) from which hand-offs are measured by it; None of the
    default terms, which hold before every other. A version is signed once both sides signed this
    very content. `pause_days`: no clock stands still for longer, in working days.
    """

    number: int
    title: str
    text: str
    status: Literal["draft", "signed", "discarded"]
    terms: tuple[Term, ...]
    effective_from: date | None = None
    effective_at: datetime | None = None
    pause_days: int = 10
    pause_statuses: tuple[str, ...] = ()
    supersedes: int | None = None
