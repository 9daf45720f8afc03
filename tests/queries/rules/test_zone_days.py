"""Days on which clocks are put on, in zones that do so at different hours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from queries.rules import zone_days

HOUR = 60 * 60 * 10**6


def instants(zone: str, on: str, opens: float, closes: float) -> list[str]:
    """Opening and closing on one day, hours of its clocks, as UTC."""
    days = zone_days.of(zone, date.fromisoformat(on), date.fromisoformat(on))
    place = np.zeros(1, dtype=np.int64)
    found = [
        days.opening(place, np.array([int(opens * HOUR)])),
        days.closing(place, np.array([int(closes * HOUR)])),
    ]
    return [str(np.datetime64(int(at[0]), "us"))[:16].replace("T", " ") for at in found]


@pytest.mark.parametrize(
    ("zone", "on", "hours", "opening", "closing"),
    [
        ("Europe/Berlin", "2024-06-04", (9, 18), "2024-06-04 07:00", "2024-06-04 16:00"),
        # Put on from 2:00 to 3:00.
        ("Europe/Berlin", "2024-03-31", (0, 24), "2024-03-30 23:00", "2024-03-31 22:00"),
        ("Europe/Berlin", "2024-03-31", (1, 2), "2024-03-31 00:00", "2024-03-31 01:00"),
        ("Europe/Berlin", "2024-03-31", (1, 2.5), "2024-03-31 00:00", "2024-03-31 01:00"),
        ("Europe/Berlin", "2024-03-31", (2.5, 4), "2024-03-31 01:00", "2024-03-31 02:00"),
        ("Europe/Berlin", "2024-03-31", (2, 3), "2024-03-31 01:00", "2024-03-31 01:00"),
        # Put back from 3:00 to 2:00.
        ("Europe/Berlin", "2024-10-27", (1, 2), "2024-10-26 23:00", "2024-10-27 00:00"),
        ("Europe/Berlin", "2024-10-27", (2, 3), "2024-10-27 00:00", "2024-10-27 02:00"),
        ("Europe/Berlin", "2024-10-27", (2.5, 2.75), "2024-10-27 00:30", "2024-10-27 01:45"),
        ("Europe/Berlin", "2024-10-27", (3, 24), "2024-10-27 02:00", "2024-10-27 23:00"),
        # By half an hour: put back from 2:00 to 1:30.
        ("Australia/Lord_Howe", "2024-04-07", (1, 2), "2024-04-06 14:00", "2024-04-06 15:30"),
        # At midnight: put on from 0:00 to 1:00, the day begins at 1:00.
        ("Asia/Beirut", "2024-03-31", (0, 24), "2024-03-30 22:00", "2024-03-31 21:00"),
        ("Asia/Beirut", "2024-03-30", (0, 24), "2024-03-29 22:00", "2024-03-30 22:00"),
        # At midnight: put back from 24:00 to 23:00.
        ("Asia/Beirut", "2024-10-26", (23, 24), "2024-10-26 20:00", "2024-10-26 22:00"),
        # At one o'clock, back to 0:00: the day before ends when it is midnight first.
        ("America/Havana", "2024-11-02", (23, 24), "2024-11-03 03:00", "2024-11-03 04:00"),
        ("America/Havana", "2024-11-03", (0, 1), "2024-11-03 04:00", "2024-11-03 06:00"),
        # A day that was left out.
        ("Pacific/Apia", "2011-12-30", (9, 18), "2011-12-30 10:00", "2011-12-30 10:00"),
    ],
)
def test_hours_are_as_the_clocks_show_them(zone, on, hours, opening, closing) -> None:
    assert instants(zone, on, *hours) == [opening, closing]


def test_days_follow_each_other_without_a_gap() -> None:
    for zone in ("Europe/Berlin", "Asia/Beirut", "America/Havana", "Pacific/Apia"):
        whole = zone_days.of(zone, date(2011, 1, 1), date(2011, 12, 31))
        day = np.arange(365)
        begins = whole.opening(day, np.zeros(365, dtype=np.int64))
        ends = whole.closing(day, np.full(365, 24 * HOUR))
        assert (begins[1:] == ends[:-1]).all()
        assert (begins[0], ends[-1]) == (whole.begins, whole.ends)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", "2026-03-28T23:59:59.999999", 0),
        ("UTC", "2026-03-29T00:00", 1),
        # Put on in this night: the day that begins at 23:00 UTC ends at 22:00.
        ("Europe/Berlin", "2026-03-28T22:59:59.999999", 0),
        ("Europe/Berlin", "2026-03-28T23:00", 1),
        ("Europe/Berlin", "2026-03-29T21:59:59.999999", 1),
        ("Europe/Berlin", "2026-03-29T22:00", 2),
        # Its day begins at 1:00, which is 22:00 UTC.
        ("Asia/Beirut", "2026-03-28T21:59:59.999999", 0),
        ("Asia/Beirut", "2026-03-28T22:00", 1),
        # Before the first and after the last.
        ("UTC", "2000-01-01T00:00", 0),
        ("UTC", "2030-01-01T00:00", 2),
    ],
)
def test_each_instant_is_in_one_of_the_days(zone: str, at: str, day: int) -> None:
    days = zone_days.of(zone, date(2026, 3, 28), date(2026, 3, 30))
    instants = np.array([at, at], dtype="datetime64[us]").astype(np.int64)
    assert days.number(instants).tolist() == [day, day]


def test_nobody_lives_in_a_day_that_was_left_out() -> None:
    days = zone_days.of("Pacific/Apia", date(2011, 12, 29), date(2011, 12, 31))
    before, after = ("2011-12-30T09:59:59.999999", "2011-12-30T10:00")
    instants = np.array([before, after], dtype="datetime64[us]").astype(np.int64)
    assert days.number(instants).tolist() == [0, 2]
