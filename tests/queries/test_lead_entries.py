"""Entries of a timeline: in order, joined, as a frame."""

from __future__ import annotations

from queries import lead_entries
from queries.lead_entries import Entry
from tests.company import plain, utc

AT = utc("2026-06-01 09:00")


def test_what_happened_at_one_moment_is_told_in_the_order_of_kinds() -> None:
    given = [
        Entry(utc("2026-06-01 09:01"), "touch", "later"),
        Entry(AT, "decision", "second"),
        Entry(AT, "handoff", "first"),
    ]
    found = lead_entries.framed(given)
    assert list(found["title"]) == ["first", "second", "later"]
    assert plain(found["detail"]) == [None, None, None]


def test_no_entry_is_a_frame_with_its_columns() -> None:
    assert list(lead_entries.framed([])) == [
        *("at", "kind", "title", "detail", "who", "is_inferred", "amount")
    ]


def test_only_parts_that_are_there_are_joined() -> None:
    assert lead_entries.joined("a", None, "", "b") == "a, b"
    assert lead_entries.joined(None, "") is None
