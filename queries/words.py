"""How days, moments and a view are said in a sentence, on every page and in `show`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from queries.filters import Choices, Filters
from queries.rules import business_time

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# More names than this make a sentence that nobody reads.
_MOST_NAMES = 3


def day(on: date) -> str:
    """22 Nov 2026"""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def period(start: date, end: date) -> str:
    """1–31 Jan 2026; 15 Dec 2025 – 14 Jan 2026. Both days are included."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def local_day(at: datetime, zone: str) -> date:
    """The day of an instant (UTC, naive) in the zone."""
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def moment(at: datetime, zone: str) -> str:
    """22 Nov 2026, 14:02, in the zone. `at` is UTC, naive."""
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def span(microseconds: int) -> str:
    """4,800,000,000 as "1 h 20"; below an hour "20 min"; less than one "under a minute"."""
    hours, minutes = divmod(abs(microseconds) // business_time.MINUTE, 60)
    if hours:
        return f"{hours:,} h {minutes:02}" if minutes else f"{hours:,} h"
    return f"{minutes} min" if minutes else "under a minute"


def listed(names: Sequence[str]) -> str:
    """Ana; Ana and Bo; Ana, Bo and Cy; Ana, Bo, Cy and 4 more."""
    if len(names) > _MOST_NAMES + 1:
        return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
    if len(names) > 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return "".join(names)


def view(filters: Filters, choices: Choices, *, is_compared: bool) -> str:
    """The filters in words: what is shown, for whom, when, and, if it is, against what."""
    chosen = [
        listed([getattr(choices, name).get(value, value) for value in values])
        for name, values in filters.chosen().items()
    ]
    of = f" of {listed(choices.limited_to)}" if choices.limited_to else ""
    what = ", ".join(chosen) if chosen else "Everything"
    parts = [what + of, period(filters.start, filters.end)]
    before = filters.compared_with()
    if is_compared and before:
        parts.append(f"compared with {period(before.start, before.end)}")
    if filters.as_of < choices.as_of:
        parts.append(f"as it was on {moment(filters.as_of, filters.zone)}")
    return ", ".join(parts)
