"""What became of the hand-offs that are old enough to tell. All by hand."""

from __future__ import annotations

import pytest

from queries.handoffs import cohorts
from queries.people import EVERYTHING
from tests import company
from tests.company import make_event
from tests.handoff_questions import HISTORY, ask, make_call, make_handoff, view


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Ten hand-offs of 1 June, of which the n-th is called on the n-th day after, and accepted two
    days later; and one of 21 June that was called at once."""
    rows = []
    for n in range(10):
        rows += make_handoff(f"l{n}", "2026-06-01 10:00")
        rows.append(make_call(f"l{n}", f"2026-06-{1 + n:02} 11:00"))
        rows.append(make_event("sal", f"2026-06-{3 + n:02} 11:00", f"l{n}"))
    rows += (*make_handoff("young", "2026-06-21 10:00"), make_call("young", "2026-06-21 10:30"))
    return company.opened(tmp_path_factory.mktemp("cohort"), *HISTORY, *rows)


def cohort(snapshot, as_of: str):
    with snapshot.connect() as connection:
        asked = ask(connection, view(as_of))
        found = cohorts.cohort(connection, asked, scope=EVERYTHING).set_index("key")
        return found, cohorts.maturity_days(connection)


def test_nine_of_ten_take_a_step_within_so_many_days(followed) -> None:
    _, days = cohort(followed, "2026-06-30 12:00")
    # 0, 0, 1, 2 ... 9 days, of eleven: the tenth takes 8. Of ten decisions, 2 ... 11: 10.1.
    assert days == {"assigned": 0, "attempted": 8, "contacted": 0, "decided": 11}


@pytest.mark.parametrize(
    ("as_of", "attempted", "decided"),
    [
        # On the 8th day the ten of 1 June are old enough to be asked whether they were called.
        ("2026-06-08 12:00", (0, 0), (0, 0)),
        ("2026-06-09 10:59", (10, 8), (0, 0)),
        ("2026-06-09 11:00", (10, 9), (0, 0)),
        ("2026-06-11 23:00", (10, 10), (0, 0)),
        ("2026-06-12 10:59", (10, 10), (10, 9)),
        ("2026-06-12 11:00", (10, 10), (10, 10)),
        # The one of 21 June is old enough on the 29th.
        ("2026-06-28 23:59", (10, 10), (10, 10)),
        ("2026-06-29 00:00", (11, 11), (10, 10)),
    ],
)
def test_only_those_that_are_old_enough_are_asked(followed, as_of, attempted, decided) -> None:
    found, _ = cohort(followed, as_of)
    for key, expected in (("attempted", attempted), ("decided", decided), ("accepted", decided)):
        assert tuple(found.loc[key, ["n", "reached"]]) == expected


def test_a_cohort_has_a_row_per_step_and_outcome(followed) -> None:
    found, _ = cohort(followed, "2026-06-30 12:00")
    assert list(found.index) == [
        *("assigned", "attempted", "contacted", "decided"),
        *("accepted", "rejected", "recycled", "disqualified", "superseded"),
    ]
    assert found.loc["rejected", "days"] == 11
    assert found.loc["contacted", "rate"] == 0
    assert found["rate"].notna().all()
    long_ago, _ = cohort(followed, "2026-06-01 09:00")
    assert long_ago["n"].sum() == 0
    assert long_ago["rate"].isna().all()


def test_without_attempts_nobody_knows_who_was_attempted_or_contacted(tmp_path) -> None:
    rows = (*make_handoff("l1", "2026-06-01 10:00"), make_event("sal", "2026-06-01 11:00", "l1"))
    with company.opened(tmp_path, *rows).connect() as connection:
        asked = ask(connection, view("2026-06-30 12:00"))
        found = cohorts.cohort(connection, asked, scope=EVERYTHING, has_attempts=False)
    known = found.set_index("key")
    assert known[["n", "reached"]].isna().all(axis=1).to_dict() == {
        "assigned": False,
        "attempted": True,
        "contacted": True,
        "decided": False,
        **dict.fromkeys(("accepted", "rejected", "recycled", "disqualified", "superseded"), False),
    }
    assert list(known.loc["accepted", ["n", "reached", "rate"]]) == [1, 1, 1.0]
    assert known.loc[["attempted", "contacted"], ["rate", "low", "high"]].isna().all(axis=None)
