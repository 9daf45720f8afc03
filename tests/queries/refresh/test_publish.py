"""Publishing: readers see the old snapshot or the new one, and what is old goes away."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from queries.refresh import publish


def snapshot(folder: Path, version: str, text: str = "x") -> Path:
    built = publish.unfinished(folder)
    built.write_text(text)
    return publish.publish(folder, built, version)


def test_what_is_published_is_named_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = snapshot(tmp_path, "20260101T000000-a", "first")
    assert path.read_text() == "first"
    pointer = json.loads((tmp_path / publish.POINTER).read_text())
    assert pointer == {"data_version": "20260101T000000-a", "file": path.name}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["current.json", path.name]


def test_the_last_three_snapshots_stay(tmp_path: Path) -> None:
    paths = [snapshot(tmp_path, f"2026010{day}T000000-a") for day in range(1, 6)]
    assert sorted(tmp_path.glob("mart-*")) == paths[2:]


def test_the_snapshot_in_force_stays_when_the_clock_was_put_back(tmp_path: Path) -> None:
    for day in range(5, 9):
        snapshot(tmp_path, f"2026010{day}T000000-a")
    newest = snapshot(tmp_path, "20260101T000000-a")
    assert newest.exists()
    assert json.loads((tmp_path / publish.POINTER).read_text())["file"] == newest.name


def test_leftovers_of_refreshes_that_died_are_removed(tmp_path: Path) -> None:
    kept = snapshot(tmp_path, "20260101T000000-a")
    (tmp_path / "building-1.duckdb").write_text("half")
    (tmp_path / "building-1.duckdb.wal").write_text("half")
    (tmp_path / "building-1.duckdb.spill").mkdir()
    (tmp_path / "building-1.duckdb.spill" / "block").write_text("half")
    publish.unfinished(tmp_path)
    assert list(tmp_path.glob("building-*")) == []
    assert kept.exists()


def test_only_one_refreshes_at_a_time(tmp_path: Path) -> None:
    with publish.only_one(tmp_path / "mart"):  # noqa: SIM117 - the second must fail inside
        with pytest.raises(publish.RefreshRunning), publish.only_one(tmp_path / "mart"):
            pass
    with publish.only_one(tmp_path / "mart"):
        assert (tmp_path / "mart").is_dir()


def hold(folder: Path, ready: multiprocessing.synchronize.Event) -> None:
    with publish.only_one(folder):
        ready.set()
        signal.pause()


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=hold, args=(tmp_path, ready))
    holder.start()
    assert ready.wait(30)
    with pytest.raises(publish.RefreshRunning), publish.only_one(tmp_path):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with publish.only_one(tmp_path):
        assert (tmp_path / "refresh.lock").exists()
