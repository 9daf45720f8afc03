"""The snapshot in force: what it says of itself, and what happens where there is none."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
import sqlalchemy as sa

from queries import refresh, stores
from queries.refresh.publish import POINTER
from tests import small_company
from tests.company import NOW, STAFF, make_lead, make_traffic, opened, write


def configured(place, *rows, **values):
    write(place / "source", *STAFF, *rows)
    return small_company.configured(place, **values)


def test_a_snapshot_says_what_it_is(tmp_path) -> None:
    wanted = configured(tmp_path, make_lead(), company_time_zone="Asia/Tokyo")
    refresh.refresh(wanted, NOW.replace(tzinfo=UTC))
    found = stores.current(wanted.mart_folder)
    assert (found.read_at, found.zone, found.currency) == (NOW, "Asia/Tokyo", "")
    assert (found.oldest_on, found.newest_on) == (date(2026, 3, 10), date(2026, 3, 10))
    assert (found.source, found.mapping) == ("files", "identity")
    assert found.is_of(wanted)
    other = small_company.configured(tmp_path, company_time_zone="UTC")
    assert not found.is_of(other)
    assert not found.is_of(small_company.configured(tmp_path / "x", company_time_zone="Asia/Tokyo"))


def test_without_a_dated_row_the_days_are_the_day_of_reading(tmp_path) -> None:
    found = opened(tmp_path)
    assert (found.oldest_on, found.newest_on) == (date(2026, 6, 30), date(2026, 6, 30))


def test_what_has_not_happened_yet_is_not_the_newest_day(tmp_path) -> None:
    found = opened(tmp_path, make_lead(created_at="2027-01-01"), make_traffic("2026-06-29"))
    assert found.newest_on == date(2026, 6, 29)


def test_the_snapshot_in_force_is_opened_once_and_only_read(tmp_path) -> None:
    wanted = configured(tmp_path, make_lead())
    refresh.refresh(wanted)
    found = stores.current(wanted.mart_folder)
    assert stores.current(wanted.mart_folder) is found
    with found.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql("delete from leads")


def test_whoever_holds_a_snapshot_keeps_it_and_whoever_asks_again_gets_the_newest(tmp_path) -> None:
    held, count = [], "select count(*) from leads"
    for number in range(1, 5):
        leads = [make_lead(f"l{each}") for each in range(number)]
        wanted = configured(tmp_path, *leads)
        refresh.refresh(wanted, NOW.replace(tzinfo=UTC) + timedelta(minutes=number))
        held.append(stores.current(wanted.mart_folder))
    assert [found.read_at.minute for found in held] == [1, 2, 3, 4]
    for number, found in enumerate(held[1:], start=2):
        with found.connect() as connection:
            assert connection.exec_driver_sql(count).scalar_one() == number


@pytest.mark.parametrize(
    ("pointer", "message"),
    [
        (None, "no snapshot has been made yet"),
        ("{", "no snapshot has been made yet"),
        ("[]", "no snapshot has been made yet"),
        ('{"file": 1}', "no snapshot has been made yet"),
        ('{"file": "gone.duckdb"}', "gone.duckdb is named but not there"),
        ('{"file": "../../etc/passwd"}', "passwd is named but not there"),
        ('{"file": "text.duckdb"}', "text.duckdb cannot be read"),
        ('{"file": "empty.duckdb"}', "empty.duckdb cannot be read"),
        ('{"file": "old.duckdb"}', "old.duckdb cannot be read"),
    ],
)
def test_where_there_is_no_snapshot_it_is_said(tmp_path, pointer, message) -> None:
    (tmp_path / "text.duckdb").write_text("This is no database, however long it is. " * 500)
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with duckdb.connect(str(tmp_path / "old.duckdb")) as duck:
        duck.execute("create table snapshot (data_version varchar)")
    if pointer is not None:
        (tmp_path / POINTER).write_text(pointer)
    with pytest.raises(stores.NoSnapshot, match=message):
        stores.current(tmp_path)


def test_a_folder_of_any_name_can_hold_snapshots(tmp_path) -> None:
    place = tmp_path / "50% of x=1#&; Ünï 'q'"
    wanted = configured(place, make_lead())
    path = refresh.refresh(wanted, datetime(2026, 6, 30, 12, tzinfo=UTC))
    assert json.loads((wanted.mart_folder / POINTER).read_text())["file"] == path.name
    with stores.current(wanted.mart_folder).connect() as connection:
        assert connection.exec_driver_sql("select count(*) from leads").scalar_one() == 1
