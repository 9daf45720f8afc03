"""Colours that can be read, number texts as on the tiles, and sizes for five metres."""

from __future__ import annotations

import dataclasses

import altair as alt
import pytest

from components.charts import theme
from queries import definitions


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_texts_have_the_contrast_of_small_type_and_shapes_that_of_shapes(palette) -> None:
    shades = dataclasses.asdict(palette)
    for name in ("text", "muted", "marketing", "sales", "shared", "good", "late", "soon"):
        assert contrast(shades[name], palette.ground) >= 4.5, name
    for name in ("neutral", "immature"):
        assert contrast(shades[name], palette.ground) >= 3, name


def test_every_metric_has_a_colour_by_its_meaning() -> None:
    assert set(theme.METRIC_TONE) == set(definitions.METRICS)
    assert all(hasattr(theme.LIGHT, tone) for tone in theme.METRIC_TONE.values())


def test_the_projector_is_read_from_five_metres() -> None:
    assert min(theme.PROJECTOR.label, theme.PROJECTOR.small, theme.PROJECTOR.value) >= 20
    assert theme.sizes(present=True) is theme.PROJECTOR
    assert theme.sizes(present=False) is theme.DESK
    assert (theme.palette(dark=True), theme.palette(dark=False)) == (theme.DARK, theme.LIGHT)


@pytest.mark.parametrize(
    ("value_format", "unit", "expression"),
    [
        (theme.COUNT, "", "format(x, ',.0f')"),
        (theme.DECIMAL, "", "format(x, ',.1f')"),
        (theme.COUNT, "€", "((x) < 0 ? '−' : '') + \"\\u20ac\" + format(abs(x), ',.0f')"),
        (theme.COUNT, 'a"b', "((x) < 0 ? '−' : '') + \"a\\\"b\" + format(abs(x), ',.0f')"),
    ],
)
def test_numbers_are_written_by_vega(value_format: str, unit: str, expression: str) -> None:
    assert theme.number("x", value_format, unit) == expression


def test_compact_numbers_say_k_and_b_and_rates_keep_none_and_all_apart() -> None:
    compact = theme.number("x", theme.COMPACT)
    assert "replace(replace(format(x, '.3~s'), 'k', 'K'), 'G', 'B')" in compact
    assert compact.startswith("(abs(x) < 1000 ?")
    assert "'<0.1'" in theme.number("x", theme.RATE)
    assert "'>99.9'" in theme.number("x", theme.RATE)


def test_every_chart_has_our_font_and_no_frame() -> None:
    chart = alt.Chart().mark_bar()
    config = theme.finish(chart, present=False, dark=True).to_dict()["config"]
    assert config["font"] == theme.FONT
    assert config["background"] == "transparent"
    assert config["view"]["stroke"] is None
    assert config["axis"]["labelColor"] == theme.DARK.text
    assert config["axis"]["labelFontSize"] == theme.DESK.label
