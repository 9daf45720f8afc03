"""The audit log: one line per entry, found by its words, newest first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queries import audit, records
from tests import records_place
from tests.records_place import AT, act

engine, url = records_place.engine, records_place.url


def note(engine, action: str = "tried", subject: str = "ana", details: str = "", **acts) -> None:
    with records.writing(engine) as connection:
        audit.note(connection, act(**acts), action, subject, details)


def found(engine, words: str = "", **asked) -> list[str]:
    """The details of the entries that are found; their number agrees."""
    with records.reading(engine) as connection:
        shown = list(audit.search(connection, words, **asked)["details"])
        if not asked:
            assert audit.count(connection, words) == len(shown)
    return shown


def test_an_entry_says_who_did_what_when_and_from_where(engine) -> None:
    note(engine, "person added", "bo", "role rep, rep bo", by="ana")
    with records.reading(engine) as connection:
        rows = audit.search(connection)
    assert list(rows.columns) == ["at", "actor", "address", "action", "subject", "details"]
    assert [str(kind) for kind in rows.dtypes] == ["datetime64[us]", *["str"] * 5]
    assert rows.to_dict("records") == [
        {
            "at": AT,
            "actor": "ana",
            "address": "10.0.0.9",
            "action": "person added",
            "subject": "bo",
            "details": "role rep, rep bo",
        }
    ]


def test_without_an_entry_there_are_no_rows_of_the_same_kinds(engine) -> None:
    with records.reading(engine) as connection:
        rows = audit.search(connection)
    assert len(rows) == 0
    assert [str(kind) for kind in rows.dtypes] == ["datetime64[us]", *["str"] * 5]


def test_the_operator_acts_at_the_command_line() -> None:
    assert audit.by_operator(AT) == audit.Act("operator", "command line", AT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana\n2026-01-01 root deleted all", "ana 2026-01-01 root deleted all"),
        ("a\r\nb\tc\x1b[2Jd\0e", "a  b c [2Jd e"),
        ("\u202egnp.exe \u2028 \u200b", " gnp.exe    "),
        (
            "Zoë \U0001f600 '; drop table audit_log; --",
            "Zoë \U0001f600 '; drop table audit_log; --",
        ),
        ("x" * 500, "x" * 500),
        ("x" * 501, "x" * 499 + "…"),
    ],
)
def test_an_entry_is_one_line_whatever_was_typed(engine, typed: str, kept: str) -> None:
    with records.writing(engine) as connection:
        everywhere = audit.Act(typed, typed, AT)
        audit.note(connection, everywhere, typed, typed, typed)
    with records.reading(engine) as connection:
        (row,) = audit.search(connection).drop(columns="at").to_dict("records")
    assert set(row.values()) == {kept}


def test_the_newest_come_first_page_by_page(engine) -> None:
    for number in range(52):
        # Clocks may go back; the order in which things were written stays.
        note(engine, details=str(number), at=AT - timedelta(hours=number))
    assert found(engine, limit=audit.PAGE) == [str(number) for number in range(51, 1, -1)]
    assert found(engine, offset=50) == ["1", "0"]
    assert found(engine, offset=52) == []
    assert len(found(engine, limit=None)) == 52
    with records.reading(engine) as connection:
        assert audit.count(connection) == 52


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["third", "50/60", "50%_off", "first"]),
        ("ANA", ["third", "first"]),
        # Each word in whichever column.
        ("first ana", ["first"]),
        ("ana  10.0.0.9", ["third", "first"]),
        ("ana off", []),
        ("%", ["50%_off"]),
        ("_", ["50%_off"]),
        ("50%", ["50%_off"]),
        ("0/6", ["50/60"]),
        ("f_r", []),
        ("\\", []),
        ("'; drop table audit_log; --", []),
        ("ana\0first", ["first"]),
        ("\n", ["third", "50/60", "50%_off", "first"]),
    ],
)
def test_entries_are_found_by_all_the_words(engine, words: str, expected: list[str]) -> None:
    note(engine, subject="ana", details="first")
    note(engine, subject="bo", details="50%_off")
    note(engine, subject="bo", details="50/60")
    note(engine, subject="cy", details="third", by="Ana")
    assert found(engine, words) == expected


def test_as_many_words_as_one_likes_are_searched(engine) -> None:
    note(engine, details="a a")
    assert found(engine, "a " * 40_000) == ["a a"]


def test_what_is_undone_leaves_no_entry(engine) -> None:
    def undone() -> None:
        with records.writing(engine) as connection:
            audit.note(connection, act(), "tried", "ana")
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    assert found(engine) == []
