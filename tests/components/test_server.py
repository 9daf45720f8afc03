"""Health answers for whoever watches the server, and its start and end."""

from __future__ import annotations

import asyncio
import gc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager

from components import data, server
from tests import company


def read(place: Path, ago: timedelta) -> Path:
    company.opened(place, now=datetime.now(UTC).replace(tzinfo=None) - ago)
    return place


def answer(handler) -> tuple[int, str]:
    found = asyncio.run(handler(None))
    return found.status_code, found.body.decode()


def test_alive_is_alive_also_without_data(door, tmp_path) -> None:
    door.set_up(tmp_path)
    assert answer(server._healthz) == (200, "ok")
    assert answer(server._readyz) == (503, "not ready")


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
    assert answer(server._readyz)[0] == expected


def test_the_server_routes_every_address_through_app_py(monkeypatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", True)
    hooks = server.hooks()
    assert PagesManager.uses_pages_directory is False
    assert [route.path for route in hooks["routes"]] == ["/healthz", "/readyz"]


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
