"""The demo company gives the same Overview whether its data are files or in a database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from queries import choices, demo, refresh, show, stores
from queries.filters import parse
from queries.people import EVERYTHING
from tests import small_company

UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)
VIEWS = ({}, {"channel": ["(none)"]}, {"as_of": ["2026-03-31"], "compare": ["year"]})


def copy(files: Path, url: str) -> None:
    """Each Parquet file as a table of a database, column for column."""
    engine, metadata = sa.create_engine(url, poolclass=sa.NullPool), sa.MetaData()
    tables = {path.stem: pq.read_table(path) for path in sorted(files.glob("*.parquet"))}
    for name, table in tables.items():
        columns = [sa.Column(field.name, kind_of(field.type)) for field in table.schema]
        sa.Table(name, metadata, *columns)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name, table in tables.items():
            connection.execute(metadata.tables[name].insert(), table.to_pylist())


def kind_of(found: pa.DataType) -> sa.types.TypeEngine:
    if pa.types.is_timestamp(found):
        return sa.DateTime(timezone=found.tz is not None)
    if pa.types.is_decimal(found):
        return sa.Numeric(found.precision, found.scale)
    kinds = {pa.date32(): sa.Date, pa.int64(): sa.BigInteger, pa.int32(): sa.Integer}
    kinds |= {pa.bool_(): sa.Boolean, pa.string(): sa.Text, pa.float64(): sa.Double}
    return kinds[found]()


def pages(place: Path, url: str) -> list[str]:
    """What `show overview` says of some views, without the name of the snapshot."""
    wanted = small_company.configured(place, source_url=url, company_time_zone="Europe/Berlin")
    snapshot = stores.open_snapshot(refresh.refresh(wanted, UNTIL))
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=EVERYTHING)
        views = [parse(view, known) for view in VIEWS]
        assert all(notes == () for _, notes in views)
        return [
            json.dumps(show.overview_page(connection, seen, known, scope=EVERYTHING, by="rep"))
            for seen, _ in views
        ]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("everywhere") / "demo"
    demo.build(folder, leads=1_500, months=12, seed=5, until=UNTIL)
    return folder


def test_files_sqlite_and_postgresql_give_the_same_page(files, tmp_path, postgres_database) -> None:
    from_files = pages(tmp_path / "files", f"files:{files}")
    assert json.loads(from_files[0])["tiles"]["leads"]["value"] > 100
    for url in (f"sqlite:///{tmp_path / 'company.db'}", postgres_database):
        copy(files, url)
        assert pages(tmp_path / url.split(":")[0], url) == from_files
