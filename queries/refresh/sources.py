"""Where rows come from: a folder of files, or any database that SQLAlchemy reaches.

Both give the same thing: for a relation, a statement in DuckDB that yields the mapped rows,
with `_file` and `_line` where the source has lines.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import duckdb

from queries import contract
from queries.refresh import files, lineage
from queries.refresh.database import DatabaseSource
from queries.refresh.lineage import Landed
from queries.refresh.mapping import Mapping, MappingError


class Source(Protocol):
    """A place to read from. `refused`: lines that were no rows at all; `tables`: what it holds."""

    refused: list[files.RefusedLine]
    tables: list[str]

    def land(self, relation: contract.Relation, select: str | None) -> Landed | None:
        """The relation's mapped rows; None where the source has nothing for it."""

    def close(self) -> None:
        """Let go of the source."""


def open_source(
    duck: duckdb.DuckDBPyConnection, url: str, mapping: Mapping, beside: Path
) -> Source:
    """The source behind a SOURCE_URL. Raises: files.SourceError where it cannot be read."""
    if url.startswith("files:"):
        folder = Path(url.removeprefix("files:"))
        return FileSource(duck, folder if folder.is_absolute() else beside / folder, mapping)
    return DatabaseSource(duck, url)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class FileSource:
    """A folder of CSV and Parquet files, each a table in this DuckDB connection."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, folder: Path, mapping: Mapping) -> None:
        self._duck = duck
        self.refused = files.attach(duck, folder, mapping.formats)
        self.tables = [row[0] for row in duck.execute("show tables").fetchall()]
        names = (path for path in folder.iterdir() if path.suffix.lower() in files.SUFFIXES)
        present = {path.stem: path.name for path in names if not path.name.startswith(".")}
        self._file_names = {table: present.get(table, table) for table in self.tables}
        _define_readers(duck)

    def land(self, relation: contract.Relation, select: str | None) -> Landed | None:
        statement = select if select is not None else self._identity(relation)
        if statement is None:
            return None
        try:
            self._duck.sql(statement).columns  # noqa: B018 - binds the statement, runs nothing
            named = self._duck.get_table_names(statement)
        except duckdb.Error as error:
            raise MappingError(f"{relation.name}.sql: {_first_line(error)}") from error
        reads = frozenset(name.lower() for name in named)
        traced, tables = lineage.with_lines(self._duck, statement, self._file_names)
        if tables:
            starts = tuple((table, self._file_names[table]) for table in tables)
            return Landed(traced, starts, reads, has_line_per_row=select is None)
        without_line = f"select *, '' as _file, null::bigint as _line from ({statement})"
        return Landed(without_line, (), reads)

    def _identity(self, relation: contract.Relation) -> str | None:
        table = {name.lower(): name for name in self.tables}.get(relation.name)
        if table is None:
            return None
        present = [row[0] for row in self._duck.execute(f"describe {_quoted(table)}").fetchall()]
        own = {column.name for column in relation.columns}
        # All columns: those that are not canonical are reported as not used.
        has_any = own & {name.lower() for name in present}
        return f"select * from {_quoted(table)}" if has_any else None

    def close(self) -> None:
        """Nothing is held open besides the connection, which is the caller's."""


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]


def _define_readers(duck: duckdb.DuckDBPyConnection) -> None:
    """Macros for mappings of text: they rewrite what they can read and leave the rest as it is.

    What is left unread is then refused by the contract with its line, so that one odd cell never
    stops a refresh and is never guessed at.
    """
    duck.execute("""create or replace macro as_day(written, format) as coalesce(
        strftime(try_strptime(trim(written), format), '%Y-%m-%d'), written)""")
    duck.execute("""create or replace macro as_instant(written, format) as coalesce(
        strftime(try_strptime(trim(written), format), '%Y-%m-%d %H:%M:%S.%f'), written)""")
    duck.execute(r"""create or replace macro as_number(written, thousands, decimal_mark) as
        case when regexp_full_match(trim(written),
                 '[+-]?(\d+|\d{1,3}(' || regexp_escape(thousands) || '\d{3})+)'
                 || '(' || regexp_escape(decimal_mark) || '\d+)?')
             then replace(replace(trim(written), thousands, ''), decimal_mark, '.')
             else written end""")
