"""The trend on the page: a panel per metric that has rows, each with its message."""

from datetime import date

import pandas as pd

from components import trend_panels
from queries import definition_versions
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


def marked() -> None:
    from datetime import date

    import pandas as pd

    from components import trend_panels
    from queries import definition_versions

    weeks = pd.to_datetime(["2026-10-05", "2026-10-12"])
    values = pd.array([40.0, 50.0], "Float64")
    parts = [
        {"week": weeks, "metric": metric, "label": metric, "value": values, "is_whole": True}
        for metric in ("leads", "sqls")
    ]
    on = (date(2026, 10, 11), date(2026, 10, 12), date(2026, 10, 18))
    marks = [
        definition_versions.Mark("leads", day, f"version {number}")
        for number, day in enumerate(on, start=2)
    ]
    trend_panels.render(pd.concat(map(pd.DataFrame, parts)), currency="EUR", marks=marks)


def test_a_change_of_a_definition_is_marked_in_its_week_and_said() -> None:
    app = visits.of_function(marked).run()
    assert not app.exception
    leads, sqls = app.get("vega_lite_chart")
    assert leads.proto.alt == (
        "leads by week, from 40 in the week of 5 Oct 2026 to 50 in the week of 12 Oct 2026."
        " Its definition is version 2 from 11 Oct 2026 on."
        " Its definition is version 3 from 12 Oct 2026 on."
        " Its definition is version 4 from 18 Oct 2026 on."
    )
    assert '"mark"' in leads.proto.spec
    assert '"mark": "rule"' not in sqls.proto.spec
    assert "isValid(datum.mark)" not in sqls.proto.spec


def test_what_changed_in_one_week_stands_on_one_rule() -> None:
    weeks = pd.to_datetime(["2026-10-05", "2026-10-12"])
    marks = [
        definition_versions.Mark("leads", date(2026, 10, day), f"version {number}")
        for day, number in ((11, 2), (12, 3), (18, 4))
    ]
    found = trend_panels._marked(pd.DataFrame({"week": weeks}), marks)
    assert found["mark"].tolist() == ["version 2, 11 Oct", "version 3, 12 Oct, version 4, 18 Oct"]
    outside = [definition_versions.Mark("leads", date(2026, 10, 19), "version 5")]
    assert "mark" not in trend_panels._marked(pd.DataFrame({"week": weeks}), outside)
