"""The same tables in SQLite and in PostgreSQL, to ask the same questions of them directly."""

from __future__ import annotations

import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import sqlalchemy as sa

from queries import schema
from tests import postgres_server

_TABLES = (
    schema.journeys,
    schema.metric_events,
    schema.web_traffic,
    schema.maturities,
    schema.foundations,
    schema.dimension_values,
)
# Made together with their tables.
for _table, _on in ((schema.journeys, "created_on"), (schema.metric_events, "happened_on")):
    for _name in ("rep_id", "campaign_id"):
        sa.Index(f"{_table.name}_{_name}", _table.c[_name], _table.c[_on])
    sa.Index(f"{_table.name}_{_on}", _table.c[_on])
sa.Index("web_traffic_on", schema.web_traffic.c.traffic_date)
_BATCH = 50_000


@contextmanager
def sqlite(duck: duckdb.DuckDBPyConnection) -> Iterator[sa.Engine]:
    """A SQLite file with the tables of a snapshot."""
    with tempfile.TemporaryDirectory(prefix="smarketing-bench-") as folder:
        place = Path(folder) / "mart.sqlite"
        engine = sa.create_engine(f"sqlite:///{place}")
        schema.metadata.create_all(engine, _TABLES, checkfirst=False)
        with sqlite3.connect(place) as target:
            for table in _TABLES:
                _fill_sqlite(target, duck, table)
            target.execute("analyze")
        target.close()
        warnings.filterwarnings("ignore", "Dialect sqlite.pysqlite does", sa.exc.SAWarning)
        yield engine
        engine.dispose()


def _fill_sqlite(
    target: sqlite3.Connection, duck: duckdb.DuckDBPyConnection, table: sa.Table
) -> None:
    columns = ", ".join(_in_sqlite(column) for column in table.columns)
    rows = duck.execute(f"select {columns} from {table.name}")
    marks = ", ".join("?" * len(table.columns))
    while batch := rows.fetchmany(_BATCH):
        target.executemany(f"insert into {table.name} values ({marks})", batch)


def _in_sqlite(column: sa.Column) -> str:
    """The column as SQLAlchemy writes such values into SQLite."""
    if isinstance(column.type, sa.DateTime):
        return f"strftime({column.name}, '%Y-%m-%d %H:%M:%S.%f')"
    if isinstance(column.type, sa.Date):
        return f"{column.name}::varchar"
    if isinstance(column.type, sa.Numeric):
        return f"{column.name}::double"
    return f'"{column.name}"'


@contextmanager
def postgresql(duck: duckdb.DuckDBPyConnection) -> Iterator[sa.Engine]:
    """A PostgreSQL server of its own with the tables of a snapshot."""
    with postgres_server.running() as url, tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(url)
        schema.metadata.create_all(engine, _TABLES, checkfirst=False)
        for table in _TABLES:
            _fill_postgresql(engine, duck, table, Path(folder) / f"{table.name}.csv")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")
        yield engine
        engine.dispose()


def _fill_postgresql(
    engine: sa.Engine, duck: duckdb.DuckDBPyConnection, table: sa.Table, file: Path
) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    duck.execute(f"copy (select {columns} from {table.name}) to '{file}' (header false)")
    connection = engine.raw_connection()
    statement = f"copy {table.name} ({columns}) from stdin (format csv)"
    with (
        file.open("rb") as rows,
        connection.cursor() as cursor,
        cursor.copy(statement) as copying,
    ):
        while block := rows.read(1 << 20):
            copying.write(block)
    connection.commit()
    connection.close()
    file.unlink()
