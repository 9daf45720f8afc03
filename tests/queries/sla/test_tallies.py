"""Clocks counted: what is called off is not among them, and amounts are summed exactly."""

from __future__ import annotations

from datetime import datetime

import pytest

from queries import working_time
from queries.people import EVERYTHING
from queries.sla import answers, lines, tallies
from queries.sla.tallies import Tally
from tests import company, sla_company
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import rejudged, view
from tests.sla_company import CHANGED, WORKED, numbers, scored

POINTS = make_version(
    1,
    make_term("value_points", points={"": "0.1", "web|": "0.2"}),
    make_term("decision"),
    status="signed",
)


@pytest.fixture(scope="module")
def worth(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worth")
    return rejudged(company.opened(folder, *WORKED), folder, POINTS)


def test_points_are_summed_to_the_last_digit(worth) -> None:
    shown = scored(worth, view(), POINTS, by="channel")
    # b has no channel: three times 0.2 and once 0.1 are not 0.7 in floating point.
    assert shown.scores[0].tally == Tally(4, 4, 0.7)
    assert {part.key: part.tallies[0].amount for part in shown.parts} == {"web": 0.6, None: 0.1}


def test_what_was_called_off_is_counted_nowhere(tmp_path) -> None:
    snapshot = company.opened(tmp_path, *CHANGED)
    # Handed over again at eleven, before its first attempt was due at 13:00.
    day = view(start="2026-06-01", end="2026-06-01")
    assert numbers(scored(snapshot, day))["first_attempt"] == (1, 1)


def test_campaigns_are_counted_for_their_owners(tmp_path) -> None:
    owned = company.make_campaign(owner_rep_id="ana")
    touch = company.make_touch("a", at="2026-05-30 08:00")
    shown = scored(company.opened(tmp_path, *WORKED, owned, touch), view(), by="owner")
    place = [score.line.key for score in shown.scores].index("decision")
    found = {part.label: part.tallies[place] for part in shown.parts}
    assert found == {"Ana": Tally(1, 1), "No owner known": Tally(2, 1)}


def test_wordings_of_a_promise_are_counted_together() -> None:
    versions = (
        make_version(1, make_term(), status="signed"),
        make_version(
            2, make_term(), status="signed", effective_at=datetime.fromisoformat("2026-06-01")
        ),
    )
    (line,) = lines.of(versions, datetime.fromisoformat("2026-06-30"))
    counted = {1: Tally(3, 2, 1.5), 2: Tally(4, 4, 1.0), 3: Tally(9, 9, 9.0)}
    assert tallies.of(line, counted) == Tally(7, 6, 2.5)
    assert tallies.of(line, {}) == Tally(0, 0, 0.0)


def test_an_unknown_dimension_is_none_to_count_by(worth) -> None:
    asked = {"entered": sla_company.entered(POINTS), "working": working_time.WorkingTime()}
    with worth.connect() as connection:
        shown = answers.load(connection, view(), scope=EVERYTHING, by="country", **asked)
    assert shown.parts == ()
