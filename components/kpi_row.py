"""The seven numbers of the Overview, each in its tile, from sessions to revenue."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import format as formats
from components import inert
from queries import target_pacing

# Pixels. Seven tiles in a row on a wide screen, four and three on a laptop, one on a phone.
# On a projector its type is larger, and "Opportunities" must stand there whole.
_NARROWEST = {False: 200, True: 240}
_NOTHING_TO_COMPARE = "nothing to compare"
# From here on a full amount is wider than its tile; the exact one stands below it.
_LONG = 1_000_000
_LONG_MONEY = 100_000


def render(
    tiles: Sequence[Mapping[str, Any]],
    *,
    currency: str,
    notes: Mapping[str, str],
    present: bool = False,
    unavailable: Mapping[str, str] | None = None,
    paces: Mapping[str, target_pacing.Pace] | None = None,
) -> str | None:
    """Draws the tiles; returns the metric whose details were asked for, or None.

    Of each: metric, label, value, previous, n, n_unit, inferred, is_available. `notes` holds a
    caveat per metric ("not filtered by rep"), `unavailable` what to connect for one without data,
    `paces` how those that have a target stand against it.
    """
    asked = None
    row = st.grid(
        len(tiles) or 1, min_column_width=_NARROWEST[present], gap="xsmall", key="kpi_row"
    )
    with row:
        for tile in tiles:
            metric = tile["metric"]
            missing = (unavailable or {}).get(metric, "")
            with st.container(
                key=f"kpi_{metric}",
                border=True,
                height="stretch",
                gap="xsmall",
                vertical_alignment="distribute",
            ):
                with st.container(gap="xsmall"):
                    _numbers(tile, currency, present)
                    if pace := (paces or {}).get(metric):
                        st.caption(
                            inert.markdown(against(pace, currency if _is_money(tile) else ""))
                        )
                    _captions(tile, currency, notes.get(metric, ""), missing, present)
                if not present and _details(tile):
                    asked = metric
    return asked


def against(pace: target_pacing.Pace, currency: str = "") -> str:
    """47 % of 320 · expected 43 %; nothing is expected any more of a period that has come whole.

    `currency` of money, else "".
    """
    compact = pace.target >= (_LONG_MONEY if currency else _LONG)
    target = formats.money(pace.target, currency, compact) if currency else _target(pace, compact)
    parts = [f"{formats.rate(pace.delivered)} of {target}"]
    if not pace.is_complete:
        parts.append(f"expected {formats.rate(pace.expected)}")
    return " · ".join(parts)


def _target(pace: target_pacing.Pace, compact: bool) -> str:
    # A rep's target for a day may be 0.4.
    return formats.count(pace.target, compact) if pace.target >= 10 else f"{pace.target:.2g}"


def _numbers(tile: Mapping[str, Any], currency: str, present: bool) -> None:
    label = _short(tile) if present else tile["label"]
    if not _has_value(tile):
        st.metric(label, formats.NO_DATA)
        return
    change = formats.change(tile["value"], tile["previous"])
    has_change = change.text != formats.NOT_APPLICABLE
    st.metric(
        label,
        _big(tile, currency, present),
        delta=change.text if has_change or present else _NOTHING_TO_COMPARE,
        # Said outright: Streamlit does not take our minus sign for one and paints a fall green.
        delta_color={"up": "green", "down": "red"}.get(change.direction, "off"),
        delta_arrow={"up": "up", "down": "down"}.get(change.direction, "off"),
        # On a projector the arrow and the share must be read; there is no room for more.
        delta_description=None if present or not has_change else _before(tile, currency),
    )


def _before(tile: Mapping[str, Any], currency: str) -> str:
    """What the change is measured from; of which period is said once, above all tiles."""
    return f"from {_big(tile | {'value': tile['previous']}, currency, present=False)}"


def _captions(
    tile: Mapping[str, Any], currency: str, note: str, missing: str, present: bool
) -> None:
    lines = _lines(tile, currency, present) if _has_value(tile) else [missing]
    text = " · ".join(line for line in [*lines, note] if line)
    if text:
        st.caption(inert.markdown(text))


def _lines(tile: Mapping[str, Any], currency: str, present: bool) -> list[str]:
    lines = []
    if not present and _is_shortened(tile):
        lines.append(_exact(tile, currency))
    if pd.notna(tile["n"]):
        lines.append(f"n = {formats.count(tile['n'])} {tile['n_unit']}".strip())
    if pd.notna(tile["inferred"]) and tile["inferred"] > 0:
        lines.append(f"of which {formats.count(tile['inferred'])} inferred")
    return lines


def _details(tile: Mapping[str, Any]) -> bool:
    # The metric in the label: "Details" seven times says nothing to a screen reader.
    return st.button(
        f"Details: {_short(tile)}", key=f"kpi_row.details_{tile['metric']}", type="tertiary"
    )


def _short(tile: Mapping[str, Any]) -> str:
    """The label without what stands in brackets, for where there is little room."""
    return tile["label"].split(" (")[0]


def _has_value(tile: Mapping[str, Any]) -> bool:
    return bool(tile["is_available"]) and pd.notna(tile["value"])


def _is_money(tile: Mapping[str, Any]) -> bool:
    return tile["metric"] == "revenue"


def _is_shortened(tile: Mapping[str, Any]) -> bool:
    return abs(tile["value"]) >= (_LONG_MONEY if _is_money(tile) else _LONG)


def _big(tile: Mapping[str, Any], currency: str, present: bool) -> str:
    compact = present or _is_shortened(tile)
    if _is_money(tile):
        return formats.money(tile["value"], currency, compact)
    return formats.count(tile["value"], compact)


def _exact(tile: Mapping[str, Any], currency: str) -> str:
    if _is_money(tile):
        return formats.money(tile["value"], currency)
    return formats.count(tile["value"])
