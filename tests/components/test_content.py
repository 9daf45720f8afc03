"""Frames as keys: what differs for a reader differs, and what sections keep is never stale."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from components import breakdown_section, content, funnel_section, kpi_section, trend_panels
from components.content import Content
from queries import definition_versions, definitions
from queries import filters as views
from tests import company

WORDED_ANEW = definition_versions.Mark("revenue", date(2026, 3, 4), "Revenue, version 2")
FRAME = pd.DataFrame(
    {
        "label": ["Ana", "Bo"],
        "week": pd.to_datetime(["2026-03-02", "2026-03-09"]),
        "value": pd.array([1, None], "Int64"),
        "share": [0.5, float("nan")],
    }
)


def changed(**columns: object) -> pd.DataFrame:
    return FRAME.assign(**columns)


def test_the_same_content_is_the_same_question_also_where_values_are_missing() -> None:
    first, second = Content(FRAME), Content(FRAME.copy(deep=True))
    assert first == second
    assert hash(first) == hash(second)
    shifted = Content(FRAME.set_axis([7, 8]))
    assert first == shifted


@pytest.mark.parametrize(
    "other",
    [
        changed(label=["Ana", "Bob"]),
        changed(label=["Ana", None]),
        changed(week=pd.to_datetime(["2026-03-02", "2026-03-10"])),
        changed(value=pd.array([2, None], "Int64")),
        changed(value=pd.array([1, 0], "Int64")),
        changed(value=pd.array([1.0, None], "Float64")),
        changed(value=pd.array([True, None], "boolean")),
        changed(share=[0.5, 0.0]),
        changed(more=1),
        FRAME.rename(columns={"label": "name"}),
        FRAME[["week", "label", "value", "share"]],
        FRAME.iloc[::-1],
        FRAME.head(1),
        FRAME.head(0),
    ],
)
def test_whatever_a_reader_would_see_is_another_question(other: pd.DataFrame) -> None:
    assert Content(FRAME) != Content(other)


def test_nothing_but_content_is_equal_to_content() -> None:
    assert Content(FRAME) != FRAME.to_dict("list")


VIEW = views.Filters(date(2026, 3, 1), date(2026, 3, 31), company.NOW.replace(month=4, day=5))
LATER = views.Filters(date(2026, 3, 2), date(2026, 3, 31), company.NOW.replace(month=4, day=5))


def stages(count: int = 5, *, is_mature: bool = True, low: float = 0.3) -> Content:
    kinds = {"count": "Int64", "inferred": "Int64", "rate": "Float64"}
    frame = pd.DataFrame(
        {
            "stage": ["lead", "mql"],
            "label": ["Lead", "MQL"],
            "count": [9, count],
            "inferred": [None, 1],
            "rate": [None, 0.5],
            "low": [0.0, low],
            "high": [0.0, 0.7],
            "is_mature": [True, is_mature],
        }
    )
    return Content(frame.astype(kinds))


def weeks(value: float = 7.0, *, metric: str = "revenue", is_whole: bool = True) -> Content:
    frame = pd.DataFrame({"week": pd.to_datetime(["2026-03-02"]), "metric": metric, "label": "L"})
    return Content(frame.assign(value=value, is_whole=is_whole))


def people(name: str = "Ana", won: float | None = 2.0) -> Content:
    frame = pd.DataFrame({"key": ["a", "b"], "label": [name, "Bo"]})
    for metric in definitions.TILES:
        frame[metric] = pd.array([won, None] if metric == "won" else [3.0, 4.0], "Float64")
    return Content(frame)


def tiles(n: int = 1) -> Content:
    tile = {"metric": "leads", "value": 1.0, "previous": 2.0, "n": n, "inferred": 0}
    return Content(pd.DataFrame([tile | {"is_available": True}]))


Case = tuple[Callable[..., Any], tuple[Any, ...], tuple[Any, ...]]
BARS = (stages(), funnel_section._share_note, False)
DIFFERENCE = (stages(is_mature=False), VIEW, (("mql", 10),))
LONGEST = (people(), "rep", "leads", 2)
TOLD: list[Case] = [
    (funnel_section._bars, BARS, (stages(6), *BARS[1:])),
    (funnel_section._bars, BARS, (stages(low=0.2), *BARS[1:])),
    (funnel_section._bars, BARS, (stages(is_mature=False), *BARS[1:])),
    (funnel_section._bars, BARS, (BARS[0], funnel_section._inferred_note, False)),
    (funnel_section._bars, (stages(12_345), *BARS[1:]), (stages(12_345), BARS[1], True)),
    (funnel_section._message, ("Here", stages()), ("There", stages())),
    (funnel_section._message, ("Here", stages()), ("Here", stages(6))),
    (funnel_section._difference, DIFFERENCE, (stages(), *DIFFERENCE[1:])),
    (funnel_section._difference, DIFFERENCE, (DIFFERENCE[0], LATER, DIFFERENCE[2])),
    (funnel_section._difference, DIFFERENCE, (*DIFFERENCE[:2], (("mql", 11),))),
    (trend_panels._panels, (weeks(), "EUR", ()), (weeks(), "USD", ())),
    (trend_panels._panels, (weeks(), "EUR", ()), (weeks(8.0), "EUR", ())),
    (trend_panels._panels, (weeks(), "EUR", ()), (weeks(metric="won"), "EUR", ())),
    (trend_panels._panels, (weeks(), "EUR", ()), (weeks(is_whole=False), "EUR", ())),
    (trend_panels._panels, (weeks(), "EUR", ()), (weeks(), "EUR", (WORDED_ANEW,))),
    (breakdown_section._bars, LONGEST, (people("Cy"), *LONGEST[1:])),
    (breakdown_section._bars, LONGEST, (people(), "team", "leads", 2)),
    (breakdown_section._bars, LONGEST, (people(), "rep", "won", 2)),
    (breakdown_section._bars, LONGEST, (people(), "rep", "leads", 1)),
    (breakdown_section._bars, (people(), "rep", "won", 2), (people(won=5.0), "rep", "won", 2)),
    (breakdown_section._bars, (people(), "rep", "won", 2), (people(won=None), "rep", "won", 2)),
    (breakdown_section._metrics_in, (people(),), (people(won=None),)),
    (breakdown_section._columns, (people(), ("won",)), (people("Cy"), ("won",))),
    (breakdown_section._columns, (people(), ("won",)), (people(), ("leads",))),
    (kpi_section._worded, (tiles(),), (tiles(2),)),
]


@pytest.mark.parametrize(("prepare", "first", "second"), TOLD)
def test_what_is_kept_is_served_for_its_own_question_only(
    prepare: Callable[..., Any], first: tuple[Any, ...], second: tuple[Any, ...]
) -> None:
    kept = prepare(*first)
    assert prepare(*second) != kept
    assert prepare(*first) is kept


SECTIONS = (breakdown_section, funnel_section, kpi_section, trend_panels)
KEEPERS = [
    made for module in SECTIONS for made in vars(module).values() if hasattr(made, "cache_info")
]


@pytest.mark.parametrize("prepare", KEEPERS)
def test_each_part_of_each_key_is_tried_above(prepare: Callable[..., Any]) -> None:
    tried = {
        place
        for keeper, first, second in TOLD
        if keeper is prepare
        for place, (one, other) in enumerate(zip(first, second, strict=True))
        if one != other
    }
    assert tried == set(range(len(inspect.signature(prepare).parameters)))


@pytest.mark.parametrize("prepare", KEEPERS)
def test_what_is_kept_ends(prepare: Callable[..., Any]) -> None:
    assert prepare.cache_info().maxsize == content.KEPT
