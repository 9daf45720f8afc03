"""By channel, campaign, rep or team: bars of one metric, and all of them as a table."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from tests import company, visits

MARCH = ["2026-03-01", "2026-03-31"]


def page(rows: int, is_present: bool) -> None:
    import pandas as pd

    from components import breakdown_section
    from queries import definitions

    frame = pd.DataFrame({"key": [str(n) for n in range(rows)]})
    frame["label"] = [f"C{n}" for n in range(rows)]
    for metric in definitions.TILES:
        frame[metric] = pd.array([n * 10 for n in range(rows)], "Float64")
    breakdown_section.render(frame, "channel", has_data=True, currency="EUR", is_present=is_present)


def title(shown: AppTest) -> str:
    spec = json.loads(shown.get("vega_lite_chart")[0].proto.spec)
    return spec["layer"][0]["encoding"]["x"]["axis"]["title"]


def alt_text(visit) -> str:
    return visit.get("vega_lite_chart")[-1].proto.alt


def test_more_bars_than_fit_are_counted_in_the_title() -> None:
    for rows, is_present, expected in (
        (12, False, "Leads"),
        (13, False, "Leads: the 12 largest of 13"),
        (8, True, "Leads"),
        (9, True, "Leads: the 8 largest of 9"),
    ):
        shown = visits.of_function(page, args=(rows, is_present)).run()
        assert not shown.exception
        assert title(shown) == expected
        assert len(shown.dataframe) == (0 if is_present else 1)


def test_nothing_at_all_is_a_sentence() -> None:
    shown = visits.of_function(page, args=(0, False)).run()
    assert not shown.exception
    assert shown.info[0].value == "Nothing happened in this period with these filters."
    assert not shown.dataframe


def test_the_url_chooses_the_dimension_and_the_metric(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, by="rep", metric="won")
    assert visit.main.header[-1].value == "By rep"
    assert alt_text(visit) == "Closed-won by rep: Bo 2, Dee 1, Unassigned 0, Cy 0"
    assert visit.selectbox(key="breakdown.metric").value == "won"
    # Traffic knows no rep: no bar and no column can show it.
    assert "Sessions" not in visit.selectbox(key="breakdown.metric").options
    assert "sessions" not in visit.dataframe[0].value


def test_what_is_not_in_the_data_is_ignored(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, by="email", metric="<b>")
    assert not visit.exception
    assert not visit.error
    assert visit.main.header[-1].value == "By channel"
    assert visit.selectbox(key="breakdown.metric").value == "leads"
    visit = door.open(period=MARCH, by="team", metric="sessions")
    assert visit.selectbox(key="breakdown.metric").value == "leads"


def test_the_widgets_write_the_url(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH)
    visit.segmented_control[0].set_value("campaign").run()
    visit.selectbox(key="breakdown.metric").set_value("opportunities").run()
    assert (visit.query_params["by"], visit.query_params["metric"]) == ("campaign", "opportunities")
    assert alt_text(visit) == "Opportunities by campaign: Spring 2, No campaign 1"
    assert list(visit.dataframe[0].value["label"]) == ["No campaign", "Spring"]


def test_metrics_without_data_are_no_columns(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_lead())
    door.set_up(tmp_path)
    visit = door.open(period=MARCH)
    assert list(visit.dataframe[0].value.columns) == ["label", "leads"]
