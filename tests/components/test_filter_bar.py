"""The filters: read from the URL, written to it, and never more than a sentence when it is wrong.

March's company is read on 30 June 2026; its newest day is 1 April 2026.
"""

from __future__ import annotations

from datetime import date

import pytest

from components import data
from queries import filters as views
from tests import company

MARCH = ["2026-03-01", "2026-03-31"]


def current(visit) -> views.Filters:
    return visit.session_state["filter_bar.current"]


def notes(visit) -> list[str]:
    return [warning.value.replace("\\", "") for warning in visit.warning]


def parameters(visit) -> dict[str, object]:
    return {name: visit.query_params[name] for name in visit.query_params}


@pytest.fixture
def march(door, march_place):
    door.set_up(march_place)
    return door


def test_the_url_sets_the_widgets_and_the_view(march) -> None:
    visit = march.open(
        period=MARCH, rep=["bo", "cy"], channel="(none)", compare="year", as_of="2026-03-20"
    )
    view = current(visit)
    assert (view.start, view.end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (view.rep, view.channel, view.compare) == (("bo", "cy"), ("(none)",), "year")
    assert view.as_of.isoformat() == "2026-03-20T23:59:59.999999"
    assert visit.date_input[0].value == (date(2026, 3, 1), date(2026, 3, 31))
    assert visit.multiselect(key="filter_bar.rep").value == ["bo", "cy"]
    assert visit.multiselect(key="filter_bar.channel").value == ["(none)"]
    assert visit.selectbox(key="filter_bar.compare").value == "year"
    assert notes(visit) == []


def test_without_parameters_it_is_the_last_90_days_and_nothing_to_reset(march) -> None:
    visit = march.open()
    assert visit.selectbox(key="filter_bar.preset").value == "Last 90 days"
    assert current(visit).days == 90
    assert "filter_bar.reset" not in [button.key for button in visit.button]
    assert parameters(visit) == {}


def test_the_widgets_set_the_url_and_reset_empties_it(march) -> None:
    visit = march.open(present="0")
    visit.multiselect(key="filter_bar.rep").set_value(["bo", "dee"]).run()
    visit.multiselect(key="filter_bar.campaign").set_value(["spring"]).run()
    visit.selectbox(key="filter_bar.compare").set_value("none").run()
    visit.date_input[0].set_value((date(2026, 3, 1), date(2026, 3, 31))).run()
    assert parameters(visit) == {
        "present": "0",
        "rep": ["bo", "dee"],
        "campaign": "spring",
        "compare": "none",
        "period": MARCH,
    }
    assert (current(visit).rep, current(visit).compare) == (("bo", "dee"), "none")
    visit.multiselect(key="filter_bar.rep").set_value([]).run()
    visit.selectbox(key="filter_bar.compare").set_value("previous").run()
    assert parameters(visit) == {"present": "0", "campaign": "spring", "period": MARCH}
    visit.button(key="filter_bar.reset").click().run()
    assert parameters(visit) == {"present": "0"}
    assert current(visit).chosen() == {}


def test_a_named_period_is_written_as_its_days_and_days_find_their_name(march) -> None:
    visit = march.open(period=MARCH)
    newest = visit.session_state["data.snapshot"].newest_on
    visit.selectbox(key="filter_bar.preset").set_value("This year").run()
    assert visit.query_params["period"] == ["2026-01-01", newest.isoformat()]
    assert visit.selectbox(key="filter_bar.preset").value == "This year"
    visit.date_input[0].set_value((date(2026, 3, 2), date(2026, 3, 5))).run()
    assert visit.selectbox(key="filter_bar.preset").value == "Custom"
    visit.selectbox(key="filter_bar.preset").set_value("Custom").run()
    assert visit.query_params["period"] == ["2026-03-02", "2026-03-05"]


def test_half_a_range_is_no_period_yet_and_a_reversed_one_is_put_right(march) -> None:
    visit = march.open(period=MARCH)
    for days in ((), (date(2026, 2, 1),)):
        visit.date_input[0].set_value(days).run()
        assert visit.query_params["period"] == MARCH
        assert not visit.exception
    visit.date_input[0].set_value((date(2026, 2, 9), date(2026, 2, 1))).run()
    assert visit.query_params["period"] == ["2026-02-01", "2026-02-09"]
    assert notes(visit) == []


def test_tampered_widgets_fall_back_with_a_sentence(march) -> None:
    visit = march.open()
    visit.multiselect(key="filter_bar.rep").set_value(["bo", "<b>$x$</b>"]).run()
    assert notes(visit) == ["Rep “<b>$x$</b>” is not in the data; the others are shown."]
    assert "\\<b\\>\\$x\\$" in visit.warning[0].value
    assert current(visit).rep == ("bo",)
    assert not visit.exception
    visit.button(key="filter_bar.reset").click().run()
    assert notes(visit) == []


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"period": ["2026-02-30", "x"]}, "The period “2026-02-30 to x” is not two days"),
        ({"period": "2026-03-01"}, "The period “2026-03-01” is not two days"),
        ({"period": ["9999-12-31", "0001-01-01"]}, "is not two days"),
        ({"period": ["2026-03-31", "2026-03-01"]}, "its two days were swapped"),
        ({"compare": "'; drop table"}, "There is no comparison “'; drop table”"),
        ({"as_of": "yesterday"}, "“yesterday” is not a moment"),
        (
            {"campaign": ["![x](http://a/b)"]},
            "Campaign “![x](http://\u200ba/b)” is not in the data",
        ),
        ({"team": [f"t{n}" for n in range(200)]}, "Team “t0”, “t1”, “t2” and more is not"),
        ({"channel": "x" * 5_000}, f"Channel “{'x' * 40}…” is not in the data"),
        ({"rep": "\x00\x1b[31m"}, "Rep “[31m” is not in the data; all reps are shown."),
    ],
)
def test_a_stale_or_hostile_link_opens_with_a_sentence(march, given, note: str) -> None:
    visit = march.open(**given)
    assert not visit.exception
    assert not visit.error
    assert any(note in said for said in notes(visit))
    assert len(visit.metric) == 7


def test_switching_pages_takes_the_view_along_and_back(march) -> None:
    visit = march.open(period=MARCH, rep=["bo", "cy"], compare="none")
    # A browser drops the parameters when it switches pages.
    visit.switch_page("pages/data_health.py")
    visit.query_params.clear()
    assert visit.run().title[0].value == "Data health"
    assert not visit.multiselect
    visit.switch_page("pages/overview.py")
    visit.query_params.clear()
    visit.run()
    assert parameters(visit) == {"period": MARCH, "rep": ["bo", "cy"], "compare": "none"}
    assert current(visit).rep == ("bo", "cy")


def test_a_link_to_another_page_is_stronger_than_what_was_seen_before(march) -> None:
    visit = march.open(rep="bo")
    visit.switch_page("pages/data_health.py")
    visit.query_params.clear()
    visit.query_params["channel"] = "web"
    visit.run()
    assert parameters(visit) == {"channel": "web"}


def test_a_past_moment_is_left_by_one_click(march) -> None:
    visit = march.open(period=MARCH, as_of="2026-03-20")
    visit.button(key="heading.newest").click().run()
    assert parameters(visit) == {"period": MARCH}
    assert current(visit).as_of == data.newest().read_at


def test_all_data_is_a_legal_period_also_where_a_row_is_from_1900(door, tmp_path) -> None:
    company.opened(tmp_path, *company.MARCH, company.make_lead("old", created_at="1900-01-01"))
    door.set_up(tmp_path)
    visit = door.open()
    visit.selectbox(key="filter_bar.preset").set_value("All data").run()
    assert visit.query_params["period"][0] == "1970-01-01"
    assert notes(visit) == []
