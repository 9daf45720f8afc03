"""Charts on the page: kept rules hold no data, the browser gets the used columns only."""

import json
from io import BytesIO
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pyarrow as pa
import pytest

from components import plot
from components.charts import breakdown, theme
from tests import visits

FLAGS = (("value_format", theme.COUNT), ("value_label", "Leads"))


def page() -> None:
    import pandas as pd

    from components import plot
    from components.charts import breakdown, theme

    frame = pd.DataFrame(
        {
            "label": ["Paid search", "Referral"],
            "value": pd.array([12, None], "Int64"),
            "email": ["ana@example.com", "bo@example.com"],
        }
    )
    plot.draw(
        "leads",
        breakdown.bars,
        plot.as_rows(frame),
        alt_text="12 leads from paid search",
        value_label="Leads",
        value_format=theme.COUNT,
    )


def drawn() -> tuple[dict, pa.Table, str]:
    app = visits.of_function(page).run()
    assert not app.exception
    chart = app.get("vega_lite_chart")[0].proto
    table = pa.ipc.open_stream(BytesIO(chart.data.data)).read_all()
    return json.loads(chart.spec), table, chart.alt


def test_the_browser_gets_the_used_columns_only() -> None:
    spec, table, _ = drawn()
    assert table.column_names == ["label", "value"]
    assert "example.com" not in json.dumps(spec)


def test_missing_numbers_are_sent_as_missing() -> None:
    assert drawn()[1]["value"].to_pylist() == [12, None]


def test_a_chart_says_its_message_to_those_who_do_not_see_it() -> None:
    assert drawn()[2] == "12 leads from paid search"


def test_the_frame_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"label": ["a"], "value": pd.array([1], "Int64")})
    before = frame.copy(deep=True)
    plot.as_rows(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_kept_rules_hold_no_data() -> None:
    spec, _ = plot._rules(breakdown.bars, ("label", "value"), FLAGS)
    assert not {"data", "datasets"} & set(spec)


def test_rules_are_built_once_for_the_same_columns_and_flags() -> None:
    made = []

    def chart(frame: pd.DataFrame, **flags: object) -> alt.Chart:
        made.append((list(frame), flags))
        return alt.Chart(frame).mark_bar().encode(alt.X("value:Q"))

    for columns, dark in ((("value",), False), (("value",), False), (("value",), True)):
        plot._rules(chart, columns, (("dark", dark),))
    assert made == [(["value"], {"dark": False}), (["value"], {"dark": True})]


def test_drawing_does_not_change_the_kept_rules() -> None:
    spec, _ = plot._rules(breakdown.bars, ("label", "value"), FLAGS)
    before = json.dumps(spec)
    drawn()
    drawn()
    assert json.dumps(spec) == before


@pytest.mark.parametrize(("kind", "expected"), [("dark", True), ("light", False), (None, False)])
def test_the_theme_of_the_reader_decides(
    monkeypatch: pytest.MonkeyPatch, kind: str | None, expected: bool
) -> None:
    context = SimpleNamespace(theme=SimpleNamespace(type=kind))
    monkeypatch.setattr(plot.st, "context", context)
    assert plot.is_dark() is expected
