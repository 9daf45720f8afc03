"""Frames whose columns are of the kinds that an answer promises, whatever the rows hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from queries import frames

COLUMNS = {
    "name": "str",
    "n": "Int64",
    "value": "Float64",
    "week": "datetime64[us]",
    "rate": "float64",
    "is_whole": "bool",
}
ROWS = [
    ("Ana", 1, Decimal("2.5"), date(2026, 3, 2), 0.5, True),
    (None, None, None, date(2026, 3, 9), 1, False),
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[1:], []])
def test_columns_are_of_the_promised_kinds(rows: list[tuple]) -> None:
    made = frames.made(COLUMNS, rows)
    assert {name: str(kind) for name, kind in made.dtypes.items()} == COLUMNS
    assert len(made) == len(rows)


def test_what_is_not_known_is_missing_and_the_rest_is_kept() -> None:
    made = frames.made(COLUMNS, ROWS)
    assert made["name"].iloc[0] == "Ana"
    assert made["name"].isna().tolist() == [False, True]
    assert made["n"].tolist() == [1, pd.NA]
    assert made["value"].tolist() == [2.5, pd.NA]
    assert made["week"].tolist() == [pd.Timestamp(2026, 3, 2), pd.Timestamp(2026, 3, 9)]
    assert made["is_whole"].tolist() == [True, False]


def test_a_whole_number_is_kept_to_its_last_digit() -> None:
    assert frames.made({"n": "Int64"}, [(2**53 + 1,), (None,)])["n"].iloc[0] == 2**53 + 1


def test_rows_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        frames.made({"n": "Int64"}, [(1, 2)])


def test_rows_are_given_back_with_nothing_where_something_is_missing() -> None:
    assert frames.records(frames.made(COLUMNS, ROWS)) == [
        {
            "name": "Ana",
            "n": 1,
            "value": 2.5,
            "week": pd.Timestamp(2026, 3, 2),
            "rate": 0.5,
            "is_whole": True,
        },
        {
            "name": None,
            "n": None,
            "value": None,
            "week": pd.Timestamp(2026, 3, 9),
            "rate": 1.0,
            "is_whole": False,
        },
    ]
    assert frames.records(frames.made({"at": "datetime64[us]"}, [(None,)])) == [{"at": None}]
    assert frames.records(frames.made(COLUMNS, [])) == []
