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
    # The first one warms the process that the others are forked from.
    for _ in range(2):
        began = time.monotonic()
        whole = start(environ)
        whole.join()
        run_time = time.monotonic() - began
        assert whole.exitcode == 0
    good = answer(configured)
    assert good[0] > LEADS * 0.9
    chance = random.Random(7)
    died_building = 0
    for place in range(KILLS):
        # One kill in each part of the run, and some after its usual end.
        killed = start(environ)
        time.sleep(1.2 * run_time * (place + chance.random()) / KILLS)
        killed.kill()
        killed.join()
        died_building += bool(list(folder.glob("building-*")))
        assert answer(configured) == good
    assert died_building >= KILLS // 4, "too few kills fell into the time of building"
    assert run(environ, root, "refresh") == 0
    assert answer(configured) == good
    assert list(folder.glob("building-*")) == []
    assert len(list(folder.glob("mart-*"))) <= 3
