"""A breakdown: one bar per campaign, channel, reason or person, the longest first."""

import altair as alt
import pandas as pd

from components.charts import theme

# Pixels kept free right of the longest bar for its value, without and with a note.
_ROOM = {False: {False: 70, True: 170}, True: {False: 130, True: 330}}


def bars(
    rows: pd.DataFrame,
    *,
    value_label: str,
    value_format: str,
    unit: str = "",
    present: bool = False,
    dark: bool = False,
) -> alt.LayerChart:
    """Horizontal bars by falling value, each with its name and number; missing values last.

    Columns: label, value, and note where there is one ("n = 12"). `value_format` is one of
    theme.COUNT, COMPACT, RATE, DECIMAL.
    """
    size, colour = theme.sizes(present), theme.palette(dark)
    has_note = "note" in rows.columns
    # Names are a text layer, not axis labels: two campaigns of one name stay two rows.
    names = f"min({size.label * 16}, width * 0.38)"
    end = f"max({names} + 40, width - {_ROOM[present][has_note]})"
    row = alt.Y("position:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    length = _length(value_label, names, end)
    tooltip = [
        alt.Tooltip("label:N", title="Name"),
        alt.Tooltip("value_text:N", title=value_label),
    ]
    bar = alt.Chart().mark_bar(height=size.bar, color=colour.neutral)
    value = alt.Chart().mark_text(
        align="left", dx=8, fontSize=size.value, fontWeight=600, color=colour.text
    )
    limit = {"expr": f"{names} - 10"}
    name = alt.Chart().mark_text(
        align="right", dx=-8, fontSize=size.label, color=colour.text, limit=limit
    )
    layers = alt.layer(
        bar.encode(length, row, tooltip=tooltip),
        value.encode(length, row, alt.Text("value_text:N"), tooltip=tooltip),
        name.encode(alt.XValue({"expr": names}), row, alt.Text("label:N"), tooltip=tooltip),
        data=rows,
    )
    sized = _with_texts(layers, theme.number("datum.value", value_format, unit), has_note)
    return theme.finish(sized.properties(height=alt.Step(size.row)), present=present, dark=dark)


def _length(value_label: str, names: str, end: str) -> alt.X:
    axis = alt.Axis(
        title=value_label,
        # Above the bars: what the numbers are must be read before them.
        orient="top",
        titleAnchor="start",
        titleX={"expr": names},
        labels=False,
        ticks=False,
        domain=False,
        grid=False,
    )
    return alt.X(
        "share:Q",
        axis=axis,
        scale=alt.Scale(domain=[0, 1], range=[{"expr": names}, {"expr": end}]),
    )


def _with_texts(chart: alt.LayerChart, number: str, has_note: bool) -> alt.LayerChart:
    note = " + (isValid(datum.note) && datum.note !== '' ? ' · ' + datum.note : '')"
    return (
        chart.transform_calculate(
            shown="isValid(datum.value) ? datum.value : 0",
            # Below every real value: missing ones come last, not among the zeros.
            rank="isValid(datum.value) ? datum.value : -1e300",
            value_text=f"(isValid(datum.value) ? {number} : 'no data'){note if has_note else ''}",
        )
        .transform_joinaggregate(largest="max(shown)")
        .transform_calculate(
            # Where all are zero, a share of nothing is a bar of no length, not half the chart.
            share="datum.largest > 0 ? datum.shown / datum.largest : 0"
        )
        .transform_window(
            position="row_number()",
            sort=[alt.SortField("rank", order="descending"), alt.SortField("label")],
        )
    )
