"""The twelve periods of a trend, of the kind of the period that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import sqlalchemy as sa

from queries import dialects
from queries.filters import Filters

COUNT = 12
Unit = Literal["week", "month", "quarter", "span"]
_DAY = timedelta(days=1)
# A longer period than a quarter is looked at month by month.
_LONGEST = 92


@dataclass(frozen=True)
class Steps:
    """Periods one after the other, the last with the last day of the view. Days are included."""

    unit: Unit
    spans: tuple[tuple[date, date], ...]

    def place(self, on: sa.ColumnElement) -> sa.ColumnElement[int]:
        """In which period a day lies, from 0 on; below 0 before the first one."""
        first, last = self.spans[0]
        if self.unit in ("month", "quarter"):
            months = sa.extract("year", on) * 12 + sa.extract("month", on) - 1 - _month(first)
            place = months if self.unit == "month" else dialects.whole(months, 3)
        else:
            place = dialects.whole(on - sa.literal(first, sa.Date()), (last - first).days + 1)
        return sa.case((on < first, -1), else_=place)


def of(view: Filters) -> Steps:
    """Weeks, months or quarters for a period within one; months for one longer than a quarter;
    else periods as long as it."""
    start, end = view.start, view.end
    if start >= end - end.weekday() * _DAY:
        monday = end - end.weekday() * _DAY
        return Steps("week", _even(monday, 7))
    if _month(start) == _month(end) or view.days > _LONGEST:
        return Steps("month", _of_months(end, 1))
    if _month(start) // 3 == _month(end) // 3:
        return Steps("quarter", _of_months(end, 3))
    return Steps("span", _even(start, view.days))


def _month(day: date) -> int:
    """Its number since the year 0."""
    return day.year * 12 + day.month - 1


def _even(last: date, days: int) -> tuple[tuple[date, date], ...]:
    """Periods of so many days, the last of which begins on a day."""
    starts = [last - back * days * _DAY for back in reversed(range(COUNT))]
    return tuple((start, start + (days - 1) * _DAY) for start in starts)


def _of_months(end: date, months: int) -> tuple[tuple[date, date], ...]:
    """Periods of so many calendar months, the last with this day."""
    last = _month(end) // months * months
    starts = [last - back * months for back in reversed(range(COUNT))]
    return tuple((_first(start), _first(start + months) - _DAY) for start in starts)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
