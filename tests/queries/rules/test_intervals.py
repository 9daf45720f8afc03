"""Wilson's interval against published figures (Newcombe 1998, method 3)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.rules import intervals


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (1, 2, 0.0945, 0.9055),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_the_interval_is_the_published_one(successes, n, low, high) -> None:
    assert intervals.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_nobody_has_no_rate() -> None:
    assert intervals.wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3), (1, 0)])
def test_more_than_all_and_less_than_none_are_no_rate(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        intervals.wilson(successes, n)


@settings(deadline=None)
@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_within_nought_and_one(case) -> None:
    successes, n = case
    low, high = intervals.wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1
