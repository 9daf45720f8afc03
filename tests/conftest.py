"""What any test may ask for: real servers, each started only when the first test asks."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright

from tests import company, postgres_server

ROOT = Path(__file__).resolve().parent.parent

# Without these the browser looks for its maker's servers at every start.
BROWSER_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data sets that lie beside the repository; the one thing a test may skip for."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the data sets of ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this worker's own, as the URL of its database `postgres`."""
    with postgres_server.running() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty database for this test alone."""
    name = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window; ask it for a new context in each test."""
    chromium = shutil.which("chromium") or shutil.which("chromium", path="/usr/bin")
    assert chromium, "Chromium is not installed: `make test` installs it, or tells what to install"
    # Chromium's sandbox refuses to work for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium, args=[*BROWSER_ARGUMENTS, *sandbox]
        )
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def demo_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place of the demo company, small, with one snapshot; for tests that only read it."""
    return company.build_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def march_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place of tests/company.py's MARCH: a few rows without any flaw."""
    place = tmp_path_factory.mktemp("march_place")
    company.opened(place, *company.MARCH)
    return place


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The app's door, see tests/visits.py: `door.set_up(place)`, then `door.open(rep="bo")`."""
    # Streamlit takes seconds to import, which tests of queries need not wait for.
    from tests import visits

    for name in [name for name in os.environ if name.startswith("SMARKETING_")]:
        monkeypatch.delenv(name)
    yield visits.Door(monkeypatch)
    visits.forget_settings()


@pytest.fixture(scope="session", autouse=True)
def one_thread_each() -> Iterator[None]:
    """Test processes share the cores already; DuckDB's own threads would take a third more time
    over small companies."""
    connect = duckdb.connect

    def connected(*given: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        opened = connect(*given, **named)
        opened.execute("set threads = 1")
        return opened

    duckdb.connect = connected
    yield
    duckdb.connect = connect
