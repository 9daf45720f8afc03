"""How the contract reads one cell: at the boundaries of each kind."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from queries import contract
from queries.refresh import casting

DAY = contract.Column("on", "day")
INSTANT = contract.Column("at", "instant")
MONEY = contract.Column("amount", "money")
WHOLE = contract.Column("count", "integer")
YES_NO = contract.Column("is_it", "boolean")
SIDE = contract.Column("side", one_of=("marketing", "sales"))


def read(column: contract.Column, typed: str, zone: str = "UTC") -> Any:
    """What a cell, given as a typed literal of DuckDB, is read as."""
    with duckdb.connect() as duck:
        duck.execute("set TimeZone = 'UTC'")
        duck.execute(f"create table t as select {typed} as cell")
        kind = str(duck.table("t").types[0])
        given = f"(select {casting.cell('cell', kind)} as c from t)"
        value = casting.value(column, "c", kind, zone)
        return duck.execute(f"select {value} from {given}").fetchone()[0]


def text(column: contract.Column, cell: str, zone: str = "UTC") -> Any:
    return read(column, f"'{cell}'::varchar", zone)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2018-04-03", date(2018, 4, 3)),
        (" 2018-04-03\r", date(2018, 4, 3)),
        ("2018-04-03 00:00:00", date(2018, 4, 3)),
        ("2018-04-03T00:00", date(2018, 4, 3)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        *[(cell, None) for cell in ("03/04/2018", "2018/04/03", "3 Apr 2018", "20180403")],
        *[(cell, None) for cell in ("2018-4-3", "2018-02-30", "2018-13-01", "1899-12-31")],
        *[(cell, None) for cell in ("2201-01-01", "0000-00-00", "9999-12-31", "18-04-03", "")],
    ],
)
def test_a_day_is_written_year_month_day(cell: str, day: date | None) -> None:
    assert text(DAY, cell) == day


def test_a_moment_given_for_a_day_is_the_day_in_the_reporting_zone() -> None:
    assert text(DAY, "2018-04-03 23:30:00", "Europe/Berlin") == date(2018, 4, 4)
    assert text(DAY, "2018-04-03 00:00:00", "America/New_York") == date(2018, 4, 3)
    assert read(DAY, "timestamp '2018-04-03 00:00'", "America/New_York") == date(2018, 4, 3)
    assert read(DAY, "date '2018-04-03'", "America/New_York") == date(2018, 4, 3)


NINE = datetime(2018, 3, 1, 9, 5)  # noqa: DTZ001 - the mart's instants are UTC without saying so


@pytest.mark.parametrize(
    "cell",
    [
        *("2018-03-01 09:05", "2018-03-01 09:05:00", "2018-03-01T09:05:00", "2018-03-01T09:05"),
        *(
            "2018-03-01 9:05",
            "2018-03-01T09:05:00Z",
            "2018-03-01T09:05Z",
            "2018-03-01 09:05:00.000",
        ),
        *("2018-03-01 09:05:00 UTC", "2018-03-01 09:05 UTC", "2018-03-01 09:05:00 Z"),
        *("2018-03-01 11:05:00+02", "2018-03-01 11:05:00+0200", "2018-03-01 11:05:00+02:00"),
        *("2018-03-01 11:05+02:00", "2018-03-01 11:05:00 +02:00", "2018-03-01 11:05:00 +0200"),
        *("2018-03-01 04:05-05", "2018-03-01 14:35:00.0+05:30", "2018-02-28 23:05:00-10:00"),
    ],
)
def test_a_moment_is_utc_unless_an_offset_says_otherwise(cell: str) -> None:
    assert text(INSTANT, cell, "Europe/Berlin") == NINE


@pytest.mark.parametrize(
    "cell",
    [
        *("01/03/2018 09:05", "2018-03-01 9", "2018-03-01 25:00", "2018-03-01 09:60", "1519895100"),
        *("2018-03-01 09:05 CET", "2018-03-01 09:05 Europe/Berlin", "2018-03-01 09:05 AM"),
        *("2018-02-29 09:05", "0001-01-01 00:00:00", "9999-12-31 00:00:00", "infinity", "now"),
    ],
)
def test_what_is_no_moment_is_refused(cell: str) -> None:
    assert text(INSTANT, cell) is None


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        ("2018-07-01", "UTC", (2018, 7, 1, 0)),
        ("2018-07-01", "Europe/Berlin", (2018, 6, 30, 22)),
        ("2018-01-01", "Europe/Berlin", (2017, 12, 31, 23)),
        # The clocks go forward at midnight: the day begins at 01:00.
        ("2017-10-15", "America/Sao_Paulo", (2017, 10, 15, 3)),
        ("2017-10-14", "America/Sao_Paulo", (2017, 10, 14, 3)),
        ("2017-10-16", "America/Sao_Paulo", (2017, 10, 16, 2)),
        ("2018-03-25", "Asia/Beirut", (2018, 3, 24, 22)),
    ],
)
def test_a_day_given_for_a_moment_is_its_local_midnight(
    day: str, zone: str, moment: tuple[int, int, int, int]
) -> None:
    expected = datetime(*moment)  # noqa: DTZ001 - as above
    assert text(INSTANT, day, zone) == expected
    assert read(INSTANT, f"date '{day}'", zone) == expected


def test_typed_moments_are_utc_and_keep_their_offset() -> None:
    assert read(INSTANT, "timestamp '2018-03-01 09:05'", "Europe/Berlin") == NINE
    assert read(INSTANT, "timestamptz '2018-03-01 11:05:00+02'", "Europe/Berlin") == NINE
    assert read(INSTANT, "timestamp_s '2018-03-01 09:05'") == NINE
    assert read(INSTANT, "1519895100") is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        *[("0", "0"), ("12", "12"), ("-3.5", "-3.5"), ("+7", "7"), (".5", "0.5"), ("5.", "5")],
        *[("1e3", "1000"), ("1.5E+2", "150"), ("0.00004", "0"), ("0.00005", "0.0001")],
        ("99999999999999.9999", "99999999999999.9999"),
        *[(cell, None) for cell in ("1,234", "1.234,50", "€5", "5 EUR", "1 000", "ten", "--1")],
        *[(cell, None) for cell in ("nan", "inf", "1e99", "100000000000000", "0x10", "")],
    ],
)
def test_an_amount_has_a_decimal_point_and_nothing_else(cell: str, amount: str | None) -> None:
    assert text(MONEY, cell) == (None if amount is None else Decimal(amount))


def test_typed_amounts_are_taken_as_they_are_and_nan_is_empty() -> None:
    assert read(MONEY, "12.5::double") == Decimal("12.5")
    assert read(MONEY, "'nan'::double") is None
    assert read(MONEY, "'inf'::double") is None


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        *[("0", 0), ("-4", -4), ("+4", 4), ("4.0", 4), ("999999999999999999", 10**18 - 1)],
        *[(cell, None) for cell in ("4.5", "1,234", "1e3", "1000000000000000000000", "x")],
    ],
)
def test_a_whole_number_has_no_fraction(cell: str, count: int | None) -> None:
    assert text(WHOLE, cell) == count


def test_typed_whole_numbers_have_no_fraction_either() -> None:
    assert read(WHOLE, "4.0::double") == 4
    assert read(WHOLE, "4.5::double") is None
    assert read(WHOLE, "4::smallint") == 4


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *[(cell, True) for cell in ("true", "TRUE", "t", "Yes", "y", "1", "1.0")],
        *[(cell, False) for cell in ("false", "F", "no", "N", "0", "0.0")],
        *[(cell, None) for cell in ("2", "on", "ja", "-", "truee")],
    ],
)
def test_yes_and_no(cell: str, meant: bool | None) -> None:
    assert text(YES_NO, cell) is meant


def test_typed_yes_and_no() -> None:
    assert read(YES_NO, "true") is True
    assert read(YES_NO, "0") is False
    assert read(YES_NO, "1.0::double") is True


def test_a_word_of_a_list_may_be_written_in_any_case() -> None:
    assert text(SIDE, "Sales") == "sales"
    assert text(SIDE, "support") is None


def test_blanks_and_line_ends_around_a_cell_do_not_count() -> None:
    assert text(contract.Column("name"), "\t Ana  Bo \r\n") == "Ana  Bo"
    assert text(contract.Column("name"), " \t") is None


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (DAY, "is not a day written YYYY-MM-DD"),
        (INSTANT, "is not a moment written YYYY-MM-DD HH:MM:SS"),
        (WHOLE, "is not a whole number"),
        (SIDE, "is not one of marketing, sales"),
    ],
)
def test_the_reason_says_what_is_legal(column: contract.Column, sentence: str) -> None:
    assert casting.reason(column) == sentence


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2018-03-24 22:59", date(2018, 3, 24)),
        ("2018-03-24 23:00", date(2018, 3, 25)),
        ("2018-03-25 21:59", date(2018, 3, 25)),
        ("2018-03-25 22:00", date(2018, 3, 26)),
        ("2018-10-28 22:59", date(2018, 10, 28)),
        ("2018-10-28 23:00", date(2018, 10, 29)),
    ],
)
def test_the_days_on_which_clocks_change_begin_and_end_at_local_midnight(
    instant: str, day: date
) -> None:
    with duckdb.connect() as duck:
        local = casting.local_day(f"timestamp '{instant}'", "Europe/Berlin")
        assert duck.execute(f"select {local}").fetchone()[0] == day
