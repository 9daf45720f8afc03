"""One small chart per metric: the same weeks in all, from zero, unfinished weeks told apart."""

from __future__ import annotations

import pandas as pd
import pytest

from components.charts import theme, trend
from queries import definitions

WEEKS = pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16"])
POINTS = pd.DataFrame({"week": WEEKS, "value": [3.0, None, 5.0], "is_whole": [True, True, False]})


def counts(metric: str, weeks: list[int], label: str = "Label") -> pd.DataFrame:
    """A metric with its value in some of the weeks."""
    return pd.DataFrame(
        {
            "week": [WEEKS[week] for week in weeks],
            "metric": metric,
            "label": label,
            "value": [float(week + 1) for week in weeks],
            "is_whole": [week < 2 for week in weeks],
        }
    )


def spec_of(points: pd.DataFrame, **flags: object) -> dict:
    """The chart's rules without its data."""
    asked = {"metric": "leads", "title": "Leads"} | flags
    spec = trend.week_line(points, **asked).to_dict()
    return {name: part for name, part in spec.items() if name not in ("data", "datasets")}


def test_panels_stand_in_funnel_order_and_share_their_weeks() -> None:
    frame = pd.concat([counts("leads", [0, 2], "Leads"), counts("sessions", [1], "Sessions")])
    before = frame.copy(deep=True)
    found = trend.panels(frame)
    assert [(metric, label) for metric, label, _ in found] == [
        ("sessions", "Sessions"),
        ("leads", "Leads"),
    ]
    assert all(list(points["week"]) == list(WEEKS) for _, _, points in found)
    assert found[1][2]["value"].fillna(-1).tolist() == [1, -1, 3]
    assert found[1][2]["is_whole"].tolist() == [True, True, False]
    pd.testing.assert_frame_equal(frame, before)


def test_no_rows_are_no_panels() -> None:
    assert trend.panels(counts("leads", [])) == []
    assert len(trend.panels(counts("leads", [0]))) == 1


def test_every_metric_of_the_trend_can_have_its_panel() -> None:
    assert trend.METRICS == definitions.TRENDS


def layer_of(spec: dict, kind: str, field: str) -> dict:
    """The layer of a mark that shows a field on its y axis."""
    return next(
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind and layer["encoding"].get("y", {}).get("field") == field
    )


def test_finished_weeks_are_a_line_and_all_weeks_a_dashed_one_with_points() -> None:
    spec = spec_of(POINTS)
    assert "strokeDash" in layer_of(spec, "line", "value")["mark"]
    assert "strokeDash" not in layer_of(spec, "line", "whole_value")["mark"]
    fill = layer_of(spec, "point", "value")["encoding"]["fill"]
    assert fill["condition"] == {"test": "datum.is_whole", "value": theme.LIGHT.marketing}
    assert fill["value"] == theme.LIGHT.ground


def test_values_begin_at_zero_and_the_title_says_what_they_are() -> None:
    spec = spec_of(POINTS)
    value = layer_of(spec, "point", "value")["encoding"]["y"]
    assert (value["scale"]["zero"], value["scale"]["domainMin"]) == (True, 0)
    assert value["axis"]["title"] is None
    assert spec["title"] == "Leads"
    assert layer_of(spec, "point", "value")["encoding"]["x"]["axis"]["title"] is None


def test_the_last_whole_week_is_numbered() -> None:
    fields = [layer["encoding"].get("text", {}).get("field") for layer in spec_of(POINTS)["layer"]]
    assert "latest_text" in fields
    assert "week not finished" in str(spec_of(POINTS)["transform"])


@pytest.mark.parametrize("points", [POINTS.iloc[:0], POINTS.iloc[:1], POINTS.assign(value=1e9)])
def test_the_rules_do_not_depend_on_the_points(points: pd.DataFrame) -> None:
    assert spec_of(points) == spec_of(POINTS)


def test_a_metric_has_the_colour_of_who_answers_for_it() -> None:
    for metric, tone in (("leads", "marketing"), ("sals", "sales"), ("revenue", "shared")):
        line = layer_of(spec_of(POINTS, metric=metric, dark=True), "line", "whole_value")
        assert line["mark"]["color"] == getattr(theme.DARK, tone)


def test_the_points_are_not_changed() -> None:
    before = POINTS.copy(deep=True)
    spec_of(POINTS, present=True, unit="€")
    pd.testing.assert_frame_equal(POINTS, before)


def test_a_week_in_which_something_changed_has_a_rule_with_its_words() -> None:
    marked = POINTS.assign(mark=pd.array([None, "version 2, 10 Mar", None], dtype="str"))
    layers = spec_of(marked)["layer"]
    changed = [
        layer for layer in layers if {"filter": "isValid(datum.mark)"} in layer.get("transform", ())
    ]
    assert [layer["mark"]["type"] for layer in changed] == ["rule", "text", "text"]
    assert {layer["encoding"]["x"]["field"] for layer in changed} == {"week"}
    assert [layer["encoding"]["text"]["field"] for layer in changed[1:]] == ["mark", "mark"]
    # In the first half of the weeks the words stand after the rule, else before it.
    assert [layer["mark"]["align"] for layer in changed[1:]] == ["left", "right"]
    # Without a change there is nothing more to draw.
    assert len(spec_of(POINTS)["layer"]) == len(layers) - 3
