"""How many hand-offs: by rep and team, and by age."""

from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa

from queries.handoff_schema import handoffs
from queries.handoffs import counts, facts
from queries.people import EVERYTHING, NOTHING, Scope
from tests import company
from tests.company import make_event, plain
from tests.handoff_questions import (
    HISTORY,
    ask,
    counted,
    make_call,
    make_handoff,
    make_owner,
    some,
    view,
)

ZONE = {"zone": "America/Sao_Paulo"}
# Everything, a past moment, some teams and the unassigned, one channel, and long ago.
VIEWS = (
    view("2026-06-30 12:00", "2026-01-01", **ZONE),
    view("2026-04-21 15:00", "2026-03-01", **ZONE),
    view("2026-06-30 12:00", "2026-02-01", team=("T1", "T2", "(none)"), **ZONE),
    view("2026-05-04 12:00", "2026-05-01", channel=("Email", "Direct"), **ZONE),
    view("2026-01-10 12:00", "2026-01-01", **ZONE),
)


def handed_by_then(connection, seen) -> int:
    """Counted from the table itself."""
    wanted = sa.select(sa.func.count()).where(handoffs.c.handed_at <= seen.as_of)
    return connection.execute(wanted.where(seen.matching(handoffs))).scalar_one()


@pytest.mark.parametrize("seen", VIEWS)
def test_every_hand_off_is_in_exactly_one_state(demo_snapshot, seen) -> None:
    with demo_snapshot.connect() as connection:
        asked, fact = ask(connection, seen), facts.with_clocks()
        rows = sa.select(fact.c.state, sa.func.count()).where(fact.where, seen.matching(fact))
        found = dict(facts.ask(connection, rows.group_by(fact.c.state), asked).all())
        total = handed_by_then(connection, seen)
    assert set(found) <= set(facts.STATES)
    assert sum(found.values()) == total
    numbers = counted(demo_snapshot, seen)
    assert {state: numbers[state] for state in facts.OPEN_STATES} == {
        state: found.get(state, 0) for state in facts.OPEN_STATES
    }


@pytest.mark.parametrize("by", ["rep", "team"])
@pytest.mark.parametrize("seen", VIEWS)
def test_reps_and_teams_sum_to_the_numbers(demo_snapshot, seen, by: str) -> None:
    with demo_snapshot.connect() as connection:
        tally = counts.tally(connection, ask(connection, seen), scope=EVERYTHING, by=by)
        board = counts.board(connection, tally, by)
    wanted = ("open", *facts.OPEN_STATES, "due", "met")
    assert tuple(board[name].sum() for name in wanted) == some(tally.by_metric(), *wanted)
    assert counts.ages(tally)[["attempted", "untouched"]].sum().sum() == board["open"].sum()
    assert (board[list(facts.OPEN_STATES)].sum(axis=1) == board["open"]).all()


def test_the_views_above_do_find_something(demo_snapshot) -> None:
    numbers = [counted(demo_snapshot, seen) for seen in VIEWS]
    assert sum(each["handed"] > 0 for each in numbers) >= 4
    assert sum(each["due"] > 0 for each in numbers) >= 4
    assert sum(each["due_soon"] + each["running"] > 0 for each in numbers) >= 2


# bo    two open ones: one overdue, one running since this morning; one met, one breached
# dee   one overdue, which was Bo's when it was due
# -     one that was never assigned, due at noon
ROWS = (
    *HISTORY,
    *make_handoff("b1", "2026-06-22 10:00"),
    *make_handoff("b2", "2026-06-30 10:00"),
    *make_handoff("b3", "2026-06-22 10:00"),
    make_call("b3", "2026-06-22 11:00"),
    make_event("sal", "2026-06-22 12:00", "b3"),
    *make_handoff("d1", "2026-06-23 10:00", rep="dee"),
    make_owner("d1", "2026-06-24 10:00", "bo", "dee"),
    *make_handoff("n1", "2026-06-29 17:00", rep=""),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return company.opened(tmp_path_factory.mktemp("board"), *ROWS)


def board(snapshot, by: str = "rep", scope: Scope = EVERYTHING):
    with snapshot.connect() as connection:
        tally = counts.tally(connection, ask(connection, view()), scope=scope, by=by)
        return counts.board(connection, tally, by)


def test_a_board_shows_each_rep_and_what_is_unassigned_last(snapshot) -> None:
    found = board(snapshot)
    assert plain(found["key"]) == ["bo", "dee", None]
    assert list(found["label"]) == ["Bo", "Dee", "Unassigned"]
    columns = ["open", "overdue", "due_soon", "running", "due", "met"]
    assert found[columns].to_numpy().tolist() == [
        # b2 has two of its four hours left.
        [2, 1, 0, 1, 3, 1],
        [1, 1, 0, 0, 0, 0],
        # From 17:00 on: an hour of Monday, three of Tuesday.
        [1, 1, 0, 0, 1, 0],
    ]
    assert plain(found["rate"].round(4)) == [0.3333, None, 0.0]
    # Wilson's interval of one in three.
    assert [round(found[name][0], 3) for name in ("low", "high")] == [0.061, 0.792]


def test_a_board_by_team_has_the_same_sums(snapshot) -> None:
    found = board(snapshot, "team")
    assert list(found["label"]) == ["North", "South", "No team"]
    assert list(found["open"]) == [2, 1, 1]
    assert list(found["due"]) == [3, 0, 1]


def test_a_rep_sees_only_the_own_row(snapshot) -> None:
    assert plain(board(snapshot, scope=Scope("reps", ("bo",)))["key"]) == ["bo"]
    assert board(snapshot, scope=NOTHING).empty


def test_open_ones_are_as_old_as_the_days_since(tmp_path) -> None:
    # Days before 30 June, the first and the last of each age.
    on = {"06-30": 0, "06-29": 1, "06-28": 2, "06-27": 3, "06-23": 7, "06-22": 8}
    on |= {"05-31": 30, "05-30": 31}
    rows = [row for day in on for row in make_handoff(day, f"2026-{day} 00:00")]
    called = make_call("06-28", "2026-06-29 10:00")
    with company.opened(tmp_path, *HISTORY, *rows, called).connect() as connection:
        tally = counts.tally(connection, ask(connection, view()), scope=EVERYTHING, by="rep")
    found = counts.ages(tally)
    assert list(found.itertuples(index=False, name=None)) == [
        ("today", 1, 0, 1),
        ("1 to 2 days", 2, 1, 1),
        ("3 to 7 days", 2, 0, 2),
        ("8 to 30 days", 2, 0, 2),
        ("over 30 days", 1, 0, 1),
    ]
    unknown = counts.ages(tally, has_attempts=False)
    assert list(unknown["n"]) == [1, 2, 2, 2, 1]
    assert unknown[["attempted", "untouched"]].isna().all(axis=None)


def test_without_attempts_a_board_knows_what_is_open_alone(tmp_path) -> None:
    rows = make_handoff("l1", "2026-06-22 10:00")
    with company.opened(tmp_path, *rows).connect() as connection:
        tally = counts.tally(connection, ask(connection, view()), scope=EVERYTHING, by="rep")
        (row,) = counts.board(connection, tally, "rep", has_attempts=False).to_dict("records")
    assert [row[name] for name in ("label", "open", "no_clock")] == ["Bo", 1, 1]
    unknown = ("overdue", "due_soon", "running", "paused", "due", "met", "rate", "low", "high")
    assert [name for name in unknown if not pd.isna(row[name])] == []


def test_only_what_is_asked_for_is_counted(snapshot) -> None:
    with snapshot.connect() as connection:
        asked = {"asked": ask(connection, view()), "scope": EVERYTHING, "by": "rep"}
        some_ = counts.tally(connection, **asked, events=("handed", "accepted"), with_due=False)
        none = counts.tally(connection, **asked, events=(), with_due=True)
        undue = counts.board(connection, some_, "rep")
    states = {"open": 4, "overdue": 3, "due_soon": 0, "running": 1, "paused": 0, "no_clock": 0}
    assert some_.by_metric() == states | {"handed": 5, "accepted": 1}
    # All was due of b1, b3 and d1, of which only b3 had been called.
    due = {"due": 4, "met": 1, "past_due": 3, "ignored": 2}
    assert none.by_metric() == states | due
    assert list(undue["open"]) == [2, 1, 1]
    assert list(undue["due"]) == [0, 0, 0]
