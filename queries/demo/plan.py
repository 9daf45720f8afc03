"""What was asked for, and the days and time zones it spans.

Instants are whole seconds of UTC since 1970 in int64 arrays; an instant after `Plan.horizon` has
not happened. Days are whole days since 1970 in the company's time zone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

MINUTE = 60
HOUR = 3_600
DAY = 86_400
NEVER = np.int64(2**55)

REP_ZONES = ("Europe/Berlin", "Europe/London", "America/New_York")
COMPANY = len(REP_ZONES)
FEWEST_LEADS = 10

# The replication ran this long before `until`; what happened later is not in the tables yet.
SYNC_LAG = 5 * MINUTE
# Stories run past the horizon before they are cut off there.
SPARE_DAYS = 90
LAST_SAFE_DAY_OF_MONTH = 28
EPOCH = datetime.datetime.fromtimestamp(0, datetime.UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Plan:
    """One demo: its size, its seed, its span and the UTC offsets of each zone and day."""

    leads: int
    months: int
    seed: int
    until: datetime.datetime
    first_day: int
    last_day: int
    horizon: int
    offsets: np.ndarray

    @property
    def days(self) -> int:
        """How many days the demo spans, the last one unfinished."""
        return self.last_day - self.first_day + 1

    @property
    def starts_at(self) -> int:
        """The first instant of the first day."""
        return int(self.to_utc(np.array([self.first_day * DAY]), COMPANY)[0])

    def local(self, instants: np.ndarray, zone: np.ndarray | int) -> np.ndarray:
        """The wall clock of the zone, as seconds since 1970 on that wall clock."""
        return instants + self.offsets[zone, self._column(instants)]

    def to_utc(self, wall: np.ndarray, zone: np.ndarray | int) -> np.ndarray:
        """The instant of a wall clock reading; on a day the clocks change, noon's offset."""
        return wall - self.offsets[zone, self._column(wall)]

    def day_index(self, instants: np.ndarray) -> np.ndarray:
        """The company's day of each instant, counted from the first day and kept inside."""
        day = self.local(instants, COMPANY) // DAY - self.first_day
        return np.clip(day, 0, self.days - 1)

    def random(self, *path: int) -> np.random.Generator:
        """A generator of its own for each part of the demo, so parts do not disturb others."""
        return np.random.default_rng([self.seed, *path])

    def _column(self, seconds: np.ndarray) -> np.ndarray:
        day = seconds // DAY - (self.first_day - SPARE_DAYS)
        return np.clip(day, 0, self.offsets.shape[1] - 1)


def make(
    *, leads: int, months: int, seed: int, until: datetime.datetime | None, time_zone: str
) -> Plan:
    """The plan of a demo that ends at `until` (aware, or naive UTC; None is now)."""
    if leads < FEWEST_LEADS or months < 1 or seed < 0:
        raise ValueError(
            f"a demo needs at least {FEWEST_LEADS} leads, 1 month and a seed of 0 or more,"
            f" not {leads} leads, {months} months and seed {seed}"
        )
    end = _naive_utc(until or datetime.datetime.now(datetime.UTC))
    horizon = int((end - EPOCH).total_seconds()) - SYNC_LAG
    today = _local_date(end - datetime.timedelta(seconds=SYNC_LAG), ZoneInfo(time_zone))
    first_day = _day_number(_months_before(today, months))
    last_day = _day_number(today)
    return Plan(
        leads=leads,
        months=months,
        seed=seed,
        until=end,
        first_day=first_day,
        last_day=last_day,
        horizon=horizon,
        offsets=_offsets((*REP_ZONES, time_zone), first_day - SPARE_DAYS, last_day + SPARE_DAYS),
    )


def date_of(day: int) -> datetime.date:
    """The calendar date of a day number."""
    return (EPOCH + datetime.timedelta(days=int(day))).date()


def _naive_utc(moment: datetime.datetime) -> datetime.datetime:
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return moment.replace(microsecond=0)


def _local_date(naive_utc: datetime.datetime, zone: ZoneInfo) -> datetime.date:
    return naive_utc.replace(tzinfo=datetime.UTC).astimezone(zone).date()


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, LAST_SAFE_DAY_OF_MONTH))


def _day_number(day: datetime.date) -> int:
    return (day - EPOCH.date()).days


def _offsets(zones: tuple[str, ...], first_day: int, last_day: int) -> np.ndarray:
    noons = [
        datetime.datetime.combine(date_of(day), datetime.time(12), datetime.UTC)
        for day in range(first_day, last_day + 1)
    ]
    return np.array(
        [
            [int(noon.astimezone(ZoneInfo(zone)).utcoffset().total_seconds()) for noon in noons]
            for zone in zones
        ],
        dtype=np.int64,
    )
