"""The numbers of a view against their targets: whose target, how far, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from queries import filters, people, target_pacing, targets, working_time
from queries.people import Scope
from queries.rules import pacing
from tests.records_place import AT

# 22 working days; the 11th is the ninth of them.
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
VIEW = filters.Filters(*JUNE, datetime.fromisoformat("2026-06-11 12:00"))
BO, NORTH = Scope("reps", ("bo",)), Scope("teams", ("north",))


def make_target(metric="leads", value=320, kind="company", scope_id="", per="month"):
    return targets.Target("t", metric, kind, scope_id, per, value, date(2020, 1, 1), "lee", AT)


def make_tiles(**values: float | None) -> pd.DataFrame:
    cells = {"metric": list(values), "value": pd.array(list(values.values()), "Float64")}
    return pd.DataFrame(cells)


def paces(tiles: pd.DataFrame, *entered: targets.Target, view=VIEW, scope=people.EVERYTHING):
    return target_pacing.of(tiles, view, scope, targets.Agreed(entered))


def whose(metric: str = "leads", scope: Scope = people.EVERYTHING, **chosen: tuple[str, ...]):
    return target_pacing.whose(metric, replace(VIEW, **chosen), scope)


def test_a_number_in_the_middle_of_its_month() -> None:
    (pace,) = paces(make_tiles(leads=160), make_target()).values()
    assert (pace.target, pace.delivered) == (320, 0.5)
    assert pace.progress == pacing.Progress(9, 22)
    # 9/22 = 40.9 %; 160 × 22/9 = 391.1.
    assert pace.in_words() == "day 9 of 22, 50 % delivered, expected 41 %"
    assert pace.forecast.value == pytest.approx(391.1, abs=0.1)
    assert pace.forecast.low < 391 < pace.forecast.high
    assert not pace.is_complete


def test_money_and_sessions_have_no_band() -> None:
    found = paces(
        make_tiles(sessions=10, revenue=9.0),
        make_target("sessions", 22, per="month"),
        make_target("revenue", 44),
    )
    assert [pace.forecast.low for pace in found.values()] == [None, None]
    assert found["revenue"].forecast.value == pytest.approx(22)


def test_what_has_no_target_or_no_data_is_not_there() -> None:
    tiles = make_tiles(leads=1, mqls=2, won=None)
    assert list(paces(tiles, make_target(), make_target("won"))) == ["leads"]
    assert paces(tiles) == {}


def test_nothing_reached_is_none_of_it() -> None:
    (pace,) = paces(make_tiles(leads=0), make_target()).values()
    assert (pace.delivered, pace.forecast.value) == (0, 0)


def test_a_period_to_come_has_a_target_and_no_forecast() -> None:
    july = replace(VIEW, start=date(2026, 7, 1), end=date(2026, 7, 31))
    (pace,) = paces(make_tiles(leads=0), make_target(), view=july).values()
    assert (pace.target, pace.expected, pace.forecast) == (320, 0, None)
    assert pace.in_words() == "day 0 of 23, 0 % delivered, expected 0 %"


def test_a_period_that_is_over_expects_all() -> None:
    view = replace(VIEW, start=date(2026, 5, 1), end=date(2026, 5, 31))
    (pace,) = paces(make_tiles(leads=400), make_target(), view=view).values()
    assert pace.is_complete
    assert pace.in_words() == "day 21 of 21, 125 % delivered, expected 100 %"


def test_today_is_the_day_in_the_companys_zone() -> None:
    late = replace(VIEW, as_of=datetime.fromisoformat("2026-06-11 22:00"), zone="Europe/Berlin")
    (pace,) = paces(make_tiles(leads=1), make_target(), view=late).values()
    assert pace.progress.day == 10


def test_working_days_are_those_of_the_companys_calendar() -> None:
    hours = ((540, 1080),)
    week = (hours, hours, hours, hours, (), (), ())
    off = working_time.DaysThatDiffer(
        *("1", "company", "", date(2026, 6, 2), date(2026, 6, 2), False, None, "", "ada", AT)
    )
    worked = replace(off, first_day=date(2026, 6, 5), last_day=date(2026, 6, 6), is_working=True)
    # Those of a rep are of no account.
    of_rep = replace(off, scope_kind="rep", scope_id="bo", first_day=date(2026, 6, 3))
    company = working_time.Entered("company", "", week=week)
    entered = working_time.WorkingTime((company,), (off, worked, of_rep))
    days = target_pacing.working_days(entered, date(2026, 6, 1), date(2026, 6, 8))
    assert days.is_worked.tolist() == [True, False, True, True, True, True, False, True]


def test_public_holidays_are_no_working_days() -> None:
    germany = working_time.WorkingTime((working_time.Entered("company", "", country="DE"),))
    # 25 December 2026 is a Friday, the 1st of January too.
    days = target_pacing.working_days(germany, date(2026, 12, 21), date(2027, 1, 3))
    assert days.count(date(2026, 12, 21), date(2027, 1, 3)) == 8


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ("company", "")),
        ({"rep": ("bo",)}, ("rep", "bo")),
        ({"team": ("north",)}, ("team", "north")),
        ({"campaign": ("spring",)}, ("campaign", "spring")),
        ({"channel": ("web",)}, None),
        ({"rep": ("bo", "cy")}, None),
        ({"rep": ("bo",), "team": ("north",)}, None),
        ({"rep": ("bo",), "channel": ("web",)}, None),
        ({"rep": (filters.UNSET,)}, None),
    ],
)
def test_the_view_says_whose_target_it_is(chosen, found) -> None:
    assert whose(**chosen) == found


@pytest.mark.parametrize(
    ("scope", "chosen", "found"),
    [
        (BO, {}, ("rep", "bo")),
        (BO, {"rep": ("bo",)}, ("rep", "bo")),
        (BO, {"team": ("north",)}, None),
        (BO, {"campaign": ("spring",)}, None),
        (NORTH, {}, ("team", "north")),
        (NORTH, {"rep": ("bo",)}, ("rep", "bo")),
        (NORTH, {"campaign": ("spring",)}, None),
        (Scope("teams", ("north", "south")), {}, None),
        (Scope("teams", ("north", "south")), {"team": ("south",)}, ("team", "south")),
        (people.FIGURES, {}, ("company", "")),
        (people.FIGURES, {"rep": ("bo",)}, None),
        (people.NOTHING, {}, None),
    ],
)
def test_what_a_viewer_may_see_says_so_too(scope, chosen, found) -> None:
    assert whose(scope=scope, **chosen) == found


@pytest.mark.parametrize("scope", [people.EVERYTHING, BO, NORTH])
def test_sessions_are_the_companys_whatever_the_rep(scope) -> None:
    assert whose("sessions", scope, rep=("bo",), team=("north",)) == ("company", "")
    assert whose("sessions", scope, campaign=("spring",)) == ("campaign", "spring")


def test_the_target_is_that_of_the_scope_alone() -> None:
    view = replace(VIEW, rep=("bo",))
    entered = (make_target(), make_target(value=22, kind="rep", scope_id="bo"))
    assert paces(make_tiles(leads=11), *entered, view=view)["leads"].target == 22
    assert paces(make_tiles(leads=11), entered[0], view=view) == {}
