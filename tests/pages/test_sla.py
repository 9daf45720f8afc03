"""The SLA page: what each role sees of it, in each part, and what an address can ask for."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests import company, handoff_company
from tests.handoff_company import JUNE, NAMES, NOON
from tests.pages import test_handoffs, test_overview
from tests.pages.test_handoffs import ROLES, everything_on

SECTIONS = ("scorecard", "parts", "breaches", "due_soon", "ignored")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of TUESDAY's company; for tests that only look."""
    folder = tmp_path_factory.mktemp("sla")
    handoff_company.opened(folder, *handoff_company.TUESDAY)
    return folder


def seen(door, place, role: str = "leader", **parameters) -> AppTest:
    """The page as somebody of a role sees it on Tuesday at noon."""
    door.set_up(place)
    door.sign_in(f"a {role}", role, ROLES.get(role, ""))
    visit = door.come("sla", **{"period": JUNE, "as_of": NOON} | parameters)
    assert not visit.exception
    assert not visit.error
    return visit


def test_both_columns_say_how_each_side_did(door, place) -> None:
    visit = seen(door, place)
    assert {tile.label: tile.value for tile in visit.metric} == {
        "Acceptance": "2 of 3",
        "Completeness": "89 %",
        "Handing over": "89 %",
        "First attempt": "50 %",
        "First contact": "0 of 1",
        "Attempts": "n/a",
        "Coverage": "3 of 3",
        "Decision": "3 of 3",
        "Reasons": "2 of 2",
    }
    assert [header.value for header in visit.header] == ["Sales to marketing", "Marketing to sales"]
    said = [text.value.replace("\\", "").replace("\u00a0", " ") for text in visit.markdown]
    assert (
        "**Sales missed 1 of 5 promises: First attempt (50 % instead of 90 %). For 4 it is too"
        " early to tell. 1 promise cannot be judged in this period.**"
    ) in said
    assert "**Marketing: it is too early to tell of 3 promises.**" in said


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", [*ROLES, "viewer"])
def test_nobody_finds_others_in_any_part(door, place, role: str, section: str) -> None:
    # A leader has filled the caches of the process with everybody's rows.
    seen(door, place, show=section, by="rep")
    visit = seen(door, place, role, show=section, by="rep")
    found = everything_on(visit)
    if role == "viewer":
        hidden = ["Ana", "Bo", "Cy", "Dee", *NAMES.values()]
    else:
        hidden = {"rep": ["Dee", "Cy"], "sales_manager": ["Dee"]}.get(role, [])
        hidden += [] if role not in ("rep", "sales_manager") else ["Xaver", "Nina"]
    assert [name for name in hidden if re.search(rf"\b{name}\b", found)] == []
    assert not test_overview.NOT_A_NUMBER.search(found)


def test_on_a_projector_there_are_teams_and_nothing_to_press(door, place) -> None:
    visit = seen(door, place, present="1", show="parts", by="rep")
    assert [button.key for button in visit.button] == ["heading.newest", "present.exit"]
    assert list(visit.dataframe[0].value["Team"]) == ["North", "South", "No team"]
    assert re.search(r"\b(Bo|Cy|Dee)\b", everything_on(visit)) is None


def test_reps_stand_in_the_order_of_their_names(door, place) -> None:
    visit = seen(door, place, show="parts", by="rep")
    sales = visit.dataframe[0].value
    assert list(sales["Rep"]) == ["Bo", "Cy", "Dee", "Unassigned"]
    assert list(sales["First attempt"]) == ["2 of 3", "1 of 2", "0 of 1", "n/a"]
    assert list(visit.dataframe[1].value["Acceptance"]) == ["1 of 2", "1 of 1", "n/a", "n/a"]


@pytest.mark.parametrize("role", ["leader", "rep"])
def test_behind_each_promise_stand_as_many_rows(door, place, role: str) -> None:
    expected = {"leader": {"first_attempt": 6, "reason_coverage": 2}}
    expected["rep"] = {"first_attempt": 3, "reason_coverage": 1}
    for key, n in expected[role].items():
        rows = seen(door, place, role, explain=key).tabs[0]
        assert rows.caption[0].value == f"Rows 1 to {n} of {n}"
        assert len(rows.dataframe[0].value) == n


def test_a_card_opens_its_rows_its_definition_and_its_sql(door, place) -> None:
    visit = seen(door, place)
    visit.button(key="sla_cards.first_attempt").click().run()
    assert test_handoffs.asked_for(visit, "explain") == "first_attempt"
    assert [tab.label for tab in visit.tabs] == ["Rows", "Definition", "SQL"]
    table = visit.tabs[0].dataframe[0].value.set_index("lead_id")
    assert table.loc["lead?id=c1", "what"] == "2 h late"
    assert table.loc["lead?id=x1", "what"] == "not yet, 7 h over"
    assert "handoff_clocks" in visit.code[0].value


def test_what_was_missed_is_told_one_by_one(door, place) -> None:
    table = seen(door, place, show="breaches").dataframe[0].value
    assert len(table) == 7
    assert list(table.loc[table["promise"] == "First attempt", "rep_then"]) == ["Dee", "Bo", "Cy"]


def test_what_is_due_soon_and_who_was_never_tried_are_listed(door, place) -> None:
    soon = seen(door, place, show="due_soon").dataframe[0].value
    assert list(soon["Name"]) == ["Sam Soon"]
    assert list(soon["Due"]) == ["in 1 h · today 13:00"]
    visit = seen(door, place, show="ignored")
    assert "No rows in this period with these filters." in [info.value for info in visit.info]


@pytest.mark.parametrize("value", ["<b>", "' or 1=1 --", "x" * 5_000, "🤝", "-1"])
def test_an_address_that_means_nothing_shows_the_scorecard(door, place, value: str) -> None:
    visit = seen(door, place, **dict.fromkeys(("show", "by", "explain", "page"), value))
    assert len(visit.metric) == 9


def test_a_past_moment_is_shown_as_it_was(door, place) -> None:
    visit = seen(door, place, as_of="2026-06-29 12:59")
    found = {tile.label: tile.value for tile in visit.metric}
    # Of Thursday's and Friday's three; nothing of Monday was due yet.
    assert found["First attempt"] == "2 of 3"


def test_without_hand_offs_there_is_nothing_to_show(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_lead())
    door.set_up(tmp_path)
    visit = door.open("sla")
    assert not visit.exception
    assert not visit.metric
    assert visit.info[0].value.startswith("No data: connect the stage history")
