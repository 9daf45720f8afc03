"""What a view is about: period, people, campaigns, channels, comparison, moment.

One value, made by one parser of a URL, widgets or a command line: it turns any input into
something legal and says in a sentence what it could not use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from queries import dialects

# In a URL and in `--channel`: the rows that have none.
UNSET = "(none)"
Compare = Literal["previous", "year", "none"]
COMPARISONS: tuple[Compare, ...] = ("previous", "year", "none")
DIMENSIONS = ("rep", "team", "campaign", "channel")
COLUMNS = {"rep": "rep_id", "team": "team_id", "campaign": "campaign_id", "channel": "channel"}
# A link or a tampered request may hold anything; more values than this are not a choice.
_MOST_VALUES = 100
_EARLIEST, _LATEST = date(1970, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Filters:
    """A view. Days are both included and are days in `zone`; `as_of` is an instant (UTC, naive)."""

    start: date
    end: date
    as_of: datetime
    zone: str = "UTC"
    rep: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    compare: Compare = "previous"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The period as instants, UTC and naive: its beginning, and the end that is not in it."""
        return _midnight(self.start, self.zone), _midnight(self.end + timedelta(days=1), self.zone)

    @property
    def as_of_day(self) -> date:
        """The day of `as_of` in the reporting zone."""
        return self.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_whole_day(self) -> date:
        """The last day of the period that was over by `as_of`."""
        after = replace(self, as_of=self.as_of + timedelta(microseconds=1))
        return min(self.end, after.as_of_day - timedelta(days=1))

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Dimension -> the values it is restricted to; only those that restrict anything."""
        return {name: chosen for name in DIMENSIONS if (chosen := getattr(self, name))}

    def compared_with(self) -> Filters | None:
        """The same view of the period to compare with; None where none is asked for."""
        if self.compare == "none":
            return None
        if self.compare == "year":
            return replace(self, start=_year_before(self.start), end=_year_before(self.end))
        before = self.start - timedelta(days=1)
        return replace(self, start=before - timedelta(days=self.days - 1), end=before)

    def matching(self, table: sa.FromClause, but: Sequence[str] = ()) -> sa.ColumnElement[bool]:
        """The rows of a table that the chosen values let through, except for dimensions `but`."""
        return sa.and_(
            sa.true(),
            *(
                _among(table.c[COLUMNS[name]], values)
                for name, values in self.chosen().items()
                if name not in but
            ),
        )

    def during(self, on: sa.ColumnElement, at: sa.ColumnElement) -> sa.ColumnElement[bool]:
        """Events on a day of the period that had happened by `as_of`.

        What is known by its day only (`at` is a day) counts from the beginning of that day.
        """
        return during([self], on, at)


def during(
    views: Sequence[Filters], on: sa.ColumnElement, at: sa.ColumnElement
) -> sa.ColumnElement[bool]:
    """Events on a day of one or two views, in order of time and of one `as_of`, as above."""
    first, last = views[0], views[-1]
    has_gap = last.start > first.end + timedelta(days=1)
    days = [(first.start, first.end), (last.start, last.end)] if has_gap else []
    between = [on.between(*span) for span in days or [(first.start, last.end)]]
    moment = first.as_of_day if isinstance(at.type, sa.Date) else first.as_of
    return sa.and_(sa.or_(*between), at <= moment)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _among(column: sa.ColumnElement, values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    # Some sources write "(none)" themselves: such rows are shown with those that have nothing.
    found = dialects.among(column, values)
    return sa.or_(column.is_(None), found) if UNSET in values else found


@dataclass(frozen=True)
class Choices:
    """What can be chosen at this moment: id -> name per dimension, and the days that have data.

    `limited_to`: names of the reps or teams whose rows are all that the viewer sees; none = all.
    """

    rep: Mapping[str, str]
    team: Mapping[str, str]
    campaign: Mapping[str, str]
    channel: Mapping[str, str]
    oldest: date
    newest: date
    as_of: datetime
    zone: str = "UTC"
    limited_to: tuple[str, ...] = ()


def default(choices: Choices, as_of: datetime | None = None) -> Filters:
    """The view of someone who has chosen nothing: the last 90 days that have data."""
    moment = as_of or choices.as_of
    view = Filters(choices.newest, choices.newest, moment, choices.zone)
    end = min(choices.newest, view.as_of_day)
    return replace(view, start=end - timedelta(days=89), end=end)


def parse(given: Mapping[str, Sequence[str]], choices: Choices) -> tuple[Filters, tuple[str, ...]]:
    """Filters from raw texts, and a sentence for each text that could not be used.

    Keys: period (two days), rep, team, campaign, channel, compare, as_of. Never raises.
    """
    notes: list[str] = []
    texts = {name: [got] if isinstance(got, str) else list(got) for name, got in given.items()}
    as_of = _as_of(texts.get("as_of", ()), choices, notes)
    start, end = _period(texts.get("period", ()), default(choices, as_of), notes)
    compare = _compare(texts.get("compare", ()), notes)
    kept = {name: _values(name, texts.get(name, ()), choices, notes) for name in DIMENSIONS}
    return Filters(start, end, as_of, choices.zone, compare=compare, **kept), tuple(notes)


def _shown(text: str) -> str:
    """A stranger's text in a sentence of ours: short, and one line."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(str(text).strip())
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None


def _period(given: Sequence[str], view: Filters, notes: list[str]) -> tuple[date, date]:
    if not given:
        return view.start, view.end
    days = [_day(text) for text in given[:2]]
    if len(given) != 2 or None in days:
        notes.append(
            f"The period {_shown(' to '.join(map(str, given[:3])))} is not two days"
            " (YYYY-MM-DD); the last 90 days are shown."
        )
        return view.start, view.end
    start, end = days
    if start > end:
        notes.append("The period began after its end; its two days were swapped.")
        start, end = end, start
    return start, end


def _as_of(given: Sequence[str], choices: Choices, notes: list[str]) -> datetime:
    if not given:
        return choices.as_of
    moment = instant(given[0], choices.zone) if len(given) == 1 else None
    if moment is None:
        asked = _shown(" and ".join(map(str, given)))
        notes.append(f"{asked} is not a moment; the newest data are shown.")
        return choices.as_of
    return min(moment, choices.as_of)


def _midnight(day: date, zone: str) -> datetime:
    """The first instant of a day in the zone, UTC, naive."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def instant(text: str, zone: str) -> datetime | None:
    """UTC, naive. A day means its end in the reporting zone; a bare time is in that zone too."""
    day = _day(text)
    if day is not None:
        return _midnight(day + timedelta(days=1), zone) - timedelta(microseconds=1)
    # A "+" in a link arrives as a space unless it was escaped.
    written = re.sub(r"(:\S+) (\d\d:?\d\d)$", r"\1+\2", str(text).strip())
    try:
        moment = datetime.fromisoformat(written)
        local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        utc = local.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return utc if _EARLIEST <= utc.date() <= _LATEST else None


def _compare(given: Sequence[str], notes: list[str]) -> Compare:
    if not given:
        return "previous"
    if len(given) == 1 and given[0] in COMPARISONS:
        return given[0]
    shown = _shown(" and ".join(map(str, given)))
    notes.append(f"There is no comparison {shown}; the previous period is used.")
    return "previous"


def _values(name: str, given: Sequence[str], choices: Choices, notes: list[str]) -> tuple[str, ...]:
    known = getattr(choices, name)
    asked = list(dict.fromkeys(str(value) for value in given))
    found = [value for value in asked if value in known]
    kept = found[:_MOST_VALUES]
    if len(found) > len(kept):
        notes.append(
            f"{len(found)} {name}s are more than can be chosen; the first {_MOST_VALUES} are shown."
        )
    lost = [value for value in asked if value not in known]
    if lost:
        instead = "the others are shown" if kept else f"all {name}s are shown"
        notes.append(
            f"{name.capitalize()} {', '.join(map(_shown, lost[:3]))}"
            f"{' and more' if len(lost) > 3 else ''} is not in the data; {instead}."
        )
    return tuple(kept)
