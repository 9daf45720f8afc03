"""The seven tiles: numbers, changes, missing data and the way to the details."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components import kpi_row
from queries import target_pacing
from queries.rules import pacing
from tests import visits

COLUMNS = ("metric", "label", "value", "previous", "n", "n_unit", "inferred", "is_available")


def make_tile(**given: object) -> dict[str, object]:
    tile = dict(zip(COLUMNS, ("leads", "Leads", 112.0, 100.0, None, "", None, True), strict=True))
    return tile | given


def shown(*tiles: dict[str, object], **options: object) -> AppTest:
    def page(tiles: list, options: dict) -> None:
        import copy

        import pandas as pd
        import streamlit as st

        from components import kpi_row

        kinds = {"value": "Float64", "previous": "Float64", "n": "Int64", "inferred": "Int64"}
        given = pd.DataFrame(tiles).astype(kinds).to_dict("records")
        before = copy.deepcopy(given)
        asked = kpi_row.render(given, **({"currency": "EUR", "notes": {}} | options))
        assert str(given) == str(before)
        st.text(f"asked: {asked}")

    app = visits.of_function(page, args=(list(tiles), options)).run()
    assert not app.exception
    return app


def captions(app: AppTest) -> list[str]:
    """What a reader sees: the captions without the marks that make them inert."""
    return [re.sub(r"\\(.)", r"\1", caption.value) for caption in app.caption]


@pytest.mark.parametrize(
    ("previous", "delta", "colour"),
    [(100.0, "+12 %", "GREEN"), (224.0, "−50 %", "RED"), (112.0, "no change", "GRAY")],
)
def test_a_rise_is_green_a_fall_is_red_and_no_change_grey(
    previous: float, delta: str, colour: str
) -> None:
    metric = shown(make_tile(previous=previous)).metric[0]
    assert metric.value == "112"
    assert metric.delta == delta
    assert metric.proto.MetricColor.Name(metric.proto.color) == colour


@pytest.mark.parametrize("previous", [None, 0.0])
def test_nothing_to_compare_with_is_said_in_grey(previous: float | None) -> None:
    metric = shown(make_tile(previous=previous)).metric[0]
    assert metric.delta == "nothing to compare"
    assert metric.proto.MetricColor.Name(metric.proto.color) == "GRAY"


@pytest.mark.parametrize("missing", [{"is_available": False}, {"value": None}])
def test_no_data_is_not_zero_and_says_what_to_connect(missing: dict[str, object]) -> None:
    app = shown(make_tile(**missing), unavailable={"leads": "Connect leads"})
    assert app.metric[0].value == "no data"
    assert app.metric[0].delta == ""
    assert captions(app) == ["Connect leads"]


def test_zero_is_shown_as_zero() -> None:
    assert shown(make_tile(value=0.0)).metric[0].value == "0"


def test_n_the_inferred_part_and_the_caveat_stand_below() -> None:
    tile = make_tile(n=842, n_unit="deals", inferred=120)
    app = shown(tile, notes={"leads": "not filtered by rep"})
    assert captions(app) == ["n = 842 deals · of which 120 inferred · not filtered by rep"]


@pytest.mark.parametrize(
    ("metric", "value", "big", "exact"),
    [
        ("leads", 999_999.0, "999,999", []),
        ("leads", 1_000_000.0, "1M", ["1,000,000"]),
        ("revenue", 99_999.0, "€99,999", []),
        ("revenue", 100_000.0, "€100K", ["€100,000"]),
    ],
)
def test_a_long_number_is_shortened_and_stands_exactly_below(
    metric: str, value: float, big: str, exact: list[str]
) -> None:
    app = shown(make_tile(metric=metric, value=value))
    assert app.metric[0].value == big
    assert captions(app) == exact


def test_two_dollar_signs_do_not_become_a_formula() -> None:
    tile = make_tile(metric="revenue", value=131_448.0)
    app = shown(tile, currency="USD", notes={"revenue": "$5 [x](y)"})
    assert captions(app) == ["$131,448 · $5 [x](y)"]
    assert not re.search(r"(?<!\\)[$\[\]]", app.caption[0].value)


def test_details_name_their_tile_and_say_which_was_asked() -> None:
    app = shown(make_tile(), make_tile(metric="won", label="Closed-won"))
    assert [button.label for button in app.button] == ["Details: Leads", "Details: Closed-won"]
    assert app.text[0].value == "asked: None"
    assert app.button[1].click().run().text[0].value == "asked: won"


def test_the_projector_gets_short_numbers_and_no_buttons() -> None:
    app = shown(make_tile(value=131_448.0, previous=None), present=True)
    assert app.metric[0].value == "131K"
    assert app.metric[0].delta == "n/a"
    assert not app.button


def test_no_tiles_at_all_are_no_error() -> None:
    def page() -> None:
        from components import kpi_row

        kpi_row.render([], currency="EUR", notes={})

    assert not visits.of_function(page).run().exception


def test_the_fields_are_those_of_the_docstring() -> None:
    from components import kpi_row

    assert ", ".join(COLUMNS) in " ".join((kpi_row.render.__doc__ or "").split())
    assert list(pd.DataFrame([make_tile()])) == list(COLUMNS)


def make_pace(value: float, target: float, day: int = 9) -> target_pacing.Pace:
    return target_pacing.Pace(value, target, pacing.Progress(day, 21), None)


@pytest.mark.parametrize("present", [False, True])
def test_a_target_stands_in_a_line_of_its_own_also_on_the_projector(present: bool) -> None:
    tiles = [make_tile(value=150.0, n=150, n_unit="leads"), make_tile(metric="won")]
    app = shown(*tiles, present=present, paces={"leads": make_pace(150, 320)})
    # The other tile has no target, and says nothing of any.
    assert captions(app) == ["47 % of 320 · expected 43 %", "n = 150 leads"]


@pytest.mark.parametrize(
    ("value", "target", "currency", "said"),
    [
        (0, 320, "", "0 % of 320"),
        (400, 320, "", "125 % of 320"),
        (1, 0.4, "", "250 % of 0.4"),
        (3, 9.5, "", "32 % of 9.5"),
        (3, 1_500_000, "", "<0.1 % of 1.5M"),
        (50_000, 99_999, "EUR", "50 % of €99,999"),
        (50_000, 100_000, "EUR", "50 % of €100K"),
    ],
)
def test_targets_are_said_as_numbers_are(value, target, currency: str, said: str) -> None:
    assert kpi_row.against(make_pace(value, target), currency) == f"{said} · expected 43 %"


def test_when_all_days_have_come_nothing_more_is_expected() -> None:
    assert kpi_row.against(make_pace(320, 320, 20)) == "100 % of 320 · expected 95 %"
    assert kpi_row.against(make_pace(320, 320, 21)) == "100 % of 320"
    assert kpi_row.against(make_pace(0, 320, 0)) == "0 % of 320 · expected 0 %"
