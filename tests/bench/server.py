"""What a run of the Overview costs the server: CPU of its process, and its memory."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from queries import demo_people
from tests import postgres_server
from tests.bench import demo_data

_CLIENT = demo_data.ROOT.parent / "shared" / "tools" / "stload.py"
_WARM_UP, _RERUNS = 8, 40
_START_SECONDS = 60


@dataclass(frozen=True)
class Cost:
    """Of one script run, and of the whole process afterwards."""

    cpu_milliseconds: float
    megabytes: float


def measure(place: Path) -> Cost | None:
    """The cost with a warm cache; None where there is nothing to drive the server with."""
    client = _client()
    if client is None:
        return None
    with _running(place) as (url, pid):
        return asyncio.run(_drive(client, url, pid))


def _client() -> ModuleType | None:
    if not _CLIENT.is_file():
        return None
    spec = importlib.util.spec_from_file_location("stload", _CLIENT)
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules["stload"] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def _running(place: Path) -> Iterator[tuple[str, int]]:
    port = postgres_server.free_port()
    command = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command],
        cwd=demo_data.ROOT,
        env=demo_data.environment(place),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(server, url)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _wait(server: subprocess.Popen, url: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    state = "is silent" if server.poll() is None else f"ended with {server.returncode}"
    raise RuntimeError(f"the server did not start: it {state}")


async def _drive(client: ModuleType, url: str, pid: int) -> Cost:
    async with client.Session(url, timeout=60) as session:
        first = await session.open()
        await session.settle()
        is_in, why = await session.login(demo_people.NAMES["leader"], demo_people.PASSWORD)
        if not is_in:
            raise RuntimeError(f"nobody could sign in: {why}")
        if first.errors:
            raise RuntimeError(f"the Overview shows errors: {first.errors}")
        for _ in range(_WARM_UP):
            await session.rerun()
        before, runs = _cpu_seconds(pid), 0
        for _ in range(_RERUNS):
            run = await session.rerun()
            runs += max(run.runs, 1)
            if run.errors or run.status != "ok":
                raise RuntimeError(f"a rerun failed: {run.status} {run.errors}")
        spent = _cpu_seconds(pid) - before
    return Cost(spent / runs * 1000, _resident_megabytes(pid))


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
