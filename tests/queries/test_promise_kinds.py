"""Whether a promise of each kind was kept, before, at and after its last moment. All by hand.

Handed over on Monday, 22 June 2026, 10:00; work is from 9 to 18, so four hours are over at 14:00.
"""

from __future__ import annotations

import pytest

from tests.agreement_terms import make_term, make_version
from tests.promised import HANDED, judge, of_kind, said, stands

FOUR = {"target": ("4", "business_hours")}
BEFORE, DUE, AFTER = "2026-06-22 13:59:59.999999", "2026-06-22 14:00", "2026-06-22 14:00:00.000001"
MOMENTS = pytest.mark.parametrize(
    ("at", "result"), [(BEFORE, "met"), (DUE, "met"), (AFTER, "breached"), (None, "breached")]
)
OFF = pytest.mark.parametrize(
    ("at", "result"), [(BEFORE, "cancelled"), (DUE, "cancelled"), (AFTER, "breached")]
)
VERDICTS = ("accepted", "rejected", "recycled", "disqualified")


def decided(decision: str, at: str | None, **more: object) -> dict[str, object]:
    return {"decision": decision, "decided_at": at} | more


@MOMENTS
def test_a_first_attempt_is_in_time_up_to_the_last_moment(at, result) -> None:
    term = make_term("first_attempt", **FOUR)
    assert stands(term, first_attempt_at=at) == (result, DUE)


@MOMENTS
@pytest.mark.parametrize("decision", VERDICTS)
def test_r2_whatever_is_decided_answers_as_an_attempt_does(decision, at, result) -> None:
    term, row = make_term("first_attempt", **FOUR), decided(decision, at)
    assert stands(term, **(row if at else {})) == (result, DUE)
    late = {"first_attempt_at": "2026-06-23 12:00"}
    assert stands(term, **(row if at else {}), **late) == (result, DUE)


@OFF
@pytest.mark.parametrize("kind", ["first_attempt", "first_contact", "attempts", "decision"])
def test_what_is_handed_over_again_by_then_is_owed_no_more(kind: str, at, result) -> None:
    term = make_term(kind, **FOUR)
    row = decided("superseded", at, enough={(6, 2): None})
    assert stands(term, **row) == (result, DUE)


def test_what_was_done_before_it_was_handed_over_again_was_done() -> None:
    row = decided("superseded", BEFORE, first_attempt_at="2026-06-22 11:00")
    assert stands(make_term("first_attempt", **FOUR), **row) == ("met", DUE)


@MOMENTS
@pytest.mark.parametrize("decision", VERDICTS)
def test_a_decision_is_in_time_up_to_the_last_moment(decision, at, result) -> None:
    row = decided(decision, at) if at else {"first_attempt_at": BEFORE}
    assert stands(make_term("decision", **FOUR), **row) == (result, DUE)


@MOMENTS
def test_a_first_contact_is_in_time_up_to_the_last_moment(at, result) -> None:
    row = {"first_contact_at": at, "first_attempt_at": BEFORE}
    assert stands(make_term("first_contact", **FOUR), **row) == (result, DUE)


@OFF
@pytest.mark.parametrize("decision", ["rejected", "disqualified"])
def test_who_is_refused_by_then_need_not_be_reached(decision, at, result) -> None:
    assert stands(make_term("first_contact", **FOUR), **decided(decision, at)) == (result, DUE)


@pytest.mark.parametrize("decision", ["accepted", "recycled"])
def test_who_is_accepted_or_sent_back_was_to_be_reached_all_the_same(decision: str) -> None:
    term = make_term("first_contact", **FOUR)
    assert stands(term, **decided(decision, BEFORE)) == ("breached", DUE)


def attempts(**row: object) -> tuple[str, str] | None:
    """Three attempts over two channels within four hours; the last of them at `done`."""
    term = make_term("attempts", **FOUR, attempts=3, channels=2)
    done = row.pop("done", None)
    return stands(term, enough={(3, 2): done}, **row)


@MOMENTS
def test_enough_attempts_are_in_time_up_to_the_last_moment(at, result) -> None:
    assert attempts(done=at) == (result, DUE)


@OFF
@pytest.mark.parametrize("decision", ["rejected", "disqualified"])
def test_who_is_refused_before_need_not_be_tried_on(decision, at, result) -> None:
    assert attempts(**decided(decision, at)) == (result, DUE)


@pytest.mark.parametrize("decision", ["recycled", "accepted"])
def test_r2_who_is_sent_back_before_enough_attempts_was_not_tried_enough(decision) -> None:
    assert attempts(**decided(decision, BEFORE)) == ("breached", DUE)


@OFF
def test_who_is_reached_before_need_not_be_tried_on(at, result) -> None:
    assert attempts(first_contact_at=at) == (result, DUE)


@pytest.mark.parametrize(
    ("done", "result"),
    [
        ("2026-06-22 11:59:59.999999", "met"),
        # The last attempt is the one that reached them.
        ("2026-06-22 12:00", "met"),
        ("2026-06-22 12:00:00.000001", "cancelled"),
    ],
)
def test_what_came_first_counts_of_enough_attempts_and_being_reached(done, result) -> None:
    assert attempts(done=done, first_contact_at="2026-06-22 12:00") == (result, DUE)
    assert attempts(done=done, **decided("rejected", "2026-06-22 12:00")) == (result, DUE)


def test_a_promise_that_counts_no_attempts_asks_for_one() -> None:
    term = make_term("attempts", **FOUR, attempts=None, channels=None)
    assert stands(term, enough={(1, 1): DUE}) == ("met", DUE)


def coverage(attempt: str | None, decision: str | None, /, **row: object) -> list[tuple[str, str]]:
    """Of nobody's promise of coverage, with these of an attempt and a decision."""
    hours = {"first_attempt": attempt, "decision": decision}
    terms = (
        make_term(kind, target=(value, "business_hours")) for kind, value in hours.items() if value
    )
    judged = judge(make_version(1, *terms, make_term("volume")), row)
    found = of_kind(judged, "coverage")
    return [(str(each.result[0]), said(each.due_at[0])) for each in found]


@pytest.mark.parametrize(
    ("attempt", "decision", "due"),
    [("4", "2", DUE), ("2", "4", DUE), ("4", None, DUE), (None, "4", DUE)],
)
def test_all_was_due_when_the_later_of_both_was(attempt, decision, due) -> None:
    for at, result in ((BEFORE, "met"), (DUE, "met"), (AFTER, "breached"), (None, "breached")):
        assert coverage(attempt, decision, first_attempt_at=at) == [(result, due)]
    assert coverage(attempt, decision, **decided("rejected", BEFORE)) == [("breached", due)]


def test_where_nothing_was_promised_nothing_was_ignored() -> None:
    assert coverage(None, None) == []


@OFF
def test_who_was_handed_over_again_by_then_is_out_even_if_tried(at, result) -> None:
    found = coverage("2", "4", **decided("superseded", at))
    assert found == [(result, DUE)]
    tried = decided("superseded", at, first_attempt_at=HANDED)
    result = "met" if result == "breached" else result
    assert coverage("2", "4", **tried) == [(result, DUE)]


@MOMENTS
def test_a_rep_has_it_in_time_up_to_the_last_moment(at, result) -> None:
    assert stands(make_term("latency", **FOUR), assigned_at=at) == (result, DUE)


@OFF
def test_what_was_decided_before_a_rep_had_it_needs_none(at, result) -> None:
    assert stands(make_term("latency", **FOUR), **decided("rejected", at)) == (result, DUE)


def test_nothing_stops_the_clock_of_handing_over() -> None:
    stopped = {"paused_at": "2026-06-22 11:00", "paused_until": "2026-06-23 11:00"}
    assert stands(make_term("latency", **FOUR), **stopped) == ("breached", DUE)


# The bits are e-mail 1, phone 2, company 4, job title 8.
@pytest.mark.parametrize(
    ("missing", "result"),
    [(0, "met"), (2 + 4, "met"), (1, "breached"), (8, "breached"), (15, "breached")],
)
def test_a_hand_off_is_complete_with_the_fields_that_were_promised(missing, result) -> None:
    term = make_term("completeness", about=("email", "job_title"))
    assert stands(term, missing=missing) == (result, HANDED)


@pytest.mark.parametrize(
    ("decision", "has_reason", "expected"),
    [
        ("rejected", True, ("met", AFTER)),
        ("rejected", False, ("breached", AFTER)),
        ("recycled", False, ("breached", AFTER)),
        ("accepted", False, None),
        ("disqualified", False, None),
        ("superseded", False, None),
    ],
)
def test_decisions_of_some_kinds_need_a_reason(decision, has_reason, expected) -> None:
    term = make_term("reason_coverage", about=("rejected", "recycled"))
    assert stands(term, **decided(decision, AFTER, has_reason=has_reason)) == expected


def test_what_is_not_decided_needs_no_reason() -> None:
    assert stands(make_term("reason_coverage")) is None


def acceptance(decision: str, at: str | None, *, term: str | None = "4", **row: object):
    """How it counts where a decision is promised within so many hours."""
    terms = [make_term("acceptance")]
    if term:
        terms.append(make_term("decision", target=(term, "business_hours")))
    judged = judge(make_version(1, *terms), decided(decision, at, **row))
    found = of_kind(judged, "acceptance")
    return [(str(each.result[0]), said(each.due_at[0])) for each in found]


@pytest.mark.parametrize(
    ("at", "counts_at"), [(BEFORE, DUE), (DUE, DUE), (AFTER, AFTER), ("2026-07-01", "2026-07-01")]
)
@pytest.mark.parametrize(("decision", "result"), [("accepted", "met"), ("rejected", "breached")])
def test_a_verdict_counts_once_it_is_made_and_was_due(decision, result, at, counts_at) -> None:
    said_at = counts_at if " " in counts_at else f"{counts_at} 00:00"
    assert acceptance(decision, at) == [(result, said_at)]


def test_where_no_decision_is_promised_it_is_old_enough_after_thirty_days() -> None:
    assert acceptance("accepted", BEFORE, term=None) == [("met", "2026-07-22 10:00")]
    late = "2026-07-22 10:00:00.000001"
    assert acceptance("accepted", late, term=None) == [("met", late)]


@pytest.mark.parametrize(
    ("tried_at", "expected"),
    [
        ("2026-06-22 11:59:59.999999", [("met", DUE)]),
        ("2026-06-22 12:00", [("met", DUE)]),
        ("2026-06-22 12:00:00.000001", []),
        (None, []),
    ],
)
def test_who_is_sent_back_was_worth_it_if_touched_before(tried_at, expected) -> None:
    assert acceptance("recycled", "2026-06-22 12:00", first_attempt_at=tried_at) == expected


@pytest.mark.parametrize("decision", ["disqualified", "superseded"])
def test_other_ends_say_nothing_of_what_marketing_promised(decision: str) -> None:
    assert acceptance(decision, BEFORE, first_attempt_at=HANDED) == []
    assert acceptance("pending", None) == []


def test_each_hand_off_is_one_of_the_volume_when_it_is_handed_over() -> None:
    (found,) = of_kind(judge(make_term("volume"), {}), "volume")
    assert (found.amount.tolist(), stands(make_term("volume"))) == ([1.0], ("met", HANDED))


def worth(points: dict[str, str]) -> list[float]:
    """What hand-offs of ads to a CFO, of ads, to a CFO, and of neither are worth."""
    rows = [
        {"channel": channel, "persona": persona}
        for channel, persona in (("ads", "CFO"), ("ads", "CTO"), ("web", "CFO"), ("", None))
    ]
    (found,) = of_kind(judge(make_term("value_points", points=points), *rows), "value_points")
    assert set(found.result) == {"met"}
    return found.amount.tolist()


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({"ads|CFO": "20.5", "": "10"}, [20.5, 10, 10, 10]),
        ({"ads|CFO": "20"}, [20, 0, 0, 0]),
        ({"ads|": "5", "": "1"}, [5, 5, 1, 1]),
        ({"|CFO": "7", "": "1"}, [7, 1, 7, 1]),
        # What says more counts, in whatever order it stands.
        ({"ads|CFO": "20", "ads|": "5", "|CFO": "7", "": "1"}, [20, 5, 7, 1]),
        ({"": "1", "|CFO": "7", "ads|": "5", "ads|CFO": "20"}, [20, 5, 7, 1]),
        ({"|CFO": "7", "ads|": "5"}, [5, 5, 7, 0]),
        ({"ads|": "5", "|CFO": "7"}, [5, 5, 7, 0]),
    ],
)
def test_points_are_those_of_the_channel_and_the_persona(points, expected) -> None:
    assert worth(points) == expected
