"""A company's database as a source: read only, in one transaction, one statement per relation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from queries import contract
from queries.refresh import files
from queries.refresh.lineage import Landed
from queries.refresh.mapping import MappingError

_BATCH_ROWS = 20_000


class DatabaseSource:
    """A database, streamed in batches.

    Values travel as text, in which a day, an instant and a number stay apart; the contract is
    the only judge of what they mean. All relations are read in one transaction, so that a lead
    made meanwhile is not missing under its own events.
    """

    def __init__(self, duck: duckdb.DuckDBPyConnection, url: str) -> None:
        self._duck = duck
        self.refused: list[files.RefusedLine] = []
        self._url = sa.make_url(url)
        self._engine = _read_only_engine(self._url)
        try:
            self.tables = _tables_and_views(self._engine)
            self._connection = self._engine.connect().execution_options(
                # The operator's own SQL, run as it stands in the operator's own database.
                stream_results=True,
                no_parameters=True,
            )
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise files.SourceError(
                f"the source database does not answer: {self._in_words(error)}"
            ) from error

    def land(self, relation: contract.Relation, select: str | None) -> Landed | None:
        """The relation's mapped rows, copied; None where the source has nothing for it."""
        statement = select if select is not None else self._identity(relation)
        if statement is None:
            return None
        try:
            self._copy(relation.name, statement)
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise files.SourceError(
                    f"the source database went away: {self._in_words(error)}"
                ) from error
            where = f"{relation.name}.sql" if select is not None else f"table {relation.name}"
            raise MappingError(f"{where}: {self._in_words(error)}") from error
        return Landed(f"select *, '' as _file, null::bigint as _line from landed_{relation.name}")

    def _identity(self, relation: contract.Relation) -> str | None:
        table = {name.lower(): name for name in self.tables}.get(relation.name)
        if table is None:
            return None
        quoted = self._engine.dialect.identifier_preparer.quote
        present = {
            column["name"].lower(): column["name"]
            for column in sa.inspect(self._engine).get_columns(table)
        }
        own = [column.name for column in relation.columns if column.name in present]
        names = ", ".join(f"{quoted(present[name])} as {name}" for name in own)
        return f"select {names} from {quoted(table)}" if own else None

    def _copy(self, relation: str, statement: str) -> None:
        rows = self._connection.exec_driver_sql(statement)
        columns = list(rows.keys())
        if len({name.lower() for name in columns}) < len(columns):
            raise MappingError(f"{relation}.sql gives two columns of one name: {columns}")
        named = ", ".join('"' + name.replace('"', '""') + '" varchar' for name in columns)
        self._duck.execute(f"create or replace temp table landed_{relation} ({named})")
        for batch in _text_batches(rows.partitions(_BATCH_ROWS), columns):
            self._duck.register("incoming", batch)
            self._duck.execute(f"insert into landed_{relation} select * from incoming")
            self._duck.unregister("incoming")

    def _in_words(self, error: SQLAlchemyError) -> str:
        """The driver's own first line; some drivers repeat what they were given."""
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return said.replace(str(self._url.password), "***") if self._url.password else said

    def close(self) -> None:
        """Ends the transaction, which has written nothing."""
        self._connection.close()
        self._engine.dispose()


def _read_only_engine(url: sa.URL) -> sa.Engine:
    """An engine that cannot write, where the database knows how to promise that."""
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        # Without this SQLite would make an empty database of a mistyped name.
        address = f"file:{quote(str(Path(url.database).absolute()))}?mode=ro"
        return sa.create_engine(url, creator=lambda: sqlite3.connect(address, uri=True))
    options = {}
    if url.get_backend_name() == "postgresql":
        options = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    return sa.create_engine(url, hide_parameters=True, execution_options=options)


def _tables_and_views(engine: sa.Engine) -> list[str]:
    inspector = sa.inspect(engine)
    return sorted({*inspector.get_table_names(), *inspector.get_view_names()})


def _text_batches(partitions: Iterable[Iterable[sa.Row]], columns: list[str]) -> Iterator[pa.Table]:
    for rows in partitions:
        arrays = [
            pa.array([None if value is None else str(value) for value in column], pa.large_string())
            for column in zip(*rows, strict=True)
        ]
        yield pa.table(arrays, names=columns)
