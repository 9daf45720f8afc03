"""Scores in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from queries.rules import intervals
from queries.sla import lines, scores, sentences
from queries.sla.tallies import Tally
from tests.agreement_terms import make_term, make_version

at = datetime.fromisoformat
HELD = make_version(
    1,
    make_term("decision", share="0.9"),
    make_term(segment={"channel": ("web",)}),
    make_term("coverage"),
    make_term("volume"),
    status="signed",
)
NAMES = {"channel": {"web": "Website"}}


def made(key: str, met: int, n: int, state: str, **more) -> scores.Score:
    (line,) = [each for each in lines.of((HELD,), at("2026-06-01")) if each.key == key]
    target = scores.share(line.held)
    return scores.Score(line, Tally(n, met), state, intervals.rate(met, n), target, **more)


KEPT = made("coverage", 50, 50, "kept")
MISSED = made("decision", 71, 100, "missed")
OPEN = made("first_attempt", 3, 4, "open")
NOT_DUE = made("first_attempt", 0, 0, "not_due")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "Sales has promised nothing in this version."),
        ([NOT_DUE], "Sales: nothing of what was promised can be judged in this period."),
        ([OPEN], "Sales: it is too early to tell of 1 promise."),
        ([KEPT], "Sales kept 1 of 1 promise and missed none for sure."),
        (
            [KEPT, OPEN],
            "Sales kept 1 of 2 promises and missed none for sure. For 1 it is too early to tell.",
        ),
        (
            [MISSED, NOT_DUE],
            "Sales missed 1 of 1 promise: Decision (71 % instead of 90 %)."
            " 1 promise cannot be judged in this period.",
        ),
        (
            [KEPT, MISSED, OPEN],
            "Sales kept 1 of 3 promises and missed 1: Decision (71 % instead of 90 %)."
            " For 1 it is too early to tell.",
        ),
    ],
)
def test_how_a_side_did_is_one_sentence(found: list, expected: str) -> None:
    assert sentences.overall(found, "sales_to_marketing", NAMES) == expected


def test_the_other_side_is_not_in_it() -> None:
    said = sentences.overall([MISSED], "marketing_to_sales", NAMES)
    assert said == "Marketing has promised nothing in this version."


def test_a_promise_is_called_by_its_kind_and_what_it_is_about() -> None:
    assert sentences.label(OPEN.line, NAMES) == "First attempt from channel Website"
    said = "A first attempt within 4 business hours, for 90 % of hand-offs from channel Website"
    assert sentences.promise(OPEN.line, NAMES) == said


def test_a_change_says_since_when_and_by_what_was_judged_before() -> None:
    later = make_version(
        2,
        make_term("decision", share="0.5"),
        status="signed",
        effective_at=at("2026-06-09 22:00"),
    )
    (line,) = [each for each in lines.of((HELD, later), at("2026-06-30")) if not each.is_over]
    before = lines.changed_between(line, at("2026-06-01"), at("2026-06-30"))
    score = scores.Score(line, Tally(), "not_due", before=before)
    assert sentences.changed(score, "Europe/Berlin", NAMES) == (
        "Since 10 Jun 2026. What began before is judged by:"
        " a decision within 16 business hours, for 90 % of hand-offs."
    )
    assert sentences.changed(KEPT, "UTC", NAMES) == ""
    (gone, *_) = [each for each in lines.of((HELD, later), at("2026-06-30")) if each.is_over]
    assert sentences.promise(gone, NAMES).endswith("(no longer promised)")


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "0 %"),
        (0.0004, "0.1 %"),
        (0.009, "0.9 %"),
        (0.714, "71 %"),
        (0.994, "99 %"),
        (0.996, "99.6 %"),
        (0.9999, "99.9 %"),
        (1, "100 %"),
    ],
)
def test_none_and_all_are_said_only_of_none_and_all(share: float, expected: str) -> None:
    assert sentences.percent(share) == expected


def test_few_and_amounts_stand_as_numbers() -> None:
    assert sentences.shortfall(OPEN) == "3 of 4"
    assert sentences.shortfall(NOT_DUE) == "nothing was due"
    volume = made("volume", 0, 0, "missed")
    told = scores.Score(volume.line, Tally(120, 0, 120.0), "missed", target=300.0)
    assert sentences.shortfall(told) == "120 of 300"
    assert (sentences.number(1234.5), sentences.number(1234.0)) == ("1,234.5", "1,234")
