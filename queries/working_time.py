"""When people work, as it was entered in the records.

queries/working_time_changes writes it, queries/rep_calendars says what follows from it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries.handoff_records_schema import business_calendars, business_hours, calendar_exceptions
from queries.rules.business_time import Span

COMPANY, TEAM, REP = "company", "team", "rep"
Week = tuple[tuple[Span, ...], ...]
DEFAULT_WEEK: Week = (((9 * 60, 18 * 60),),) * 5 + ((), ())
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entered:
    """The calendar of the company, a team or a rep; None is what it leaves open.

    `country` "" is none: no public holidays. `region` "" is all of the country.
    """

    scope_kind: str
    scope_id: str
    zone: str | None = None
    country: str | None = None
    region: str = ""
    week: Week | None = None


@dataclass(frozen=True)
class DaysThatDiffer:
    """Days, both included, on which a scope works or does not; `span` None is the usual hours."""

    exception_id: str
    scope_kind: str
    scope_id: str
    first_day: date
    last_day: date
    is_working: bool
    span: Span | None
    note: str
    entered_by: str
    entered_at: datetime

    @property
    def is_leave(self) -> bool:
        """It moves a due time only if it was entered before."""
        return self.scope_kind == REP and not self.is_working

    def within(self, first: date, last: date) -> list[date]:
        """Its days from one day to another."""
        begins, ends = max(self.first_day, first), min(self.last_day, last)
        return [begins + number * DAY for number in range((ends - begins).days + 1)]


@dataclass(frozen=True)
class WorkingTime:
    """All that is in force of what was entered; the days that differ in the order of entry."""

    calendars: tuple[Entered, ...] = ()
    exceptions: tuple[DaysThatDiffer, ...] = ()

    @property
    def version(self) -> str:
        """Another one for whatever moves a clock; "" where nothing is entered."""
        if not self.calendars and not self.exceptions:
            return ""
        counted = [replace(each, note="", entered_by="") for each in self.exceptions]
        return hashlib.sha256(repr((self.calendars, counted)).encode()).hexdigest()[:16]


NOTHING = WorkingTime()


def read(connection: Connection) -> WorkingTime:
    """What is in force now; days that were struck are not."""
    spans: dict[str, list[list[Span]]] = defaultdict(lambda: [[] for _ in range(7)])
    hours = sa.select(business_hours).order_by(business_hours.c.weekday, business_hours.c.opens)
    for row in connection.execute(hours):
        spans[row.calendar_id][row.weekday].append((row.opens, row.closes))
    scope = (business_calendars.c.scope_kind, business_calendars.c.scope_id)
    calendars = [
        Entered(
            row.scope_kind,
            row.scope_id,
            row.time_zone,
            row.holiday_country,
            row.holiday_region or "",
            tuple(map(tuple, spans[row.calendar_id])) if row.calendar_id in spans else None,
        )
        for row in connection.execute(sa.select(business_calendars).order_by(*scope))
    ]
    days = calendar_exceptions.c
    in_force = sa.select(calendar_exceptions).where(days.struck_at.is_(None))
    exceptions = connection.execute(in_force.order_by(days.entered_at, days.exception_id))
    return WorkingTime(tuple(calendars), tuple(map(_as_days, exceptions)))


def _as_days(row: sa.Row) -> DaysThatDiffer:
    span = None if row.opens is None or row.closes is None else (row.opens, row.closes)
    scope, days = (row.scope_kind, row.scope_id), (row.first_day, row.last_day)
    told = (row.note, row.entered_by, row.entered_at)
    return DaysThatDiffer(row.exception_id, *scope, *days, row.is_working, span, *told)


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())
