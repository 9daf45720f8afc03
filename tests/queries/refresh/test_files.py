"""A folder of files becomes tables and views of the same names."""

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from queries.refresh import files
from queries.refresh.files import CsvFormat, SourceError

REAL = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture
def duck():
    with duckdb.connect() as connection:
        yield connection


def write_parquet(path, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)


def test_each_csv_and_parquet_file_is_a_table_of_its_name(duck, tmp_path):
    (tmp_path / "leads.CSV").write_text("id\n1\n")
    write_parquet(tmp_path / "deals.Parquet", id=[7, 8])
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / ".hidden.csv").write_text("")
    (tmp_path / "folder.csv").mkdir()
    assert files.attach(duck, tmp_path) == []
    assert duck.execute("show tables").fetchall() == [("deals",), ("leads",)]
    assert duck.execute("from leads").fetchall() == [("1", 2)]


def test_parquet_keeps_its_types_and_numbers_its_rows_from_one(duck, tmp_path):
    write_parquet(tmp_path / "deals.parquet", id=[7, 8], name=["a", None])
    files.attach(duck, tmp_path)
    assert duck.execute("from deals").fetchall() == [(7, "a", 1), (8, None, 2)]
    types = duck.execute("select column_type from (describe deals)").fetchall()
    assert types == [("BIGINT",), ("VARCHAR",), ("BIGINT",)]


def test_the_signs_of_a_path_are_not_taken_for_patterns_or_partitions(duck, tmp_path):
    folder = tmp_path / "year=2026" / "a[1]*'?"
    write_parquet(folder / "d[x]*?'\".parquet", id=[7])
    write_parquet(folder / "dx.parquet", id=[8])
    files.attach(duck, folder)
    assert duck.execute('from "d[x]*?\'"""').fetchall() == [(7, 1)]


def test_formats_are_taken_by_table_and_the_star_is_for_all_others(duck, tmp_path):
    (tmp_path / "a.csv").write_text("x;y\n1;2\n")
    (tmp_path / "b.csv").write_text("x|y\n3|4\n")
    files.attach(duck, tmp_path, {"*": CsvFormat(delimiter="|"), "a": CsvFormat(delimiter=";")})
    assert duck.execute("from a union all from b").fetchall() == [("1", "2", 2), ("3", "4", 2)]


def test_refused_lines_of_all_files_come_in_the_order_of_their_names(duck, tmp_path):
    (tmp_path / "b.csv").write_text("x,y\n1\n")
    (tmp_path / "a.csv").write_text("x,y\n1,2\n3\n")
    refused = files.attach(duck, tmp_path)
    assert [(line.file, line.line) for line in refused] == [("a.csv", 3), ("b.csv", 2)]


def test_the_views_of_a_former_reading_are_replaced(duck, tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    files.attach(duck, tmp_path)
    (tmp_path / "a.csv").write_text("x\n2\n")
    files.attach(duck, tmp_path)
    assert duck.execute("select x from a").fetchall() == [("2",)]


def test_a_folder_that_is_missing_or_without_files_stops_with_a_sentence(duck, tmp_path):
    with pytest.raises(SourceError, match=r"has no \.csv or .parquet file"):
        files.attach(duck, tmp_path)
    with pytest.raises(SourceError, match="none cannot be read: No such file"):
        files.attach(duck, tmp_path / "none")


@pytest.mark.parametrize("names", [("x.csv", "x.parquet"), ("x.csv", "X.csv")])
def test_two_files_for_one_table_stop_with_a_sentence(duck, tmp_path, names):
    for name in names:
        (tmp_path / name).write_text("a\n1\n")
    with pytest.raises(SourceError, match="would both be table"):
        files.attach(duck, tmp_path)


def test_a_file_that_cannot_be_opened_stops_with_a_sentence(duck, tmp_path):
    (tmp_path / "x.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(SourceError, match=r"x\.csv cannot be read: No such file"):
        files.attach(duck, tmp_path)


def test_a_file_that_is_no_parquet_stops_with_a_sentence(duck, tmp_path):
    (tmp_path / "x.parquet").write_text("a\n1\n")
    with pytest.raises(SourceError, match=r"x\.parquet cannot be read as Parquet"):
        files.attach(duck, tmp_path)


def test_a_parquet_column_named_like_the_line_number_stops_with_a_sentence(duck, tmp_path):
    write_parquet(tmp_path / "x.parquet", _line=[1])
    with pytest.raises(SourceError, match="has a column _line"):
        files.attach(duck, tmp_path)


def test_a_parquet_file_is_looked_at_where_it_is_and_not_copied(duck, tmp_path):
    write_parquet(tmp_path / "big.parquet", id=pa.array(range(3_000)))
    files.attach(duck, tmp_path)
    views = duck.execute("select view_name from duckdb_views() where not internal").fetchall()
    tables = duck.execute("select table_name from duckdb_tables()").fetchall()
    assert (views, tables) == ([("big",)], [])
    assert duck.execute("select count(*), max(_line) from big").fetchone() == (3_000,) * 2


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the data sets of ../shared/data are not on this machine"
)
@pytest.mark.parametrize(
    ("folder", "table", "figure", "count"),
    [
        ("xeducation_leads", "Leads", "leads", 9240),
        ("olist_marketing_funnel", "olist_marketing_qualified_leads_dataset", "mql_total", 8000),
        ("olist_marketing_funnel", "olist_closed_deals_dataset", "won_total", 842),
        ("olist_marketing_funnel", "olist_sellers_dataset", "sellers_total", 3095),
        ("website_visitors", "daily-website-visitors", "days", 2167),
        ("maven_crm", "sales_pipeline", "opportunities", 8800),
    ],
)
def test_the_real_files_have_as_many_rows_as_their_truth_says(duck, folder, table, figure, count):
    figures = json.loads((REAL / folder / "truth.json").read_text())["figures"]
    assert [stated["value"] for stated in figures if stated["id"] == figure] == [count]
    assert files.attach(duck, REAL / folder) == []
    assert duck.execute(f'select count(*) from "{table}"').fetchall() == [(count,)]


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the data sets of ../shared/data are not on this machine"
)
@pytest.mark.parametrize("folder", sorted({path.parent.name for path in REAL.glob("*/*.csv")}))
def test_real_lines_are_refused_only_for_a_wrong_number_of_cells(duck, folder):
    refused = files.attach(duck, REAL / folder)
    # 33 lines of these sessions lack their last cell in the published file.
    assert len(refused) == (33 if folder == "dbt_attribution" else 0)
    assert {line.reason for line in refused} <= {"7 cells expected, 6 found"}
