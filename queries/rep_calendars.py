"""The calendar that each rep works by, out of what was entered for rep, team and company.

What a rep's calendar leaves open is taken from the team's, then from the company's; days that
differ go by the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from queries import public_holidays, words, working_time
from queries.rules.business_time import Away, Calendar, Span

# rep_id, rep_name, team_id, time_zone, as the data has them.
Rep = tuple[str, str | None, str | None, str | None]


@dataclass(frozen=True)
class Assigned:
    """The distinct calendars, the company's first, and by rep_id the number of the rep's one and
    the zone that the rep's clock on the wall shows. Whoever is not in it works by number 0."""

    calendars: tuple[Calendar, ...]
    number_of: dict[str, int]
    zone_of: dict[str, str]


def calendars_of(
    entered: working_time.WorkingTime,
    company_zone: str,
    reps: Sequence[Rep],
    first: date,
    last: date,
) -> Assigned:
    """The calendars of the company and of these reps, over days that are both included.

    A zone of the data that is none is passed over.
    """
    maker = _Maker(entered, company_zone, first, last)
    # Calendars that say the same are one: content -> its number, and who works by it.
    numbers: dict[tuple, int] = {}
    found = [maker.calendar(None, None, None)]
    names: list[list[str]] = [[]]
    numbers[_content(found[0])] = 0
    number_of, zone_of = {}, {}
    for rep_id, rep_name, team_id, zone in reps:
        calendar = maker.calendar(rep_id, team_id, zone)
        number = numbers.setdefault(_content(calendar), len(found))
        if number == len(found):
            found.append(calendar)
            names.append([])
        names[number].append(rep_name or rep_id)
        number_of[rep_id], zone_of[rep_id] = number, calendar.zone
    named = [
        replace(calendar, name=f"{calendar.zone}: {words.listed(of)}")
        for calendar, of in zip(found[1:], names[1:], strict=True)
    ]
    return Assigned((replace(found[0], name="Company"), *named), number_of, zone_of)


def _content(calendar: Calendar) -> tuple:
    return calendar.zone, calendar.week, tuple(sorted(calendar.days.items())), calendar.away


class _Maker:
    """Makes the calendar of each rep; what several have in common is worked out once."""

    def __init__(
        self, entered: working_time.WorkingTime, company_zone: str, first: date, last: date
    ) -> None:
        self._calendars = {(each.scope_kind, each.scope_id): each for each in entered.calendars}
        self._exceptions: dict[tuple, list[working_time.DaysThatDiffer]] = defaultdict(list)
        for each in entered.exceptions:
            self._exceptions[each.scope_kind, each.scope_id].append(each)
        self._company_zone, self._first, self._last = company_zone, first, last
        self._days: dict[tuple, dict[date, tuple[Span, ...]]] = {}

    def calendar(self, rep_id: str | None, team_id: str | None, of_data: str | None) -> Calendar:
        """The calendar of a rep, or of the company. `of_data`: the rep's zone there."""
        scopes = [
            (working_time.COMPANY, ""),
            (working_time.TEAM, team_id or ""),
            (working_time.REP, rep_id or ""),
        ]
        nothing = working_time.Entered("", "")
        company, team, rep = (self._calendars.get(scope, nothing) for scope in scopes)
        told = (rep.zone, of_data, team.zone, company.zone)
        zone = next((name for name in told if name in working_time.zones()), self._company_zone)
        week = next(
            (one.week for one in (rep, team, company) if one.week), working_time.DEFAULT_WEEK
        )
        holidays = next((one for one in (rep, team, company) if one.country is not None), nothing)
        differ = tuple(scope for scope in scopes if scope in self._exceptions)
        key = (week, holidays.country, holidays.region, differ)
        if key not in self._days:
            self._days[key] = self._days_of(week, holidays, differ)
        away = self._away(self._exceptions.get(scopes[-1], []), ZoneInfo(zone))
        return Calendar("", zone, week, self._days[key], away)

    def _days_of(
        self, week: working_time.Week, holidays: working_time.Entered, scopes: Sequence[tuple]
    ) -> dict[date, tuple[Span, ...]]:
        closed = public_holidays.days(
            holidays.country or "", holidays.region, self._first, self._last
        )
        days: dict[date, tuple[Span, ...]] = dict.fromkeys(closed, ())
        # Whoever comes later has the last word: a rep after the team, what was entered later.
        for each in (each for scope in scopes for each in self._exceptions[scope]):
            if not each.is_leave:
                for day in each.within(self._first, self._last):
                    days[day] = _hours(each, week, day)
        return {day: spans for day, spans in days.items() if spans != week[day.weekday()]}

    def _away(
        self, of_rep: Sequence[working_time.DaysThatDiffer], zone: ZoneInfo
    ) -> tuple[Away, ...]:
        away = []
        for number, leave in enumerate(of_rep):
            if not leave.is_leave:
                continue
            taken_back = {
                day
                for later in of_rep[number + 1 :]
                if later.is_working
                for day in later.within(leave.first_day, leave.last_day)
            }
            for day in leave.within(self._first, self._last):
                begins, ends = _midnight(day, zone), _midnight(day + working_time.DAY, zone)
                if day not in taken_back and ends > leave.entered_at:
                    away.append((max(begins, leave.entered_at), ends))
        return _joined(away)


def _joined(away: Sequence[Away]) -> tuple[Away, ...]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[Away] = []
    for begins, ends in sorted(away):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return tuple(joined)


def _hours(
    each: working_time.DaysThatDiffer, week: working_time.Week, day: date
) -> tuple[Span, ...]:
    if not each.is_working:
        return ()
    if each.span:
        return (each.span,)
    # A Saturday is worked like a Monday, or like the first day that is worked at all.
    return week[day.weekday()] or next((spans for spans in week if spans), ())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
