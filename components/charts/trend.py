"""The trend: one small chart per metric, all on the same weeks.

One chart each, not one faceted chart: Vega-Lite facets have a fixed number of columns, whereas
a grid on the page gives seven panels in a row on a wide screen and one on a phone.
"""

from typing import Any

import altair as alt
import pandas as pd

from components.charts import theme

METRICS = ("sessions", "leads", "mqls", "sals", "sqls", "opportunities", "won", "revenue")


def panels(counts: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """(metric, label, its weeks) in funnel order; a metric without rows has no panel.

    Each panel gets every week that any panel has, the value missing where there is none, so
    that the same place on the x axis is the same week in all of them.
    """
    # Plain values: to filter and to merge eight small frames takes longer than to draw them.
    names = ("metric", "label", "week", "is_whole")
    columns = [*(counts[name] for name in names), counts["value"].astype(float)]
    is_whole: dict[pd.Timestamp, bool] = {}
    values: dict[str, dict[pd.Timestamp, float]] = {}
    labels: dict[str, str] = {}
    for metric, label, week, whole, value in zip(*columns, strict=True):
        is_whole[week] = whole
        values.setdefault(metric, {})[week] = value
        labels.setdefault(metric, label)
    weeks = sorted(is_whole)
    shared = {"week": pd.DatetimeIndex(weeks), "is_whole": [is_whole[week] for week in weeks]}
    return [
        (metric, labels[metric], _points(shared, [values[metric].get(week) for week in weeks]))
        for metric in METRICS
        if metric in values
    ]


def _points(shared: dict[str, Any], values: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(shared | {"value": pd.array(values, dtype=float)})


def week_line(
    points: pd.DataFrame,
    *,
    metric: str,
    title: str,
    unit: str = "",
    present: bool = False,
    dark: bool = False,
) -> alt.LayerChart:
    """One metric by week: a line from zero, unfinished weeks dashed and hollow.

    Rows: one per week. Columns: week (its Monday), value, is_whole; `mark` where there is any: what
    changed in a week, else missing. The last whole week's value stands above its point. `unit` is
    written before the numbers ("€").
    """
    size, colour = theme.sizes(present), theme.palette(dark)
    tone = getattr(colour, theme.METRIC_TONE.get(metric, "neutral"))
    week, value = _week(size), _value(size, unit)
    # Missing values would drop their weeks from the axis; this layer keeps every week on it.
    every_week = alt.Chart().mark_rule(opacity=0).encode(week)
    dashes = [size.stroke * 2, size.stroke * 2]
    unfinished = alt.Chart().mark_line(color=tone, strokeWidth=size.stroke, strokeDash=dashes)
    finished = alt.Chart().mark_line(color=tone, strokeWidth=size.stroke)
    dots = alt.Chart().mark_point(
        size=size.point, stroke=tone, strokeWidth=size.stroke, filled=True, opacity=1
    )
    fill = alt.condition("datum.is_whole", alt.value(tone), alt.value(colour.ground))
    tooltip = [
        alt.Tooltip("week:T", title="Week of", format="%-d %b %Y"),
        alt.Tooltip("value_text:N", title=title),
    ]
    layers = alt.layer(
        every_week,
        *(_marks(size, colour) if "mark" in points else ()),
        *_latest(size, colour, value),
        unfinished.encode(week, value),
        finished.encode(week, alt.Y("whole_value:Q")),
        dots.encode(week, value, fill=fill, tooltip=tooltip),
        data=points,
    )
    sized = _with_texts(layers, unit).properties(
        title=title, height=size.panel_height, width="container"
    )
    return theme.finish(sized, present=present, dark=dark)


def _week(size: theme.Sizes) -> alt.X:
    # The last label is centred on its point: half of it needs room at the right.
    room = {"expr": f"width - {size.value * 2}"}
    axis = alt.Axis(
        title=None,
        grid=False,
        format="%-d %b",
        tickCount=3,
        labelOverlap="greedy",
        labelFlush=True,
    )
    return alt.X("week:T", scale=alt.Scale(range=[8, room]), axis=axis)


def _value(size: theme.Sizes, unit: str) -> alt.Y:
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        tickCount=3,
        tickMinStep=1,
        labelExpr=theme.number("datum.value", theme.COMPACT, unit),
    )
    # The top strip is kept for the latest number.
    span = [{"expr": "height"}, size.value * 2]
    scale = alt.Scale(zero=True, domainMin=0, nice=True, range=span)
    return alt.Y("value:Q", scale=scale, axis=axis)


def _latest(size: theme.Sizes, colour: theme.Palette, value: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """The last whole week's number, above all points so that no line crosses its digits, and a
    thin guide down to its own point."""
    week = alt.X("latest_week:T")
    guide = alt.Chart().mark_rule(color=colour.muted, strokeDash=[2, 3])
    number = alt.Chart().mark_text(
        baseline="top", fontSize=size.value, fontWeight=700, color=colour.text
    )
    return (
        guide.encode(week, value, alt.Y2Value(size.value + 4)),
        number.encode(week, alt.YValue(0), alt.Text("latest_text:N")),
    )


def _marks(size: theme.Sizes, colour: theme.Palette) -> tuple[alt.Chart, ...]:
    """A thin rule through each week in which something changed; what it was stands above all
    points, on the side of the rule that has more room."""
    changed = (
        alt.Chart()
        .transform_calculate(at="toNumber(datum.week)")
        .transform_joinaggregate(first="min(at)", last="max(at)")
        .transform_filter("isValid(datum.mark)")
    )
    week, middle = alt.X("week:T"), "(datum.first + datum.last) / 2"
    words = {"baseline": "top", "fontSize": size.small, "color": colour.muted}
    # Away from the rule by half of the latest number, which may stand on it.
    after = changed.transform_filter(f"datum.at < {middle}")
    before = changed.transform_filter(f"datum.at >= {middle}")
    return (
        changed.mark_rule(color=colour.muted).encode(week),
        *(
            side.mark_text(align=align, dx=away, **words).encode(
                week, alt.YValue(0), alt.Text("mark:N")
            )
            for side, align, away in (
                (after, "left", size.small / 3),
                (before, "right", -size.value),
            )
        ),
    )


def _with_texts(chart: alt.LayerChart, unit: str) -> alt.LayerChart:
    text = theme.number("datum.value", theme.COMPACT, unit)
    return (
        chart.transform_calculate(
            whole_value="datum.is_whole ? datum.value : null",
            whole_week="datum.is_whole && isValid(datum.value) ? toNumber(datum.week) : null",
        )
        .transform_joinaggregate(last_week="max(whole_week)")
        .transform_calculate(
            value_text=f"{text} + (datum.is_whole ? '' : ' (week not finished)')",
            is_latest="isValid(datum.whole_week) && datum.whole_week === datum.last_week",
        )
        .transform_calculate(
            latest_week="datum.is_latest ? datum.week : null",
            latest_text=f"datum.is_latest ? {text} : ''",
        )
    )
