"""A refresh killed at any instant: the last good snapshot still answers."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest
import sqlalchemy as sa

from queries import __main__ as command_line
from queries import schema, settings, stores
from tests import small_company

KILLS = 20
KILLS_BUILDING = 8
LEADS = 3_000

# Each refresh is a process of its own; they are forked from one that has imported everything, so
# that most kills fall into the work and not into the start of Python.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["queries.__main__"])


def refresh(environ: dict[str, str]) -> None:
    """What `python -m queries refresh` does."""
    os.environ.update(environ)
    command_line.main(["refresh"])


def start(environ: dict[str, str]) -> multiprocessing.process.BaseProcess:
    process = FORKS.Process(target=refresh, args=(environ,))
    process.start()
    return process


def run(environ: dict[str, str], root: Path, *command: str) -> int:
    asked = [sys.executable, "-m", "queries", *command]
    return subprocess.run(asked, cwd=root, env={**os.environ, **environ}, check=False).returncode


def answer(configured: settings.Settings) -> tuple[int, int]:
    """Persons, and those who got to MQL, from the file of the snapshot in force."""
    named = stores.current(configured.mart_folder)
    snapshot = stores.open_snapshot(configured.mart_folder / f"mart-{named.data_version}.duckdb")
    mql_at = schema.journeys.c.mql_at
    with snapshot.connect() as connection:
        counted = connection.execute(sa.select(sa.func.count(), sa.func.count(mql_at)))
        persons, mqls = counted.one()
    snapshot.engine.dispose()
    return persons, mqls


def wait_for_building(folder: Path, process: multiprocessing.process.BaseProcess) -> None:
    """Until it has begun a file of its own (those of killed ones may still lie there)."""
    before = set(folder.glob("building-*"))
    while process.is_alive() and not set(folder.glob("building-*")) - before:
        time.sleep(0.002)


def until_built(folder: Path, process: multiprocessing.process.BaseProcess) -> float:
    """Seconds from its first file to its end."""
    wait_for_building(folder, process)
    began = time.monotonic()
    process.join()
    return time.monotonic() - began


@pytest.fixture
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `__main__` without a file. A forked process runs the file of its parent's again, and
    after tests of pages that is a script of theirs that exists no more."""
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))


@pytest.mark.usefixtures("plain_main")
def test_whenever_it_is_killed_the_last_snapshot_answers(tmp_path: Path, root: Path) -> None:
    environ = small_company.environment(tmp_path, source_url="")
    configured = small_company.configured(tmp_path, source_url="")
    folder = configured.mart_folder
    assert run(environ, root, "demo", "--leads", str(LEADS), "--months", "12") == 0
    whole = start(environ)
    build_time = until_built(folder, whole)
    assert whole.exitcode == 0
    good = answer(configured)
    assert good[0] > LEADS * 0.9
    chance = random.Random(7)
    killed, died_building = 0, 0
    # Some fall into the start and some come too late, so it goes on until enough hit the work.
    while killed < KILLS or died_building < KILLS_BUILDING:
        assert killed < 5 * KILLS, "too few kills fell into the time of building"
        process = start(environ)
        if killed % 4:
            wait_for_building(folder, process)
        time.sleep(1.2 * build_time * chance.random())
        process.kill()
        process.join()
        killed += 1
        died_building += process.exitcode != 0 and bool(list(folder.glob("building-*")))
        assert answer(configured) == good
    assert run(environ, root, "refresh") == 0
    assert answer(configured) == good
    assert list(folder.glob("building-*")) == []
    assert len(list(folder.glob("mart-*"))) <= 3
