"""Which version holds at a moment, and how the others stand to it."""

from __future__ import annotations

from datetime import date

import pytest

from queries.agreements import standing
from tests.agreement_terms import make_version
from tests.company import utc
from tests.records_place import TICK

MAY = utc("2026-04-30 22:00")
NOON = utc("2026-05-04 10:00")
DEFAULT = make_version(1, status="signed")
SECOND = make_version(2, status="signed", effective_at=MAY)
GONE = make_version(3, status="discarded")
THIRD = make_version(4, status="signed", effective_at=NOON)
DRAFT = make_version(5)
ALL = (DEFAULT, SECOND, GONE, THIRD, DRAFT)


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (utc("2020-01-01"), 1),
        (MAY - TICK, 1),
        (MAY, 2),
        (MAY + TICK, 2),
        (NOON - TICK, 2),
        (NOON, 4),
        (utc("2030-01-01"), 4),
    ],
)
def test_a_version_holds_from_its_instant_on(at, number) -> None:
    assert standing.in_force(ALL, at).number == number


def test_of_two_that_begin_together_the_newer_one_holds() -> None:
    newer = make_version(6, status="signed", effective_at=NOON)
    assert standing.in_force((newer, *ALL), NOON).number == 6


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        (MAY - TICK, ["in force", "coming", "discarded", "coming", "draft"]),
        (MAY, ["superseded", "in force", "discarded", "coming", "draft"]),
        (NOON, ["superseded", "superseded", "discarded", "in force", "draft"]),
    ],
)
def test_each_version_stands_to_the_one_in_force(at, stands) -> None:
    assert [standing.standing(each, ALL, at) for each in ALL] == stands


def test_it_is_said_in_words_in_the_zone_of_the_company() -> None:
    before = [standing.in_words(each, ALL, MAY - TICK, "Europe/Berlin") for each in ALL]
    assert before == [
        *("in force", "from 1 May 2026", "discarded", "from 4 May 2026, 12:00", "draft")
    ]
    after = [standing.in_words(each, ALL, NOON, "Europe/Berlin") for each in ALL]
    assert after[:2] == ["superseded", "superseded"]
    assert after[3] == "in force since 4 May 2026, 12:00"


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (date(2026, 5, 1), "Europe/Berlin", "2026-04-30 22:00"),
        (date(2026, 5, 1), "America/New_York", "2026-05-01 04:00"),
        # The clocks went forward in that night.
        (date(2026, 3, 29), "Europe/Berlin", "2026-03-28 23:00"),
        (date(2026, 3, 30), "Europe/Berlin", "2026-03-29 22:00"),
    ],
)
def test_a_day_begins_in_the_zone(day, zone, begins) -> None:
    assert standing.midnight(day, zone) == utc(begins)
