"""The Lead page as people meet it: on a phone, by keyboard, from a row, with hostile texts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import company, lead_company
from tests.browser import conftest, screen


@pytest.fixture(scope="module")
def app(serve: conftest.Serve, tmp_path_factory: pytest.TempPathFactory) -> conftest.Served:
    """The app on Mia's company, and of Eve, each of whose texts is hostile."""
    folder = tmp_path_factory.mktemp("lead")
    company.write(folder, *company.STAFF, *lead_company.MIA, *lead_company.EVE)
    return serve(
        SMARKETING_SOURCE_URL=f"files:{folder}",
        SMARKETING_COMPANY_CURRENCY="EUR",
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def _read(page: Page, name: str) -> None:
    """Waits until the page of this person stands there as a whole."""
    expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    screen.settled(page)


@pytest.mark.parametrize("lead_id", ["m1", "e1"])
@pytest.mark.parametrize("size", [screen.PHONE, screen.DESK])
def test_a_lead_fits_the_screen_and_nothing_in_it_is_alive(
    browser: Browser, app: conftest.Served, size: tuple[int, int], lead_id: str
) -> None:
    with screen.opened(browser, f"{app.url}/lead?id={lead_id}", size) as (page, watched):
        _read(page, "Mia Berg" if lead_id == "m1" else "=1+1")
        assert screen.overflow(page) == 0
        screen.assert_inert(page, app.url)
        assert watched.errors == []
        assert watched.foreign(app.url) == []


def test_an_address_is_copied_as_it_is(browser: Browser, app: conftest.Served) -> None:
    with screen.opened(browser, f"{app.url}/lead?id=m1") as (page, _):
        _read(page, "Mia Berg")
        contact = page.locator(".st-key-lead_contact")
        assert "mia@acme.example" in contact.inner_text().split("\n")


def test_a_lead_is_found_and_opened_by_keyboard(browser: Browser, app: conftest.Served) -> None:
    with screen.opened(browser, f"{app.url}/lead") as (page, watched):
        field = page.get_by_role("textbox", name="Find a lead")
        field.fill("mia acme")
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="Mia Berg")
        expect(link).to_be_visible()
        link.focus()
        page.keyboard.press("Enter")
        _read(page, "Mia Berg")
        expect(page).to_have_url(f"{app.url}/lead?id=m1")
        assert watched.errors == []


def test_a_row_leads_to_its_lead_without_the_view(browser: Browser, app: conftest.Served) -> None:
    view = f"{app.url}/?period=2026-03-01&period=2026-03-31&explain=mqls&channel=web"
    with screen.opened(browser, view) as (page, _):
        table = page.get_by_role("dialog").get_by_test_id("stDataFrame")
        expect(table).to_be_visible()
        screen.settled(page)
        box = table.bounding_box()
        with page.context.expect_page() as opened:
            # The first row below the header, where the first column begins.
            page.mouse.move(box["x"] + 30, box["y"] + 53)
            page.mouse.click(box["x"] + 18, box["y"] + 53, delay=100)
        lead = opened.value
        expect(lead.get_by_role("heading", name="Timeline")).to_be_visible()
        assert lead.url == f"{app.url}/lead?id=m1"
