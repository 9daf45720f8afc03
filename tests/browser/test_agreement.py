"""The agreement as people meet it: drafted, signed by both sides, in force, and superseded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from queries import accounts, audit, records
from tests.browser import conftest, doors, screen


@pytest.fixture
def app(demo_copy: Path, serve: conftest.Serve) -> Iterator[conftest.Served]:
    """The demo company; Mia leads marketing, Sam leads sales."""
    served = serve(
        refresh=False, SMARKETING_DATA_DIR=str(demo_copy), SMARKETING_SOURCE_REFRESH_SECONDS="0"
    )
    act = audit.by_operator(records.now())
    with records.writing(doors.opened_records(served.url)) as rows:
        for name, side in (("mia", "marketing"), ("sam", "sales")):
            newcomer = accounts.Newcomer(name, "leader", name.capitalize(), side=side)
            accounts.add(rows, act, newcomer)
    yield served
    served.stop()


def _as(page: Page, app: conftest.Served, name: str, role: str = "leader", view: str = "") -> Page:
    """The page for this person, who has signed in."""
    page.context.add_cookies(doors.signed_in(app.url, name, role))
    page.goto(f"{app.url}/agreement{view}")
    expect(page.get_by_role("heading", name="Sales promises marketing")).to_be_visible()
    screen.settled(page)
    return page


def _open(page: Page, label: str) -> Locator:
    """The form behind a button."""
    page.get_by_role("button", name=label, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    screen.settled(page)
    return dialog


def _draft(page: Page, title: str) -> None:
    """Starts a draft from the shown version and gives it a title."""
    dialog = _open(page, "Start a draft from this version")
    dialog.get_by_role("textbox", name="Title").fill(title)
    dialog.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(dialog).to_have_count(0)
    screen.settled(page)


def _promise_feedback(page: Page) -> None:
    dialog = _open(page, "Add a promise of sales")
    dialog.get_by_role("combobox", name="What is promised?").click()
    page.get_by_role("option", name="Feedback").click()
    dialog.get_by_role("spinbutton", name="Within").fill("16")
    dialog.get_by_role("spinbutton", name="Within").press("Tab")
    expect(dialog.get_by_text("It will say: feedback within 16 business hours")).to_be_visible()
    screen.settled(page)
    dialog.get_by_role("button", name="Save").dblclick()
    promise = page.get_by_text("Feedback within 16 business hours", exact=False)
    expect(promise).to_have_count(1)


def _sign(page: Page, side: str) -> None:
    dialog = _open(page, f"Read and sign for {side}")
    dialog.get_by_role("button", name=f"Sign for {side}").dblclick()
    expect(page.get_by_text(re.compile(f"You have signed version . for {side}"))).to_be_visible()
    expect(dialog).to_have_count(0)
    screen.settled(page)


def test_both_sides_sign_and_the_next_version_supersedes(
    browser: Browser, app: conftest.Served
) -> None:
    with (
        screen.opened(browser, app.url, role="") as (mia, watched),
        screen.opened(browser, app.url, role="") as (sam, _),
    ):
        _as(mia, app, "mia")
        _draft(mia, "Agreement 2027")
        _promise_feedback(mia)
        _sign(mia, "marketing")
        _as(sam, app, "sam", view="?version=2")
        expect(sam.get_by_text("Signed by Mia")).to_be_visible()
        _sign(sam, "sales")
        expect(sam.get_by_text("Both sides have signed: it is in force.")).to_be_visible()
        expect(sam.get_by_role("button", name="Change", exact=True)).to_have_count(0)
        # Within its 20 seconds the other page shows it by itself.
        expect(mia.get_by_text("In force since", exact=False).first).to_be_visible()
        _draft(mia, "Agreement 2028")
        expect(mia.get_by_text("• title: Agreement 2027 → Agreement 2028")).to_be_visible()
        _sign(mia, "marketing")
        _as(sam, app, "sam", view="?version=3")
        _sign(sam, "sales")
        sam.goto(f"{app.url}/agreement?version=2")
        expect(sam.get_by_text("Superseded by version 3 on", exact=False)).to_be_visible()
        assert watched.errors == []
    shown = app.queries("show", "agreement")
    assert '"version": 3' in shown
    assert '"tampered": []' in shown


def test_who_is_second_is_told_so_and_keeps_the_text(
    browser: Browser, app: conftest.Served
) -> None:
    with (
        screen.opened(browser, app.url, role="") as (mia, watched),
        screen.opened(browser, app.url, role="") as (sam, _),
    ):
        _as(mia, app, "mia")
        _draft(mia, "Ours")
        dialog = _open(mia, "Change title, text and dates")
        text = dialog.get_by_role("textbox", name="Text")
        text.fill("A long story.")
        _as(sam, app, "sam", view="?version=2")
        theirs = _open(sam, "Change title, text and dates")
        theirs.get_by_role("textbox", name="Title").fill("Theirs")
        theirs.get_by_role("button", name="Save").click()
        expect(sam.get_by_role("heading", name="Theirs")).to_be_visible()
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_text("sam has changed this draft on").first).to_be_visible()
        expect(dialog.get_by_text("• title: Ours → Theirs")).to_be_visible()
        expect(text).to_have_value("A long story.")
        dialog.get_by_role("button", name="I have read this").click()
        expect(dialog.get_by_text("• title: Ours → Theirs")).to_have_count(0)
        screen.settled(mia)
        expect(text).to_have_value("A long story.")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        expect(mia.get_by_text("A long story.", exact=True)).to_be_visible()
        assert watched.errors == []


@pytest.mark.parametrize("size", [screen.PHONE, screen.DESK, screen.PROJECTOR])
def test_nothing_sticks_out(browser: Browser, app: conftest.Served, size: tuple[int, int]) -> None:
    with screen.opened(browser, app.url, size, role="") as (page, watched):
        _as(page, app, "mia")
        assert screen.overflow(page) == 0
        columns = [
            page.get_by_role("heading", name=f"{side} promises").bounding_box()["y"]
            for side in ("Marketing", "Sales")
        ]
        assert (columns[0] == columns[1]) is (size != screen.PHONE)
        _open(page, "Start a draft from this version")
        assert screen.overflow(page) == 0
        assert watched.errors == []


def test_a_projector_shows_the_promises_of_both_sides_at_once(
    browser: Browser, app: conftest.Served
) -> None:
    with screen.opened(browser, app.url, screen.PROJECTOR, role="") as (page, watched):
        _as(page, app, "vera", "viewer", view="?present=1")
        last = page.get_by_text("A reason for 100 %", exact=False).bounding_box()
        assert last["y"] + last["height"] <= screen.PROJECTOR[1]
        sizes = page.locator("[data-testid=stMain] :is(p, [data-testid=stText])").evaluate_all(
            """found => found.filter(e => e.textContent.trim() && !e.closest("button"))
                .map(e => parseFloat(getComputedStyle(e).fontSize))"""
        )
        assert min(sizes) >= 20
        assert screen.overflow(page) == 0
        assert watched.errors == []
