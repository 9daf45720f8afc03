"""All promises at once: which hand-offs they count, and what a slow clock says of each."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queries import promises_kept
from tests.agreement_terms import make_term, make_version
from tests.company import utc
from tests.promised import HANDED, handoffs, judge, of_kind, said

HOUR = timedelta(hours=1)


def places(judged, *kinds: str) -> list[list[int]]:
    return [each.places.tolist() for kind in kinds for each in of_kind(judged, kind)]


def test_r23_what_has_no_clock_is_measured_by_what_needs_none_alone() -> None:
    kinds = ("first_attempt", "first_contact", "attempts", "decision", "coverage")
    others = ("latency", "completeness", "volume", "acceptance", "reason_coverage")
    version = make_version(1, *(make_term(kind) for kind in (*kinds, *others)))
    over = {"decision": "rejected", "decided_at": "2026-06-23 10:00", "enough": {(6, 2): None}}
    judged = judge(version, over, over | {"is_timed": False})
    assert places(judged, *kinds) == [[0]] * 5
    assert places(judged, *others) == [[0, 1]] * 5
    for due in judged.pressing.values():
        assert [str(at) == "NaT" for at in due.due_at] == [False, True]


def test_terms_are_numbered_over_all_versions_and_those_of_no_hand_off_are_left_out() -> None:
    first = make_version(1, make_term("feedback_given"), make_term("volume"))
    second = make_version(2, make_term("volume"), make_term("completeness"))
    third = make_version(3, make_term("volume"), effective_at=utc("2026-06-30"))
    versions = (first, make_version(2, *second.terms, effective_at=utc("2026-06-20")), third)
    judged = judge(versions, {"handed_at": "2026-06-19 10:00"}, {})
    found = [(each.number, each.version.number, each.term.kind) for each in judged.terms]
    assert found == [(2, 1, "volume"), (3, 2, "volume"), (4, 2, "completeness")]


def test_each_version_stops_clocks_for_as_long_as_it_says() -> None:
    old = make_version(1, make_term("decision"), pause_days=0)
    new = make_version(2, make_term("decision"), pause_days=1, effective_at=utc(HANDED))
    stopped = {"paused_at": "2026-06-22 11:00", "paused_until": "2026-06-26 11:00"}
    judged = judge((old, new), {"handed_at": "2026-06-22 09:59"} | stopped, stopped)
    found = [said(at) for at in judged.pressing["decision"].due_at]
    assert found == ["2026-06-23 16:59", "2026-06-24 17:00"]


def test_without_hand_offs_or_versions_there_is_nothing_to_judge() -> None:
    assert judge(make_version()).terms == []
    assert judge((), {}).terms == []
    assert len(judge((), {}).pressing["first_attempt"].due_at) == 1


def test_efforts_are_those_that_terms_ask_for_each_once() -> None:
    terms = [
        make_term("attempts", attempts=attempts, channels=channels)
        for attempts, channels in ((6, 2), (3, None), (6, 2), (None, None))
    ]
    versions = make_version(1, *terms[:2]), make_version(2, *terms[2:], make_term("decision"))
    assert list(promises_kept.efforts(versions)) == [(1, 1), (3, 1), (6, 2)]
    assert list(promises_kept.efforts((make_version(),))) == []


def test_columns_are_looked_at_only_if_a_term_does() -> None:
    assert promises_kept.looked_at((make_version(),)) == set()
    segments = make_term(segment={"team": ("a",), "campaign": ("b",)}), make_term("acceptance")
    points = make_term("value_points")
    assert promises_kept.looked_at((make_version(1, *segments),)) == {
        "receiving_team_id",
        "campaign_id",
    }
    both = make_version(1), make_version(2, make_term(segment={"country": ("c",)}), points)
    assert promises_kept.looked_at(both) == {"country", "channel", "persona"}


# From here on a clock that goes hour by hour, as metrics are agreed on, and hand-offs at random.
MIDNIGHT = datetime.fromisoformat("2026-06-22")
OPENS = {0: (9, 18), 1: (13, 22)}


def is_open(term, row, at: datetime) -> bool:
    if term.calendar == "always":
        return True
    opens, closes = OPENS[row["calendar_no"] if term.calendar == "receiver" else 0]
    return at.weekday() < 5 and opens <= at.hour < closes


def slow_due(term, row, answered: datetime | None, pause_days: int) -> datetime:
    """The last moment at which no more than the target has passed, hour after hour."""
    at, passed, stood, has_stopped = row["handed_at"], 0, 0, False
    most = pause_days * (24 if term.calendar == "always" else 9)
    while True:
        runs = answered is None or answered > at
        has_stopped |= runs and at == row["paused_at"]
        if runs and term.restarts_on_reassignment and at == row["reassigned_at"]:
            passed = 0
        if is_open(term, row, at):
            if has_stopped and at < row["paused_until"] and stood < most:
                stood += 1
            elif passed == term.target.value:
                return at
            else:
                passed += 1
        at += HOUR


def ends(term, row) -> tuple[datetime | None, datetime | None, datetime | None]:
    """When a clock is answered, when what it is about is done, and when it is owed no more."""
    decided_at, decision = row["decided_at"], row["decision"]
    over = decided_at if decision == "superseded" else None
    refused = decided_at if decision in ("superseded", "rejected", "disqualified") else None
    verdict = decided_at if decision != "superseded" else None
    done, off = {
        "first_attempt": (earliest(row["first_attempt_at"], verdict), over),
        "decision": (verdict, over),
        "first_contact": (row["first_contact_at"], refused),
        "attempts": (row["enough"][3, 2], earliest(refused, row["first_contact_at"])),
    }[term.kind]
    return done, done, off


def earliest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)


def slow(term, row, pause_days: int) -> tuple[str, datetime]:
    answered, done, off = ends(term, row)
    due = slow_due(term, row, answered, pause_days)
    if off is not None and off <= due and not (done is not None and done <= off):
        return "cancelled", due
    return ("met" if done is not None and done <= due else "breached"), due


@st.composite
def rows(draw) -> dict[str, object]:
    handed_at = MIDNIGHT + draw(st.integers(0, 120)) * HOUR
    later = st.none() | st.integers(0, 90).map(lambda hours: handed_at + hours * HOUR)
    names = ("reassigned_at", "first_attempt_at", "first_contact_at", "decided_at", "paused_at")
    row = {name: draw(later) for name in names} | {"enough": {(3, 2): draw(later)}}
    row |= {"handed_at": handed_at, "calendar_no": draw(st.integers(0, 1))}
    stood = draw(st.integers(1, 90)) * HOUR
    row["paused_until"] = row["paused_at"] and row["paused_at"] + stood
    ways = ("accepted", "rejected", "recycled", "disqualified", "superseded")
    row["decision"] = draw(st.sampled_from(ways)) if row["decided_at"] else "pending"
    return row


@st.composite
def terms(draw):
    kind = draw(st.sampled_from(["first_attempt", "first_contact", "attempts", "decision"]))
    more = {"attempts": 3, "channels": 2} if kind == "attempts" else {}
    more |= {"calendar": draw(st.sampled_from(["receiver", "company", "always"]))}
    more |= {"restarts_on_reassignment": draw(st.booleans())}
    return make_term(kind, target=(str(draw(st.integers(1, 30))), "business_hours"), **more)


@settings(max_examples=300, deadline=None)
@given(terms(), st.lists(rows(), min_size=1, max_size=6), st.integers(0, 3))
def test_a_slow_clock_says_the_same_of_any_hand_offs(term, given_rows, pause_days) -> None:
    version = make_version(1, term, pause_days=pause_days)
    (found,) = [each for each in judge(version, *given_rows).terms if each.number == 1]
    assert found.places.tolist() == list(range(len(given_rows)))
    judged = list(zip(found.result.tolist(), found.due_at.tolist(), strict=True))
    assert judged == [slow(term, row, pause_days) for row in given_rows]


def test_some_of_many_hand_offs_are_what_they_were_among_all() -> None:
    many = handoffs({"channel": "a", "enough": {(1, 1): HANDED}}, {"channel": "b"}, {})
    some = many.take(many["channel"] != "b")
    assert (len(some), some["channel"].tolist()) == (2, ["a", ""])
    assert [str(at) for at in some.enough[1, 1]] == ["2026-06-22T10:00:00.000000", "NaT"]
