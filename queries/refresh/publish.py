"""Publishing a snapshot so that every reader sees the old one or the new one, never a half.

A snapshot is a file that is written once, under a name of its own. `current.json` names the one
in force and is replaced by an atomic rename; a process that dies at any instant leaves the last
good name in it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POINTER = "current.json"
_LOCK = "refresh.lock"
# Readers open a snapshot by name; the ones before the last stay while somebody may still look.
_KEPT_SNAPSHOTS = 3


class RefreshRunning(RuntimeError):
    """Another process is refreshing these snapshots at this moment."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the folder's refresh lock; the system lets go of it when the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RefreshRunning("another refresh is running; its snapshot will serve") from error
        yield


def unfinished(folder: Path) -> Path:
    """A fresh file name to build in. Leftovers of refreshes that died are removed first."""
    remove_unfinished(folder)
    return folder / f"building-{uuid.uuid4().hex}.duckdb"


def remove_unfinished(folder: Path) -> None:
    """Removes what was built and not published: files, and folders of what was spilled to disk."""
    for leftover in folder.glob("building-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def publish(folder: Path, built: Path, data_version: str) -> Path:
    """Makes the built file the snapshot in force; returns its final path."""
    _to_disk(built)
    final = folder / f"mart-{data_version}.duckdb"
    os.replace(built, final)
    pointer = folder / f"building-{uuid.uuid4().hex}.json"
    pointer.write_text(json.dumps({"data_version": data_version, "file": final.name}))
    _to_disk(pointer)
    os.replace(pointer, folder / POINTER)
    _to_disk(folder)
    _remove_old(folder, final)
    return final


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_old(folder: Path, newest: Path) -> None:
    snapshots = sorted(folder.glob("mart-*.duckdb"), key=lambda path: path.name)
    for old in snapshots[:-_KEPT_SNAPSHOTS]:
        if old != newest:
            old.unlink(missing_ok=True)
