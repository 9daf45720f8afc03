"""The URL is the home of the view: it is read, changed, kept, and never believed."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser import conftest, screen

HOSTILE = {
    "rep": "<script>alert(1)</script>",
    "team": "www.example.com",
    "campaign": "[c](http://x.example)",
    "channel": "![b](http://x/y)",
    "period": "0000-99-99",
    "compare": "$a$",
    "as_of": ":red[x]",
    "by": "<img src=x>",
    "metric": "revenue' or 1=1",
    "explain": "<b>",
    "present": "2",
}


_TRIES = 6


def _view(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _choose(page: Page, filter_name: str, value: str) -> None:
    option = page.get_by_role("option", name=value, exact=True)
    for _ in range(_TRIES):
        page.get_by_role("combobox", name=filter_name, exact=True).click()
        try:
            option.click(timeout=5_000)
        except Error:
            # The list closes when the page is drawn once more, or has not stopped scrolling.
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"{value} cannot be chosen as {filter_name}")


def test_a_link_shows_in_the_widgets_and_in_the_sentence(
    browser: Browser, demo: conftest.Served
) -> None:
    view = "channel=Email&channel=Webinar&period=2026-08-01&period=2026-09-30&compare=none"
    with screen.opened(browser, f"{demo.url}/?{view}") as (page, _):
        screen.drawn(page)
        sidebar = page.get_by_test_id("stSidebar")
        for value in ("Email", "Webinar"):
            expect(sidebar.get_by_role("button", name=f"Remove {value}")).to_be_visible()
        expect(sidebar.get_by_role("combobox", name="Period")).to_have_value("Custom")
        expect(sidebar.get_by_role("combobox", name="Compare with")).to_have_value("Nothing")
        expect(sidebar.locator(".st-key-filter_bar-days")).to_contain_text("08")
        expect(screen.sentence(page)).to_contain_text("Email and Webinar, 1 Aug – 30 Sep 2026 ·")
        assert urlsplit(page.url).query == view


def test_a_choice_changes_the_link_and_the_back_button_undoes_it(
    browser: Browser, demo: conftest.Served
) -> None:
    with screen.opened(browser, demo.url) as (page, _):
        screen.drawn(page)
        everything = screen.values(page)
        _choose(page, "Channel", "Email")
        expect(screen.sentence(page)).to_contain_text("Email,")
        assert _view(page) == {"channel": ["Email"]}
        expect(screen.tile(page, "leads")).not_to_contain_text(everything["leads"])
        page.go_back()
        expect(screen.sentence(page)).to_contain_text("Everything,")
        assert _view(page) == {}
        screen.drawn(page)
        assert screen.values(page) == everything


def test_the_view_outlives_another_page_and_a_reload(
    browser: Browser, demo: conftest.Served
) -> None:
    with screen.opened(browser, f"{demo.url}/?channel=Email&by=team") as (page, _):
        screen.drawn(page)
        before = screen.values(page)
        page.get_by_role("link", name="Data health").click()
        expect(page.get_by_role("heading", name="Data health", level=1)).to_be_visible()
        page.get_by_role("link", name="Overview").click()
        expect(screen.sentence(page)).to_contain_text("Email,")
        screen.drawn(page)
        assert screen.values(page) == before
        page.reload()
        screen.drawn(page)
        assert screen.values(page) == before
        assert _view(page)["channel"] == ["Email"]


def test_an_open_page_comes_back_with_its_filters_after_a_restart_of_the_server(
    browser: Browser, serve: conftest.Serve, built_demo: conftest.Path
) -> None:
    settings = {
        "SMARKETING_DATA_DIR": str(built_demo),
        "SMARKETING_SOURCE_REFRESH_SECONDS": "0",
    }
    app = serve(refresh=False, **settings)
    with screen.opened(browser, app.url) as (page, _):
        screen.drawn(page)
        _choose(page, "Channel", "Email")
        expect(screen.sentence(page)).to_contain_text("Email,")
        screen.drawn(page)
        before = screen.values(page)
        app.stop()
        lost = page.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")
        expect(lost).to_be_visible()
        with page.expect_websocket(timeout=120_000) as again:
            serve(refresh=False, port=app.port, **settings)
        # Until the new server answers, it is the old page that still stands there.
        again.value.wait_for_event("framereceived")
        screen.drawn(page)
        # The page must be alive again, not only still there.
        page.get_by_role("button", name="Remove Email").click()
        expect(screen.sentence(page)).to_contain_text("Everything,")
        page.go_back()
        expect(screen.sentence(page)).to_contain_text("Email,")
        screen.drawn(page)
        assert screen.values(page) == before


def test_what_a_link_must_not_say_is_named_in_a_sentence_and_has_no_effect(
    browser: Browser, demo: conftest.Served
) -> None:
    view = "&".join(f"{name}={quote(value)}" for name, value in HOSTILE.items())
    told = demo.shown()
    with screen.opened(browser, f"{demo.url}/?{view}") as (page, watched):
        screen.drawn(page)
        notes = page.get_by_test_id("stAlert")
        # One box with a paragraph each: seven boxes would push the tiles off the screen.
        expect(notes).to_have_count(1)
        expect(notes.get_by_role("paragraph")).to_have_count(7)
        said = " ".join(notes.all_inner_texts()).replace("\u200b", "")
        for name in ("rep", "team", "campaign", "channel", "period", "compare", "as_of"):
            assert HOSTILE[name] in said
        expect(screen.sentence(page)).to_contain_text(told["sentence"])
        expect(screen.tile(page, "leads")).to_contain_text(f"n = {told['tiles']['leads']['n']} ")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        screen.assert_inert(page, demo.url)
        assert watched.foreign(demo.url) == []
        assert watched.errors == []


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("rep=" + "![a](http://x/y)" * 2_000, "is not in the data; all reps are shown."),
        (
            "period=2026-09-30&period=2026-08-01&rep=a&rep=b&rep=c&rep=d",
            "The period began after its end; its two days were swapped.",
        ),
    ],
    ids=["32 kB", "a period that ends before it begins"],
)
def test_a_strange_link_still_opens_the_page(
    browser: Browser, demo: conftest.Served, view: str, said: str
) -> None:
    with screen.opened(browser, f"{demo.url}/?{view}") as (page, watched):
        screen.drawn(page)
        expect(page.get_by_test_id("stAlert").filter(has_text=said)).to_have_count(1)
        assert screen.overflow(page) == 0
        screen.assert_inert(page, demo.url)
        assert watched.foreign(demo.url) == []
