"""The first thing that a new server is asked: app.py answers, whatever page it is."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import conftest, screen, stload_client

PAGES = sorted(file.stem for file in (conftest.ROOT / "pages").glob("*.py"))
TITLES = ["Overview", "Handoffs", "SLA", "Agreement", "Lead", "Data health"]


@pytest.fixture(scope="module")
def stload(shared_data: Path) -> ModuleType:
    """The team's driver of Streamlit's protocol."""
    return stload_client.load(shared_data)


def _fresh(serve: conftest.Serve, built_demo: Path) -> conftest.Served:
    return serve(
        refresh=False,
        SMARKETING_DATA_DIR=str(built_demo),
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def test_a_deep_link_as_the_first_request_shows_the_page_with_our_menu(
    browser: Browser, serve: conftest.Serve, built_demo: Path
) -> None:
    app = _fresh(serve, built_demo)
    with screen.opened(browser, f"{app.url}/data_health") as (page, watched):
        expect(page.get_by_role("heading", name="Data health", level=1)).to_be_visible()
        expect(screen.sentence(page)).to_contain_text("Data as of")
        links = page.get_by_test_id("stSidebarNav").get_by_role("link")
        # The names of the icons stand before the titles, as text that is drawn as a picture.
        expect(links).to_have_text([re.compile(f"{title}$") for title in TITLES])
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("Signed in: A leader")).to_be_visible()
        assert watched.errors == []


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_sees_the_sign_in_whichever_page_they_ask_first(
    serve: conftest.Serve, built_demo: Path, stload: ModuleType, path: str
) -> None:
    app = _fresh(serve, built_demo)
    pages, text, errors = stload_client.run(_first_run(stload, f"{app.url}/{path}"))
    assert set(pages) == {"Sign in"}
    assert "Password" in text
    assert not re.search(r"as of|metric|dataframe|vega|download", text)
    assert errors == []


async def _first_run(stload: ModuleType, url: str) -> tuple[list[str], str, list[str]]:
    async with stload.Session(url) as session:
        run = await session.open()
        return [page.page_name for page in session.pages.values()], session.text(), run.errors


def test_the_server_listens_on_this_machine_only(demo: conftest.Served) -> None:
    listening = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, port = local.split(":")
            if int(port, 16) == demo.port and state == "0A":
                listening.append(address)
    # 127.0.0.1, as the kernel writes it.
    assert listening == ["0100007F"]


def _handshake(app: conftest.Served, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    usual = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "streamlit",
    }
    connection.request("GET", "/_stcore/stream", headers=usual | headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_foreign_page_cannot_open_a_session(demo: conftest.Served) -> None:
    own, foreign = f"127.0.0.1:{demo.port}", f"evil.example:{demo.port}"
    assert _handshake(demo, Host=own, Origin=f"http://{own}") == 101
    assert _handshake(demo, Host=own, Origin=f"http://{foreign}") == 403
    # DNS rebinding: both are the foreign name.
    assert _handshake(demo, Host=foreign, Origin=f"http://{foreign}") in (400, 403)
