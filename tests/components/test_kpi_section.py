"""The tiles with their words: label, rows, caveat, and what to connect where there is no data."""

from __future__ import annotations

from tests import company

MARCH = ["2026-03-01", "2026-03-31"]


def tiles(visit) -> list[tuple[str, str, str]]:
    return [(tile.label, tile.value, tile.delta) for tile in visit.metric]


def captions(visit) -> list[str]:
    return [caption.value.replace("\\", "") for caption in visit.main.caption]


def test_march_is_told_in_seven_tiles(door, march_place) -> None:
    door.set_up(march_place, company_currency="EUR")
    visit = door.open(period=MARCH)
    assert tiles(visit) == [
        ("Sessions", "35", "+400 %"),
        ("Leads", "3", "+200 %"),
        ("MQLs", "3", "nothing to compare"),
        ("SQLs", "1", "nothing to compare"),
        ("Opportunities", "3", "+50 %"),
        ("Closed-won", "3", "nothing to compare"),
        ("Revenue (booked)", "€350", "nothing to compare"),
    ]
    assert captions(visit)[:7] == [
        "n = 3 daily figures",
        "n = 3 leads",
        "n = 3 leads",
        "n = 1 lead",
        "n = 3 opportunities",
        "n = 3 deals",
        "n = 2 deals",
    ]


def test_a_number_that_a_filter_does_not_reach_says_so(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, rep="bo", team="north")
    assert captions(visit)[0] == "n = 3 daily figures · not filtered by rep and team"
    assert captions(visit)[1] == "n = 1 lead"


def test_stages_that_were_skipped_are_told_as_inferred(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=["2026-04-01", "2026-04-30"])
    assert "n = 1 lead · of which 1 inferred" in captions(visit)


def test_what_has_no_data_is_no_zero_and_says_what_to_connect(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_traffic())
    door.set_up(tmp_path)
    visit = door.open(period=MARCH)
    assert tiles(visit)[0][:2] == ("Sessions", "10")
    assert [tile[1:] for tile in tiles(visit)[1:]] == [("no data", "")] * 6
    assert captions(visit)[1:7] == [
        "connect leads with creation dates",
        *["connect the stage history of leads"] * 2,
        "connect opportunities with creation dates",
        "connect won opportunities with closing dates",
        "connect won opportunities with amounts",
    ]


def test_a_click_on_details_opens_them_by_the_url(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH)
    assert not visit.tabs
    visit.button(key="kpi_row.details_won").click().run()
    assert visit.query_params["explain"] == "won"
    assert [tab.label for tab in visit.tabs] == ["Rows", "Definition", "SQL"]
