"""The app as people meet it: its own process, on a port of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import postgres_server
from tests.browser import doors

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60

# A page is drawn in one second; on a machine that does other things as well, in many.
expect.set_options(timeout=40_000)


@dataclass(frozen=True)
class Served:
    """One running app: where it answers, where it writes what it has to say, its settings."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def said(self) -> str:
        """All that the app has logged so far."""
        return self.log.read_text(errors="replace")

    def queries(self, *command: str) -> str:
        """What `python -m queries ...` prints with the settings of this app."""
        return run_queries(self.environment, *command)

    def shown(self, *options: str) -> dict[str, Any]:
        """The numbers of the Overview as the command line gives them."""
        return json.loads(self.queries("show", "overview", *options))

    def stop(self) -> None:
        """Ends the app."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


Serve = Callable[..., Served]


def run_queries(environment: dict[str, str], *command: str) -> str:
    """The command line of the project, run to its end."""
    finished = subprocess.run(
        [sys.executable, "-m", "queries", *command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def _environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    # The settings of whoever runs the tests must not reach the app under test.
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SMARKETING_", "STREAMLIT_"))
    }
    # Unbuffered, so that said() is whole while the app still runs.
    ours = {"PYTHONUNBUFFERED": "1", "SMARKETING_DATA_DIR": str(folder / "data")}
    return own | ours | settings


def _await_health(app: Served) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if app.process.poll() is not None:
            pytest.fail(f"the app stopped at its start:\n{app.said()}")
        try:
            with urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not answer within {SECONDS_TO_START} s:\n{app.said()}")


def _start(folder: Path, environment: dict[str, str], port: int) -> Served:
    log = folder / "app.log"
    # All but the port comes from .streamlit/config.toml, as for whoever installs the app.
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    doors.note(url, environment)
    return Served(url, log, process, environment)


def _serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    apps: list[Served] = []

    def start(*, refresh: bool = True, port: int = 0, **settings: str) -> Served:
        folder = tmp_path_factory.mktemp("served")
        environment = _environment(folder, settings)
        if refresh:
            run_queries(environment, "refresh", "--if-missing")
        apps.append(_start(folder, environment, port or postgres_server.free_port()))
        _await_health(apps[-1])
        return apps[-1]

    yield start
    for app in apps:
        app.stop()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """A function that starts the app and waits until it answers; all stop with the module.

    `serve()` shows the demo company. Settings are given as in the environment:
    `serve(SMARKETING_SOURCE_URL=...)`. The data folder and the port are new ones unless given.
    With `refresh=False` nothing is read first, so the app starts without a snapshot.
    """
    yield from _serving(tmp_path_factory)


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo company of 2,000 leads, read once; copy it to change it."""
    folder = tmp_path_factory.mktemp("demo")
    environment = _environment(folder, {})
    run_queries(environment, "demo", "--leads", "2000", "--months", "12", "--seed", "7")
    run_queries(environment, "refresh")
    return folder / "data"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, built_demo: Path) -> Iterator[Served]:
    """The app on that company, for all tests that only look."""
    servers = _serving(tmp_path_factory)
    start = next(servers)
    yield start(
        refresh=False,
        SMARKETING_DATA_DIR=str(built_demo),
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )
    next(servers, None)


@pytest.fixture
def demo_copy(tmp_path: Path, built_demo: Path) -> Path:
    """A data folder like `built_demo` for one test alone."""
    return shutil.copytree(built_demo, tmp_path / "data")
