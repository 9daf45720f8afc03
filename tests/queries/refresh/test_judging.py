"""Typed rows of a Parquet file are judged where they stand; the outcome is that of a copy."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from queries import contract
from queries.refresh import judging
from queries.refresh.lineage import Landed
from tests.small_company import Mart, built

LEADS = """select case i when 4000 then 'L7' when 4001 then null when 250002 then 'L8'
    else 'L' || i end as lead_id,
    case i when 3 then timestamp '9999-12-31' else timestamp '2026-01-01' end as created_at,
    i % 3 = 0 as is_deleted
    from range(300000) as numbers(i)"""
EVENTS = """select 'E' || i as event_id, 'L' || i as lead_id, 'mql' as to_stage,
    timestamp '2026-01-02' as occurred_at from range(2, 9) as numbers(i)"""


def mart_of(folder: Path, kind: str) -> Mart:
    source = folder / "source"
    source.mkdir(parents=True)
    options = "format parquet, row_group_size 20480" if kind == "parquet" else "format csv, header"
    with duckdb.connect() as duck:
        for name, rows in (("leads", LEADS), ("lead_stage_events", EVENTS)):
            duck.execute(f"copy ({rows}) to '{source / name}.{kind}' ({options})")
    return built(folder, {})


def test_refused_rows_of_parquet_are_those_of_a_copy(tmp_path: Path) -> None:
    parquet, csv = mart_of(tmp_path / "a", "parquet"), mart_of(tmp_path / "b", "csv")
    assert [row[2:5] for row in parquet.refused()] == [
        (2, "lead_id", "L3"),
        (4, "created_at", "9999-12-31 00:00:00"),
        (4001, "lead_id", "L7"),
        (4002, "lead_id", ""),
        (250003, "lead_id", "L8"),
    ]  # fmt: skip
    # A CSV file has its header on the first line.
    assert [(row[2] - 1, *row[3:5]) for row in csv.refused()] == [
        row[2:5] for row in parquet.refused()
    ]
    told = [row[5].rsplit(" ", 1) for row in parquet.refused() if "stands on line" in row[5]]
    assert told == [
        ["the same lead_id stands on line", "8"],
        ["the same lead_id stands on line", "9"],
    ]


def test_of_equal_keys_the_first_is_kept_whichever_thread_is_faster(tmp_path: Path) -> None:
    """Enough rows that two threads read them; in CSV is_deleted is text, to be cast."""
    kept = sorted((f"L{i}", i % 3 == 0) for i in range(300000) if i not in (3, 4000, 4001, 250002))
    for kind in ("parquet", "csv"):
        mart = mart_of(tmp_path / kind, kind)
        assert sorted(mart.rows("select lead_id, is_deleted from leads")) == kept


@pytest.mark.parametrize(
    ("has_line_per_row", "moment", "is_view"),
    [(True, "TIMESTAMP", True), (True, "VARCHAR", False), (False, "TIMESTAMP", False)],
)
def test_only_typed_rows_with_a_line_of_their_own_are_read_again(
    has_line_per_row: bool, moment: str, is_view: bool
) -> None:
    landed = Landed("", has_line_per_row=has_line_per_row)
    types = {"lead_id": "VARCHAR", "created_at": moment}
    assert judging.can_be_a_view(contract.RELATIONS["leads"], landed, types) is is_view


def test_rows_that_cannot_be_read_where_they_stand_are_refused_with_their_lines(
    tmp_path: Path,
) -> None:
    (tmp_path / "source").mkdir()
    columns = {"lead_id": [b"L1", b"L2"], "phone": [b"1", b"\xff"]}
    texts = {
        name: pa.Array.from_buffers(pa.string(), len(cells), pa.array(cells).buffers())
        for name, cells in columns.items()
    }
    pq.write_table(pa.table(texts), tmp_path / "source" / "leads.parquet")
    mart = built(tmp_path, {})
    assert [row[:3] for row in mart.refused()] == [
        ("leads", "leads.parquet", 1),
        ("leads", "leads.parquet", 2),
    ]
    assert all(row[5].startswith("not readable: Invalid Input") for row in mart.refused())
    assert mart.rows("select rows_read, rows_kept from relation_reports where is_mapped") == [
        (2, 0)
    ]
