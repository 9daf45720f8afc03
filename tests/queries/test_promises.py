"""Which promise a hand-off is measured by. All by hand.

Handed over on Monday, 22 June 2026, 10:00; work is from 9 to 18.
"""

from __future__ import annotations

import pytest

from queries import promises
from tests.agreement_terms import make_term, make_version
from tests.company import utc
from tests.promised import handoffs, judge, of_kind

TICK_BEFORE, AT, TICK_AFTER = (
    *("2026-06-24 23:59:59.999999", "2026-06-25 00:00", "2026-06-25 00:00:00.000001"),
)
CHANGED = utc("2026-06-25")


def attempt(**said_more):
    """A first attempt within four hours."""
    return make_term("first_attempt", **said_more)


def measured(versions, *rows) -> list[tuple[int, str, list[int]]]:
    """Number of each term, its kind, and the places of its hand-offs."""
    found = promises.promised(handoffs(*rows), versions)
    return [(each.number, each.term.kind, each.places.tolist()) for each in found]


def test_a_hand_off_is_measured_by_the_version_in_force_when_it_was_handed_over() -> None:
    old, new = make_version(1, attempt()), make_version(2, attempt(), effective_at=CHANGED)
    rows = [{"handed_at": at} for at in (TICK_BEFORE, AT, TICK_AFTER, "1999-01-01")]
    assert measured((old, new), *rows) == [
        *((1, "first_attempt", [0, 3]), (0, "coverage", [0, 3])),
        *((2, "first_attempt", [1, 2]), (0, "coverage", [1, 2])),
    ]


def test_the_first_version_holds_before_every_other_whenever_it_began() -> None:
    only = make_version(1, attempt(), effective_at=CHANGED)
    assert measured((only,), {"handed_at": "2001-01-01"})[0] == (1, "first_attempt", [0])


def test_of_two_versions_of_one_moment_the_later_one_holds() -> None:
    both = [make_version(number, attempt(), effective_at=CHANGED) for number in (2, 3)]
    found = measured((make_version(1, attempt()), *both), {"handed_at": AT})
    assert [number for number, _, places in found if places] == [3, 0]


def test_a_term_can_be_dropped_and_added() -> None:
    old = make_version(1, attempt(), make_term("decision"))
    new = make_version(2, make_term("first_contact"), make_term("decision"), effective_at=CHANGED)
    found = measured((old, new), {"handed_at": TICK_BEFORE}, {"handed_at": AT})
    assert [each for each in found if each[0]] == [
        *((1, "first_attempt", [0]), (2, "decision", [0])),
        *((3, "first_contact", [1]), (4, "decision", [1])),
    ]


@pytest.mark.parametrize(
    ("decided_at", "number"),
    [(TICK_BEFORE, 1), (AT, 2), (TICK_AFTER, 2), (None, None)],
)
def test_the_duty_to_give_a_reason_begins_with_the_decision(decided_at, number) -> None:
    versions = (
        make_version(1, make_term("reason_coverage")),
        make_version(2, make_term("reason_coverage"), effective_at=CHANGED),
    )
    decision = "rejected" if decided_at else "pending"
    row = {"handed_at": TICK_BEFORE, "decided_at": decided_at, "decision": decision}
    (found,) = of_kind(judge(versions, row), "reason_coverage") or [None]
    assert (found and found.number) == number


def test_another_target_changes_nothing_of_what_was_handed_over_before() -> None:
    old = make_version(1, attempt(), make_term("decision"))
    shorter = attempt(target=("1", "business_hours"))
    new = make_version(2, shorter, make_term("decision"), effective_at=CHANGED)
    rows = [
        {"handed_at": TICK_BEFORE, "first_attempt_at": "2026-06-25 10:30"},
        {"handed_at": AT, "first_attempt_at": "2026-06-25 10:30"},
    ]
    before, since = judge((old,), *rows[:1]), judge((old, new), *rows)
    for name in ("due_at", "done_at", "result", "amount"):
        for was, now in zip(before.terms, since.terms[: len(before.terms)], strict=True):
            assert getattr(now, name).tobytes() == getattr(was, name).tobytes()
    first, second = of_kind(since, "first_attempt")
    assert (first.result.tolist(), second.result.tolist()) == (["met"], ["breached"])
    for kind, due in before.pressing.items():
        for was, now in zip(due.columns(), since.pressing[kind].columns(), strict=True):
            assert now[:1].tobytes() == was.tobytes()


@pytest.mark.parametrize(
    ("dimension", "column"),
    [
        ("team", "receiving_team_id"),
        ("campaign", "campaign_id"),
        *((name, name) for name in ("channel", "persona", "country")),
    ],
)
def test_a_segment_holds_for_its_values_and_never_for_none(dimension: str, column: str) -> None:
    term = attempt(segment={dimension: ("a", "b")})
    rows = [{column: value} for value in ("a", "b", "c", None, "A")]
    found = measured((make_version(1, term),), *rows)
    assert found == [(1, "first_attempt", [0, 1]), (0, "coverage", [0, 1, 2, 3, 4])]


def test_all_of_a_segment_must_hold() -> None:
    term = attempt(segment={"channel": ("web",), "country": ("Peru", "Chile")})
    rows = [
        {"channel": channel, "country": country}
        for channel, country in (("web", "Chile"), ("web", "Cuba"), ("ads", "Peru"), ("web", ""))
    ]
    assert measured((make_version(1, term),), *rows)[0] == (1, "first_attempt", [0])


def test_of_several_terms_of_a_kind_the_first_that_holds_counts() -> None:
    web, peru = attempt(segment={"channel": ("web",)}), attempt(segment={"country": ("Peru",)})
    decision = make_term("decision", segment={"channel": ("web",)})
    rows = [
        {"channel": channel, "country": country}
        for channel, country in (("web", "Peru"), ("ads", "Peru"), ("web", "Cuba"), ("ads", "Cuba"))
    ]
    found = measured((make_version(1, web, peru, decision, attempt()),), *rows)
    assert [(number, places) for number, _, places in found if number] == [
        *((1, [0, 2]), (2, [1]), (3, [0, 2]), (4, [3])),
    ]
    # A general one takes what comes after it.
    found = measured((make_version(1, attempt(), web),), *rows)
    assert [places for number, _, places in found if number] == [[0, 1, 2, 3], []]


def test_what_is_inferred_is_not_promised() -> None:
    rows = {"is_inferred": True}, {}
    assert {tuple(places) for *_, places in measured((make_version(1),), *rows)} == {(1,)}


def test_coverage_is_asked_of_everybody_to_whom_it_was_not_promised() -> None:
    coverage = make_term("coverage", segment={"channel": ("web",)})
    found = measured((make_version(1, coverage),), {"channel": "web"}, {"channel": "ads"})
    assert found == [(1, "coverage", [0]), (0, "coverage", [1])]
