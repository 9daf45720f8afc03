"""A promise over its last periods: how far it was kept, beside what was promised."""

import altair as alt
import pandas as pd

from components.charts import theme

# Pixels: beside eight others on a page, each must be small.
_HEIGHT = {False: 72, True: 80}
# Streamlit keeps room for the axis that these charts have not, unless it is told otherwise.
_PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}


def line(
    points: pd.DataFrame, *, tone: str, is_share: bool, present: bool = False, dark: bool = False
) -> alt.LayerChart:
    """The results of periods from left to right; the present one is hollow while it runs.

    Rows: one per period. Columns: order int; label str; value float, missing where too little was
    due; target float, missing where nothing was promised; is_whole bool; told str, of the tooltip.
    `tone`: marketing or sales. A share has its axis from none to all, an amount from zero.
    """
    size, colour = theme.sizes(present), theme.palette(dark)
    drawn = getattr(colour, tone)
    order, value = _order(), _value(size, is_share=is_share)
    tooltip = [alt.Tooltip("label:N", title="Period"), alt.Tooltip("told:N", title="Result")]
    # Missing values would drop their periods; this layer keeps every period in its place.
    every = alt.Chart().mark_rule(opacity=0).encode(order)
    promised = alt.Chart().mark_line(
        color=colour.muted, strokeWidth=1.5, strokeDash=[4, 3], interpolate="step"
    )
    kept = alt.Chart().mark_line(color=drawn, strokeWidth=size.stroke)
    dots = alt.Chart().mark_point(
        size=size.point // 2, stroke=drawn, strokeWidth=size.stroke, filled=True, opacity=1
    )
    fill = alt.condition("datum.is_whole", alt.value(drawn), alt.value(colour.ground))
    layers = alt.layer(
        every,
        promised.encode(order, alt.Y("target:Q")),
        kept.encode(order, value),
        dots.encode(order, value, fill=fill, tooltip=tooltip),
        data=points,
    )
    sized = layers.properties(height=_HEIGHT[present], width="container", padding=_PADDING)
    return theme.finish(sized, present=present, dark=dark)


def _order() -> alt.X:
    return alt.X("order:Q", axis=None, scale=alt.Scale(nice=False, padding=8))


def _value(size: theme.Sizes, *, is_share: bool) -> alt.Y:
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        tickCount=2,
        values=[0, 0.5, 1] if is_share else alt.Undefined,
        labelExpr=theme.number("datum.value", theme.RATE if is_share else theme.COMPACT),
        labelFontSize=size.small,
        # All charts begin at the same place, however wide their numbers are.
        minExtent=size.small * 3,
    )
    domain = [0, 1] if is_share else alt.Undefined
    scale = alt.Scale(zero=True, domain=domain, nice=not is_share)
    return alt.Y("value:Q", axis=axis, scale=scale)
