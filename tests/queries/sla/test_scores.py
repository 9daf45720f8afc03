"""What can be said of a promise: kept, missed, or too early to tell."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from queries.filters import Filters
from queries.people import EVERYTHING, Scope
from queries.rules import intervals
from queries.sla import lines, scores
from queries.sla.tallies import Tally
from queries.working_time import WorkingTime
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import view

at = datetime.fromisoformat
VOLUME = make_version(1, make_term("volume"), status="signed")


@pytest.mark.parametrize(
    ("part", "n", "target", "expected"),
    [
        (0, 0, 0.9, "not_due"),
        # Below five nothing is said.
        (0, 4, 0.9, "open"),
        (4, 4, 0.5, "open"),
        # 5 of 5: 57 to 100 %. 0 of 5: 0 to 43 %.
        (5, 5, 0.56, "kept"),
        (5, 5, 0.57, "open"),
        (0, 5, 0.44, "missed"),
        (0, 5, 0.43, "open"),
        # 90 of 100: 82.6 to 94.5 %.
        (90, 100, 0.82, "kept"),
        (90, 100, 0.90, "open"),
        (90, 100, 0.95, "missed"),
        # Of all nothing may be missing; more cases prove no more.
        (5, 5, 1.0, "kept"),
        (99, 100, 1.0, "missed"),
        (4, 4, 1.0, "open"),
    ],
)
def test_a_state_is_said_only_where_all_of_the_interval_says_it(
    part: int, n: int, target: float, expected: str
) -> None:
    assert scores.judged(intervals.rate(part, n), target) == expected


def basis(seen: Filters, *versions, scope: Scope = EVERYTHING, has_attempts: bool = True):
    return scores.Basis(seen, scope, versions, WorkingTime(), has_attempts)


def volume(amount: float, seen: Filters, *versions, scope: Scope = EVERYTHING) -> scores.Score:
    held = versions or (VOLUME,)
    (line, *_) = lines.of(held, lines.shown_at(seen))
    return scores.of(line, Tally(int(amount), 0, amount), basis(seen, *held, scope=scope))


@pytest.mark.parametrize(
    ("amount", "as_of", "expected"),
    [
        (300, "2026-06-03 12:00", "kept"),
        (299, "2026-07-01 00:00", "missed"),
        # The last day is not over.
        (299, "2026-06-30 23:59", "open"),
        # Half of 22 working days: 100 will be 200, 260 at the very most.
        (100, "2026-06-15 12:00", "missed"),
        (140, "2026-06-15 12:00", "open"),
        (200, "2026-06-15 12:00", "kept"),
        # No day of the period has come, so nothing can be told.
        (0, "2026-05-31 12:00", "open"),
    ],
)
def test_an_amount_is_kept_when_it_is_reached_and_missed_when_it_cannot_be(
    amount: int, as_of: str, expected: str
) -> None:
    assert volume(amount, view(as_of)).state == expected


def test_an_amount_is_paced_by_working_days() -> None:
    score = volume(141, view("2026-06-11 12:00"))
    assert score.target == 300
    assert score.pace.in_words() == "day 9 of 22, 47 % delivered, expected 41 %"


def test_half_of_a_month_has_its_part_of_the_target() -> None:
    # Ten of its 22 working days.
    assert volume(0, view(end="2026-06-14")).target == pytest.approx(300 * 10 / 22)


def test_a_target_holds_from_its_version_on() -> None:
    # Eleven working days from the 16th on.
    later = make_version(
        2,
        make_term("volume", target=("600", "count")),
        status="signed",
        effective_at=at("2026-06-16"),
    )
    assert volume(0, view(), VOLUME, later).target == pytest.approx(150 + 300)
    # Promised for the first time: what was before does not count against it.
    other = make_version(1, make_term("coverage"), status="signed")
    first = volume(10, view(), other, later)
    assert first.target == pytest.approx(300)
    assert first.pace.progress.days == 11
    # And it ends with the version that does not hold it any more.
    gone = make_version(3, make_term("coverage"), status="signed", effective_at=at("2026-06-16"))
    (line,) = [each for each in lines.of((VOLUME, gone), at("2026-06-30")) if each.is_over]
    ended = scores.of(line, Tally(), basis(view(), VOLUME, gone))
    assert ended.target == pytest.approx(150)


@pytest.mark.parametrize(
    ("chosen", "scope", "target"),
    [
        ({}, EVERYTHING, 300),
        ({"rep": ("bo",)}, EVERYTHING, None),
        ({}, Scope("reps", ("bo",)), None),
        ({}, Scope("teams", ("north",)), None),
        ({}, Scope(), None),
    ],
)
def test_a_part_of_what_was_promised_has_no_target(chosen: dict, scope: Scope, target) -> None:
    score = volume(100, view(**chosen), scope=scope)
    assert (score.target, score.pace is None) == (target, target is None)
    assert (score.state == "of_others") is (target is None)


def test_a_promise_to_a_team_stands_in_the_view_of_that_team() -> None:
    north = make_version(1, make_term("volume", segment={"team": ("north",)}), status="signed")
    assert volume(1, view(team=("north", "south")), north).target == 300
    assert volume(1, view(team=("south",)), north).target is None
    assert volume(1, view(), north, scope=Scope("teams", ("north",))).target == 300


def test_what_was_promised_is_the_share_or_the_ratio() -> None:
    held = make_version(1, make_term(share="0.8"), make_term("coverage"), status="signed")
    found = [scores.share(line.held) for line in lines.of((held,), at("2026-06-01"))]
    assert found == [0.8, 0.95]


def test_few_cases_are_told_so() -> None:
    held = make_version(1, make_term(), status="signed")
    (line,) = lines.of((held,), at("2026-06-01"))
    few = [scores.of(line, Tally(n, n), basis(view(), held)).is_few for n in (29, 30)]
    assert few == [True, False]
    assert not volume(3, view()).is_few


def test_each_point_of_a_trend_has_what_was_promised_at_its_end() -> None:
    first = make_version(1, make_term(share="0.8"), status="signed")
    later = make_version(2, make_term(share="0.9"), status="signed", effective_at=at("2026-06-10"))
    (line,) = lines.of((first, later), at("2026-06-30"))
    days = [(date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 6, 30))]
    tallies = [Tally(4, 4), Tally(10, 5)]
    points = scores.trend(line, days, tallies, basis(view(), first, later))
    assert [(each.value, each.target, each.is_whole) for each in points] == [
        # Four are too few to be drawn.
        (None, 0.8, True),
        (0.5, 0.9, False),
    ]
    assert [each.n for each in points] == [4, 10]
