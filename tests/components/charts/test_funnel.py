"""The funnel's bars: in funnel order, from zero, the inferred part pale, the immature grey."""

from __future__ import annotations

import pandas as pd
import pytest

from components.charts import funnel, theme

STAGES = pd.DataFrame(
    {
        "order": [0, 1, 2],
        "label": ["Lead", "MQL", "SAL"],
        "shown": [1.0, 0.4, 0.0],
        "observed": [1.0, 0.3, 0.0],
        "tone": ["marketing", "marketing", "immature"],
        "value": ["50", "20", "no data"],
        "note": ["", "of which 5 inferred", ""],
    }
)


def spec_of(stages: pd.DataFrame, **flags: bool) -> dict:
    """The chart's rules without its data."""
    spec = funnel.bars(stages, **flags).to_dict()
    return {name: part for name, part in spec.items() if name not in ("data", "datasets")}


def test_each_stage_has_all_its_length_its_observed_part_its_number_and_its_note() -> None:
    layers = spec_of(STAGES)["layer"]
    assert [layer["mark"]["type"] for layer in layers] == ["bar", "bar", "text", "text"]
    assert [layer["encoding"]["x"].get("field") for layer in layers] == [
        *("shown", "observed", "shown"),
        None,
    ]
    assert [layer["encoding"]["text"]["field"] for layer in layers[2:]] == ["value", "note"]
    assert (layers[0]["mark"]["opacity"], "opacity" in layers[1]["mark"]) == (0.45, False)


def test_stages_keep_the_order_they_are_given() -> None:
    for layer in spec_of(STAGES)["layer"]:
        assert layer["encoding"]["y"]["sort"] == {"field": "order", "op": "min"}
        assert layer["encoding"]["y"]["axis"]["title"] is None


def test_lengths_are_shares_of_the_longest_from_zero_and_are_not_stacked() -> None:
    for layer in spec_of(STAGES)["layer"][:3]:
        length = layer["encoding"]["x"]
        assert length["scale"]["domain"] == [0, 1]
        assert (length["stack"], length["axis"]) == (None, None)


def test_colours_mean_who_answers_for_a_stage_and_the_legend_says_so() -> None:
    tone = spec_of(STAGES, can_mature=True)["layer"][0]["encoding"]["color"]
    assert tone["scale"] == {
        "domain": ["marketing", "sales", "immature"],
        "range": [theme.LIGHT.marketing, theme.LIGHT.sales, theme.LIGHT.immature],
    }
    assert "Still maturing" in tone["legend"]["labelExpr"]
    assert tone["legend"]["values"] == ["marketing", "sales", "immature"]
    assert tone["legend"]["title"] is None


def test_where_nothing_matures_the_legend_does_not_speak_of_it() -> None:
    legend = spec_of(STAGES)["layer"][0]["encoding"]["color"]["legend"]
    assert legend["values"] == ["marketing", "sales"]


@pytest.mark.parametrize(
    "stages", [STAGES.iloc[:0], STAGES.iloc[:1], STAGES.assign(shown=9.0, tone="sales")]
)
def test_the_rules_do_not_depend_on_the_stages(stages: pd.DataFrame) -> None:
    assert spec_of(stages) == spec_of(STAGES)


def test_the_projector_and_the_dark_ground_have_rules_of_their_own() -> None:
    number = spec_of(STAGES, present=True, dark=True)["layer"][2]["mark"]
    assert (number["fontSize"], number["color"]) == (theme.PROJECTOR.value, theme.DARK.text)


def test_the_stages_are_not_changed() -> None:
    before = STAGES.copy(deep=True)
    spec_of(STAGES)
    pd.testing.assert_frame_equal(STAGES, before)
