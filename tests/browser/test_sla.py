"""The SLA page as people meet it: both columns, a card's details, a phone, a projector."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import conftest, screen

CARDS = 9


def drawn(page: Page) -> Page:
    """Waits until the scorecard stands there as a whole."""
    expect(page.locator("[class*='st-key-kpi_']")).to_have_count(CARDS)
    expect(page.locator("[class*='st-key-chart_sla_'] svg.marks")).to_have_count(CARDS)
    screen.settled(page)
    return page


@pytest.mark.parametrize("size", [screen.PROJECTOR, screen.DESK, screen.PHONE])
def test_nothing_sticks_out_on_any_screen(
    browser: Browser, demo: conftest.Served, size: tuple[int, int]
) -> None:
    with screen.opened(browser, f"{demo.url}/sla", size) as (page, watched):
        drawn(page)
        assert screen.overflow(page) == 0
        sides = [
            page.locator(f".st-key-sla_{side}").bounding_box()
            for side in ("sales_to_marketing", "marketing_to_sales")
        ]
        # Side by side, but one below the other on a phone.
        assert (sides[0]["x"] < sides[1]["x"]) is (size != screen.PHONE)
        assert watched.errors == []
        assert watched.foreign(demo.url) == []


def test_a_card_opens_what_is_behind_it_and_a_link_shows_the_same(
    browser: Browser, demo: conftest.Served
) -> None:
    with screen.opened(browser, f"{demo.url}/sla") as (page, watched):
        drawn(page)
        page.get_by_role("button", name="Details: Decision").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text(re.compile("Rows 1 to"))).to_be_visible()
        expect(page).to_have_url(re.compile("explain=decision"))
        said = dialog.get_by_text(re.compile("Rows 1 to")).inner_text()
        dialog.get_by_role("tab", name="Definition").click()
        expect(dialog.get_by_text("of the hand-offs whose decision was due")).to_be_visible()
        link = page.url
        assert watched.errors == []
    with screen.opened(browser, link) as (page, _):
        expect(page.get_by_role("dialog").get_by_text(said)).to_be_visible()


def test_a_projector_shows_teams_in_large_type(browser: Browser, demo: conftest.Served) -> None:
    view = f"{demo.url}/sla?present=1&show=parts&by=rep"
    with screen.opened(browser, view, screen.PROJECTOR) as (page, watched):
        expect(page.locator("[class*='st-key-table_sla_']")).to_have_count(2)
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        assert watched.errors == []
    with screen.opened(browser, f"{demo.url}/sla?present=1", screen.PROJECTOR) as (page, watched):
        drawn(page)
        sizes = page.locator("[class*='st-key-kpi_'] :is(p, svg.marks text)").evaluate_all(
            """found => found.filter(e => e.textContent.trim())
                .map(e => parseFloat(getComputedStyle(e).fontSize))"""
        )
        assert min(sizes) >= 20
        assert screen.overflow(page) == 0
        assert watched.errors == []
