"""Changing when people work: calendars, and days that differ. Clocks follow with the next refresh.

Each change stands in the audit log of the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import audit, opening_hours, public_holidays, words, working_time
from queries.audit import Act
from queries.handoff_records_schema import business_calendars, business_hours, calendar_exceptions
from queries.rules.business_time import Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_NOTE = 200
# Days that differ for longer are another calendar.
_LONGEST_DAYS = 366
_SCOPES = (working_time.COMPANY, working_time.TEAM, working_time.REP)


class NotAllowed(ValueError):
    """The change cannot be made. `field`: which of what was said is wrong; the message tells it."""

    def __init__(self, which: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = which


@dataclass(frozen=True)
class Wanted:
    """A calendar as it is said: what is None, and hours that are all empty, are left open.

    `country` "" is no public holidays. `hours`: weekday (Monday is 0) -> such as 09:00-18:00.
    """

    scope_kind: str
    scope_id: str
    zone: str | None = None
    country: str | None = None
    region: str = ""
    hours: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WantedDays:
    """Days that differ, as they are said. `hours` of a working day; "" is the usual ones."""

    scope_kind: str
    scope_id: str
    first_day: date
    last_day: date
    is_working: bool
    hours: str = ""
    note: str = ""


def set_calendar(connection: Connection, act: Act, wanted: Wanted) -> str:
    """The calendar of the company, a team or a rep; returns its id. Raises: NotAllowed."""
    _check_scope(wanted.scope_kind, wanted.scope_id)
    _check_places(wanted)
    week = {weekday: _hours(weekday, text) for weekday, text in wanted.hours.items()}
    calendar_id = _held(connection, wanted.scope_kind, wanted.scope_id)
    said = {
        "time_zone": wanted.zone or None,
        "holiday_country": wanted.country,
        "holiday_region": wanted.region or None,
        "changed_at": act.at,
    }
    if calendar_id is None:
        calendar_id = uuid.uuid4().hex
        scope = {"scope_kind": wanted.scope_kind, "scope_id": wanted.scope_id}
        new = sa.insert(business_calendars).values(calendar_id=calendar_id, **scope, **said)
        connection.execute(new)
    else:
        is_it = business_calendars.c.calendar_id == calendar_id
        connection.execute(sa.update(business_calendars).where(is_it).values(**said))
        _drop_hours(connection, calendar_id)
    rows = [
        {"calendar_id": calendar_id, "weekday": weekday, "opens": opens, "closes": closes}
        for weekday, spans in week.items()
        for opens, closes in spans
    ]
    if rows:
        connection.execute(sa.insert(business_hours), rows)
    subject = _scope_said(wanted.scope_kind, wanted.scope_id)
    audit.note(connection, act, "working time set", subject, _said(wanted, week))
    return calendar_id


def _said(wanted: Wanted, week: Mapping[int, tuple[Span, ...]]) -> str:
    country = {None: "", "": "no public holidays"}.get(
        wanted.country, f"public holidays of {wanted.country} {wanted.region}".strip()
    )
    hours = [f"{WEEKDAYS[day][:3]} {opening_hours.said(spans)}" for day, spans in week.items()]
    parts = [wanted.zone, country, *(text for text in hours if len(text) > 4)]
    return ", ".join(part for part in parts if part)


def _check_scope(scope_kind: str, scope_id: str) -> None:
    is_company = scope_kind == working_time.COMPANY
    if scope_kind not in _SCOPES or is_company is bool(scope_id) or not scope_id.isprintable():
        raise NotAllowed("scope", "For whom? Choose the company, a team or a rep.")


def _check_places(wanted: Wanted) -> None:
    if wanted.zone and wanted.zone not in working_time.zones():
        raise NotAllowed(
            "zone",
            f"Time zone: “{wanted.zone}” is not known; choose one such as Europe/Berlin.",
        )
    if wanted.country and wanted.country not in public_holidays.countries():
        raise NotAllowed(
            "country",
            f"Public holidays: those of “{wanted.country}” are not known; choose another country.",
        )
    if wanted.region and wanted.region not in public_holidays.regions(wanted.country or ""):
        raise NotAllowed(
            "region",
            f"Region: “{wanted.region}” is none of {wanted.country or 'no country'};"
            " choose one of the country's.",
        )


def _hours(weekday: int, text: str) -> tuple[Span, ...]:
    if weekday not in range(len(WEEKDAYS)):
        raise NotAllowed("hours", "Hours: a week has seven days; Monday is 0.")
    try:
        return opening_hours.parse(text)
    except opening_hours.NotHours as error:
        raise NotAllowed(f"hours_{weekday}", f"Hours of {WEEKDAYS[weekday]}: {error}") from None


def remove_calendar(connection: Connection, act: Act, scope_kind: str, scope_id: str) -> None:
    """From now on this scope works as the one above it, the company by default hours.

    Raises: NotAllowed.
    """
    calendar_id = _held(connection, scope_kind, scope_id)
    if calendar_id is None:
        raise NotAllowed("scope", "There is no such calendar any more.")
    _drop_hours(connection, calendar_id)
    is_it = business_calendars.c.calendar_id == calendar_id
    connection.execute(sa.delete(business_calendars).where(is_it))
    audit.note(connection, act, "working time removed", _scope_said(scope_kind, scope_id))


def _held(connection: Connection, scope_kind: str, scope_id: str) -> str | None:
    """The id of a scope's calendar, held until the end of the transaction."""
    calendars = business_calendars.c
    is_it = (calendars.scope_kind == scope_kind, calendars.scope_id == scope_id)
    held = sa.select(calendars.calendar_id).where(*is_it).with_for_update()
    return connection.execute(held).scalar_one_or_none()


def _drop_hours(connection: Connection, calendar_id: str) -> None:
    connection.execute(sa.delete(business_hours).where(business_hours.c.calendar_id == calendar_id))


def add_exception(connection: Connection, act: Act, wanted: WantedDays) -> str:
    """Days on which a scope works or does not; returns their id. Raises: NotAllowed."""
    _check_scope(wanted.scope_kind, wanted.scope_id)
    span = _check_days(wanted)
    exception_id, note = uuid.uuid4().hex, wanted.note.strip()
    connection.execute(
        sa.insert(calendar_exceptions).values(
            exception_id=exception_id,
            scope_kind=wanted.scope_kind,
            scope_id=wanted.scope_id,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            is_working=wanted.is_working,
            opens=span[0] if span else None,
            closes=span[1] if span else None,
            note=note,
            entered_by=act.by,
            entered_at=act.at,
        )
    )
    action = "working days entered" if wanted.is_working else "days off entered"
    days = [words.period(wanted.first_day, wanted.last_day), wanted.hours.strip(), note]
    subject = _scope_said(wanted.scope_kind, wanted.scope_id)
    audit.note(connection, act, action, subject, ", ".join(part for part in days if part))
    return exception_id


def _check_days(wanted: WantedDays) -> Span | None:
    """The hours, where there are any."""
    if wanted.last_day < wanted.first_day:
        raise NotAllowed("last_day", "Last day: it is before the first; choose a later one.")
    if (wanted.last_day - wanted.first_day).days >= _LONGEST_DAYS:
        raise NotAllowed(
            "last_day", f"Last day: {_LONGEST_DAYS} days at most; enter the rest on its own."
        )
    if len(wanted.note.strip()) > LONGEST_NOTE or not wanted.note.strip().isprintable():
        raise NotAllowed("note", f"What for: one line of up to {LONGEST_NOTE} letters.")
    try:
        spans = opening_hours.parse(wanted.hours)
    except opening_hours.NotHours as error:
        raise NotAllowed("hours", f"Hours: {error}") from None
    if spans and not wanted.is_working:
        raise NotAllowed("hours", "Hours: a day off has none; leave them empty.")
    if len(spans) > 1:
        raise NotAllowed("hours", "Hours: one span, such as 09:00-13:00, on days that differ.")
    return spans[0] if spans else None


def strike(connection: Connection, act: Act, exception_id: str) -> None:
    """Days that differ do so no longer; that they were entered stays known. Raises: NotAllowed."""
    days = calendar_exceptions.c
    is_it = sa.and_(days.exception_id == exception_id, days.struck_at.is_(None))
    held = sa.select(calendar_exceptions).where(is_it).with_for_update()
    row = connection.execute(held).one_or_none()
    if row is None:
        raise NotAllowed("exception", "These days are struck already.")
    struck = sa.update(calendar_exceptions).where(is_it)
    connection.execute(struck.values(struck_by=act.by, struck_at=act.at))
    period = words.period(row.first_day, row.last_day)
    audit.note(connection, act, "days struck", _scope_said(row.scope_kind, row.scope_id), period)


def _scope_said(scope_kind: str, scope_id: str) -> str:
    return f"{scope_kind} {scope_id}".strip()
