"""The next step in a sentence, with the time that is left."""

from __future__ import annotations

import pytest

from components import lead_next as drawn
from queries import lead_next
from queries.rules.business_time import HOUR, MINUTE
from tests.company import utc

NOW = utc("2026-06-30 12:00")
DUE = utc("2026-06-30 16:40")


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (("First attempt due", "attempt", "running"), "First attempt due in 1 h 20 · today 16:40"),
        (("First attempt due", "attempt", "due_soon"), "First attempt due in 1 h 20 · today 16:40"),
        (
            ("First attempt overdue since", "attempt", "overdue"),
            "First attempt overdue since today 16:40",
        ),
        (("Decide until", "decision", "running"), "Decide until today 16:40 · 1 h 20 left"),
        (("It stands still until", "decision", "paused"), "It stands still until today 16:40"),
    ],
)
def test_a_clock_says_how_much_is_left_and_until_when(step, sentence: str) -> None:
    given = lead_next.NextStep(*step, DUE, HOUR + 20 * MINUTE)
    assert drawn.said(given, "UTC", NOW) == sentence


def test_the_time_of_the_rep_stands_beside_it() -> None:
    step = lead_next.NextStep("Decide until", "decision", "running", DUE, HOUR, "America/New_York")
    assert drawn.said(step, "UTC", NOW) == "Decide until today 16:40 · 1 h left · 12:40 in New York"


def test_without_a_clock_it_is_its_words() -> None:
    assert drawn.said(lead_next.NextStep("Nothing is open."), "UTC", NOW) == "Nothing is open."
