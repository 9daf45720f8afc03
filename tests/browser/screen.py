"""A page as a reader has it before the eyes: opened, drawn, read, watched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from tests.browser import doors

DESK = (1366, 768)
PROJECTOR = (1920, 1080)
PHONE = (390, 844)
TILES = ("sessions", "leads", "mqls", "sqls", "opportunities", "won", "revenue")
IDLE = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
# On every page but the first, Streamlit looks for its server below the page's path before it
# looks at the root, and the browser writes each 404 to the console.
_PROBING = re.compile(r"/\w+/_stcore/(health|host-config)$")


@dataclass
class Watched:
    """What a page did that nobody sees: its errors, and the addresses it asked."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def foreign(self, own: str) -> list[str]:
        """Addresses that are not of the server at `own`."""
        return [url for url in self.requests if not url.startswith((f"{own}/", "data:", "blob:"))]

    def hear(self, message: ConsoleMessage) -> None:
        """Keeps errors of the console."""
        if message.type == "error" and not _PROBING.search(message.location.get("url", "")):
            self.errors.append(message.text)

    def see(self, request: Request) -> None:
        """Keeps an address."""
        self.requests.append(request.url)


@contextmanager
def opened(
    browser: Browser,
    url: str,
    size: tuple[int, int] = DESK,
    *,
    role: str = "leader",
    **context: Any,
) -> Iterator[tuple[Page, Watched]]:
    """A new browser window of its own on `url`, watched from before its first request; somebody of
    the role has signed in there, with role="" nobody."""
    watched = Watched()
    width, height = size
    window = browser.new_context(
        viewport={"width": width, "height": height}, accept_downloads=True, **context
    )
    if role:
        window.add_cookies(doors.signed_in(url, f"a {role}", role))
    page = window.new_page()
    page.on("console", watched.hear)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("dialog", lambda dialog: watched.errors.append(f"a dialog says {dialog.message}"))
    window.on("request", watched.see)
    page.on("websocket", lambda socket: watched.requests.append(_as_http(socket.url)))
    page.goto(url)
    yield page, watched
    window.close()


def _as_http(url: str) -> str:
    return url.replace("ws", "http", 1)


def settled(page: Page) -> None:
    """Waits until the script is done and everything it sent is drawn."""
    expect(page.locator(IDLE)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def tile(page: Page, metric: str) -> Locator:
    """One of the seven tiles."""
    return page.locator(f".st-key-kpi_{metric}")


def drawn(page: Page) -> None:
    """Waits until the Overview stands there as a whole."""
    expect(page.locator(".st-key-kpi_row").get_by_test_id("stMetricValue")).to_have_count(7)
    expect(page.locator("[class*='st-key-chart_breakdown']")).to_be_visible()
    settled(page)


def values(page: Page) -> dict[str, str]:
    """What stands large in each tile."""
    return {
        metric: tile(page, metric).get_by_test_id("stMetricValue").inner_text() for metric in TILES
    }


def sentence(page: Page) -> Locator:
    """The view in words, and how old the data is."""
    return page.locator(".st-key-sentence")


def as_of(page: Page) -> str:
    """The moment of the data, as the page says it."""
    return sentence(page).locator("strong").inner_text()


def cut_texts(page: Page) -> list[str]:
    """Texts in tiles that are wider than the room they have."""
    return page.locator(".st-key-kpi_row :is(p, button, [data-testid=stMetricValue])").evaluate_all(
        "found => found.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    )


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.locator("html, [data-testid=stMain]").evaluate_all(
        "found => Math.max(...found.map(e => e.scrollWidth - e.clientWidth))"
    )


def assert_inert(page: Page, own: str) -> None:
    """No picture and no link elsewhere was made out of a text."""
    found = page.locator("[data-testid=stApp] :is(img, iframe, script)")
    expect(found).to_have_count(0)
    links = page.locator("a[href]").evaluate_all("found => found.map(e => e.href)")
    foreign = [link for link in links if not link.startswith(f"{own}/")]
    assert foreign == [], foreign


def sign_in(page: Page, name: str, password: str) -> None:
    """Types a name and a password into the form, and sends it."""
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
