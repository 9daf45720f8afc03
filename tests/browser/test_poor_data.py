"""A company that has only a part of the data: what is missing is called so, and is never zero."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import conftest, screen

MISSING = ("sessions", "opportunities", "revenue")


def test_what_a_source_does_not_have_is_no_data_and_never_zero(
    browser: Browser, serve: conftest.Serve, shared_data: Path
) -> None:
    app = serve(
        SMARKETING_SOURCE_URL=f"files:{shared_data / 'olist_marketing_funnel'}",
        SMARKETING_SOURCE_MAPPING="olist",
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )
    told = app.shown()
    with screen.opened(browser, app.url, screen.PROJECTOR) as (page, watched):
        screen.drawn(page)
        shown = screen.values(page)
        for metric in MISSING:
            assert told["tiles"][metric]["value"] is None
            assert shown[metric] == "no data"
            expect(screen.tile(page, metric)).to_contain_text("connect ")
            expect(screen.tile(page, metric).get_by_test_id("stMetricDelta")).to_have_count(0)
        for metric in ("leads", "won"):
            assert shown[metric] == f"{told['tiles'][metric]['value']:,}"
        # The period ends where the data does.
        expect(screen.sentence(page)).to_contain_text("2018")
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert screen.cut_texts(page) == []
        page.get_by_role("button", name="Projector view").click()
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        screen.drawn(page)
        assert screen.cut_texts(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        screen.drawn(page)
        assert watched.errors == []
        page.get_by_role("button", name="Details: Sessions").click()
        expect(page.get_by_role("dialog")).to_contain_text("No data. Connect website traffic")
