"""Targets on the Overview: readable from the back of a room, and nothing is pushed off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queries import audit, definition_versions, definitions, records, targets
from tests.browser import conftest, doors, screen

SMALLEST_WORD = 20


@pytest.fixture
def aimed(demo_copy: Path, serve: conftest.Serve) -> Iterator[conftest.Served]:
    """The demo company with a target for each number, and a definition that was worded anew."""
    app = serve(
        refresh=False, SMARKETING_DATA_DIR=str(demo_copy), SMARKETING_SOURCE_REFRESH_SECONDS="0"
    )
    act, today = audit.by_operator(records.now()), records.now().date()
    words = definition_versions.Wanted("leads", "Leads", "Ours.", today - timedelta(days=30))
    with records.writing(doors.opened_records(app.url)) as rows:
        for metric in definitions.TILES:
            value = 1_234_567 if metric == "revenue" else 1_234
            wanted = targets.Wanted(metric, "company", "", "month", value, date(2020, 1, 1))
            targets.enter(rows, act, wanted)
        definition_versions.agree(rows, act, words, today - timedelta(days=30))
    yield app
    app.stop()


@pytest.mark.parametrize(
    ("size", "present"),
    [(screen.PROJECTOR, "1"), ((1280, 720), "1"), (screen.DESK, ""), (screen.PHONE, "")],
)
def test_each_tile_says_how_far_it_is_and_nothing_is_cut(
    browser: Browser, aimed: conftest.Served, size: tuple[int, int], present: str
) -> None:
    today = records.now().date()
    # Until the end of next month, so that something is still expected.
    days = f"period={today - timedelta(days=60)}&period={today + timedelta(days=30)}"
    view = f"{aimed.url}/?{days}" + (f"&present={present}" if present else "")
    with screen.opened(browser, view, size) as (page, watched):
        screen.drawn(page)
        for name in screen.TILES:
            expect(page.locator(f".st-key-kpi_{name}")).to_contain_text("expected")
        assert screen.cut_texts(page) == []
        assert screen.overflow(page) == 0
        if size == screen.PROJECTOR:
            sizes = page.locator(".st-key-kpi_row p").evaluate_all(
                "found => found.map(e => parseFloat(getComputedStyle(e).fontSize))"
            )
            assert min(sizes) >= SMALLEST_WORD
            for kind in ("period", "cohort"):
                lower = page.locator(f".st-key-chart_funnel_{kind}").evaluate(
                    "e => e.getBoundingClientRect().bottom"
                )
                assert lower <= size[1]
        assert watched.errors == []
