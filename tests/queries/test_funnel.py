"""The two funnels, worked out by hand from the rows of tests/company.py (MARCH)."""

from __future__ import annotations

import pytest

from queries import funnel
from queries.people import EVERYTHING, NOTHING, Scope
from tests.company import make_deal, make_event, make_lead, make_traffic, opened, plain, utc, view

STAGES = ["lead", "mql", "sal", "sql", "opportunity", "customer"]
END_OF_MARCH = utc("2026-03-31 23:59:59.999999")


def in_period(connection, seen, scope=EVERYTHING) -> list[object]:
    return plain(funnel.in_period(connection, seen, scope=scope)["count"])


def cohort(connection, seen, column: str = "count", scope=EVERYTHING) -> list[object]:
    return plain(funnel.of_cohort(connection, seen, scope=scope)[column])


def test_stages_come_in_funnel_order_with_their_names(connection) -> None:
    for found in (
        funnel.in_period(connection, view(), scope=EVERYTHING),
        funnel.of_cohort(connection, view(), scope=EVERYTHING),
    ):
        assert list(found["stage"]) == STAGES
        assert list(found["label"]) == ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Closed-won"]


def test_the_period_funnel_counts_entries_whoever_made_them(connection) -> None:
    assert in_period(connection, view()) == [3, 3, 1, 1, 3, 3]
    assert in_period(connection, view("2026-04-01", "2026-04-01")) == [1, 1, 1, 1, 0, 0]


def test_the_period_funnel_says_which_entries_are_inferred(connection) -> None:
    april = funnel.in_period(connection, view("2026-04-01", "2026-04-01"), scope=EVERYTHING)
    assert plain(april["inferred"]) == [None, 1, 1, 0, None, None]


def test_the_cohort_funnel_follows_those_who_were_created_in_the_period(connection) -> None:
    # l1 went all the way, l2 to MQL, l3 to SQL; l4 is of February and l5 of April.
    assert cohort(connection, view()) == [3, 3, 2, 2, 1, 1]
    assert cohort(connection, view("2026-02-28", "2026-02-28")) == [1, 1, 0, 0, 0, 0]
    assert cohort(connection, view("2026-04-01", "2026-04-30")) == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (utc("2026-03-11 08:59:59"), [2, 0, 0, 0, 0, 0]),
        (utc("2026-03-11 09:00"), [2, 1, 0, 0, 0, 0]),
        (utc("2026-03-20 08:59:59"), [2, 1, 1, 1, 1, 0]),
        (utc("2026-03-20 09:00"), [2, 1, 1, 1, 1, 1]),
        (END_OF_MARCH, [3, 2, 1, 1, 1, 1]),
        (utc("2026-04-01 00:00"), [3, 3, 2, 2, 1, 1]),
    ],
)
def test_the_cohort_funnel_is_as_it_was_at_the_moment(connection, as_of, expected) -> None:
    assert cohort(connection, view(as_of=as_of)) == expected


def test_rates_are_shares_of_the_stage_before_with_their_interval(connection) -> None:
    found = funnel.of_cohort(connection, view(), scope=EVERYTHING)
    assert plain(found["rate"]) == [None, 1.0, pytest.approx(2 / 3), 1.0, 0.5, 1.0]
    assert plain(found["low"])[3:5] == pytest.approx([0.3424, 0.0945], abs=5e-5)
    assert plain(found["high"])[3:5] == pytest.approx([1.0, 0.9055], abs=5e-5)


def test_a_rate_of_nobody_is_not_a_number(connection) -> None:
    seen = view("2026-02-28", "2026-02-28")
    assert cohort(connection, seen, "rate") == [None, 1.0, 0.0, None, None, None]
    assert cohort(connection, view("2026-05-01", "2026-05-31"), "rate") == [None] * 6
    assert cohort(connection, view("2026-05-01", "2026-05-31")) == [0] * 6


def test_nine_of_ten_get_to_a_stage_within_so_many_days(connection) -> None:
    # MQL after 1, 1, 5 and 30 days: 22.5; SAL and SQL by l1 and l3: after 2 and 1, 3 and 1.
    assert funnel.maturity_days(connection) == {
        "mql": 23,
        "sal": 2,
        "sql": 3,
        "opportunity": 4,
        "customer": 10,
    }


@pytest.mark.parametrize(
    ("as_of", "matured", "is_mature"),
    [
        # l3 was created on 31 March: 22 days before 22 April, 23 before the 23rd.
        (utc("2026-04-22 23:59:59"), 2, False),
        (utc("2026-04-23 00:00"), 3, True),
    ],
)
def test_a_stage_is_mature_once_the_youngest_has_had_that_time(
    connection, as_of, matured, is_mature
) -> None:
    found = funnel.of_cohort(connection, view(as_of=as_of), scope=EVERYTHING)
    assert plain(found["matured"]) == [3, matured, 3, 3, 3, 3]
    assert plain(found["is_mature"]) == [True, is_mature, True, True, True, True]


def test_both_funnels_take_the_filters(connection) -> None:
    for chosen, period, born in (
        ({"rep": ("bo",)}, [1, 1, 1, 1, 1, 2], [1, 1, 1, 1, 1, 1]),
        ({"rep": ("(none)",)}, [1, 0, 0, 0, 1, 0], [1, 1, 1, 1, 0, 0]),
        ({"channel": ("(none)",)}, [0, 1, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0]),
        ({"campaign": ("spring",)}, [1, 1, 1, 1, 2, 2], [1, 1, 1, 1, 1, 1]),
    ):
        assert in_period(connection, view(**chosen)) == period
        assert cohort(connection, view(**chosen)) == born


def test_both_funnels_keep_to_the_scope(connection) -> None:
    for scope, period, born in (
        (NOTHING, [0] * 6, [0] * 6),
        (Scope("reps", ("dee",)), [1, 1, 0, 0, 1, 1], [1, 1, 0, 0, 0, 0]),
        (Scope("teams", ("north",)), [1, 2, 1, 1, 1, 2], [1, 1, 1, 1, 1, 1]),
    ):
        assert in_period(connection, view(), scope) == period
        assert cohort(connection, view(), scope=scope) == born


def test_a_stage_that_no_row_could_show_is_no_data(tmp_path) -> None:
    leads_only = opened(tmp_path / "leads", make_lead(), make_event("mql"))
    with leads_only.connect() as connection:
        assert in_period(connection, view()) == [1, 1, None, None, None, None]
        assert cohort(connection, view()) == [1, 1, None, None, None, None]
        assert cohort(connection, view(), "rate") == [None, 1.0, None, None, None, None]
    traffic_only = opened(tmp_path / "traffic", make_traffic())
    with traffic_only.connect() as connection:
        assert cohort(connection, view()) == [None] * 6
        assert in_period(connection, view(rep=("bo",))) == [None] * 6


def test_a_deal_that_was_won_was_an_opportunity_though_nobody_wrote_down_when(tmp_path) -> None:
    there = opened(tmp_path, make_lead(), make_deal(lead_id="l1", created_at=""))
    with there.connect() as connection:
        assert in_period(connection, view()) == [1, 1, 1, 1, None, 1]
        assert cohort(connection, view()) == [1, 1, 1, 1, 1, 1]
