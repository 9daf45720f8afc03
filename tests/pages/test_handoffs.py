"""The Handoffs page: what each role sees of it, in each part, and what an address can ask for."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests import handoff_company, visits
from tests.handoff_company import JUNE, NAMES, NOON
from tests.pages import test_overview, test_roles

NOT_YOURS = "This hand-off is not there, or not yours to decide on."
PAST = "This shows the past. To decide, show the newest data."
SECTIONS = ("list", "results", "funnel", "times", "reasons", "recycled")
ROLES = {"leader": "", "admin": "", "marketer": "", "sales_manager": "cy", "rep": "bo"}
# The leads in each one's list, the most urgent first.
ALL = ["o1", "x1", "s1", "n1", "r1", "d1"]
SEEN = {
    **dict.fromkeys(("leader", "admin", "marketer"), ALL),
    "sales_manager": ["o1", "s1", "r1", "d1"],
    "rep": ["o1", "s1", "r1"],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of TUESDAY's company; for tests that only look."""
    folder = tmp_path_factory.mktemp("handoffs")
    handoff_company.opened(folder, *handoff_company.TUESDAY)
    return folder


def seen(door, place, role: str = "leader", **parameters) -> AppTest:
    """The page as somebody of a role sees it on Tuesday at noon, which is past."""
    door.set_up(place)
    door.sign_in(f"a {role}", role, ROLES.get(role, ""))
    visit = door.come("handoffs", **{"period": JUNE, "as_of": NOON} | parameters)
    assert not visit.exception
    assert not visit.error
    return visit


def everything_on(visit: AppTest) -> str:
    parts = [test_roles.everything_on(visit), *(table.value.to_csv() for table in visit.table)]
    parts += [link.proto.label for link in visit.get("page_link")]
    parts += [f"{button.label} {button.help}" for button in visit.button]
    return "\n".join(parts)


def listed(visit: AppTest) -> list[str]:
    """The leads of the list, in its order."""
    return [link.proto.query_string.removeprefix("id=") for link in visit.get("page_link")]


def states(visit: AppTest) -> dict[str, str]:
    return {tile.label: tile.value for tile in visit.metric[:4]}


def asked_for(visit: AppTest, name: str) -> str:
    """What stands in the address under this name."""
    value = visit.query_params[name]
    return value if isinstance(value, str) else value[-1]


def keys(visit: AppTest, start: str) -> list[str]:
    return [button.key for button in visit.button if str(button.key).startswith(start)]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_own_list_the_most_urgent_first(door, place, role: str) -> None:
    visit = seen(door, place, role, show="list")
    assert listed(visit) == SEEN[role]
    assert f"1 to {len(SEEN[role])} of {len(SEEN[role])}, the most urgent first" in [
        caption.value for caption in visit.caption
    ]
    found = everything_on(visit)
    others = [NAMES[lead_id] for lead_id in NAMES if lead_id not in SEEN[role]]
    assert [name for name in others if name in found] == []


@pytest.mark.parametrize("role", ROLES)
def test_decisions_are_made_in_the_present(door, place, role: str) -> None:
    can_decide = role in ("rep", "sales_manager", "admin")
    now = seen(door, place, role, show="list", as_of=[])
    assert listed(now) == SEEN[role]
    assert len(keys(now, "work_list.decide_")) == (len(SEEN[role]) if can_decide else 0)
    assert PAST not in visits.texts(now)
    # A minute before the data were read, and at that minute.
    past = seen(door, place, role, show="list", as_of="2026-06-30 12:29")
    assert keys(past, "work_list.decide_") == []
    assert (PAST in visits.texts(past)) is can_decide
    read = seen(door, place, role, show="list", as_of="2026-06-30 12:30")
    assert len(keys(read, "work_list.decide_")) == (len(SEEN[role]) if can_decide else 0)


def test_an_address_cannot_decide_in_the_past(door, place) -> None:
    past = seen(door, place, "rep", show="results", decide="o1:1")
    assert not past.radio
    assert PAST in visits.texts(past)
    past.button(key="heading.newest").click().run()
    assert len(past.radio) == 1
    assert PAST not in visits.texts(past)


def test_the_list_says_who_until_when_and_what_was_done(door, place) -> None:
    visit = seen(door, place, show="list")
    said = [caption.value.replace("\\", "") for caption in visit.caption]
    assert "since yesterday 13:00" in said
    assert "in 1 h · today 13:00" in said
    assert "in 7 h · tomorrow 10:00" in said
    assert "no attempt yet · Bo · Spring" in said
    assert "no attempt yet · Unassigned · No campaign" in said
    assert "1 attempt, not decided yet · Cy · No campaign" in said
    assert "no attempt yet · Bo · No campaign · missing: phone" in said
    assert states(visit) == {"Overdue": "2", "Due soon": "1", "Running": "3", "Paused": "0"}


def test_a_rep_does_not_read_the_own_name_on_each_row(door, place) -> None:
    visit = seen(door, place, "rep", show="list")
    said = [caption.value.replace("\\", "") for caption in visit.caption]
    assert "no attempt yet · Spring" in said
    assert [line for line in said if " Bo" in line] == []
    assert states(visit) == {"Overdue": "1", "Due soon": "1", "Running": "1", "Paused": "0"}


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("rep", "list"),
        ("sales_manager", "list"),
        ("admin", "list"),
        ("marketer", "results"),
        ("leader", "results"),
        ("viewer", "results"),
    ],
)
def test_whoever_decides_comes_to_the_list_and_the_others_to_the_results(
    door, place, role: str, first: str
) -> None:
    assert seen(door, place, role).session_state["handoff_choice.section"] == first


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", [*ROLES, "viewer"])
def test_nobody_finds_others_in_any_part(door, place, role: str, section: str) -> None:
    # A leader has filled the caches of the process with everybody's rows.
    seen(door, place, show=section)
    visit = seen(door, place, role, show=section)
    found = everything_on(visit)
    if role == "viewer":
        hidden = ["Ana", "Bo", "Cy", "Dee", *NAMES.values()]
    else:
        hidden = {"rep": ["Dee", "Cy"], "sales_manager": ["Dee"]}.get(role, [])
        hidden += [] if SEEN[role] == ALL else ["Xaver", "Nina"]
    assert [name for name in hidden if re.search(rf"\b{name}\b", found)] == []
    assert not test_overview.NOT_A_NUMBER.search(found)


def test_the_projectors_role_sees_teams_and_no_list(door, place) -> None:
    visit = seen(door, place, "viewer", show="list")
    offered = visit.button_group(key="handoff_choice.section").options
    assert "Work list" not in str(offered)
    board = visit.dataframe[0].value
    assert list(board["label"]) == ["North", "South", "No team"]
    assert list(board["open"]) == [4, 1, 1]
    visit = seen(door, place, "viewer", explain="overdue")
    assert "Single rows are not for your role: they are about people." in [
        info.value for info in visit.info
    ]
    assert not visit.download_button
    assert "Olga" not in everything_on(visit)


def test_on_a_projector_there_are_teams_and_nothing_to_press(door, place) -> None:
    visit = seen(door, place, "sales_manager", present="1", show="list")
    assert [button.key for button in visit.button] == ["heading.newest", "present.exit"]
    assert list(visit.dataframe[0].value["label"]) == ["North"]
    assert "Olga" not in everything_on(visit)


def test_the_results_are_those_of_the_period(door, place) -> None:
    visit = seen(door, place, show="results")
    assert {tile.label: tile.value for tile in visit.metric[4:]} == {
        "Handed over": "9",
        "Accepted of decided": "1 of 3",
        "Complete contacts": "89 %",
        "Answered in time": "50 %",
        "Median first attempt": "6 h",
        "Ignored": "0 of 3",
    }
    board = visit.dataframe[0].value.set_index("label")
    assert list(board["open"]) == [3, 1, 1, 1]
    assert board.loc["Bo"].tolist() == [3, 1, 1, 1, 0, 3, "2 of 3"]


@pytest.mark.parametrize("role", ["leader", "rep"])
def test_behind_each_number_stand_as_many_rows(door, place, role: str) -> None:
    numbers = {"overdue": 0, "due_soon": 1, "running": 2}
    visit = seen(door, place, role, show="results")
    expected = {key: int(visit.metric[n].value) for key, n in numbers.items()}
    expected["handed"] = int(visit.metric[4].value)
    expected["timed"] = {"leader": 9, "rep": 5}[role]
    (median,) = [said.value for said in visit.caption if said.value.startswith("9 of 10")]
    assert median.endswith(f" n \\= {expected['timed']}")
    for key, n in expected.items():
        rows = seen(door, place, role, show="results", explain=key).tabs[0]
        assert rows.caption[0].value == f"Rows 1 to {n} of {n}"
        assert len(rows.dataframe[0].value) == n


def test_a_number_opens_its_rows_its_definition_and_its_sql(door, place) -> None:
    visit = seen(door, place, show="results")
    visit.button(key="handoff_tiles.results_4").click().run()
    assert asked_for(visit, "explain") == "timed"
    visit = seen(door, place, show="results")
    visit.button(key="handoff_tiles.results_3").click().run()
    assert asked_for(visit, "explain") == "met"
    assert [tab.label for tab in visit.tabs] == ["Rows", "Definition", "SQL"]
    table = visit.tabs[0].dataframe[0].value
    assert sorted(table["lead_id"]) == ["lead?id=a1", "lead?id=d1", "lead?id=j1"]
    assert "**3 hand-offs** · in 1–30 Jun 2026" in [said.value for said in visit.markdown]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("overdue", ["o1", "x1"]),
        ("due_soon", ["s1"]),
        ("running", ["n1", "r1", "d1"]),
        ("paused", []),
        ("open", ALL),
        ("accepted", ALL),
        ("<b>", ALL),
        ("", ALL),
    ],
)
def test_the_address_chooses_the_state(door, place, state: str, expected: list) -> None:
    visit = seen(door, place, show="list", state=state)
    assert listed(visit) == expected
    assert ("Nothing is open here." in [info.value for info in visit.info]) is (not expected)


def test_a_tile_leads_to_its_rows_of_the_list(door, place) -> None:
    visit = seen(door, place, show="reasons")
    visit.button(key="handoff_tiles.overdue").click().run()
    assert listed(visit) == ["o1", "x1"]
    assert [asked_for(visit, name) for name in ("show", "state")] == ["list", "overdue"]


def test_filters_hold_for_the_list_and_the_tiles(door, place) -> None:
    visit = seen(door, place, show="list", rep="bo", state="running")
    assert listed(visit) == ["r1"]
    assert states(visit) == {"Overdue": "1", "Due soon": "1", "Running": "1", "Paused": "0"}


def test_a_past_moment_is_shown_as_it_was(door, place) -> None:
    # On Monday at 12:59 Olga's clock still ran, and Sam was not handed over yet.
    visit = seen(door, place, show="list", as_of="2026-06-29 12:59")
    assert listed(visit) == ["o1", "x1", "d1"]
    assert states(visit) == {"Overdue": "0", "Due soon": "1", "Running": "2", "Paused": "0"}


@pytest.mark.parametrize("value", ["<b>", "' or 1=1 --", "x" * 5_000, "o1\u202e", "🤝", "-1"])
def test_an_address_that_means_nothing_shows_the_page(door, place, value: str) -> None:
    asked = dict.fromkeys(("show", "state", "decide", "explain", "page"), value)
    visit = seen(door, place, **asked)
    assert len(visit.metric) == 10
    assert [said.value for said in visit.warning] == [NOT_YOURS]
    visit = seen(door, place, "rep", **asked)
    assert listed(visit) == SEEN["rep"]
    assert PAST in visits.texts(visit)
    visit = seen(door, place, "rep", **asked | {"as_of": []})
    assert [said.value for said in visit.warning] == [NOT_YOURS]


def test_the_two_funnels_say_what_happened_and_what_became_of_these(door, place) -> None:
    visit = seen(door, place, show="funnel")
    assert [chart.proto.alt for chart in visit.get("vega_lite_chart")] == [
        "In this period: 9 handed over, 8 assigned, 4 attempted, 0 contacted, 3 decided,"
        " 1 accepted, 1 rejected, 1 recycled, 0 disqualified, 0 handed over again.",
        "Of the hand-offs old enough: 8 assigned, 4 attempted, 0 contacted, 3 decided,"
        " 1 accepted, 1 rejected, 1 recycled, 0 disqualified, 0 handed over again.",
    ]
    assert "are decided within 1 day." in visits.texts(visit)


def test_reasons_and_what_came_back_are_those_of_the_period(door, place) -> None:
    visit = seen(door, place, show="reasons")
    reasons = [table.value.to_numpy().tolist() for table in visit.dataframe]
    assert reasons == [[["too small", 1, "1 of 1"]], [["bad timing", 1, "1 of 1"]]]
    visit = seen(door, place, show="recycled")
    assert list(visit.table[0].value["Leads"]) == ["0", "0", "0", "1"]
    assert "- **1** were sent back to marketing" in visits.texts(visit)
