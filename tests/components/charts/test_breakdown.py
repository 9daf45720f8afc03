"""Horizontal bars by falling value, each named and numbered; names never decide the data."""

from __future__ import annotations

import pandas as pd
import pytest

from components.charts import breakdown, theme

ROWS = pd.DataFrame({"label": ["Web", "Ads", "Fair"], "value": [12.0, 40.0, None]})
ASKED = {"value_label": "Leads", "value_format": theme.COUNT}


def spec_of(rows: pd.DataFrame, **flags: object) -> dict:
    """The chart's rules without its data."""
    spec = breakdown.bars(rows, **(ASKED | flags)).to_dict()
    return {name: part for name, part in spec.items() if name not in ("data", "datasets")}


def test_a_row_is_a_bar_its_value_and_its_name() -> None:
    bar, value, name = spec_of(ROWS)["layer"]
    assert [layer["mark"]["type"] for layer in (bar, value, name)] == ["bar", "text", "text"]
    assert value["encoding"]["text"]["field"] == "value_text"
    assert name["encoding"]["text"]["field"] == "label"
    for layer in (bar, value, name):
        # Ordinal by place, not by name: two campaigns of one name stay two rows.
        assert (layer["encoding"]["y"]["field"], layer["encoding"]["y"]["type"]) == (
            "position",
            "ordinal",
        )
        assert layer["encoding"]["y"]["axis"] is None


def test_bars_begin_at_zero_and_the_axis_says_what_they_are() -> None:
    length = spec_of(ROWS)["layer"][0]["encoding"]["x"]
    assert (length["field"], length["scale"]["domain"]) == ("share", [0, 1])
    assert length["axis"]["title"] == "Leads"


def test_the_longest_bar_is_first_and_the_missing_are_last() -> None:
    *calculated, placed = spec_of(ROWS)["transform"]
    assert placed["sort"] == [{"field": "rank", "order": "descending"}, {"field": "label"}]
    assert [(step["op"], step["as"]) for step in placed["window"]] == [("row_number", "position")]
    rank = next(step["calculate"] for step in calculated if step.get("as") == "rank")
    assert rank == "isValid(datum.value) ? datum.value : -1e300"
    assert "'no data'" in str(calculated)


def test_a_note_stands_behind_the_value_where_there_is_one() -> None:
    assert "datum.note" not in str(spec_of(ROWS))
    assert "datum.note" in str(spec_of(ROWS.assign(note="n = 3")))


def test_money_has_its_unit() -> None:
    assert "CHF" in str(spec_of(ROWS, value_format=theme.COMPACT, unit="CHF")["transform"])
    assert "CHF" not in str(spec_of(ROWS)["transform"])


@pytest.mark.parametrize("rows", [ROWS.iloc[:0], ROWS.iloc[:1], ROWS.assign(value=7)])
def test_the_rules_do_not_depend_on_the_rows(rows: pd.DataFrame) -> None:
    assert spec_of(rows) == spec_of(ROWS)


def test_the_projector_and_the_dark_ground_have_rules_of_their_own() -> None:
    assert spec_of(ROWS, present=True)["layer"][0]["mark"]["height"] == theme.PROJECTOR.bar
    assert spec_of(ROWS)["layer"][0]["mark"]["height"] == theme.DESK.bar
    assert spec_of(ROWS, dark=True)["layer"][0]["mark"]["color"] == theme.DARK.neutral
    assert spec_of(ROWS)["layer"][0]["mark"]["color"] == theme.LIGHT.neutral


def test_the_rows_are_not_changed() -> None:
    before = ROWS.copy(deep=True)
    spec_of(ROWS)
    pd.testing.assert_frame_equal(ROWS, before)
