"""Health answers for whoever watches the server, and its start and end."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from components import book, data, server
from queries import accounts, records, sessions, tokens
from tests import company, visits
from tests.components import asgi


def read(place: Path, ago: timedelta) -> Path:
    company.opened(place, now=datetime.now(UTC).replace(tzinfo=None) - ago)
    return place


@pytest.fixture
def options(monkeypatch) -> Iterator[None]:
    """What a start tells Streamlit is forgotten again."""
    names = ("server.address", "server.cookieSecret", "server.allowedHosts", "server.baseUrlPath")
    before = {name: config.get_option(name) for name in names}
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    yield
    for name, value in before.items():
        config.set_option(name, value)


def app() -> Starlette:
    """The routes behind the gate, as the server has them."""
    hooks = server.hooks()
    return Starlette(routes=hooks["routes"], middleware=hooks["middleware"])


def get(address: str, **cookies: str) -> asgi.Answer:
    line = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return asgi.ask(app(), "GET", address, {"host": "localhost:8501", "cookie": line})


def answer(address: str) -> tuple[int, str]:
    found = get(address)
    return found.status, found.text


pytestmark = pytest.mark.usefixtures("options")


def test_alive_is_alive_also_without_data(door, tmp_path) -> None:
    door.set_up(tmp_path)
    assert answer("/healthz") == (200, "ok")
    assert answer("/readyz") == (503, "not ready")


@pytest.mark.parametrize(
    ("every", "minutes", "expected"),
    [
        ("900", 0, 200),
        ("900", 59, 200),
        ("900", 61, 503),
        # A refresh every few seconds may take longer than that.
        ("5", 3, 200),
        ("5", 5, 503),
        ("0", 60 * 24 * 365, 200),
    ],
)
def test_ready_means_that_no_four_refreshes_were_missed(
    door, tmp_path, every: str, minutes: int, expected: int
) -> None:
    door.set_up(read(tmp_path, timedelta(minutes=minutes)), source_refresh_seconds=every)
    assert answer("/readyz")[0] == expected


def test_without_its_records_the_server_is_alive_and_not_ready(door, march_place, tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = f"sqlite:///{tmp_path}/file/records.sqlite"
    door.set_up(march_place, source_refresh_seconds="0", records_url=url)
    assert answer("/healthz") == (200, "ok")
    assert answer("/readyz") == (503, "not ready")
    known = {"smarketing_browser": "x", "smarketing_session": "y"}
    assert get("/media/a.csv", **known).status == 403
    assert get("/auth/claim?ticket=z", **known).status == 503


def test_the_server_routes_every_address_through_app_py(door, march_place) -> None:
    door.set_up(march_place, server_public_url="https://funnel.example.com")
    PagesManager.uses_pages_directory = True
    hooks = server.hooks()
    assert PagesManager.uses_pages_directory is False
    assert [route.path for route in hooks["routes"]] == ["/healthz", "/readyz", "/auth/claim"]
    own = ["127.0.0.1", "::1", "funnel.example.com", "localhost"]
    assert config.get_option("server.allowedHosts") == own
    assert len(config.get_option("server.cookieSecret")) >= 32


def refusal() -> str:
    """The one sentence with which the start ends."""
    with pytest.raises(SystemExit) as ended:
        server.hooks()
    said = str(ended.value)
    assert said.startswith("Smarketing does not start: ")
    assert "\n" not in said
    return said


def test_a_start_that_would_open_the_server_is_refused(door, tmp_path) -> None:
    config.set_option("server.address", "0.0.0.0")
    door.set_up(tmp_path, source_url="")
    assert "whose passwords everybody knows" in refusal()
    door.set_up(tmp_path)
    assert "without TLS" in refusal()
    door.set_up(tmp_path, server_public_url="https://funnel.example.com")
    assert server.hooks()
    config.set_option("server.address", "127.0.0.1")
    door.set_up(tmp_path, source_url="")
    assert server.hooks()


@pytest.mark.parametrize("given", ["a little", "a" * 40, "an-example-secret-of-forty-letters-x"])
def test_a_secret_that_is_none_is_refused_and_not_shown(door, tmp_path, given: str) -> None:
    door.set_up(tmp_path, server_cookie_secret=given)
    said = refusal()
    assert "[server] cookie_secret = (not shown) is short or an example" in said
    assert given not in said


def test_a_secret_that_others_can_read_is_refused(door, tmp_path) -> None:
    door.set_up(tmp_path, data_dir=str(tmp_path / "data"))
    assert server.hooks()
    key = tmp_path / "data" / "cookie.key"
    made = key.read_text()
    assert key.stat().st_mode & 0o077 == 0
    key.chmod(0o644)
    said = refusal()
    assert "can be read by others; run: chmod 600" in said
    assert made not in said


def test_settings_that_cannot_work_are_refused(door, tmp_path, monkeypatch) -> None:
    door.set_up(tmp_path, sign_in_company_label="Sign in with Acme")
    assert "has no section [auth]" in refusal()
    door.set_up(tmp_path)
    monkeypatch.setenv("SMARKETING_SIGNIN_IDLE", "1")
    assert "is not a setting; did you mean" in refusal()
    monkeypatch.delenv("SMARKETING_SIGNIN_IDLE")
    door.set_up(tmp_path)
    config.set_option("server.baseUrlPath", "funnel")
    assert "server.baseUrlPath" in refusal()


def begun(door) -> str:
    """A session that has just begun in the door's browser; returns the ticket of its token."""
    visit = sessions.Visit(door.browser, "this machine", "a test", records.now())
    door.sign_in()
    with book.writing() as rows:
        person = accounts.find(rows, "lee", with_demo=False)
        return sessions.start(rows, person.person_id, visit, method="password")[1]


def test_the_browser_that_signed_in_fetches_its_cookie_once(door, march_place) -> None:
    door.set_up(march_place)
    ticket, known = begun(door), {"smarketing_browser": door.browser}
    address = f"/auth/claim?ticket={ticket}"
    assert get(address).status == 403
    assert get(address, smarketing_browser=tokens.new()).status == 403
    assert get("/auth/claim", **known).status == 403
    given = get(address, **known)
    assert (given.status, given.text, given["cache-control"]) == (200, "", "no-store")
    name, door.token = given["set-cookie"].split(";")[0].split("=", 1)
    assert name == "smarketing_session"
    assert given["set-cookie"].endswith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax")
    assert door.come().metric
    again = get(address, **known)
    assert (again.status, again.text, again.every("set-cookie")) == (403, "not here", [])


@pytest.mark.parametrize("ticket", ["", "x", "%00", "%ff%fe", "'", "x" * 5000])
def test_a_ticket_that_was_not_given_is_refused(door, march_place, ticket: str) -> None:
    door.set_up(march_place)
    begun(door)
    known = {"smarketing_browser": door.browser}
    assert get(f"/auth/claim?ticket={ticket}", **known).status == 403


def test_files_are_for_whoever_is_signed_in_at_this_moment(door, march_place) -> None:
    door.set_up(march_place)
    lee = door.sign_in()
    known = {"smarketing_browser": door.browser, "smarketing_session": door.token}
    # There is no such file behind this gate.
    assert get("/media/a.csv", **known).status == 404
    assert get("/media/a.csv").status == 403
    assert get("/media/a.csv", **known | {"smarketing_browser": tokens.new()}).status == 403
    visits.changed(lambda rows, act: sessions.end_all(rows, lee, act.at))
    assert get("/media/a.csv", **known).status == 403


def test_the_refresher_lives_as_long_as_the_server(door, march_place) -> None:
    door.set_up(march_place, source_refresh_seconds="0")

    async def serve() -> bool:
        async with server._lifespan(None):
            return data.refresher()._thread.is_alive()

    assert asyncio.run(serve()) is True
    gc.unfreeze()
    data.refresher()._thread.join(timeout=10)
    assert data.refresher()._thread.is_alive() is False


def test_an_error_outside_of_a_page_is_logged_and_a_stop_is_none(caplog) -> None:
    assert server._on_script_error(ValueError("secret")) is True
    assert "reference" in caplog.text
    assert server._on_script_error(KeyboardInterrupt()) is False
