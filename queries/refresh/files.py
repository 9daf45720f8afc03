"""A folder of CSV and Parquet files, attached to a DuckDB connection as tables and views."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from queries.refresh import csv_files
from queries.refresh.csv_files import LINE, CsvFormat, RefusedLine, SourceError

__all__ = ["CsvFormat", "RefusedLine", "SourceError", "attach"]

SUFFIXES = (".csv", ".parquet")


def attach(
    duck: duckdb.DuckDBPyConnection,
    folder: Path,
    formats: Mapping[str, CsvFormat] | None = None,
) -> list[RefusedLine]:
    """Make each file of the folder a table (CSV) or view (Parquet) of its name.

    Columns: those of the file, under its own names (CSV: all VARCHAR), and `_line` BIGINT: the
    physical line on which the CSV record starts (header = 1), or the Parquet row from 1.
    `formats` by table name, "*" for all others. Raises SourceError.
    """
    formats = formats or {}
    refused: list[RefusedLine] = []
    for path in _sources(folder):
        if path.suffix.lower() == ".parquet":
            _view_parquet(duck, path)
            continue
        csv_format = formats.get(path.stem) or formats.get("*") or CsvFormat()
        try:
            refused += csv_files.load(duck, path, csv_format)
        except OSError as error:
            raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    return refused


def _sources(folder: Path) -> list[Path]:
    """The readable kinds of file, sorted; hidden files are an editor's or a system's."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise SourceError(f"Folder {folder} cannot be read: {error.strerror}.") from error
    paths = [
        path
        for path in entries
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and not path.is_dir()
    ]
    if not paths:
        raise SourceError(f"Folder {folder} has no .csv or .parquet file; put the files there.")
    tables: dict[str, str] = {}
    for path in paths:
        # DuckDB does not tell upper from lower case in names of tables.
        other = tables.setdefault(path.stem.lower(), path.name)
        if other != path.name:
            raise SourceError(
                f"{other} and {path.name} would both be table {path.stem}; remove one of them."
            )
    return paths


def _view_parquet(duck: duckdb.DuckDBPyConnection, path: Path) -> None:
    # Brackets take the glob signs of a path literally; a folder "year=2026" is no column.
    pattern = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path.absolute()))
    literal = pattern.replace("'", "''")
    table = csv_files.identifier(path.stem)
    rows = f"read_parquet('{literal}', hive_partitioning = false)"
    try:
        own = {row[0].lower() for row in duck.execute(f"describe from {rows}").fetchall()}
        if own & {LINE, "file_row_number"}:
            raise SourceError(f"{path.name} has a column {LINE} or file_row_number; rename it.")
        duck.execute(
            f"create or replace view {table} as select *, file_row_number + 1 as {LINE} from {rows}"
        )
    except duckdb.Error as error:
        raise SourceError(f"{path.name} cannot be read as Parquet: {error}") from error
