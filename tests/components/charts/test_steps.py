"""The small chart of a promise."""

from __future__ import annotations

import pandas as pd
import pytest

from components.charts import steps, theme

POINTS = pd.DataFrame(
    {
        "order": [0, 1],
        "label": ["May", "June"],
        "value": [None, 0.5],
        "target": [0.9, 0.9],
        "is_whole": [True, False],
        "told": ["n = 3", "50 % (n = 10)"],
    }
)


@pytest.mark.parametrize(("tone", "colour"), [("sales", "#c2410c"), ("marketing", "#0b5fa5")])
def test_a_line_has_the_colour_of_its_side_and_a_dashed_one_of_the_promise(
    tone: str, colour: str
) -> None:
    spec = steps.line(POINTS, tone=tone, is_share=True).to_dict()
    every, promised, kept, dots = spec["layer"]
    assert every["mark"] == {"type": "rule", "opacity": 0}
    assert (promised["encoding"]["y"]["field"], promised["mark"]["strokeDash"]) == (
        "target",
        [4, 3],
    )
    assert (kept["encoding"]["y"]["field"], kept["mark"]["color"]) == ("value", colour)
    assert dots["encoding"]["fill"]["value"] == theme.LIGHT.ground


def test_a_share_has_its_axis_from_none_to_all_and_an_amount_from_zero() -> None:
    share, amount = (
        steps.line(POINTS, tone="sales", is_share=each).to_dict()["layer"][2]["encoding"]["y"]
        for each in (True, False)
    )
    assert share["scale"] == {"domain": [0, 1], "nice": False, "zero": True}
    assert amount["scale"] == {"nice": True, "zero": True}


def test_a_projector_has_larger_type_and_the_points_stay_as_they_are() -> None:
    before = POINTS.copy(deep=True)
    desk, large = (
        steps.line(POINTS, tone="sales", is_share=True, present=each).to_dict()
        for each in (False, True)
    )
    assert (desk["height"], large["height"]) == (72, 80)
    assert large["config"]["axis"]["labelFontSize"] == 26
    pd.testing.assert_frame_equal(POINTS, before)


def test_there_may_be_no_points() -> None:
    assert steps.line(POINTS.head(0), tone="sales", is_share=False).to_dict()["layer"]
