"""The twelve periods of a trend."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from queries.sla import spans
from tests.handoff_questions import view

day = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "end", "unit", "first", "last"),
    [
        # A week from Monday to Sunday, a day of it, and one day too many.
        ("06-08", "06-14", "week", "2026-03-23 2026-03-29", "2026-06-08 2026-06-14"),
        ("06-10", "06-10", "week", "2026-03-23 2026-03-29", "2026-06-08 2026-06-14"),
        ("06-07", "06-14", "month", "2025-07-01 2025-07-31", "2026-06-01 2026-06-30"),
        ("06-01", "06-30", "month", "2025-07-01 2025-07-31", "2026-06-01 2026-06-30"),
        ("02-01", "03-01", "quarter", "2023-04-01 2023-06-30", "2026-01-01 2026-03-31"),
        ("04-01", "06-30", "quarter", "2023-07-01 2023-09-30", "2026-04-01 2026-06-30"),
        ("05-25", "07-05", "span", "2025-02-17 2025-03-30", "2026-05-25 2026-07-05"),
        ("01-01", "12-31", "month", "2026-01-01 2026-01-31", "2026-12-01 2026-12-31"),
    ],
)
def test_periods_are_of_the_kind_of_the_one_that_is_looked_at(
    start: str, end: str, unit: str, first: str, last: str
) -> None:
    steps = spans.of(view(start=f"2026-{start}", end=f"2026-{end}"))
    assert (steps.unit, len(steps.spans)) == (unit, 12)
    assert steps.spans[0] == tuple(map(day, first.split()))
    assert steps.spans[-1] == tuple(map(day, last.split()))
    for (_, before), (after, _) in zip(steps.spans, steps.spans[1:], strict=False):
        assert (after - before).days == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-08", "2026-06-14"),
        ("2026-06-01", "2026-06-30"),
        ("2026-01-01", "2026-03-31"),
        ("2026-05-25", "2026-07-05"),
    ],
)
def test_each_day_is_in_its_period(march, start: str, end: str) -> None:
    steps = spans.of(view(start=start, end=end))
    on = sa.bindparam("day", type_=sa.Date())
    with march.connect() as connection:
        for place, edges in enumerate(steps.spans):
            for edge in edges:
                found = connection.execute(sa.select(steps.place(on)), {"day": edge}).scalar_one()
                assert found == place
        before = date.fromordinal(steps.spans[0][0].toordinal() - 1)
        assert connection.execute(sa.select(steps.place(on)), {"day": before}).scalar_one() == -1
