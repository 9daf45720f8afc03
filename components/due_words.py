"""When a clock runs out, in words: "in 1 h 20", "since yesterday 16:40"."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from queries import words
from queries.rules import business_time

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def span(microseconds: int) -> str:
    """4,800,000,000 as "1 h 20"; below an hour "20 min"; less than one "under a minute"."""
    return words.span(microseconds)


def minutes(number: int) -> str:
    """80 as "1 h 20"; a waiting time in whole minutes."""
    return span(number * business_time.MINUTE) if number else "0 min"


def when(at: datetime, zone: str, today: date) -> str:
    """16:40 today; yesterday 16:40; Mon 16:40 within a week; else 12 Nov 2026."""
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    days = (local.date() - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near:
        return f"{near} {clock}"
    if abs(days) < 7:
        return f"{_WEEKDAYS[local.weekday()]} {clock}"
    return words.day(local.date())


def due(state: str, left: int | None, at: datetime | None, zone: str, now: datetime) -> str:
    """What a clock says at `now` (UTC, naive): how much working time is left, and until when."""
    if left is None or at is None:
        return "no clock"
    moment = when(at, zone, words.local_day(now, zone))
    if state == "overdue":
        return f"since {moment}"
    return f"in {span(left)} · {moment}"


def beside(at: datetime, zone: str, rep_zone: str | None) -> str:
    """The time on the rep's wall, where it differs from the viewer's; else nothing."""
    if not rep_zone:
        return ""
    own, theirs = (at.replace(tzinfo=UTC).astimezone(ZoneInfo(name)) for name in (zone, rep_zone))
    if own.utcoffset() == theirs.utcoffset():
        return ""
    place = rep_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{theirs:%H:%M} in {place}"
