"""A mapping: how a company's tables become the canonical relations. SQL, never code.

A mapping is a folder. `<relation>.sql` holds one SELECT in the source's dialect with canonical
column names; a relation without a file is "no data". `stage_map.csv` (source_value,stage_key)
translates stage labels. `source.toml` says how CSV files are written, where they are not plain
comma separated UTF-8:

    [csv]
    delimiter = ";"
    [csv.one_table]
    encoding = "cp1252"
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queries import contract
from queries.refresh import files

SHIPPED = Path(__file__).resolve().parent.parent / "mappings"
IDENTITY = "identity"
STAGE_KEYS = contract.STAGES + contract.DETOURS


class MappingError(ValueError):
    """The mapping itself is wrong; the message names the file and what to do."""


@dataclass(frozen=True)
class Mapping:
    """What a mapping folder says. `selects`: relation -> SQL; `stages`: label -> stage key."""

    name: str
    selects: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    formats: dict[str, files.CsvFormat] = field(default_factory=dict)

    @property
    def is_identity(self) -> bool:
        return self.name == IDENTITY


def load(name: str, beside: Path) -> Mapping:
    """The mapping of that name: `identity`, a shipped one, or a folder (relative to `beside`).

    Raises: MappingError where the folder or a file in it is not what it should be.
    """
    if name == IDENTITY:
        return Mapping(IDENTITY)
    folder = SHIPPED / name if (SHIPPED / name).is_dir() else beside / name
    if not folder.is_dir():
        raise MappingError(
            f"no mapping {name!r}: it is neither shipped ({', '.join(shipped())}) nor a folder"
        )
    return Mapping(name, _selects(folder), _stages(folder), _formats(folder))


def shipped() -> list[str]:
    """The names of the mappings that come with the product, `identity` first."""
    folders = sorted(path.name for path in SHIPPED.iterdir() if any(path.glob("*.sql")))
    return [IDENTITY, *folders]


def _selects(folder: Path) -> dict[str, str]:
    selects: dict[str, str] = {}
    for path in sorted(folder.glob("*.sql")):
        if path.stem not in contract.RELATIONS:
            near = difflib.get_close_matches(path.stem, contract.RELATIONS, n=1, cutoff=0.0)
            raise MappingError(f"{path.name}: there is no relation {path.stem}; {near[0]}.sql?")
        selects[path.stem] = _text(path).strip().rstrip(";")
    if not selects:
        raise MappingError(f"{folder.name}: the folder holds no <relation>.sql")
    return selects


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError(f"{path.name} is not UTF-8; save it as UTF-8") from error


def _only_csv(given: dict[str, Any]) -> dict[str, Any]:
    csv_settings = given.get("csv", {})
    if set(given) - {"csv"} or not isinstance(csv_settings, dict):
        raise TypeError("there is nothing but [csv] and [csv.<table>]")
    return csv_settings


def _stages(folder: Path) -> dict[str, str]:
    path = folder / "stage_map.csv"
    if not path.exists():
        return {}
    stages: dict[str, str] = {}
    for number, row in enumerate(csv.DictReader(_text(path).splitlines()), start=2):
        label, key = ((row.get(name) or "").strip() for name in ("source_value", "stage_key"))
        if key not in STAGE_KEYS:
            raise MappingError(
                f"stage_map.csv, line {number}: {key!r} is not one of {', '.join(STAGE_KEYS)}"
            )
        stages[label.lower()] = key
    return stages


def _formats(folder: Path) -> dict[str, files.CsvFormat]:
    path = folder / "source.toml"
    if not path.exists():
        return {}
    try:
        given = _only_csv(tomllib.loads(_text(path)))
        common = {key: value for key, value in given.items() if not isinstance(value, dict)}
        tables = {key: value for key, value in given.items() if isinstance(value, dict)}
        return {"*": files.CsvFormat(**common)} | {
            table: files.CsvFormat(**(common | values)) for table, values in tables.items()
        }
    except (tomllib.TOMLDecodeError, TypeError, files.SourceError) as error:
        raise MappingError(
            f"source.toml: {error}; [csv] takes delimiter, encoding and quote"
        ) from error
