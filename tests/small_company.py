"""Small companies that a test writes: files, their settings, and what refresh makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from queries import refresh, settings

# "Now" of every refresh that does not say otherwise: after all that the tests write.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes files of text; the indentation of a literal is not part of a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        lines = [line.lstrip(" ") for line in text.strip("\n ").split("\n")]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def configured(tmp_path: Path, **values: str) -> settings.Settings:
    """Settings of a company in `<tmp_path>/source` whose data folder is `<tmp_path>/data`."""
    given = {"source_url": f"files:{tmp_path / 'source'}", "data_dir": str(tmp_path / "data")}
    environ = {f"SMARKETING_{name.upper()}": text for name, text in (given | values).items()}
    return settings.load(environ, tmp_path / "no-secrets.toml")


def environment(tmp_path: Path, **values: str) -> dict[str, str]:
    """The same settings for a process of its own."""
    given = {"source_url": f"files:{tmp_path / 'source'}", "data_dir": str(tmp_path / "data")}
    return {f"SMARKETING_{name.upper()}": text for name, text in (given | values).items()}


class Mart:
    """A snapshot file that was built from small files."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer to a question in SQL."""
        with duckdb.connect(str(self._path), read_only=True) as duck:
            return duck.execute(sql).fetchall()

    def refused(self) -> list[tuple[Any, ...]]:
        """(relation, file, line, column, value, reason) of each refused row."""
        return self.rows(
            'select relation, file, line, "column", value, reason from refused_rows'
            " order by relation, file, line, value"
        )

    def finding(self, name: str) -> list[tuple[Any, ...]]:
        """(relation, rows, is a doubt, examples) of a finding."""
        return self.rows(
            "select relation, rows, is_doubt, examples from findings"
            f" where finding = '{name}' order by relation, examples"
        )


def built(
    tmp_path: Path,
    files: Mapping[str, str],
    mapping: Mapping[str, str] | None = None,
    *,
    now: datetime = NOW,
    **values: str,
) -> Mart:
    """What a refresh makes of these files, by these mapping files (none: identity)."""
    write(tmp_path / "source", files)
    if mapping is not None:
        values["source_mapping"] = str(write(tmp_path / "mapping", mapping))
    target = tmp_path / "built.duckdb"
    target.unlink(missing_ok=True)
    return Mart(refresh.check(configured(tmp_path, **values), target, now))
