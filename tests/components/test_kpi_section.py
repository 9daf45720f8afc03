"""The tiles with their words: label, rows, caveat, and what to connect where there is no data."""

from __future__ import annotations

from datetime import date

from queries import targets
from tests import company, visits

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


def enter_target(metric: str, value: float, *scope: str) -> None:
    wanted = targets.Wanted(metric, *(scope or ("company", "")), "month", value, date(2026, 1, 1))
    visits.changed(lambda rows, act: targets.enter(rows, act, wanted))


def test_each_number_stands_against_its_own_target(door, march_place) -> None:
    door.set_up(march_place, company_currency="EUR")
    enter_target("leads", 4)
    enter_target("revenue", 1000)
    enter_target("leads", 2, "rep", "bo")
    visit = door.open(period=MARCH)
    assert captions(visit)[:3] == ["n = 3 daily figures", "75 % of 4", "n = 3 leads"]
    assert "35 % of €1,000" in captions(visit)
    # Bo's only lead of March is half of his target; the company's revenue is not his.
    visit = door.open(period=MARCH, rep="bo")
    assert "50 % of 2" in captions(visit)
    assert not any("1,000" in said for said in captions(visit))
    # In the middle of the month, on the 7th of 22 working days.
    visit = door.open(period=MARCH, as_of="2026-03-10")
    assert "50 % of 4 · expected 32 %" in captions(visit)
