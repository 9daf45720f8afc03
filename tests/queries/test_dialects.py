"""The same select gives the same on every engine."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from queries import dialects

WEEKS = {
    date(2026, 3, 1): date(2026, 2, 23),
    date(2026, 3, 2): date(2026, 3, 2),
    date(2026, 3, 8): date(2026, 3, 2),
    date(2026, 3, 9): date(2026, 3, 9),
    date(2020, 1, 1): date(2019, 12, 30),
    date(2028, 2, 29): date(2028, 2, 28),
}


@pytest.fixture(params=["duckdb", "sqlite", "postgresql"])
def engine(request) -> sa.Engine:
    """An engine of each kind that the queries meet."""
    if request.param == "postgresql":
        return sa.create_engine(request.getfixturevalue("postgres_database"), poolclass=sa.NullPool)
    urls = {"duckdb": "duckdb:///:memory:", "sqlite": "sqlite://"}
    return sa.create_engine(urls[request.param])


def test_a_week_starts_on_its_monday(engine: sa.Engine) -> None:
    days = sa.Table("days", sa.MetaData(), sa.Column("day", sa.Date))
    with engine.begin() as connection:
        days.create(connection)
        connection.execute(days.insert(), [{"day": day} for day in WEEKS])
        asked = sa.select(days.c.day, dialects.week_start(days.c.day))
        assert dict(list(connection.execute(asked))) == WEEKS
        by_week = sa.select(dialects.week_start(days.c.day), sa.func.count()).group_by(
            dialects.week_start(days.c.day)
        )
        counted = dict(list(connection.execute(by_week)))
    assert counted[date(2026, 3, 2)] == 2
    engine.dispose()


def test_whole_parts_of_a_number_are_counted_to_the_last_digit(engine: sa.Engine) -> None:
    pairs = [(0, 60), (59, 60), (60, 60), (61, 60), (2**53 + 1, 1), (3, 2)]
    with engine.connect() as connection:
        found = [
            connection.execute(
                sa.select(dialects.whole(*(sa.literal(each, sa.BigInteger) for each in pair)))
            ).scalar_one()
            for pair in pairs
        ]
    engine.dispose()
    assert found == [0, 0, 1, 1, 2**53 + 1, 1]
