"""The periods that have a name."""

from __future__ import annotations

from datetime import date, timedelta

CUSTOM = "Custom"


def named(oldest: date, newest: date) -> dict[str, tuple[date, date]]:
    """Name -> first and last day, both included, seen from the newest day that has data."""
    month = newest.replace(day=1)
    quarter = newest.replace(month=(newest.month - 1) // 3 * 3 + 1, day=1)
    year = newest.replace(month=1, day=1)
    last_month = month - timedelta(days=1)
    last_quarter = quarter - timedelta(days=1)
    last_year = year - timedelta(days=1)
    return {
        "Last 7 days": (newest - timedelta(days=6), newest),
        "Last 30 days": (newest - timedelta(days=29), newest),
        "Last 90 days": (newest - timedelta(days=89), newest),
        "Last 12 months": (_months_before(newest, 12) + timedelta(days=1), newest),
        "This month": (month, newest),
        "Last month": (last_month.replace(day=1), last_month),
        "This quarter": (quarter, newest),
        "Last quarter": (_months_before(quarter, 3), last_quarter),
        "This year": (year, newest),
        "Last year": (last_year.replace(month=1, day=1), last_year),
        "All data": (min(oldest, newest), newest),
    }


def _months_before(day: date, months: int) -> date:
    """The same day that many months earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
