"""What stands on a card: the number, against what, and how sure it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from components import sla_cards
from queries.rules import intervals
from queries.sla import lines, scores, tallies
from tests import visits
from tests.agreement_terms import make_term, make_version
from tests.sla_company import KINDS

HELD = make_version(1, *(make_term(kind) for kind in KINDS), status="signed")
LINES = {line.key: line for line in lines.of((HELD,), datetime.fromisoformat("2026-06-01"))}


def made(key: str, met: int, n: int, state: str) -> scores.Score:
    rate = intervals.rate(met, n)
    amount = float(n) if LINES[key].is_amount else 0.0
    return scores.Score(LINES[key], tallies.Tally(n, met, amount), state, rate, 0.9)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (made("decision", 71, 100, "missed"), "71 %"),
        (made("decision", 3, 4, "open"), "3 of 4"),
        (made("decision", 0, 0, "not_due"), "n/a"),
        (made("feedback_given", 0, 0, "no_data"), "no data"),
        (made("volume", 1234, 1234, "of_others"), "1,234"),
    ],
)
def test_the_number_of_a_card(score: scores.Score, expected: str) -> None:
    assert sla_cards.value(score) == expected


def test_cards_say_how_sure_they_are_and_what_to_connect(tmp_path) -> None:
    def page() -> None:
        from components import sla_cards
        from queries.sla import answers, sentences
        from tests.components import test_sla_cards as given

        found = (
            given.made("decision", 71, 100, "missed"),
            given.made("first_attempt", 8, 10, "open"),
            given.made("coverage", 0, 0, "no_data"),
            given.made("feedback_given", 0, 0, "no_data"),
            given.made("volume", 12, 12, "of_others"),
        )
        overall = dict.fromkeys(sentences.SIDES, "As a whole.")
        names = {"rep": {}}
        shown = answers.Answers(found, overall, "month", (), names, True, True)
        sla_cards.render(shown, "UTC", is_present=False)

    visit = visits.of_function(page).run()
    assert not visit.exception
    said = [caption.value.replace("\\", "") for caption in visit.caption]
    assert "promised: 90 % · n = 100 · between 61 % and 79 %" in said
    assert "Connect activities: calls, e-mails, meetings." in said
    assert "Feedback is not collected yet." in said
    assert "promised for more than this view shows · n = 12" in said
    few = {tile.label: tile.delta for tile in visit.metric}
    assert (few["First attempt"], few["Decision"]) == ("few cases", "")
    assert len(visit.button) == 5
