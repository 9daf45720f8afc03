"""The demo company of one size, built once, and its snapshot, made anew by each run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from queries import refresh, settings, stores
from queries.demo import folder as demo_folder

ROOT = settings.ROOT
_PLACE = ROOT / ".data" / "bench"


@dataclass(frozen=True)
class Built:
    """One company: its snapshot, and what it took to make it."""

    leads: int
    place: Path
    snapshot: stores.Snapshot
    rows: int
    process_seconds: float
    inner_seconds: float

    @property
    def file(self) -> Path:
        return Path(self.snapshot.engine.url.database)

    @property
    def plain_file(self) -> Path:
        """The same file under another name: by its own, DuckDB knows it as SQLAlchemy opened it."""
        link = self.place / "plain.duckdb"
        link.unlink(missing_ok=True)
        link.hardlink_to(self.file)
        return link

    @property
    def megabytes(self) -> float:
        return self.file.stat().st_size / 1e6


def environment(place: Path) -> dict[str, str]:
    """What a process needs to work on that company and on no other."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SMARKETING_")}
    return own | {"SMARKETING_DATA_DIR": str(place), "SMARKETING_SOURCE_REFRESH_SECONDS": "0"}


def build(leads: int, *, is_fresh: bool) -> Built:
    """The company of that size with a new snapshot."""
    place = _PLACE / str(leads)
    if is_fresh:
        shutil.rmtree(place, ignore_errors=True)
    if _is_valid(place / "demo", leads):
        print(f"{leads:,} leads: the demo company in {place.relative_to(ROOT)} is reused")
    else:
        place.mkdir(parents=True, exist_ok=True)
        _run(place, "demo", "--leads", str(leads))
    process_seconds = _run(place, "refresh")
    configured = settings.load(environment(place), secrets_file=place / "none.toml")
    started = time.perf_counter()
    path = refresh.refresh(configured)
    inner_seconds = time.perf_counter() - started
    with duckdb.connect(str(path), read_only=True) as duck:
        (rows,) = duck.execute("select sum(rows_kept) from relation_reports").fetchone()
    snapshot = stores.open_snapshot(path)
    return Built(leads, place, snapshot, int(rows), process_seconds, inner_seconds)


def _is_valid(folder: Path, leads: int) -> bool:
    """It is this company, of whatever day: the views end at its newest day."""
    try:
        label = json.loads((folder / demo_folder.LABEL).read_text())
    except (OSError, ValueError):
        return False
    wanted = {"leads": leads, "months": 24, "seed": 7, "generation": demo_folder.GENERATION}
    return wanted.items() <= label.items()


def _run(place: Path, *command: str) -> float:
    """Seconds of the whole process."""
    started = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, "-m", "queries", *command],
        cwd=ROOT,
        env=environment(place),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{finished.stdout}{finished.stderr}")
    return time.perf_counter() - started
