"""`show sla`: the scorecards as data, with nothing that JSON cannot say."""

from __future__ import annotations

import json

import pytest

from queries import choices, show_sla
from queries.people import EVERYTHING
from tests import company
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import rejudged, view
from tests.sla_company import WORKED, scored

HELD = make_version(
    1, make_term(), make_term("feedback_given"), make_term("volume"), status="signed"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("show")
    snapshot = rejudged(company.opened(folder, *WORKED), folder, HELD)
    shown = scored(snapshot, view("2026-06-30 12:00"), HELD, by="rep")
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=EVERYTHING)
    return json.loads(json.dumps(show_sla.sla_page(shown, view(), known), allow_nan=False))


def test_each_promise_is_told_with_what_it_is_sure_of(page) -> None:
    first, feedback = page["sales_to_marketing"]["promises"]
    assert (first["n"], first["met"], first["state"], first["target"]) == (3, 1, "open", 0.9)
    assert round(first["low"], 3) == 0.061
    assert first["promise"] == "a first attempt within 4 business hours, for 90 % of hand-offs"
    assert len(first["trend"]) == 12
    assert (feedback["state"], feedback["n"], feedback["trend"]) == ("no_data", None, [])
    (volume,) = page["marketing_to_sales"]["promises"]
    assert (volume["amount"], volume["target"], volume["rate"]) == (4.0, 300.0, None)
    assert volume["pace"]["in_words"] == "day 22 of 22, 1 % delivered, expected 100 %"


def test_parts_and_sides_are_told(page) -> None:
    assert page["sales_to_marketing"]["overall"].startswith("Sales: it is too early to tell")
    assert page["steps"] == "month"
    told = {part["label"]: part["promises"]["first_attempt"]["n"] for part in page["parts"]}
    assert told == {"Bo": 2, "Cy": 1, "Dee": 0}


def test_as_a_table_the_whole_stands_before_its_parts(page) -> None:
    table = show_sla.flat(page)
    assert list(table["key"])[:3] == ["first_attempt", "feedback_given", "volume"]
    assert len(table) == 3 * 4
    bo = table[(table["part"] == "Bo") & (table["key"] == "volume")].iloc[0]
    assert (bo["amount"], bo["direction"]) == (2.0, "marketing_to_sales")
