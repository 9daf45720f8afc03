"""How charts look: colours by meaning, number texts, sizes for the desk and the projector."""

import json
from dataclasses import dataclass

import altair as alt

# The font of Streamlit's own texts, so that a chart does not look pasted in.
FONT = '"Source Sans", "Source Sans 3", sans-serif'

# Number texts a chart can ask for (see `number`).
COUNT = "count"
COMPACT = "compact"
RATE = "rate"
DECIMAL = "decimal"


@dataclass(frozen=True)
class Palette:
    """One colour for each meaning; status is always said in words as well."""

    marketing: str
    sales: str
    shared: str
    neutral: str
    immature: str
    good: str
    late: str
    soon: str
    text: str
    muted: str
    grid: str
    ground: str


LIGHT = Palette(
    marketing="#0b5fa5",
    sales="#c2410c",
    shared="#0f766e",
    neutral="#475569",
    immature="#8a949e",
    good="#15803d",
    late="#b91c1c",
    soon="#a16207",
    text="#111418",
    muted="#4b5563",
    grid="#d5dae0",
    ground="#ffffff",
)
DARK = Palette(
    marketing="#6cb6ff",
    sales="#fb923c",
    shared="#2dd4bf",
    neutral="#94a3b8",
    immature="#6b7682",
    good="#4ade80",
    late="#f87171",
    soon="#facc15",
    text="#f5f7fa",
    muted="#b6c0cc",
    grid="#333d48",
    ground="#0f1419",
)


@dataclass(frozen=True)
class Sizes:
    """Pixels. A projector is read from five metres: 20 to 40 pixels of type there."""

    label: int
    small: int
    value: int
    title: int
    bar: int
    row: int
    funnel_row: int
    stroke: float
    point: int
    panel_height: int


DESK = Sizes(
    label=13,
    small=13,
    value=15,
    title=14,
    bar=20,
    row=30,
    funnel_row=50,
    stroke=2,
    point=40,
    panel_height=170,
)
PROJECTOR = Sizes(
    label=26,
    small=22,
    value=30,
    title=28,
    bar=32,
    row=46,
    funnel_row=74,
    stroke=5,
    point=160,
    panel_height=300,
)

METRIC_TONE = {
    "sessions": "marketing",
    "leads": "marketing",
    "mqls": "marketing",
    "sals": "sales",
    "sqls": "sales",
    "opportunities": "sales",
    "won": "sales",
    "revenue": "shared",
}


def palette(dark: bool) -> Palette:
    """The colours for a light or a dark ground."""
    return DARK if dark else LIGHT


def sizes(present: bool) -> Sizes:
    """The sizes for the desk or the projector."""
    return PROJECTOR if present else DESK


def number(value: str, value_format: str, unit: str = "") -> str:
    """A Vega expression that writes the expression `value` as components.format does.

    `unit` stands before the number ("€") and gives DECIMAL its cents; rates carry their own sign.
    """
    if value_format == RATE:
        return _rate(value)
    text = {
        COUNT: f"format({value}, ',.0f')",
        COMPACT: _compact(value),
        DECIMAL: f"format({value}, '{',.2f' if unit else ',.1f'}')",
    }[value_format]
    if not unit:
        return text
    # The sign belongs before the currency: −€5, not €−5.
    text = text.replace(value, f"abs({value})")
    return f"(({value}) < 0 ? '−' : '') + {json.dumps(unit)} + {text}"


def _compact(value: str) -> str:
    # d3 writes k and G where a meeting says K and B, and "500m" for a half.
    scaled = f"replace(replace(format({value}, '.3~s'), 'k', 'K'), 'G', 'B')"
    return f"(abs({value}) < 1000 ? format({value}, ',.0f') : {scaled})"


def _rate(value: str) -> str:
    # 0 % and 100 % are kept for what is really none and all.
    almost = f"({value} > 0 && {value} < 0.01) || ({value} >= 0.995 && {value} < 1)"
    edge = f"({value} < 0.001 ? '<0.1' : {value} > 0.999 ? '>99.9' : format({value} * 100, '.1f'))"
    return f"(({almost}) ? {edge} : format({value} * 100, ',.0f')) + ' %'"


def finish(chart: alt.Chart | alt.LayerChart, *, present: bool, dark: bool) -> alt.TopLevelMixin:
    """The chart with our fonts, colours and sizes; the last step of each chart function."""
    size, colour = sizes(present), palette(dark)
    return chart.configure(
        background="transparent",
        font=FONT,
        padding=4,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=size.label,
            titleFontSize=size.label,
            labelColor=colour.text,
            titleColor=colour.text,
            titleFontWeight=600,
            gridColor=colour.grid,
            domainColor=colour.muted,
            tickColor=colour.muted,
        ),
        legend=alt.LegendConfig(
            orient="top",
            labelFontSize=size.label,
            titleFontSize=size.label,
            labelColor=colour.text,
            titleColor=colour.text,
            symbolSize=size.point * 3,
            labelLimit=400,
        ),
        title=alt.TitleConfig(
            anchor="start",
            color=colour.text,
            fontSize=size.title,
            fontWeight=600,
            offset=8,
        ),
    )
