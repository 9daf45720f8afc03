"""The Handoffs page as people meet it: by keyboard, on a phone, two at a time, by a link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from queries import records
from tests import company, handoff_company
from tests.browser import conftest, doors, screen


@pytest.fixture(scope="module")
def app(serve: conftest.Serve, tmp_path_factory: pytest.TempPathFactory) -> conftest.Served:
    """The app on a company whose hand-offs are Olga's and Rita's (Bo's, who decides nothing),
    Xaver's (Dee's) and Dan's (Cy's)."""
    now = records.now().replace(second=0, microsecond=0)
    folder = tmp_path_factory.mktemp("handoffs")
    rows = [
        *handoff_company.fresh(now),
        handoff_company.make_lead("d1", created_at=str(now)),
        company.make_event("mql", str(now - timedelta(days=50)), "d1"),
    ]
    company.write(folder, *company.STAFF, *rows)
    return serve(
        SMARKETING_SOURCE_URL=f"files:{folder}",
        SMARKETING_COMPANY_CURRENCY="EUR",
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def _as(page: Page, app: conftest.Served, name: str, role: str, rep_id: str = "") -> Page:
    """The page for this person, who has signed in."""
    page.context.add_cookies(doors.signed_in(app.url, name, role, rep_id))
    page.goto(f"{app.url}/handoffs")
    return _drawn(page)


def _drawn(page: Page) -> Page:
    expect(page.locator(".st-key-handoff_tiles_states")).to_be_visible()
    screen.settled(page)
    return page


def _rows(page: Page) -> Locator:
    return page.locator("[class*='st-key-work_list_row_']")


def _decide(page: Page, name: str) -> Locator:
    _rows(page).filter(has_text=name).get_by_role("button", name="Decide").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    screen.settled(page)
    return page.get_by_role("dialog")


def test_a_rep_decides_by_keyboard_alone(browser: Browser, app: conftest.Served) -> None:
    with screen.opened(browser, app.url, role="") as (page, watched):
        _as(page, app, "dee", "rep", "dee")
        expect(_rows(page)).to_have_count(1)
        overdue = screen.tile(page, "overdue").get_by_test_id("stMetricValue")
        expect(overdue).to_have_text("1")
        _rows(page).first.get_by_role("button", name="Decide").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("What do you decide?")).to_be_visible()
        screen.settled(page)
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type") == "radio":
                break
        page.keyboard.press("Space")
        save = dialog.get_by_role("button", name="Save the decision")
        expect(save).to_be_visible()
        screen.settled(page)
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.innerText") == "Save the decision":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_text("Saved: Xaver Secret is accepted.")).to_be_visible()
        expect(_rows(page)).to_have_count(0)
        expect(overdue).to_have_text("0")
        expect(page).to_have_url(f"{app.url}/handoffs")
        assert watched.errors == []


def test_who_is_second_is_told_so_and_keeps_the_text(
    browser: Browser, app: conftest.Served
) -> None:
    with (
        screen.opened(browser, app.url, role="") as (page, watched),
        screen.opened(browser, app.url, role="") as (other, _),
    ):
        _as(page, app, "eve", "rep", "cy")
        _as(other, app, "cy", "sales_manager", "cy")
        dialog = _decide(page, "Dan Tried")
        dialog.get_by_text("Accept: I will work it").click()
        note = dialog.get_by_role("textbox", name=re.compile("Note"))
        note.fill("a long story")
        first = _decide(other, "Dan Tried")
        first.get_by_text("Accept: I will work it").click()
        first.get_by_role("button", name="Save the decision").click()
        expect(other.get_by_text("Saved: Dan Tried is accepted.")).to_be_visible()
        dialog.get_by_role("button", name="Save the decision").click()
        expect(dialog.get_by_text(re.compile("cy was first|by cy"))).to_be_visible()
        expect(note).to_have_value("a long story")
        # Within its 20 seconds the page has noticed too; the text is still there.
        expect(_rows(page)).to_have_count(0)
        expect(note).to_have_value("a long story")
        assert watched.errors == []


def test_a_link_shows_another_session_the_same(browser: Browser, app: conftest.Served) -> None:
    with screen.opened(browser, app.url, role="") as (page, _):
        _as(page, app, "ada", "admin")
        page.goto(f"{app.url}/handoffs?show=results&rep=bo")
        _drawn(page)
        page.get_by_role("button", name="Show overdue").click()
        expect(page).to_have_url(re.compile("state=overdue"))
        expect(_rows(page)).to_have_count(1)
        link = page.url
    assert "state=overdue" in link
    with screen.opened(browser, link, role="") as (page, _):
        page.context.add_cookies(doors.signed_in(app.url, "a marketer", "marketer"))
        page.goto(link)
        _drawn(page)
        expect(_rows(page)).to_have_count(1)
        expect(_rows(page)).to_contain_text("Olga Late")


def test_a_rep_on_a_phone_sees_whom_to_call(browser: Browser, app: conftest.Served) -> None:
    with screen.opened(browser, app.url, screen.PHONE, role="") as (page, watched):
        _as(page, app, "bo", "rep", "bo")
        expect(_rows(page)).to_have_count(2)
        assert [
            name.split(" · ")[0] for name in page.get_by_test_id("stPageLink").all_inner_texts()
        ] == ["Olga Late", "Rita Fresh"]
        assert screen.overflow(page) == 0
        # The first row begins on the first screen.
        assert _rows(page).first.bounding_box()["y"] < screen.PHONE[1]
        dialog = _decide(page, "Rita Fresh")
        expect(dialog.get_by_text("Wait for the prospect")).to_be_visible()
        assert screen.overflow(page) == 0
        assert watched.errors == []
