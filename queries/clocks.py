"""The business clocks of a snapshot: what was open until a moment, and when something is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import stores
from queries.handoff_schema import business_intervals, calendars
from queries.rules import business_time


def load(connection: Connection) -> Mapping[int, business_time.Clock]:
    """calendar_no -> its clock; number 0 is the company's. Read once per snapshot.

    Source: calendars, business_intervals.
    """
    return stores.once(connection, _load)


def _load(connection: Connection) -> Mapping[int, business_time.Clock]:
    known = sa.select(
        calendars.c.calendar_no, calendars.c.label, calendars.c.begins_at, calendars.c.ends_at
    )
    intervals = business_intervals.c
    in_order = sa.select(*intervals).order_by(intervals.calendar_no, intervals.opens_at)
    rows = connection.execute(in_order).all()
    numbers, opens, closes, before = zip(*rows, strict=True) if rows else ((), (), (), ())
    return made(
        (tuple(row) for row in connection.execute(known)),
        np.array(numbers, dtype=np.int64),
        np.array(opens, dtype="datetime64[us]"),
        np.array(closes, dtype="datetime64[us]"),
        np.array(before, dtype=np.int64),
    )


def made(
    known: Iterable[tuple],
    numbers: np.ndarray,
    opens: np.ndarray,
    closes: np.ndarray,
    before: np.ndarray,
) -> Mapping[int, business_time.Clock]:
    """The clocks of calendars (calendar_no, label, begins_at, ends_at), by number.

    The arrays are the columns of business_intervals, ordered by calendar and opening.
    """
    opens, closes = (each.astype("datetime64[us]").astype(np.int64) for each in (opens, closes))
    found = {}
    for number, label, *ends in known:
        begins_at, ends_at = np.array(ends, dtype="datetime64[us]").astype(np.int64).tolist()
        its = slice(*np.searchsorted(numbers, [number, number + 1]))
        found[number] = business_time.Clock(
            label, begins_at, ends_at, opens[its], closes[its], before[its]
        )
    return found


def usual_days(connection: Connection) -> Mapping[int, int]:
    """calendar_no -> microseconds of work of an average working day. Source: calendars."""
    return stores.once(connection, _usual_days)


def _usual_days(connection: Connection) -> Mapping[int, int]:
    rows = connection.execute(sa.select(calendars.c.calendar_no, calendars.c.usual_day))
    return dict(rows.all())
