"""Signing in and out as people do it, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from queries import accounts, audit, demo_people, records
from queries.records_schema import sessions
from tests.browser import conftest, doors, screen

PASSWORD = demo_people.PASSWORD
WRONG = "The name or the password is wrong."


@pytest.fixture(scope="module")
def company(serve: conftest.Serve, built_demo) -> conftest.Served:
    """An app of this module's own: its people are signed out, locked out and sent away."""
    return serve(
        refresh=False,
        SMARKETING_DATA_DIR=str(built_demo),
        SMARKETING_RECORDS_URL=f"sqlite:///{built_demo}/sign_in.sqlite",
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def _form(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)


def _signed_in(page: Page, name: str) -> None:
    """They are, and the browser has fetched its cookie: until then a reload forgets them."""
    expect(page.get_by_text(f"Signed in: {name}")).to_be_visible()
    for _ in range(400):
        if any(cookie["name"] == "smarketing_session" for cookie in page.context.cookies()):
            return
        page.wait_for_timeout(100)
    pytest.fail("the browser did not fetch its cookie")


def test_a_deep_link_leads_through_the_sign_in_to_its_page_and_view(
    browser: Browser, company: conftest.Served
) -> None:
    link = f"{company.url}/data_health?channel=Email&compare=none"
    with screen.opened(browser, link, role="") as (page, watched):
        _form(page)
        screen.sign_in(page, "leader", PASSWORD)
        _signed_in(page, "Demo leader")
        expect(page.get_by_role("heading", name="Data health", level=1)).to_be_visible()
        assert urlsplit(page.url).path == "/data_health"
        assert parse_qs(urlsplit(page.url).query) == {"channel": ["Email"], "compare": ["none"]}
        expect(page.locator("iframe[src*='/auth/claim']")).to_be_attached()
        known = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert known["smarketing_session"]["httpOnly"] is True
        assert known["smarketing_session"]["sameSite"] == "Lax"
        assert known["smarketing_browser"]["httpOnly"] is True
        page.reload()
        _signed_in(page, "Demo leader")
        expect(page.locator("iframe")).to_have_count(0)
        assert watched.errors == []
        assert watched.foreign(company.url) == []


def test_a_wrong_password_is_a_sentence_and_the_name_stays(
    browser: Browser, company: conftest.Served
) -> None:
    with screen.opened(browser, company.url, role="") as (page, _):
        screen.sign_in(page, "marketer", "not this one 12")
        expect(page.get_by_text(WRONG)).to_be_visible()
        expect(page.get_by_role("textbox", name="Name")).to_have_value("marketer")
        screen.sign_in(page, "nobody of that name", "not this one 12")
        expect(page.get_by_text(WRONG)).to_be_visible()
        screen.sign_in(page, "Marketer", PASSWORD)
        _signed_in(page, "Demo marketer")


def test_after_five_wrong_passwords_also_the_right_one_must_wait(
    browser: Browser, company: conftest.Served
) -> None:
    with screen.opened(browser, company.url, role="") as (page, _):
        for attempt in range(5):
            screen.sign_in(page, "manager", f"wrong password {attempt}")
            expect(page.get_by_text(WRONG)).to_be_visible()
            screen.settled(page)
        screen.sign_in(page, "manager", PASSWORD)
        expect(page.get_by_text("Too many tries. Wait 15 minutes")).to_be_visible()
        screen.sign_in(page, "leader", PASSWORD)
        _signed_in(page, "Demo leader")


def test_signing_out_in_one_tab_signs_the_other_one_out_at_its_next_step(
    browser: Browser, company: conftest.Served
) -> None:
    with screen.opened(browser, company.url, role="") as (page, _):
        screen.sign_in(page, "rep", PASSWORD)
        _signed_in(page, "Demo rep")
        screen.drawn(page)
        other = page.context.new_page()
        other.goto(f"{company.url}/data_health")
        _signed_in(other, "Demo rep")
        other.get_by_role("button", name="Sign out", exact=True).click()
        _form(other)
        page.get_by_role("link", name="Data health").click()
        _form(page)
        page.reload()
        _form(page)
        assert urlsplit(page.url).path == "/data_health"


def test_what_was_typed_is_there_again_after_the_session_ran_out(
    browser: Browser, company: conftest.Served
) -> None:
    with screen.opened(browser, f"{company.url}/admin", role="") as (page, _):
        screen.sign_in(page, "admin", PASSWORD)
        _signed_in(page, "Demo admin")
        page.get_by_role("textbox", name="Full name").fill("Frieda Färber")
        _let_run_out(company.url, "admin")
        page.get_by_role("button", name="Add", exact=True).click()
        _form(page)
        assert urlsplit(page.url).path == "/admin"
        screen.sign_in(page, "admin", PASSWORD)
        _signed_in(page, "Demo admin")
        expect(page.get_by_role("textbox", name="Full name")).to_have_value("Frieda Färber")


def _let_run_out(url: str, name: str) -> None:
    """As if the person had not touched the app for a working day."""
    engine = doors.opened_records(url)
    with records.writing(engine) as rows:
        person = accounts.find(rows, name, with_demo=True)
        long_ago = records.now() - timedelta(hours=9)
        is_theirs = sessions.c.person_id == person.person_id
        rows.execute(sa.update(sessions).where(is_theirs).values(seen_at=long_ago))


def test_a_restart_of_the_server_signs_nobody_out(
    browser: Browser, serve: conftest.Serve, demo_copy
) -> None:
    settings = {"SMARKETING_DATA_DIR": str(demo_copy), "SMARKETING_SOURCE_REFRESH_SECONDS": "0"}
    first = serve(refresh=False, **settings)
    with screen.opened(browser, f"{first.url}/?channel=Email", role="") as (page, _):
        screen.sign_in(page, "leader", PASSWORD)
        screen.drawn(page)
        first.stop()
        expect(page.get_by_text("Connection error")).to_be_visible()
        serve(refresh=False, port=first.port, **settings)
        screen.drawn(page)
        _signed_in(page, "Demo leader")
        assert parse_qs(urlsplit(page.url).query) == {"channel": ["Email"]}


def test_somebody_who_is_sent_away_sees_no_more_at_the_next_click(
    browser: Browser, company: conftest.Served
) -> None:
    with screen.opened(browser, company.url, role="") as (page, _):
        screen.sign_in(page, "projector", PASSWORD)
        _signed_in(page, "Demo viewer")
        screen.drawn(page)
        engine = doors.opened_records(company.url)
        with records.writing(engine) as rows:
            person = accounts.find(rows, "projector", with_demo=True)
            act = audit.by_operator(records.now())
            accounts.set_active(rows, act, person.person_id, is_active=False)
        page.get_by_role("button", name="Details: Leads").click()
        _form(page)
        screen.sign_in(page, "projector", PASSWORD)
        expect(page.get_by_text(WRONG)).to_be_visible()


def test_a_link_lets_a_person_choose_a_password_once(
    browser: Browser, company: conftest.Served
) -> None:
    said = company.queries("people", "add", "Greta", "--role", "marketer", "--full-name", "Greta G")
    token = said.strip().rsplit("?link=", 1)[1]
    link = f"{company.url}/?link={token}"
    with screen.opened(browser, link, role="") as (page, _):
        expect(page.get_by_text("For Greta G, who signs in as greta.")).to_be_visible()
        _choose(page, "password1234", "password1234")
        expect(page.get_by_text("Choose a longer one")).to_be_visible()
        _choose(page, "four random words here", "four random words here")
        expect(page.get_by_text("The password is set. Sign in with it.")).to_be_visible()
        screen.sign_in(page, "greta", "four random words here")
        _signed_in(page, "Greta G")
        page.goto(link)
        _signed_in(page, "Greta G")
    with screen.opened(browser, link, role="") as (page, _):
        expect(page.get_by_text("has been used or is too old")).to_be_visible()


def _choose(page: Page, first: str, again: str) -> None:
    page.get_by_role("textbox", name="New password").fill(first)
    page.get_by_role("textbox", name="The same again").fill(again)
    page.get_by_role("button", name="Set the password").click()


@pytest.mark.parametrize("size", [screen.PROJECTOR, screen.DESK, screen.PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_and_the_admin_page_fit_and_can_be_used_by_all(
    browser: Browser, company: conftest.Served, size: tuple[int, int], scheme
) -> None:
    url = f"{company.url}/admin"
    with screen.opened(browser, url, size, role="", color_scheme=scheme) as (page, watched):
        _form(page)
        screen.settled(page)
        assert _violations(page) == []
        assert screen.overflow(page) <= 0
        screen.sign_in(page, "admin", PASSWORD)
        expect(page.get_by_role("heading", name="Admin", level=1)).to_be_visible()
        for tab in ("Sessions", "Audit log", "Working time", "People"):
            page.get_by_role("tab", name=tab).click()
            screen.settled(page)
            assert _violations(page) == [], tab
            assert screen.overflow(page) <= 0, tab
        assert watched.errors == []


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
