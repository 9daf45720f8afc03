"""The two funnels in words, and why they differ."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pandas as pd
import pyarrow as pa

from components import funnel_section
from queries import filters as views
from tests import company

MATURE_AFTER = {"mql": 10, "sal": 20}
VIEW = views.Filters(date(2026, 3, 1), date(2026, 3, 31), company.NOW.replace(month=4, day=5))


def cohort(leads: int | None, *, is_mature: bool = True) -> pd.DataFrame:
    frame = pd.DataFrame({"count": [leads, 1], "is_mature": [True, is_mature]})
    return frame.astype({"count": "Int64"})


def drawn(visit, place: int) -> pd.DataFrame:
    """The rows that the browser gets for a funnel: 0 for the period's, 1 for the cohort's."""
    chart = visit.get("vega_lite_chart")[place].proto
    return pa.ipc.open_stream(BytesIO(chart.data.data)).read_all().to_pandas()


def test_a_cohort_that_is_old_enough_needs_one_sentence() -> None:
    assert funnel_section.why_they_differ(cohort(1_234), VIEW, MATURE_AFTER) == (
        "Left: what happened on 1–31 Mar 2026, whoever it happened to. Right: the 1,234 leads "
        "that were created then, and how far they had got by 5 Apr 2026."
    )


def test_a_young_cohort_says_which_leads_are_old_enough() -> None:
    said = funnel_section.why_they_differ(cohort(3, is_mature=False), VIEW, MATURE_AFTER)
    assert said.endswith(
        " Grey bars may still grow: only leads created up to 16 Mar 2026"
        " are old enough for every stage."
    )


def test_one_lead_is_one_lead() -> None:
    said = funnel_section.why_they_differ(cohort(1), VIEW, MATURE_AFTER)
    assert "Right: the 1 lead that was created then, and how far it had got by 5 Apr 2026." in said


def test_without_leads_the_right_one_needs_them() -> None:
    assert funnel_section.why_they_differ(cohort(None), VIEW, {}) == (
        "Left: what happened on 1–31 Mar 2026. Right needs leads, of which there is no data."
    )


def test_march_in_both_funnels(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=["2026-03-01", "2026-03-31"])
    messages = [chart.proto.alt for chart in visit.get("vega_lite_chart")][:2]
    assert messages == [
        "In this period: 3 Lead, 3 MQL, 1 SAL, 1 SQL, 3 Opportunity, 3 Closed-won.",
        "Of the leads created in this period: "
        "3 Lead, 3 MQL, 2 SAL, 2 SQL, 1 Opportunity, 1 Closed-won.",
    ]
    cohort_rows = drawn(visit, 1)
    assert list(cohort_rows["value"]) == ["3", "3", "2", "2", "1", "1"]
    assert list(cohort_rows["note"])[:3] == [
        "",
        "100 % of Lead (44 % to 100 %)",
        "67 % of MQL (21 % to 94 %)",
    ]
    assert list(cohort_rows["tone"])[:3] == ["marketing", "marketing", "sales"]


def test_young_stages_are_grey_and_say_that_they_are_maturing(door, demo_place) -> None:
    door.set_up(demo_place)
    visit = door.open()
    rows = drawn(visit, 1).set_index("label")
    assert rows.loc["Closed-won", "tone"] == "immature"
    assert rows.loc["Closed-won", "note"].endswith("still maturing")
    assert rows.loc["Lead", "tone"] == "marketing"


def test_stages_without_data_say_so_and_are_no_zero(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_lead())
    door.set_up(tmp_path)
    visit = door.open(period=["2026-03-01", "2026-03-31"])
    for place in (0, 1):
        rows = drawn(visit, place)
        assert list(rows["value"]) == ["1", *["no data"] * 5]
        assert list(rows["note"]) == [""] * 6
    messages = [chart.proto.alt for chart in visit.get("vega_lite_chart")][:2]
    assert messages == [
        "In this period: 1 Lead.",
        "Of the leads created in this period: 1 Lead.",
    ]
