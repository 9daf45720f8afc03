"""The same page on a projector, a laptop and a phone: nothing is cut, nothing sticks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import conftest, screen

SMALLEST_FIGURE, SMALLEST_WORD = 48, 20


def _sizes(page: Page, selector: str) -> list[float]:
    """The font sizes of everything found that shows text."""
    return page.locator(selector).evaluate_all(
        """found => found.filter(e => e.textContent.trim() && e.getClientRects().length)
            .map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )


def _lower_edge(page: Page, selector: str) -> float:
    return page.locator(selector).evaluate("e => e.getBoundingClientRect().bottom")


def test_a_projector_shows_tiles_and_both_funnels_at_once_in_large_type(
    browser: Browser, demo: conftest.Served
) -> None:
    view = f"{demo.url}/?present=1"
    with screen.opened(browser, view, screen.PROJECTOR) as (page, watched):
        screen.drawn(page)
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        expect(page.get_by_test_id("stHeader")).to_be_hidden()
        figures = _sizes(page, ".st-key-kpi_row [data-testid=stMetricValue]")
        assert len(figures) == 7
        assert min(figures) >= SMALLEST_FIGURE
        words = _sizes(page, ".st-key-kpi_row p") + _sizes(page, ".st-key-sentence p")
        assert min(words) >= SMALLEST_WORD
        tops = {page.locator(f".st-key-kpi_{name}").bounding_box()["y"] for name in screen.TILES}
        assert len(tops) == 1
        for kind in ("period", "cohort"):
            chart = f".st-key-chart_funnel_{kind}"
            expect(page.locator(f"{chart} svg.marks")).to_be_visible()
            assert min(_sizes(page, f"{chart} svg text")) >= SMALLEST_WORD
            assert _lower_edge(page, chart) <= screen.PROJECTOR[1]
        assert screen.cut_texts(page) == []
        assert screen.overflow(page) == 0
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        screen.settled(page)
        assert page.url == f"{demo.url}/"
        assert watched.errors == []


def test_the_projector_view_is_one_click_away_and_keeps_the_filters(
    browser: Browser, demo: conftest.Served
) -> None:
    with screen.opened(browser, f"{demo.url}/?channel=Email", screen.PROJECTOR) as (page, _):
        screen.drawn(page)
        page.get_by_role("button", name="Projector view").click()
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        screen.drawn(page)
        expect(screen.sentence(page)).to_contain_text("Email,")
        page.get_by_role("button", name="Leave the projector view").click()
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        expect(screen.sentence(page)).to_contain_text("Email,")
        assert "present" not in page.url


@pytest.mark.parametrize(
    ("size", "view"),
    [
        (screen.DESK, "/"),
        (screen.DESK, "/?present=1"),
        ((1280, 720), "/?present=1"),
        (screen.PHONE, "/"),
        (screen.PHONE, "/?present=1"),
    ],
)
def test_no_text_of_a_tile_is_cut_and_nothing_sticks_out(
    browser: Browser, demo: conftest.Served, size: tuple[int, int], view: str
) -> None:
    with screen.opened(browser, demo.url + view, size) as (page, _):
        screen.drawn(page)
        assert screen.cut_texts(page) == []
        assert screen.overflow(page) == 0


def test_data_health_fits_a_phone(browser: Browser, demo: conftest.Served) -> None:
    with screen.opened(browser, f"{demo.url}/data_health", screen.PHONE) as (page, watched):
        expect(page.get_by_test_id("stDataFrame")).to_have_count(4)
        screen.settled(page)
        assert screen.overflow(page) == 0
        assert watched.errors == []
