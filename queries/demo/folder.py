"""The folder a demo is kept in: written beside its place, moved there whole."""

from __future__ import annotations

import contextlib
import datetime
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from queries import contract
from queries.demo import dirty, plan, relations, tables, world

# Raise this when the same arguments would give different rows.
GENERATION = 1
LABEL = "demo.json"


class ForeignFolderError(ValueError):
    """The folder holds something else, which a demo must not replace."""


def build(
    folder: Path,
    *,
    leads: int = 20_000,
    months: int = 24,
    seed: int = 7,
    until: datetime.datetime | None = None,
    time_zone: str = "Europe/Berlin",
) -> None:
    """Write the demo company: one Parquet file per canonical relation, and what it was made of.

    `until`: the demo's present, aware or naive UTC; now if left out. The same arguments give the
    same rows. Raises ValueError for fewer than 10 leads or 1 month, ForeignFolderError where the
    folder holds something else.
    """
    asked = plan.make(leads=leads, months=months, seed=seed, until=until, time_zone=time_zone)
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _half_made(folder) as half:
        _write(half, asked)
        _put_in_place(half, folder)


def is_current(
    folder: Path, *, leads: int, months: int, seed: int, until_day: datetime.date
) -> bool:
    """Whether the folder holds exactly the demo of these arguments, up to that day in UTC."""
    label = _label(folder)
    if label is None or not all(_file(folder, name).is_file() for name in contract.RELATIONS):
        return False
    asked = {
        "leads": leads,
        "months": months,
        "seed": seed,
        "generation": GENERATION,
        "until": until_day.isoformat(),
    }
    return asked == {**label, "until": str(label.get("until"))[: len("2026-01-31")]}


def _label(folder: Path) -> dict[str, object] | None:
    try:
        label = json.loads((folder / LABEL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return label if isinstance(label, dict) else None


def _file(folder: Path, relation: str) -> Path:
    return folder / f"{relation}.parquet"


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not (folder / LABEL).is_file() and any(folder.iterdir()):
        raise ForeignFolderError(f"{folder} holds files that are no demo; name another folder")


@contextlib.contextmanager
def _half_made(folder: Path) -> Iterator[Path]:
    """A folder beside the target, gone afterwards unless it was moved."""
    half = Path(tempfile.mkdtemp(prefix=f".{folder.name}-half-made-", dir=folder.parent))
    try:
        yield half
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _write(half: Path, asked: plan.Plan) -> None:
    company = world.found(asked)
    flaws = dirty.rows(asked)
    with contextlib.ExitStack() as stack:
        writers = {
            name: stack.enter_context(pq.ParquetWriter(_file(half, name), schema))
            for name, schema in tables.SCHEMAS.items()
        }
        for name, rows in _all_rows(company, flaws):
            writers[name].write_table(rows)
    label = {
        "leads": asked.leads,
        "months": asked.months,
        "seed": asked.seed,
        "until": asked.until.isoformat(),
        "generation": GENERATION,
    }
    (half / LABEL).write_text(json.dumps(label, indent=2) + "\n", encoding="utf-8")


def _all_rows(company: world.World, flaws: dict[str, pa.Table]) -> Iterator[tuple[str, pa.Table]]:
    yield from relations.of_company(company).items()
    for start in range(0, company.plan.leads, relations.CHUNK):
        yield from relations.of_leads(company, start).items()
    yield from flaws.items()


def _put_in_place(half: Path, folder: Path) -> None:
    """Swap the finished folder in; between the two renames there is none, never half a one."""
    half.chmod(0o755)
    if not folder.exists():
        half.rename(folder)
        return
    with _half_made(folder) as old:
        folder.rename(old / folder.name)
        half.rename(folder)
