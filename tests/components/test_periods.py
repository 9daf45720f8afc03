"""The named periods, on days where months, quarters and years meet."""

from __future__ import annotations

from datetime import date

import pytest

from components import periods

D = date.fromisoformat


def named(newest: str, oldest: str = "2020-01-01") -> dict[str, tuple[str, str]]:
    found = periods.named(D(oldest), D(newest))
    return {name: (start.isoformat(), end.isoformat()) for name, (start, end) in found.items()}


def test_a_day_in_the_middle() -> None:
    assert named("2026-05-15") == {
        "Last 7 days": ("2026-05-09", "2026-05-15"),
        "Last 30 days": ("2026-04-16", "2026-05-15"),
        "Last 90 days": ("2026-02-15", "2026-05-15"),
        "Last 12 months": ("2025-05-16", "2026-05-15"),
        "This month": ("2026-05-01", "2026-05-15"),
        "Last month": ("2026-04-01", "2026-04-30"),
        "This quarter": ("2026-04-01", "2026-05-15"),
        "Last quarter": ("2026-01-01", "2026-03-31"),
        "This year": ("2026-01-01", "2026-05-15"),
        "Last year": ("2025-01-01", "2025-12-31"),
        "All data": ("2020-01-01", "2026-05-15"),
    }


@pytest.mark.parametrize(
    ("newest", "name", "start", "end"),
    [
        ("2024-02-29", "Last 12 months", "2023-03-01", "2024-02-29"),
        ("2025-02-28", "Last 12 months", "2024-02-29", "2025-02-28"),
        ("2024-02-29", "This month", "2024-02-01", "2024-02-29"),
        ("2024-03-01", "Last month", "2024-02-01", "2024-02-29"),
        ("2025-03-01", "Last month", "2025-02-01", "2025-02-28"),
        ("2024-03-31", "Last 12 months", "2023-04-01", "2024-03-31"),
        ("2026-01-01", "Last month", "2025-12-01", "2025-12-31"),
        ("2026-01-01", "Last quarter", "2025-10-01", "2025-12-31"),
        ("2026-01-01", "Last year", "2025-01-01", "2025-12-31"),
        ("2026-01-01", "This year", "2026-01-01", "2026-01-01"),
        ("2026-01-01", "Last 12 months", "2025-01-02", "2026-01-01"),
        ("2026-03-31", "This quarter", "2026-01-01", "2026-03-31"),
        ("2026-03-31", "Last quarter", "2025-10-01", "2025-12-31"),
        ("2026-04-01", "This quarter", "2026-04-01", "2026-04-01"),
        ("2026-04-01", "Last quarter", "2026-01-01", "2026-03-31"),
        ("2026-12-31", "This quarter", "2026-10-01", "2026-12-31"),
        ("2026-12-31", "This year", "2026-01-01", "2026-12-31"),
        ("2026-12-31", "Last 12 months", "2026-01-01", "2026-12-31"),
    ],
)
def test_edges(newest: str, name: str, start: str, end: str) -> None:
    assert named(newest)[name] == (start, end)


def test_all_data_is_a_period_also_where_the_oldest_day_lies_after_the_newest() -> None:
    assert named("2026-05-15", "2026-06-01")["All data"] == ("2026-05-15", "2026-05-15")


def test_no_name_is_taken_by_the_choice_of_ones_own_days() -> None:
    assert periods.CUSTOM not in named("2026-05-15")
