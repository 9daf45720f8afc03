"""One line per promise, through all versions that hold it."""

from __future__ import annotations

from datetime import datetime

import pytest

from queries.sla import lines
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import view

at = datetime.fromisoformat
MAY = make_version(1, make_term("decision"), make_term(share="0.8"), status="signed")
JUNE = make_version(
    2,
    make_term("coverage"),
    make_term(share="0.9"),
    status="signed",
    effective_at=at("2026-06-01 00:00"),
)
# Signed once more, with the same words.
JULY = make_version(
    3,
    make_term("coverage", owner="somebody else", term_id="other"),
    make_term(share="0.9"),
    status="signed",
    effective_at=at("2026-07-01 00:00"),
)
ALL = (MAY, JUNE, JULY)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-05-31 23:59:59", [("decision", (1,), False), ("first_attempt", (2,), False)]),
        (
            "2026-06-01 00:00",
            [
                ("coverage", (3,), False),
                ("first_attempt", (2, 4), False),
                ("decision", (1,), True),
            ],
        ),
        (
            "2026-07-01 00:00",
            [
                ("coverage", (3, 5), False),
                ("first_attempt", (2, 4, 6), False),
                ("decision", (1,), True),
            ],
        ),
    ],
)
def test_lines_are_those_in_force_and_then_those_that_are_over(moment: str, expected: list) -> None:
    found = lines.of(ALL, at(moment))
    assert [(line.key, line.numbers, line.is_over) for line in found] == expected


def test_a_line_shows_what_the_version_in_force_says() -> None:
    shares = [
        next(line.term.share for line in lines.of(ALL, at(moment)) if line.key == "first_attempt")
        for moment in ("2026-05-31", "2026-06-01")
    ]
    assert [str(share) for share in shares] == ["0.8", "0.9"]


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-05-01", "2026-05-31 23:59:59", None),
        ("2026-05-01", "2026-06-01", 1),
        ("2026-06-01", "2026-06-30", 1),
        ("2026-06-01 00:00:01", "2026-07-31", None),
    ],
)
def test_a_change_is_one_of_the_words_within_the_period(
    start: str, end: str, before: int | None
) -> None:
    (line,) = [one for one in lines.of(ALL, at(end)) if one.key == "first_attempt"]
    found = lines.changed_between(line, at(start), at(end))
    assert (found and found.version.number) == before
    if found:
        assert lines.began(line, found) == at("2026-06-01")


def test_what_is_shown_is_in_force_at_the_end_of_the_period_or_now() -> None:
    past = view("2026-06-30 12:00", end="2026-06-10", zone="Europe/Berlin")
    assert lines.shown_at(past) == at("2026-06-10 21:59:59.999999")
    assert lines.shown_at(view("2026-06-10 12:00")) == at("2026-06-10 12:00")
