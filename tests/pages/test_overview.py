"""The Overview on a whole company, on one without a row, and while newer data arrive."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta

import pytest

from queries import contract, refresh
from tests import company, small_company, visits

MARCH = ["2026-03-01", "2026-03-31"]
# A number that nobody computed.
NOT_A_NUMBER = re.compile(r"\b(nan|NaN|None|<NA>|inf)\b")


def headers_only() -> dict[str, str]:
    """Every relation of the contract as a file without a row."""
    return {
        f"{name}.csv": ",".join(column.name for column in relation.columns)
        for name, relation in contract.RELATIONS.items()
    }


def charts(visit) -> list[str]:
    return [chart.proto.alt for chart in visit.get("vega_lite_chart")]


def test_a_whole_company_fills_every_section(door, demo_place) -> None:
    door.set_up(demo_place)
    visit = door.open()
    assert not visit.exception
    assert not visit.error
    assert not visit.warning
    assert [title.value for title in visit.title] == ["Overview"]
    assert [sub.value for sub in visit.main.header] == [
        "In this period",
        "Of this cohort",
        "By channel",
    ]
    # Two funnels, eight weeks' panels, one breakdown.
    assert len(charts(visit)) == 2 + 8 + 1
    assert len(visit.metric) == 7
    assert not NOT_A_NUMBER.search(visits.texts(visit) + "".join(charts(visit)))
    assert re.fullmatch(r"€[\d,.]+[KM]?", visit.metric[6].value)


def test_the_whole_company_fits_a_projector_without_widgets(door, demo_place) -> None:
    door.set_up(demo_place)
    visit = door.open(present="1")
    assert not visit.exception
    assert len(charts(visit)) == 11
    assert [button.key for button in visit.button] == ["present.exit"]
    assert len(visit.sidebar) == 0
    assert not visit.selectbox


@pytest.mark.parametrize(
    "files", [{"teams.csv": "team_id"}, headers_only()], ids=["one relation", "none with a row"]
)
def test_a_company_without_a_row_is_no_zero_and_no_error(door, tmp_path, files) -> None:
    visits.build(tmp_path, files)
    door.set_up(tmp_path)
    for parameters in ({}, {"present": "1"}, {"explain": "leads", "by": "rep"}):
        visit = door.open(**parameters)
        assert not visit.exception
        assert not visit.error
        assert [tile.value for tile in visit.metric] == ["no data"] * 7
        assert "No data: connect what the tiles name." in [info.value for info in visit.info]
        assert not NOT_A_NUMBER.search(visits.texts(visit) + "".join(charts(visit)))
    visit.switch_page("pages/data_health.py").run()
    assert not visit.exception
    assert not visit.error
    assert not NOT_A_NUMBER.search(visits.texts(visit))


def test_an_open_page_shows_newer_data_at_its_next_run(door, march_place, tmp_path) -> None:
    place = shutil.copytree(march_place, tmp_path / "copy")
    door.set_up(place)
    visit = door.open(period=MARCH)
    assert visit.metric[1].value == "3"
    company.write(place / "source", *company.STAFF, *company.MARCH, company.make_lead("l9"))
    refresh.refresh(small_company.configured(place), visits.NOW + timedelta(minutes=5))
    visit.run()
    assert visit.metric[1].value == "4"
    assert "12:05" in visit.markdown[0].value


def test_names_from_the_data_have_no_meaning(door, tmp_path) -> None:
    evil = "![x](http://a.b/c.png) :red[y] $z$ <b>"
    company.opened(
        tmp_path,
        company.make_campaign(campaign_name=evil),
        company.make_lead(source=evil),
        company.make_touch(),
    )
    door.set_up(tmp_path)
    visit = door.open(period=MARCH, campaign="spring", channel=[evil, "ads"], by="campaign")
    assert not visit.exception
    assert not visit.error
    said = visits.texts(visit)
    for alive in ("![", "](", ":red[", "$z$", "<b>"):
        assert alive not in said
