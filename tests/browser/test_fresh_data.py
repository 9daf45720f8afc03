"""An open page and newer data: published by hand, on demand, by itself, or not at all."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from queries import words
from queries.refresh import publish
from tests import company
from tests.browser import conftest, screen

# An open page looks every 20 seconds.
LOOKS_MS = 25_000


def _published(app: conftest.Served) -> str:
    folder = Path(app.environment["SMARKETING_DATA_DIR"]) / "mart"
    return json.loads((folder / "current.json").read_text())["file"]


def _leave_a_mark(page: Page) -> None:
    """Something that a reload of the page would wipe away."""
    page.evaluate("window.smarketing_test = 'not reloaded'")


def _is_not_reloaded(page: Page) -> bool:
    return page.evaluate("window.smarketing_test") == "not reloaded"


def _await_other_values(page: Page, before: dict[str, str]) -> None:
    """Two companies may have the same number of one thing, but not of all."""
    deadline = time.monotonic() + LOOKS_MS / 1000
    while screen.values(page) == before:
        assert time.monotonic() < deadline, "the page did not show the newer data"
        page.wait_for_timeout(500)
    screen.drawn(page)


def test_newer_data_is_shown_by_an_open_page_and_the_source_is_read_again_on_demand(
    browser: Browser, serve: conftest.Serve, demo_copy: Path
) -> None:
    app = serve(
        refresh=False,
        SMARKETING_DATA_DIR=str(demo_copy),
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )
    with screen.opened(browser, app.url) as (page, watched):
        screen.drawn(page)
        _leave_a_mark(page)
        before = screen.values(page)
        app.queries("demo", "--leads", "2000", "--months", "12", "--seed", "8")
        app.queries("refresh")
        told = app.shown()
        _await_other_values(page, before)
        leads = f"n = {told['tiles']['leads']['n']} leads"
        expect(screen.tile(page, "leads")).to_contain_text(leads)
        moment = datetime.fromisoformat(told["as_of"]).astimezone(UTC).replace(tzinfo=None)
        assert screen.as_of(page) == words.moment(moment, "UTC")
        by_hand = _published(app)
        page.get_by_role("button", name="Read the source again").click()
        expect(page.get_by_role("button", name="Read the source again")).to_be_enabled()
        _await_another(page, app, by_hand)
        expect(screen.tile(page, "leads")).to_contain_text(leads)
        assert _is_not_reloaded(page)
        assert watched.errors == []


def _await_another(page: Page, app: conftest.Served, snapshot: str) -> None:
    """Waits until another snapshot is in force."""
    for _ in range(120):
        if _published(app) != snapshot:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{snapshot} is still in force\n{app.said()}")


def test_the_source_is_read_by_itself_and_one_that_goes_away_leaves_the_old_figures(
    browser: Browser, serve: conftest.Serve, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    company.write(source, *company.STAFF, *company.MARCH)
    app = serve(
        SMARKETING_SOURCE_URL=f"files:{source}",
        SMARKETING_DATA_DIR=str(tmp_path / "data"),
        SMARKETING_SOURCE_REFRESH_SECONDS="5",
    )
    march = f"{app.url}/?period=2026-03-01&period=2026-03-31"
    with screen.opened(browser, march) as (page, watched):
        screen.drawn(page)
        _leave_a_mark(page)
        expect(screen.tile(page, "leads")).to_contain_text("n = 3 leads")
        more = [company.make_lead("l8"), company.make_lead("l9")]
        company.write(source, *company.STAFF, *company.MARCH, *more)
        expect(screen.tile(page, "leads")).to_contain_text("n = 5 leads", timeout=60_000)
        first = _published(app)
        _await_another(page, app, first)
        source.rename(tmp_path / "gone")
        said = page.get_by_test_id("stAlert").filter(has_text="The last refresh failed")
        expect(said).to_be_visible(timeout=60_000)
        expect(said).not_to_contain_text("Traceback")
        expect(screen.tile(page, "leads")).to_contain_text("n = 5 leads")
        expect(page.get_by_test_id("stAlert")).to_have_count(1)
        assert _is_not_reloaded(page)
        assert watched.errors == []


def test_before_the_first_reading_the_page_says_so_and_then_opens_by_itself(
    browser: Browser, serve: conftest.Serve, demo_copy: Path
) -> None:
    for file in (demo_copy / "mart").iterdir():
        file.unlink()
    # As long as another process reads the source, there is nothing to be seen.
    with publish.only_one(demo_copy / "mart"):
        app = serve(refresh=False, SMARKETING_DATA_DIR=str(demo_copy))
        window = screen.opened(browser, app.url)
        page, watched = window.__enter__()
        expect(page.get_by_text("The data is being read for the first time.")).to_be_visible()
        expect(page.get_by_test_id("stMetric")).to_have_count(0)
        assert page.request.get(f"{app.url}/readyz").status == 503
    _leave_a_mark(page)
    expect(screen.tile(page, "leads")).to_contain_text("n = ", timeout=60_000)
    screen.drawn(page)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert page.request.get(f"{app.url}/readyz").status == 200
    assert _is_not_reloaded(page)
    assert watched.errors == []
    window.__exit__(None, None, None)
