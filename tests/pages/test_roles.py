"""Role by role: which pages there are, and whose names and rows are in them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import data, site
from queries import people
from tests import visits

MARCH = ["2026-03-01", "2026-03-31"]
REPS = {"rep": "bo", "sales_manager": "cy"}
PAGES = {
    role: ["overview", "handoffs", "sla", "agreement", "lead", "data_health"]
    for role in people.ROLES
}
PAGES["viewer"] = ["overview", "handoffs", "sla", "agreement", "data_health"]
PAGES["admin"] = [*PAGES["admin"], "admin"]
# Whose names a role may find in the rows of MARCH, and the leads and won deals it counts.
OTHERS = {"rep": ("Cy", "Dee", "South"), "sales_manager": ("Dee", "South")}
TILES = {"rep": ("1", "2"), "sales_manager": ("1", "2"), "leader": ("3", "3"), "viewer": ("3", "3")}
LINKS = (
    {},
    {"explain": "leads"},
    {"explain": "won"},
    {"by": "rep"},
    {"by": "team"},
    {"rep": "dee"},
    {"team": "south"},
    {"rep": ["dee", "(none)"], "explain": "leads", "by": "rep"},
    {"present": "1", "by": "rep"},
)


def everything_on(visit: AppTest) -> str:
    """All that the browser was sent: words, options, tables, charts with their rows, code."""
    parts = [visits.texts(visit), *(code.value for code in visit.code)]
    parts += [table.value.astype(str).to_csv() for table in visit.dataframe]
    choices = [*visit.selectbox, *visit.multiselect, *visit.segmented_control]
    parts += [str(choice.options) for choice in choices]
    for chart in visit.get("vega_lite_chart"):
        frames = [chart.proto.data.data, *(named.data.data for named in chart.proto.datasets)]
        parts += [chart.proto.spec, chart.proto.alt, *(f.decode("latin-1") for f in frames)]
    return "\n".join(parts)


def signed_in(door, role: str) -> None:
    door.sign_in(f"{role} person", role, REPS.get(role, ""))


@pytest.mark.parametrize("role", people.ROLES)
def test_each_role_has_its_pages_and_no_other_address(door, march_place, role: str) -> None:
    door.set_up(march_place)
    signed_in(door, role)
    titles = {entry.name: entry.title for entry in site.ENTRIES}
    for name, title in titles.items():
        visit = door.open(name)
        assert not visit.exception
        assert not visit.error
        shown = [heading.value for heading in visit.title]
        assert shown == [title if name in PAGES[role] else "Overview"]
        assert ("People" in [tab.label for tab in visit.tabs]) is (name == "admin" == role)
        listed = {info["page_name"] for info in visit._registered_pages.values()}
        assert listed == {titles[page] for page in PAGES[role]}


@pytest.mark.parametrize("role", ["rep", "sales_manager"])
@pytest.mark.parametrize("link", LINKS, ids=str)
def test_nobody_finds_others_in_any_view(door, march_place, role: str, link: dict) -> None:
    door.set_up(march_place)
    # A leader has filled the caches of the process with everybody's rows.
    door.sign_in()
    assert "Dee" in everything_on(door.open(period=MARCH, **link | {"by": "rep"}))
    signed_in(door, role)
    visit = door.open(period=MARCH, **link)
    assert not visit.exception
    found = everything_on(visit)
    said = [warning.value for warning in visit.warning]
    assert [name for name in OTHERS[role] if name in found] == []
    assert [tile.value for tile in visit.metric][1] == TILES[role][0]
    assert len(said) == ("rep" in link or "team" in link)


def test_a_leader_sees_all_also_after_a_rep_has_filled_the_caches(door, march_place) -> None:
    door.set_up(march_place)
    for name in ("_answer", "_plain_answer", "_choices"):
        getattr(data, name).cache_clear()
    for role, (leads, won) in TILES.items():
        signed_in(door, role)
        visit = door.open(period=MARCH)
        assert (visit.metric[1].value, visit.metric[5].value) == (leads, won)


@pytest.mark.parametrize("page", ["overview", "data_health"])
def test_a_rep_finds_nothing_of_others_on_a_flawed_source(door, demo_place, page: str) -> None:
    door.set_up(demo_place)
    door.sign_in()
    reps = data.newest()
    with reps.connect() as connection:
        labels = people_of(connection)
    rep_id = next(iter(labels))
    door.sign_in("somebody", "rep", rep_id)
    for link in ({}, {"by": "rep"}, {"explain": "leads"}, {"explain": "opportunities"}):
        visit = door.open(page, **link)
        assert not visit.exception
        assert not visit.error
        found = everything_on(visit)
        assert [label for key, label in labels.items() if key != rep_id and label in found] == []
    if page == "data_health":
        assert "5 rows are not counted" in found
        assert "Which ones, your role does not see." in found


def people_of(connection) -> dict[str, str]:
    from queries import choices

    labels = choices.labels(connection, "rep", scope=people.EVERYTHING)
    return {key: label for key, label in labels.items() if key != "(none)"}


def test_a_manager_sees_the_own_team_and_no_other(door, march_place) -> None:
    door.set_up(march_place)
    signed_in(door, "sales_manager")
    visit = door.open(period=MARCH, by="rep")
    assert set(visit.dataframe[0].value["label"]) == {"Bo", "Cy"}
    assert visit.multiselect(key="filter_bar.rep").options == ["Bo", "Cy"]
    assert visit.multiselect(key="filter_bar.team").options == ["North"]


def test_a_rep_whom_the_data_do_not_know_sees_nothing(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("x", "rep", "somebody else")
    visit = door.open(period=MARCH, by="rep", explain="leads")
    assert not visit.exception
    assert [tile.value for tile in visit.metric][1:6] == ["0"] * 5
    assert not visit.dataframe


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_the_projectors_role_sees_sums_and_nothing_about_a_person(
    door, march_place, link: dict
) -> None:
    door.set_up(march_place)
    door.sign_in()
    door.open(period=MARCH, **link)
    signed_in(door, "viewer")
    visit = door.open(period=MARCH, **link)
    assert not visit.exception
    found = everything_on(visit)
    assert [name for name in ("Ana", "Bo", "Cy", "Dee", "l1", "d2") if name in found] == []
    assert not visit.download_button
    assert "filter_bar.rep" not in [widget.key for widget in visit.multiselect]
    if link.get("by") == "rep":
        assert "By channel" in [header.value for header in visit.main.header]
    if link in ({"explain": "leads"}, {"explain": "won"}):
        said = [info.value for info in visit.tabs[0].info]
        assert said == ["Single rows are not for your role: they are about people."]


def test_the_projectors_role_sees_no_refused_rows_and_no_examples(door, demo_place) -> None:
    door.set_up(demo_place)
    signed_in(door, "viewer")
    visit = door.open("data_health")
    assert [table.value.columns[0] for table in visit.dataframe] == [
        "Relation",
        "Relation",
        "Kind",
    ]
    assert set(visit.dataframe[2].value["Examples"]) == {""}
