"""The trend on the page: a panel per metric that has rows, each with its message."""

from tests import visits


def page() -> None:
    import pandas as pd

    from components import trend_panels

    weeks = pd.to_datetime(["2026-10-05", "2026-10-12", "2026-10-19"])
    rows = [
        ("revenue", "Revenue", [9000.0, 12000.0, 100.0]),
        ("leads", "Leads", [40.0, 1055.0, 3.0]),
        ("sqls", "SQLs", [None, None, 1.0]),
    ]
    counts = pd.concat(
        pd.DataFrame(
            {
                "week": weeks,
                "metric": metric,
                "label": label,
                "value": pd.array(values, "Float64"),
                "is_whole": [True, True, False],
            }
        )
        for metric, label, values in rows
    )
    trend_panels.render(counts, currency="EUR")


def test_each_panel_says_where_it_began_and_where_it_stands() -> None:
    app = visits.of_function(page).run()
    assert not app.exception
    assert [chart.proto.alt for chart in app.get("vega_lite_chart")] == [
        "Leads by week, from 40 in the week of 5 Oct 2026 to 1,055 in the week of 12 Oct 2026.",
        "SQLs by week: no finished week yet.",
        "Revenue by week, from €9,000 in the week of 5 Oct 2026 to €12,000 in the week of "
        "12 Oct 2026.",
    ]
