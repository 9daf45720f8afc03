"""The shares of hand-offs."""

from __future__ import annotations

import pytest

from queries.handoffs import metrics, rates

COUNTS = dict.fromkeys(metrics.METRICS, 0) | {"met": 8, "due": 20, "accepted": 5, "decided": 5}


def test_a_share_is_made_of_two_metrics() -> None:
    for part, whole in rates.RATES.values():
        assert {part, whole} <= set(metrics.METRICS)


def test_a_share_has_its_n_and_interval() -> None:
    attainment = rates.of(COUNTS)["attainment"]
    assert (attainment.part, attainment.n, attainment.value) == (8, 20, 0.4)
    assert (attainment.low, attainment.high) == pytest.approx((0.2188, 0.6134), abs=1e-4)
    assert rates.of(COUNTS)["acceptance"].value == 1.0


def test_a_share_of_nothing_is_none() -> None:
    came_back = rates.of(COUNTS)["came_back"]
    assert (came_back.n, came_back.value, came_back.low, came_back.high) == (0, None, None, None)


def test_a_share_of_what_nobody_knows_or_asked_for_is_not_there() -> None:
    unknown = rates.of(COUNTS | {"met": None, "due": None})
    assert sorted(set(rates.RATES) - set(unknown)) == ["attainment"]
    # Of a section that counts nothing else.
    assert list(rates.of({"complete": 4, "handed": 5})) == ["completeness"]
    assert rates.of({"complete": 4, "handed": 5})["completeness"].value == 0.8
    assert rates.of({"complete": 4}) == {}


def test_a_share_never_exceeds_its_whole() -> None:
    with pytest.raises(ValueError, match="6 of 5 is not a rate"):
        rates.of(COUNTS | {"accepted": 6})
