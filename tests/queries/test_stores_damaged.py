"""A snapshot file that is not whole is no snapshot, and never a trace."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from queries import refresh, stores
from tests import small_company


@pytest.fixture
def published(tmp_path: Path) -> Path:
    small_company.write(tmp_path / "source", {"leads.csv": "lead_id\nL1"})
    return refresh.refresh(small_company.configured(tmp_path))


@pytest.mark.parametrize("share", [0, 0.001, 0.01, 0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_said_to_be_unreadable(published: Path, share: float) -> None:
    whole = published.read_bytes()
    published.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(stores.NoSnapshot, match="cannot be read; refresh makes a new one"):
        stores.current(published.parent)


def test_a_file_without_its_description_is_said_to_be_unreadable(published: Path) -> None:
    with duckdb.connect(str(published)) as duck:
        duck.execute("delete from snapshot")
    with pytest.raises(stores.NoSnapshot, match="cannot be read; refresh makes a new one"):
        stores.current(published.parent)


@pytest.mark.parametrize(
    ("table", "column"), [("handoffs", "attempt_due_at"), ("handoff_clocks", "result")]
)
def test_a_file_of_another_version_is_said_to_be_unreadable(
    published: Path, table: str, column: str
) -> None:
    with duckdb.connect(str(published)) as duck:
        duck.execute(f"alter table {table} drop column {column}")
    with pytest.raises(stores.NoSnapshot, match="cannot be read; refresh makes a new one"):
        stores.current(published.parent)


def test_a_pointer_to_the_folder_itself_is_said_to_be_wrong(published: Path) -> None:
    (published.parent / "current.json").write_text('{"file": ""}')
    with pytest.raises(stores.NoSnapshot):
        stores.current(published.parent)
