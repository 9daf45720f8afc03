"""The foot of the sidebar: the projector view, and reading the source again."""

from __future__ import annotations

from components import data
from queries.refresh.background import Status


def test_the_projector_view_is_one_click_away_and_one_click_back(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(rep="bo")
    visit.button(key="sidebar.present").click().run()
    assert (visit.query_params["present"], visit.query_params["rep"]) == ("1", "bo")
    assert len(visit.sidebar) == 0
    assert not visit.multiselect
    assert not visit.dataframe
    assert [tile.label for tile in visit.metric][-1] == "Revenue"
    visit.button(key="present.exit").click().run()
    assert "present" not in visit.query_params
    assert len(visit.multiselect) == 4


def test_reading_again_is_asked_for_once(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open()
    again = visit.button(key="sidebar.refresh")
    assert (again.label, again.disabled) == ("Read the source again", False)
    again.click().run()
    assert data.refresher()._asked is True
    data.refresher().status = Status(is_running=True)
    again = visit.run().button(key="sidebar.refresh")
    assert (again.label, again.disabled) == ("Reading the source …", True)


def test_it_says_who_is_there(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("cy *x*", "sales_manager", "cy")
    said = [caption.value for caption in door.open().sidebar.caption]
    assert said == ["Signed in: **cy \\*x\\***, sales manager"]
