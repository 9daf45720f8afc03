"""The folder: whole or not there, the same for the same arguments, and known for what it is."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from queries import contract, demo
from queries.demo import dirty, relations, tables

UNTIL = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 20)


def make_demo(folder: Path, *, leads: int = 300, seed: int = 7, until=UNTIL) -> Path:
    demo.build(folder, leads=leads, months=3, seed=seed, until=until)
    return folder


def is_current(folder: Path, *, leads: int = 300, seed: int = 7, until_day=TODAY) -> bool:
    return demo.is_current(folder, leads=leads, months=3, seed=seed, until_day=until_day)


def contents(folder: Path) -> dict[str, object]:
    return {name: pq.read_table(folder / f"{name}.parquet") for name in contract.RELATIONS}


def break_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_every_relation_has_exactly_the_canonical_columns_and_types(tmp_path: Path) -> None:
    found = contents(make_demo(tmp_path / "demo"))
    assert len(found) == 12
    for name, rows in found.items():
        assert rows.schema.equals(tables.SCHEMAS[name]), name


def test_duckdb_reads_plain_timestamps_and_exact_money(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo")
    file = tmp_path / "demo" / "opportunities.parquet"
    kinds = duckdb.read_parquet(str(file)).select("created_at, close_date, amount, is_deleted")
    assert [str(kind) for kind in kinds.types] == ["TIMESTAMP", "DATE", "DECIMAL(18,2)", "BOOLEAN"]


def test_the_same_arguments_give_the_same_rows(tmp_path: Path) -> None:
    once, twice = make_demo(tmp_path / "once"), make_demo(tmp_path / "twice")
    assert contents(once) == contents(twice)


def test_a_naive_end_is_read_as_utc(tmp_path: Path) -> None:
    naive = make_demo(tmp_path / "naive", until=UNTIL.replace(tzinfo=None))
    zone = datetime.timezone(datetime.timedelta(hours=9))
    elsewhere = make_demo(tmp_path / "elsewhere", until=UNTIL.astimezone(zone))
    assert contents(naive) == contents(elsewhere)


def test_another_seed_gives_other_leads(tmp_path: Path) -> None:
    seven, eight = make_demo(tmp_path / "7"), make_demo(tmp_path / "8", seed=8)
    assert contents(seven)["leads"] != contents(eight)["leads"]


def test_ids_stay_unique_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "CHUNK", 100)
    found = contents(make_demo(tmp_path / "demo"))
    for name in ("campaign_touches", "lead_stage_events", "activities", "lead_owner_events"):
        ids = found[name].column(0).to_pylist()
        assert len(ids) == len(set(ids)), name
    assert len(set(found["leads"]["lead_id"].to_pylist())) == 301


def test_a_demo_is_current_for_its_own_arguments_only(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    assert is_current(folder)
    assert not is_current(folder, leads=301)
    assert not is_current(folder, seed=8)
    assert not is_current(folder, until_day=TODAY + datetime.timedelta(days=1))
    assert not demo.is_current(folder, leads=300, months=4, seed=7, until_day=TODAY)
    assert not is_current(tmp_path / "elsewhere")


def test_a_demo_with_a_file_missing_or_a_broken_label_is_not_current(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    (folder / "reps.parquet").rename(tmp_path / "reps.parquet")
    assert not is_current(folder)
    (tmp_path / "reps.parquet").rename(folder / "reps.parquet")
    assert is_current(folder)
    (folder / "demo.json").write_text("{")
    assert not is_current(folder)


def test_a_build_that_is_broken_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "of_leads", break_off)
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "demo")
    assert list(tmp_path.iterdir()) == []
    assert not is_current(tmp_path / "demo")


def test_a_build_that_is_broken_off_leaves_the_demo_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_demo(tmp_path / "demo")
    monkeypatch.setattr(dirty, "rows", break_off)
    with pytest.raises(KeyboardInterrupt):
        make_demo(folder, seed=8)
    assert is_current(folder)
    assert not is_current(folder, seed=8)


def test_a_new_demo_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    make_demo(make_demo(tmp_path / "demo"), seed=8)
    assert is_current(tmp_path / "demo", seed=8)
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_with_something_else_in_it_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    with pytest.raises(demo.ForeignFolderError, match="letters"):
        make_demo(tmp_path / "letters")
    assert (tmp_path / "letters" / "dear.txt").read_text() == "Dear"


@pytest.mark.parametrize("wrong", [{"leads": 9}, {"months": 0}, {"seed": -1}])
def test_too_small_a_demo_is_refused_in_words(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a demo needs at least 10 leads"):
        demo.build(tmp_path / "demo", **{"leads": 10, "months": 1, **wrong}, until=UNTIL)
