"""The Overview draws everything, with the numbers of the command line, and asks nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import conftest, screen

DRAWN = ("funnel_period", "funnel_cohort", *(f"trend_{metric}" for metric in screen.TILES))


def _on_screen(metric: str, value: float) -> str:
    """The number as a tile writes it at the desk."""
    if metric != "revenue":
        return f"{value:,.0f}"
    return f"€{value / 1000:.3g}K" if value >= 100_000 else f"€{value:,.0f}"


def _expected(tiles: dict[str, Any]) -> dict[str, str]:
    return {metric: _on_screen(metric, tile["value"]) for metric, tile in tiles.items()}


def test_the_tiles_show_what_the_command_line_prints(
    browser: Browser, demo: conftest.Served
) -> None:
    told = demo.shown()
    with screen.opened(browser, demo.url) as (page, _):
        screen.drawn(page)
        assert screen.values(page) == _expected(told["tiles"])
        expect(screen.sentence(page)).to_contain_text(told["sentence"])
        for metric, tile in told["tiles"].items():
            expect(screen.tile(page, metric)).to_contain_text(f"n = {tile['n']:,} ")


def test_a_filtered_view_shows_what_the_command_line_prints_for_it(
    browser: Browser, demo: conftest.Served
) -> None:
    told = demo.shown("--channel", "Email", "--channel", "Webinar", "--compare", "year")
    view = f"{demo.url}/?channel=Email&channel=Webinar&compare=year"
    with screen.opened(browser, view) as (page, _):
        screen.drawn(page)
        assert screen.values(page) == _expected(told["tiles"])
        expect(screen.sentence(page)).to_contain_text(told["sentence"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_section_is_drawn_without_an_error_or_a_foreign_request(
    browser: Browser, demo: conftest.Served, scheme: Any
) -> None:
    with screen.opened(browser, demo.url, color_scheme=scheme) as (page, watched):
        screen.drawn(page)
        for name in DRAWN:
            expect(page.locator(f".st-key-chart_{name} svg.marks")).to_be_visible()
        expect(page.locator(".st-key-table_breakdown_channel canvas").first).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlert")).to_have_count(0)
        assert watched.errors == []
        assert watched.foreign(demo.url) == []
        assert len(watched.requests) > 20


def test_the_funnels_hold_the_numbers_of_the_command_line(
    browser: Browser, demo: conftest.Served
) -> None:
    told = demo.shown()["funnel"]
    with screen.opened(browser, demo.url) as (page, _):
        screen.drawn(page)
        for kind in ("period", "cohort"):
            chart = page.locator(f".st-key-chart_funnel_{kind} svg.marks")
            expect(chart).to_be_visible()
            words = _words(page, kind)
            assert [f"{stage['count']:,}" for stage in told[kind]] == [
                word for word in words if word.replace(",", "").isdigit()
            ]


def _words(page: Page, kind: str) -> list[str]:
    """The texts of a funnel from top to bottom."""
    found = page.locator(f".st-key-chart_funnel_{kind} svg.marks text").evaluate_all(
        "found => found.map(e => [e.getBoundingClientRect().y, e.textContent])"
    )
    return [text for _, text in sorted(found)]


def test_another_breakdown_is_chosen_by_a_click_and_by_its_link(
    browser: Browser, demo: conftest.Served
) -> None:
    with screen.opened(browser, f"{demo.url}/?by=team") as (page, _):
        screen.drawn(page)
        expect(page.get_by_role("heading", name="By team")).to_be_visible()
        page.get_by_role("radio", name="Rep", exact=True).click()
        expect(page.get_by_role("heading", name="By rep")).to_be_visible()
        expect(page.locator(".st-key-chart_breakdown_rep svg.marks")).to_be_visible()
        assert "by=rep" in page.url


def test_a_fall_is_red_and_a_rise_is_green(browser: Browser, demo: conftest.Served) -> None:
    told = demo.shown()["tiles"]
    colors: dict[bool, set[str]] = {True: set(), False: set()}
    with screen.opened(browser, demo.url) as (page, _):
        screen.drawn(page)
        for metric, tile in told.items():
            if tile["value"] != tile["previous"]:
                delta = screen.tile(page, metric).get_by_test_id("stMetricDelta")
                color = delta.evaluate("e => getComputedStyle(e).color")
                colors[tile["value"] > tile["previous"]].add(color)
    assert len(colors[True]) == 1
    assert len(colors[False]) == 1
    assert colors[True] != colors[False]
