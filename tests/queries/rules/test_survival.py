"""Waiting times by Kaplan and Meier, by hand and against a published example."""

from __future__ import annotations

import pytest

from queries.rules import survival


def test_without_anybody_who_still_waits_it_is_the_plain_quantile() -> None:
    assert survival.quantiles([1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1], (0.25, 0.5, 0.75, 1)) == [
        *(1, 2, 3, 4)
    ]


def test_who_still_waits_counts_until_then() -> None:
    # Of 4 one at 1; one left at 2 unanswered; of the 2 that remain one at 3, the last at 4:
    # 3/4, 3/4 * 1/2 = 3/8, 0 still wait.
    times, happened, seen = [1, 2, 3, 4], [1, 0, 1, 1], [1, 1, 1, 1]
    found = survival.quantiles(times, happened, seen, (0.25, 0.26, 0.5, 0.625, 0.63))
    assert found == [1, 3, 3, 3, 4]


def test_what_so_many_never_reached_is_not_reached() -> None:
    # Half have it after 5; the other half waits since 9 and no longer.
    found = survival.quantiles([5, 9], [2, 0], [2, 2], (0.5, 0.51, 0.9))
    assert found == [5, None, None]


@pytest.mark.parametrize("shares", [(), (0.5,), (0.5, 0.9)])
def test_of_nobody_nothing_is_reached(shares) -> None:
    assert survival.quantiles([], [], [], shares) == [None] * len(shares)


def test_who_left_at_the_moment_of_another_was_there_at_that_moment() -> None:
    # Of two one at 5, the other seen until 5: half of both, not all of one.
    assert survival.quantiles([5], [1], [2], (0.5, 0.51)) == [5, None]


def test_a_published_example() -> None:
    """Remission of leukaemia under 6-MP, 21 patients (Freireich and others, 1963): the share still
    in remission falls to .857, .807, .753, .690, .627, .538 and .448; the median is 23 weeks."""
    times = [6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35]
    happened = [3, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    seen = [4, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1]
    assert sum(seen) == 21
    shares = (0.142, 0.144, 0.192, 0.194, 0.246, 0.248, 0.309, 0.311, 0.372, 0.374, 0.461, 0.463)
    found = survival.quantiles(times, happened, seen, shares)
    assert found == [6, 7, 7, 10, 10, 13, 13, 16, 16, 22, 22, 23]
    assert survival.quantiles(times, happened, seen, (0.5, 0.55, 0.56)) == [23, 23, None]
