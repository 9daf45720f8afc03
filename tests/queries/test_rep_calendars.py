"""By which calendar each rep works: what was entered for a rep before the team, the company."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from queries import rep_calendars, working_time
from queries.rules.business_time import Calendar
from queries.working_time import DaysThatDiffer, Entered, WorkingTime

# June 2026: the 1st is a Monday.
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
LONG_AGO = datetime.fromisoformat("2026-01-01")
NINE = ((540, 1080),)
LATE = ((600, 1140),)
BO = ("bo", "Bo", "north", None)
CY = ("cy", "Cy", "north", None)
DEE = ("dee", None, None, None)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def june(day: int) -> date:
    return date(2026, 6, day)


def days(scope: str, scope_id: str, first: int, last: int, **said) -> DaysThatDiffer:
    """Days of June off, entered long ago, unless told otherwise."""
    usual = {"is_working": False, "span": None, "entered_at": LONG_AGO} | said
    return DaysThatDiffer(
        "x", scope, scope_id, june(first), june(last), note="", entered_by="cy", **usual
    )


def assigned(*reps, calendars=(), exceptions=(), zone: str = "UTC") -> rep_calendars.Assigned:
    entered = WorkingTime(tuple(calendars), tuple(exceptions))
    return rep_calendars.calendars_of(entered, zone, reps, FIRST, LAST)


def of(rep, **entered) -> Calendar:
    found = assigned(rep, **entered)
    return found.calendars[found.number_of[rep[0]]]


def test_where_nothing_is_entered_all_work_from_nine_to_six_in_the_companys_zone() -> None:
    found = assigned(BO, DEE, zone="Europe/Berlin")
    assert found.calendars == (Calendar("Company", "Europe/Berlin", (NINE,) * 5 + ((), ())),)
    assert found.number_of == {"bo": 0, "dee": 0}
    assert found.zone_of == {"bo": "Europe/Berlin", "dee": "Europe/Berlin"}


def test_the_zone_is_that_of_the_rep_the_data_the_team_the_company() -> None:
    entered = [
        Entered("rep", "bo", "Asia/Tokyo"),
        Entered("team", "north", "America/New_York"),
        Entered("company", "", "Europe/Paris"),
    ]
    of_data = ("bo", "Bo", "north", "Europe/Berlin")
    unknown = ("bo", "Bo", "north", "Mars/Olympus")
    zones = [of(of_data, calendars=entered[skipped:]).zone for skipped in range(4)]
    assert zones == ["Asia/Tokyo", "Europe/Berlin", "Europe/Berlin", "Europe/Berlin"]
    zones = [of(unknown, calendars=entered[skipped:]).zone for skipped in range(4)]
    assert zones == ["Asia/Tokyo", "America/New_York", "Europe/Paris", "UTC"]


def test_hours_and_holidays_are_taken_from_above_each_on_its_own() -> None:
    week = (LATE,) * 5 + ((), ())
    entered = [
        Entered("company", "", country="DE", week=week),
        Entered("team", "north", country="US"),
        Entered("rep", "cy", country=""),
    ]
    # 4 June 2026 is a holiday in some of Germany only, 19 June in the United States.
    assert of(BO, calendars=entered) == Calendar("UTC: Bo", "UTC", week, {june(19): ()})
    assert of(CY, calendars=entered).days == {}
    bavaria = Entered("rep", "dee", country="DE", region="BY")
    assert of(DEE, calendars=[*entered, bavaria]).days == {june(4): ()}
    assert of(DEE, calendars=entered).week == week


def test_a_holiday_on_a_day_that_is_closed_anyway_changes_nothing() -> None:
    # Whit Monday is 25 May; 6 June, a Saturday, is Sweden's national day.
    found = assigned(BO, calendars=[Entered("team", "north", country="SE")])
    assert found.number_of == {"bo": 0}


def test_days_that_differ_go_by_rep_team_company() -> None:
    company = days("company", "", 1, 3)
    team = days("team", "north", 2, 3, is_working=True, span=(600, 660))
    rep = days("rep", "bo", 3, 3, is_working=True, span=(700, 760))
    found = of(BO, exceptions=[rep, team, company]).days
    assert found == {june(1): (), june(2): ((600, 660),), june(3): ((700, 760),)}
    assert of(DEE, exceptions=[rep, team, company]).days == {june(d): () for d in (1, 2, 3)}


def test_of_two_for_the_same_day_the_one_entered_later_counts() -> None:
    closed, opened = days("company", "", 1, 2), days("company", "", 2, 2, is_working=True)
    assert of(BO, exceptions=[closed, opened]).days == {june(1): ()}
    assert of(BO, exceptions=[opened, closed]).days == {june(1): (), june(2): ()}


def test_a_working_day_without_hours_has_the_usual_ones() -> None:
    opened = days("company", "", 4, 6, is_working=True)
    bavaria = Entered("company", "", country="DE", region="BY")
    # The holiday on the 4th is struck; the Saturday is worked like a Monday.
    assert of(BO, calendars=[bavaria], exceptions=[opened]).days == {june(6): NINE}
    tuesdays = Entered("company", "", week=((), LATE, (), (), (), (), ()))
    on_tuesdays = of(BO, calendars=[tuesdays], exceptions=[opened]).days
    assert on_tuesdays == {june(4): LATE, june(5): LATE, june(6): LATE}


def test_leave_counts_from_the_moment_it_was_entered() -> None:
    zone = [Entered("rep", "bo", "Europe/Berlin")]
    begins, ends = utc("2026-06-01 22:00"), utc("2026-06-03 22:00")
    tick = timedelta(microseconds=1)
    for entered_at, away in (
        (LONG_AGO, ((begins, ends),)),
        (begins, ((begins, ends),)),
        (begins + tick, ((begins + tick, ends),)),
        (ends - tick, ((ends - tick, ends),)),
        (ends, ()),
    ):
        leave = days("rep", "bo", 2, 3, entered_at=entered_at)
        found = of(BO, calendars=zone, exceptions=[leave])
        assert (found.away, dict(found.days)) == (away, {})


def test_a_day_of_leave_is_taken_back_by_a_working_day_that_was_entered_later() -> None:
    leave, back = days("rep", "bo", 1, 3), days("rep", "bo", 2, 2, is_working=True)
    assert of(BO, exceptions=[leave, back]).away == (
        (utc("2026-06-01"), utc("2026-06-02")),
        (utc("2026-06-03"), utc("2026-06-04")),
    )
    whole = ((utc("2026-06-01"), utc("2026-06-04")),)
    assert of(BO, exceptions=[back, leave]).away == whole
    # What the company says does not take a rep's leave back.
    company = days("company", "", 2, 2, is_working=True)
    assert of(BO, exceptions=[leave, company]).away == whole


def test_leaves_that_touch_or_overlap_are_one() -> None:
    leaves = [days("rep", "bo", *each) for each in ((1, 2), (3, 4), (4, 5))]
    assert of(BO, exceptions=leaves).away == ((utc("2026-06-01"), utc("2026-06-06")),)


def test_days_outside_of_the_span_are_left_out() -> None:
    usual = {"note": "", "entered_by": "cy", "entered_at": LONG_AGO}
    before = DaysThatDiffer(
        "x", "company", "", date(2026, 5, 1), date(2026, 6, 1), False, None, **usual
    )
    assert of(BO, exceptions=[before]).days == {june(1): ()}


def test_calendars_that_say_the_same_are_one_and_are_named_by_who_works_by_them() -> None:
    tokyo = [(f"r{number}", f"Rep {number}", None, "Asia/Tokyo") for number in range(6)]
    found = assigned(*tokyo, BO, calendars=[Entered("rep", "bo", "Asia/Tokyo")])
    assert [each.name for each in found.calendars] == [
        "Company",
        "Asia/Tokyo: Rep 0, Rep 1, Rep 2 and 4 more",
    ]
    assert set(found.number_of.values()) == {1}
    # By id where there is no name.
    leave = days("rep", "dee", 1, 1)
    assert of(DEE, exceptions=[leave]).name == "UTC: dee"


def test_the_number_of_the_company_is_nought_also_where_nobody_works_by_it() -> None:
    found = assigned(("bo", "Bo", None, "Asia/Tokyo"))
    assert [each.zone for each in found.calendars] == ["UTC", "Asia/Tokyo"]
    assert assigned().calendars[0].week == working_time.DEFAULT_WEEK
