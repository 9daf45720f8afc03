"""The funnel: how many reached each stage, and what is to be said of each."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from components.charts import theme

# The value stands right of the longest bar: pixels kept free for it.
_ROOM = {False: 84, True: 150}


def bars(
    stages: pd.DataFrame, *, can_mature: bool = False, present: bool = False, dark: bool = False
) -> alt.LayerChart:
    """Horizontal bars in funnel order, the inferred part pale, immature stages grey.

    `can_mature`: grey has a meaning here, and the legend says which. Rows: one per stage.
    Columns: order int; label str; shown float 0..1, the length of the bar as a share of the
    longest; observed float, its part that is not inferred; tone "marketing", "sales" or "immature";
    value str, beside the bar; note str, below it.
    """
    size = theme.sizes(present)
    lift = size.funnel_row // 2 - size.bar // 2 - 4
    stage, length, tone = (
        _stage(size, lift),
        _length(present),
        _tone(theme.palette(dark), can_mature),
    )
    bar = {"height": size.bar, "yOffset": -lift}
    tooltip = [
        alt.Tooltip("label:N", title="Stage"),
        alt.Tooltip("value:N", title="Count"),
        alt.Tooltip("note:N", title="Of these"),
    ]
    everyone = alt.Chart().mark_bar(opacity=0.45, **bar)
    observed = alt.Chart().mark_bar(**bar)
    layers = alt.layer(
        everyone.encode(length("shown:Q"), stage, tone, tooltip=tooltip),
        observed.encode(length("observed:Q"), stage, tone, tooltip=tooltip),
        *_texts(size, theme.palette(dark), lift, stage, length("shown:Q")),
        data=stages,
    )
    sized = layers.properties(height=alt.Step(size.funnel_row))
    return theme.finish(sized, present=present, dark=dark)


def _stage(size: theme.Sizes, lift: int) -> alt.Y:
    return alt.Y(
        "label:N",
        sort=alt.EncodingSortField(field="order", op="min"),
        scale=alt.Scale(paddingInner=0, paddingOuter=0),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelOffset=-lift,
            labelPadding=8,
            labelLimit=size.label * 12,
        ),
    )


def _length(present: bool) -> Callable[[str], alt.X]:
    """A maker of lengths: of all, and of the observed part."""
    end = f"max(60, width - {_ROOM[present]})"
    scale = alt.Scale(domain=[0, 1], range=[0, {"expr": end}])
    return lambda field: alt.X(field, axis=None, stack=None, scale=scale)


def _tone(colour: theme.Palette, can_mature: bool) -> alt.Color:
    tones = ["marketing", "sales", "immature"]
    return alt.Color(
        "tone:N",
        scale=alt.Scale(domain=tones, range=[getattr(colour, tone) for tone in tones]),
        legend=alt.Legend(
            title=None,
            symbolOpacity=1,
            values=tones if can_mature else tones[:2],
            labelExpr=(
                "{marketing: 'Marketing', sales: 'Sales', immature: 'Still maturing'}[datum.label]"
            ),
        ),
    )


def _texts(
    size: theme.Sizes, colour: theme.Palette, lift: int, stage: alt.Y, length: alt.X
) -> tuple[alt.Chart, alt.Chart]:
    value = alt.Chart().mark_text(
        align="left",
        dx=8,
        yOffset=-lift,
        fontSize=size.value,
        fontWeight=700,
        color=colour.text,
    )
    note = alt.Chart().mark_text(
        align="left",
        # Close to its own bar: half-way it would seem to belong to the next one.
        yOffset=size.bar + size.small // 2 + 7 - size.funnel_row // 2,
        fontSize=size.small,
        color=colour.muted,
        limit={"expr": "width"},
    )
    return (
        value.encode(length, stage, alt.Text("value:N")),
        note.encode(alt.XValue(0), stage, alt.Text("note:N")),
    )
