"""The scorecards from end to end: each kind of promise, worked out by hand, and what changes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from queries import rows
from queries.agreements.content import Target
from queries.handoffs import live
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from queries.sla import answers
from tests import company, sla_company
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import rejudged, view
from tests.sla_company import CHANGED, KINDS, WORKED, numbers, one, scored

at = datetime.fromisoformat
OF_EACH = make_version(1, *(make_term(kind) for kind in KINDS), status="signed")
FOUR = make_version(1, make_term(target=("4", "business_hours")), status="signed")
ONE = make_version(
    2,
    make_term(target=("1", "business_hours"), share="0.5"),
    status="signed",
    effective_at=at("2026-06-15"),
    supersedes=1,
)


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worked")
    return rejudged(company.opened(folder, *WORKED), folder, OF_EACH)


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    snapshot = company.opened(folder, *CHANGED)
    return rejudged(snapshot, folder, FOUR), rejudged(snapshot, folder, FOUR, ONE)


def test_each_kind_of_promise_is_counted_as_it_is_worked_out_by_hand(worked) -> None:
    assert numbers(scored(worked, view(), OF_EACH)) == {
        # d was handed over at ten, and is of no interest to any clock but these two yet.
        "volume": (4, 4),
        "value_points": (4, 4),
        # c was sent back untouched, which says nothing.
        "acceptance": (1, 2),
        "completeness": (2, 4),
        "latency": (4, 4),
        "feedback_answers": (0, 0),
        "first_attempt": (1, 3),
        # b was rejected before.
        "first_contact": (1, 2),
        # a was reached, b rejected.
        "attempts": (0, 1),
        "coverage": (2, 3),
        "decision": (2, 3),
        "reason_coverage": (1, 2),
        "feedback_given": (0, 0),
    }


def test_an_amount_stands_against_its_target_by_working_days(worked) -> None:
    shown = scored(worked, view(), OF_EACH)
    volume, value = one(shown, "volume"), one(shown, "value_points")
    assert (volume.tally.amount, volume.target) == (4.0, 300.0)
    assert (value.tally.amount, value.target) == (40.0, 12000.0)
    # The last of 22 working days has begun, and is not over.
    assert volume.pace.in_words() == "day 22 of 22, 1 % delivered, expected 100 %"
    assert (volume.state, value.state) == ("open", "open")


def test_what_nobody_collects_is_no_data(worked) -> None:
    shown = scored(worked, view(), OF_EACH)
    assert one(shown, "feedback_given").state == "no_data"
    assert one(shown, "feedback_answers").state == "no_data"


def test_without_activities_there_is_no_data_of_them(tmp_path) -> None:
    rows_of = [row for row in WORKED if row[0] != "activities"]
    shown = scored(company.opened(tmp_path, *rows_of), view())
    assert {score.line.key: score.state for score in shown.scores} == {
        # Without a clock for the decision a hand-off is old enough after 30 days, on 1 July.
        "acceptance": "not_due",
        "completeness": "open",
        "latency": "open",
        "first_attempt": "no_data",
        "first_contact": "no_data",
        "attempts": "no_data",
        "coverage": "no_data",
        "decision": "no_data",
        "reason_coverage": "open",
    }
    assert not shown.has_attempts
    assert one(shown, "decision").trend == ()


@pytest.mark.parametrize(
    ("as_of", "due", "met"),
    [
        ("2026-06-01 12:59:59.999999", 0, 0),
        ("2026-06-01 13:00:00", 2, 1),
        ("2026-06-01 13:59:59.999999", 2, 1),
        ("2026-06-01 14:00:00", 3, 1),
    ],
)
def test_a_clock_counts_from_the_very_moment_at_which_it_is_due(
    worked, as_of: str, due: int, met: int
) -> None:
    assert numbers(scored(worked, view(as_of), OF_EACH))["first_attempt"] == (met, due)


def test_a_clock_belongs_to_the_day_on_which_it_was_due(worked) -> None:
    days = [("2026-06-01", 1), ("2026-06-02", 2), ("2026-06-03", 0)]
    due = [
        numbers(scored(worked, view(start=day, end=day), OF_EACH))["decision"][1] for day, _ in days
    ]
    # Those of nine are due at 16:00 on Tuesday, that of ten at 17:00.
    assert due == [0, 3, 0]


def test_each_clock_is_judged_by_the_version_that_held_when_it_started(changed) -> None:
    score = one(scored(changed[1], view(), FOUR, ONE), "first_attempt")
    # Met: before, again at eleven. Breached: after, moved, again on the 22nd. Called off: again.
    assert (score.tally.met, score.tally.n) == (2, 5)
    assert score.target == 0.5
    assert score.line.term.target == Target(Decimal(1), "business_hours")
    assert score.before.term.target == Target(Decimal(4), "business_hours")
    # By the old version alone, after would have been in time.
    assert numbers(scored(changed[0], view(), FOUR))["first_attempt"] == (3, 5)


@pytest.mark.parametrize("end", ["2026-06-05", "2026-06-12", "2026-06-14"])
def test_a_new_version_leaves_every_past_score_as_it_was(changed, end: str) -> None:
    old, new = changed
    for seen in (view(end=end), view(f"{end} 18:00"), view(f"{end} 18:00", rep=("bo",))):
        before = scored(old, seen, FOUR, by="rep")
        after = scored(new, seen, FOUR, ONE, by="rep")
        assert before.scores == after.scores
        assert before.overall == after.overall
        assert before.parts == after.parts


def test_a_promise_that_is_given_up_stays_as_long_as_it_has_clocks(changed, tmp_path) -> None:
    without = make_version(
        2,
        make_term("decision"),
        status="signed",
        effective_at=at("2026-06-15"),
    )
    snapshot = rejudged(changed[0], tmp_path, FOUR, without)
    june = one(scored(snapshot, view(), FOUR, without), "first_attempt")
    assert june.line.is_over
    # Of those that were handed over before the 15th.
    assert (june.tally.met, june.tally.n) == (2, 3)
    july = scored(snapshot, view(start="2026-06-22"), FOUR, without)
    assert [score.line.key for score in july.scores] == ["decision"]


def test_what_was_due_counts_for_whoever_had_it_then(changed) -> None:
    shown = scored(changed[1], view(), FOUR, ONE, by="rep")
    parts = {part.key: [(tally.met, tally.n) for tally in part.tallies] for part in shown.parts}
    assert parts == {"bo": [(2, 4)], "cy": [(0, 1)]}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-06-15 13:59:59.999999", (1, 2)), ("2026-06-15 14:00", (2, 3))],
)
def test_a_clock_stands_still_for_ten_working_days_and_no_longer(
    worked, as_of: str, expected: tuple[int, int]
) -> None:
    # Stopped until July; c was due on Monday 1 at 14:00, ten days of nine hours before that. It
    # was sent back on Wednesday 3: no attempt is owed after that.
    handed, stopped, until = (at("2026-06-01 10:00"), at("2026-06-01 10:30"), at("2026-07-01"))
    held = live.Fresh(pauses=(("c", handed, stopped, until, ""),))
    shown = scored(worked, view(as_of), OF_EACH, fresh=held)
    assert numbers(shown)["first_attempt"] == expected


def test_what_was_decided_here_since_the_snapshot_counts_at_once(worked) -> None:
    # c is rejected at the very moment at which its decision is due.
    decided = ("c", at("2026-06-01 10:00"), "rejected", "x", None, "cy", at("2026-06-02 17:00"))
    shown = scored(worked, view(), OF_EACH, fresh=live.Fresh(decisions=((*decided, None),)))
    assert numbers(shown)["decision"] == (3, 3)
    assert numbers(shown)["reason_coverage"] == (2, 2)
    assert numbers(shown)["acceptance"] == (1, 3)


SCOPES = (EVERYTHING, FIGURES, Scope("teams", ("T1", "T3")), Scope("reps", ("R101",)), NOTHING)
LATELY = view("2026-06-30 12:00", "2026-01-01", "2026-06-30", zone="America/Sao_Paulo")


@pytest.mark.parametrize("by", ["rep", "team", "owner", "campaign", "channel"])
def test_the_parts_sum_to_the_whole(demo_snapshot, by: str) -> None:
    shown = scored(demo_snapshot, LATELY, by=by)
    whole = [score.tally for score in shown.scores]
    assert sum(tally.n for tally in whole) > 1_000
    assert len(shown.parts) > 2
    for place, tally in enumerate(whole):
        summed = [part.tallies[place] for part in shown.parts]
        assert sum(each.n for each in summed) == tally.n
        assert sum(each.met for each in summed) == tally.met


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("chosen", [{}, {"team": ("T1", "(none)")}])
def test_behind_each_number_stand_as_many_rows_and_its_sql_gives_it(
    demo_snapshot, scope, chosen: dict
) -> None:
    seen = view("2026-06-30 12:00", "2026-03-01", "2026-06-30", zone=LATELY.zone, **chosen)
    shown = scored(demo_snapshot, seen, scope=scope)
    asked = {"scope": scope, "entered": sla_company.entered()}
    with demo_snapshot.connect() as connection:
        for score in shown.scores:
            key, tally = score.line.key, score.tally
            listed = tally.n if scope.sees_persons else 0
            assert answers.count(connection, seen, key=key, **asked).n == listed
            text = answers.sql_of(connection, seen, key=key, **asked).text
            assert connection.exec_driver_sql(text).one()[:2] == (tally.n, tally.met)
        missed = sum(score.tally.n - score.tally.met for score in shown.scores)
        listed = missed if scope.sees_persons else 0
        assert answers.count(connection, seen, key="", **asked).n == listed
        first = answers.rows_behind(connection, seen, key="", number=1, **asked)
        every = answers.rows_behind(connection, seen, key="", **asked)
    assert (len(first), len(every)) == (min(listed, rows.PAGE), listed)
    assert first.equals(every.head(rows.PAGE)) or listed == 0


def test_the_last_point_of_a_trend_is_the_month_that_is_shown(demo_snapshot) -> None:
    may = view("2026-06-30 12:00", "2026-05-01", "2026-05-31", zone=LATELY.zone)
    shown = scored(demo_snapshot, may)
    assert shown.unit == "month"
    for score in shown.scores:
        assert len(score.trend) == 12
        last = score.trend[-1]
        assert (last.start, last.end, last.n) == (
            date(2026, 5, 1),
            date(2026, 5, 31),
            score.tally.n,
        )
        april = view("2026-06-30 12:00", "2026-04-01", "2026-04-30", zone=LATELY.zone)
        assert score.trend[-2].n == one(scored(demo_snapshot, april), score.line.key).tally.n


def test_who_sees_only_sums_gets_no_persons(demo_snapshot) -> None:
    for by in ("rep", "owner"):
        assert scored(demo_snapshot, LATELY, scope=FIGURES, by=by).parts == ()
    assert len(scored(demo_snapshot, LATELY, scope=FIGURES, by="team").parts) > 1


def test_a_rep_sees_the_own_row_alone(demo_snapshot) -> None:
    first, *_ = scored(demo_snapshot, LATELY, by="rep").parts
    own = Scope("reps", (first.key,))
    shown = scored(demo_snapshot, LATELY, scope=own, by="rep")
    assert shown.parts == (first,)
    assert tuple(score.tally for score in shown.scores) == first.tallies
    assert scored(demo_snapshot, LATELY, scope=own, by="owner").parts == ()


def test_a_promise_that_is_not_there_has_no_line_and_no_rows(worked) -> None:
    entered = sla_company.entered(OF_EACH)
    assert answers.line(view(), entered, "x") is None
    with worked.connect() as connection:
        asked = {"scope": EVERYTHING, "entered": entered, "key": "x"}
        assert answers.count(connection, view(), **asked).n == 0
        with pytest.raises(KeyError):
            answers.sql_of(connection, view(), **asked)


def test_there_may_be_no_hand_off_at_all(tmp_path) -> None:
    shown = scored(company.opened(tmp_path, company.make_lead()), view())
    assert not shown.has_handoffs
    assert {score.tally.n for score in shown.scores} == {0}
