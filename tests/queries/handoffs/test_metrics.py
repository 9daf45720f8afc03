"""What each number counts. All by hand; the first attempt is due after 4 hours of work."""

from __future__ import annotations

import pytest

from queries import handoff_records_schema as kept
from queries.handoffs import metrics
from queries.people import Scope
from queries.terms import Terms
from tests import company, handed_over
from tests.company import make_deal, make_event, utc
from tests.handoff_questions import (
    HISTORY,
    TICK,
    counted,
    make_call,
    make_handoff,
    make_owner,
    some,
    view,
)

ATTAINMENT = ("due", "met")
DAY = ("2026-06-22", "2026-06-22")
MONDAY = "2026-06-22 10:00"


DUE = "2026-06-22 14:00"
JUST_BEFORE, JUST_AFTER = "2026-06-22 13:59:59.999999", "2026-06-22 14:00:00.000001"


def make_case(name: str, *rows, at: str = MONDAY, rep: str = "bo") -> tuple:
    """A lead that is handed over, whose channel is its name, and what happens to it."""
    return (*make_handoff(name, at, rep=rep, source=name), *rows)


CASES = (
    make_case("called before", make_call("called before", JUST_BEFORE)),
    make_case("called at due", make_call("called at due", DUE)),
    make_case("called after", make_call("called after", JUST_AFTER)),
    make_case("afternoon", at="2026-06-22 15:00"),
    make_case("evening", at="2026-06-22 14:00"),
    # Called an hour after it was due, whichever of its hand-offs that belongs to.
    *(
        make_case(name, make_event("mql", at, name), make_call(name, "2026-06-22 15:00"))
        for name, at in (
            ("again before", JUST_BEFORE),
            ("again at due", DUE),
            ("again after", JUST_AFTER),
        )
    ),
    make_case(
        "called, again",
        make_call("called, again", "2026-06-22 11:00"),
        make_event("mql", "2026-06-22 12:00", "called, again"),
    ),
    make_case("recycled at due", make_event("recycled", DUE, "recycled at due")),
    make_case("recycled after", make_event("recycled", JUST_AFTER, "recycled after")),
    *(
        make_case(name, make_owner(name, at, "bo", "dee"), rep="dee")
        for name, at in (
            ("given before", JUST_BEFORE),
            ("given at due", DUE),
            ("given after", JUST_AFTER),
        )
    ),
    # Used up on Monday at 18:00: due on Tuesday at 9:00.
    make_case(
        "given at night",
        make_owner("given at night", "2026-06-22 18:30", "bo", "dee"),
        make_owner("given at night", "2026-06-23 08:00", "dee", "cy"),
        make_owner("given at night", "2026-06-23 09:00:00.000001", "cy", "bo"),
        at="2026-06-22 14:00",
    ),
)


def opened(tmp_path, *rows, zone: str = "UTC"):
    return company.opened(tmp_path, *HISTORY, *rows, zone=zone)


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The snapshot of all cases."""
    return opened(tmp_path_factory.mktemp("cases"), *(row for case in CASES for row in case))


def attained(snapshot, as_of=company.NOW, days=DAY, **chosen) -> tuple[int, ...]:
    return some(counted(snapshot, view(as_of, *days, **chosen)), *ATTAINMENT)


@pytest.mark.parametrize(
    ("case", "expected"),
    [("called before", (1, 1)), ("called at due", (1, 1)), ("called after", (1, 0))],
)
def test_an_attempt_is_in_time_up_to_the_due_time(cases, case, expected) -> None:
    assert attained(cases, channel=(case,)) == expected


def test_what_is_not_due_yet_is_in_no_count(tmp_path) -> None:
    rows = (*make_handoff("l1", MONDAY), make_call("l1", "2026-06-22 10:05"))
    snapshot = opened(tmp_path, *rows, *make_handoff("l2", MONDAY))
    due = utc("2026-06-22 14:00")
    # Answered at once or not at all: both join when they fall due.
    assert attained(snapshot, due - TICK) == (0, 0)
    assert attained(snapshot, due) == (2, 1)


@pytest.mark.parametrize(
    # Four hours from 15:00 are over on Tuesday at 10:00; those from 14:00 when Monday's work
    # ends, and are due at the next opening.
    "case",
    ["afternoon", "evening"],
)
def test_it_belongs_to_the_day_on_which_it_was_due(cases, case) -> None:
    assert attained(cases, channel=(case,)) == (0, 0)
    assert attained(cases, days=("2026-06-23", "2026-06-23"), channel=(case,)) == (1, 0)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-06-22 22:59:59.999999", "2026-06-22"),
        ("2026-06-22 23:00", "2026-06-23"),
    ],
)
def test_a_period_ends_where_the_next_one_begins(tmp_path, at, expected) -> None:
    # Open day and night; the day of Lisbon, in June, begins at 23:00 UTC.
    cells = {"scope_kind": "company", "scope_id": "", "changed_at": utc("2026-01-01")}
    handed_over.keep(tmp_path, kept.business_calendars, calendar_id="all", **cells)
    for weekday in range(7):
        hours = {"weekday": weekday, "opens": 0, "closes": 1440}
        handed_over.keep(tmp_path, kept.business_hours, calendar_id="all", **hours)
    handed = utc(at) - 4 * 3600 * 1_000_000 * TICK
    snapshot = opened(tmp_path, *make_handoff("l1", str(handed)), zone="Europe/Lisbon")
    for day in ("2026-06-21", "2026-06-22", "2026-06-23"):
        due = attained(snapshot, days=(day, day), zone="Europe/Lisbon")[0]
        assert due == (1 if day == expected else 0)


@pytest.mark.parametrize(
    ("case", "expected"),
    [("again before", (0, 0)), ("again at due", (0, 0)), ("again after", (1, 0))],
)
def test_r1_handed_over_again_before_it_was_due_it_is_cancelled(cases, case, expected) -> None:
    # The second hand-off is due on Tuesday only.
    assert attained(cases, "2026-06-22 17:00", channel=(case,)) == expected


def test_r1_what_was_answered_in_time_stays_so_when_it_is_handed_over_again(cases) -> None:
    assert attained(cases, DUE, channel=("called, again",)) == (1, 1)


@pytest.mark.parametrize(
    ("case", "expected"), [("recycled at due", (1, 1)), ("recycled after", (1, 0))]
)
def test_r2_a_decision_stops_the_clock_of_the_first_attempt(cases, case, expected) -> None:
    assert attained(cases, channel=(case,)) == expected


@pytest.mark.parametrize(
    ("case", "charged"), [("given before", "dee"), ("given at due", "dee"), ("given after", "bo")]
)
def test_r7_a_breach_is_of_who_had_it_when_it_was_due(cases, case, charged) -> None:
    for rep, team in (("bo", "north"), ("dee", "south")):
        expected = (1, 0) if rep == charged else (0, 0)
        assert attained(cases, rep=(rep,), channel=(case,)) == expected
        assert attained(cases, team=(team,), channel=(case,)) == expected
        seen = view(company.NOW, *DAY, channel=(case,))
        numbers = counted(cases, seen, scope=Scope("reps", (rep,)))
        assert some(numbers, *ATTAINMENT) == expected
        # While it is open it is the present owner's.
        assert numbers["overdue"] == (1 if rep == "dee" else 0)


def test_r7_in_closed_time_it_is_of_who_has_it_at_the_opening(cases) -> None:
    tuesday, channel = ("2026-06-23", "2026-06-23"), ("given at night",)
    of = {
        rep: attained(cases, days=tuesday, rep=(rep,), channel=channel)
        for rep in ("bo", "cy", "dee")
    }
    assert of == {"bo": (0, 0), "cy": (1, 0), "dee": (0, 0)}


# Sent back on 1 January 2026: the 180th day after it is 30 June.
@pytest.mark.parametrize(
    ("again", "expected"),
    [("2026-06-30 11:59", (1, 1, 0)), ("2026-07-01 00:00", (1, 0, 0)), (None, (1, 0, 1))],
)
def test_who_comes_back_within_180_days_came_back(tmp_path, again, expected) -> None:
    rows = [*make_handoff("l1", "2026-01-01 10:00"), make_event("recycled", "2026-01-01 11:00")]
    if again:
        rows.append(make_event("mql", again, "l1"))
    snapshot = opened(tmp_path, *rows)
    numbers = counted(snapshot, view("2026-07-02 00:00", "2026-01-01", "2026-01-01"))
    assert some(numbers, "sent_back", "came_back", "waiting") == expected


def test_a_return_counts_from_its_moment(tmp_path) -> None:
    rows = [*make_handoff("l1", "2026-03-02 10:00"), make_event("recycled", "2026-03-03 10:00")]
    snapshot = opened(tmp_path, *rows, make_event("mql", "2026-03-09 10:00"))
    at = utc("2026-03-09 10:00")
    wanted = "sent_back", "came_back", "waiting"
    found = [
        some(counted(snapshot, view(when, "2026-03-01", "2026-03-31")), *wanted)
        for when in (utc("2026-03-03 10:00") - TICK, utc("2026-03-03 10:00"), at - TICK, at)
    ]
    assert found == [(0, 0, 0), (1, 0, 1), (1, 0, 1), (1, 1, 0)]


@pytest.mark.parametrize(
    ("won", "expected"),
    [
        (["2026-03-09 09:59:59"], 0),
        (["2026-03-09 10:00"], 1),
        # The one before the return does not hide the one after it.
        (["2026-03-04 10:00", "2026-04-01 10:00"], 1),
    ],
)
def test_what_is_won_after_the_return_is_won_by_it(tmp_path, won, expected) -> None:
    rows = [*make_handoff("l1", "2026-03-02 10:00"), make_event("recycled", "2026-03-03 10:00")]
    deals = [
        make_deal(f"d{n}", lead_id="l1", created_at="2026-03-03 11:00", closed_at=at)
        for n, at in enumerate(won)
    ]
    snapshot = opened(tmp_path, *rows, make_event("mql", "2026-03-09 10:00"), *deals)
    numbers = counted(snapshot, view(company.NOW, "2026-03-01", "2026-03-31"))
    assert some(numbers, "came_back", "won_after") == (1, expected)


def test_steps_count_on_their_own_days(tmp_path) -> None:
    rows = (*make_handoff("l1", "2026-05-29 10:00"), make_call("l1", "2026-06-01 10:00"))
    later = (make_call("l1", "2026-06-02 10:00", outcome="connected"),)
    snapshot = opened(tmp_path, *rows, *later, make_event("sal", "2026-06-03 10:00"))
    wanted = ("handed", "assigned", "attempted", "contacted", "decided", "accepted")
    found = {
        day: some(counted(snapshot, view(company.NOW, day, day)), *wanted)
        for day in ("2026-05-29", "2026-06-01", "2026-06-02", "2026-06-03")
    }
    assert found == {
        "2026-05-29": (1, 1, 0, 0, 0, 0),
        "2026-06-01": (0, 0, 1, 0, 0, 0),
        "2026-06-02": (0, 0, 0, 1, 0, 0),
        "2026-06-03": (0, 0, 0, 0, 1, 1),
    }


def test_what_lies_after_the_moment_of_the_view_does_not_count(tmp_path) -> None:
    rows = (*make_handoff("l1", MONDAY), make_call("l1", "2026-06-22 11:00"))
    snapshot = opened(tmp_path, *rows, make_event("sal", "2026-06-22 12:00"))
    found = [
        some(counted(snapshot, view(f"2026-06-22 {at}", *DAY)), "attempted", "decided")
        for at in ("10:59:59.999999", "11:00", "11:59:59.999999", "12:00")
    ]
    assert found == [(0, 0), (1, 0), (1, 0), (1, 1)]


def test_being_handed_over_again_is_no_decision(tmp_path) -> None:
    snapshot = opened(tmp_path, *make_handoff("l1", MONDAY), make_event("mql", "2026-06-22 12:00"))
    numbers = counted(snapshot, view(company.NOW, *DAY))
    assert some(numbers, "handed", "decided", "superseded", "open") == (2, 0, 1, 1)


def test_each_metric_stands_under_its_key() -> None:
    assert all(key == metric.key for key, metric in metrics.METRICS.items())
    charged = {key: metric.clock for key, metric in metrics.METRICS.items() if metric.clock}
    first, all_of_it = "first_attempt", "coverage"
    assert charged == {"due": first, "met": first, "past_due": all_of_it, "ignored": all_of_it}


def test_complete_is_what_was_handed_over_in_the_period_with_all_fields(tmp_path) -> None:
    whole = {"email": "a@b.example", "phone": "1"}
    snapshot = opened(
        tmp_path,
        *make_handoff("whole", MONDAY, **whole),
        *make_handoff("part", MONDAY, **(whole | {"phone": ""})),
        *make_handoff("earlier", "2026-06-21 23:59:59", **whole),
    )
    seen = view(company.NOW, *DAY)
    fields = ("email", "phone"), ("email",), ("email", "phone", "country"), ()
    found = [
        some(counted(snapshot, seen, terms=Terms("", 1, fields=each)), "handed", "complete")
        for each in fields
    ]
    assert found == [(2, 1), (2, 2), (2, 0), (2, 2)]
    before = counted(snapshot, view(utc(MONDAY) - TICK, *DAY), terms=Terms("", 1))
    assert before["complete"] == 0
