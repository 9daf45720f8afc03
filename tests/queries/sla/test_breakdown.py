"""Who may look at promises by what, and in which order."""

from __future__ import annotations

import pytest

from queries.agreements import defaults
from queries.people import EVERYTHING, FIGURES, Scope
from queries.sla import breakdown, lines
from queries.sla.tallies import Tally
from tests.handoff_questions import view

NAMES = {"rep": {"bo": "Zoe", "cy": "adam"}, "team": {}}


@pytest.mark.parametrize(
    ("scope", "is_present", "expected"),
    [
        (EVERYTHING, False, ("rep", "team", "owner", "campaign", "channel")),
        (EVERYTHING, True, ("team", "campaign", "channel")),
        (FIGURES, False, ("team", "campaign", "channel")),
        (Scope("teams", ("north",)), False, ("rep", "team", "campaign", "channel")),
        (Scope("reps", ("bo",)), False, ("rep", "team", "campaign", "channel")),
    ],
)
def test_figures_of_a_person_are_not_for_everybody(
    scope: Scope, is_present: bool, expected: tuple[str, ...]
) -> None:
    assert breakdown.dimensions(scope, is_present=is_present) == expected


def test_parts_stand_in_the_order_of_their_names_and_never_of_their_results() -> None:

    line, *_ = lines.of((defaults.VERSION,), view().as_of)
    counted = {"bo": {1: Tally(9, 9)}, None: {1: Tally(5, 1)}, "cy": {1: Tally(9, 0)}, "x": {}}
    found = breakdown.parts([line], counted, NAMES, "rep")
    assert [part.label for part in found] == ["adam", "x", "Zoe", "Unassigned"]
    assert [part.tallies[0].met for part in found] == [0, 0, 9, 1]
    assert breakdown.parts([line], {None: {}}, NAMES, "owner")[0].label == "No owner known"
