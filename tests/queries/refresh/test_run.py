"""One refresh as a whole: what the snapshot says of itself, and what stays when it fails."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from queries import refresh, settings
from queries.refresh import publish
from tests import small_company
from tests.small_company import NOW, built

FILES = {
    "leads.csv": "lead_id,created_at,synced_at\nL1,2026-01-01,2026-05-01\nL2,2027-01-01,",
    "web_traffic.csv": "traffic_date,channel,sessions\n2025-12-30,web,5\n2026-04-30,web,5",
}


@pytest.fixture
def company(tmp_path: Path) -> settings.Settings:
    small_company.write(tmp_path / "source", FILES)
    return small_company.configured(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_snapshot_says_what_it_is(tmp_path: Path) -> None:
    mart = built(tmp_path, FILES, company_currency="EUR", company_time_zone="Europe/Berlin")
    says = mart.rows(
        "select read_at, newest_at::varchar, newest_on::varchar, oldest_on::varchar, time_zone,"
        " currency, source, mapping, seconds between 0 and 60, data_version from snapshot"
    )
    *said, version = says[0]
    # A day given for a moment begins in the reporting zone.
    # The newest moment and day leave the lead of the future out.
    assert said == [
        NOW.replace(tzinfo=None), "2026-04-30 22:00:00", "2026-04-30", "2025-12-30",
        "Europe/Berlin", "EUR", "files", "identity", True,
    ]  # fmt: skip
    assert version.startswith("20260601T120000000000-")


def test_each_relation_says_how_new_it_is(tmp_path: Path) -> None:
    rows = built(tmp_path, FILES).rows(
        "select relation, newest_at::varchar from relation_reports where newest_at is not null"
    )
    assert rows == [
        ("web_traffic", "2026-04-30 00:00:00"),
        ("leads", "2026-05-01 00:00:00"),
    ]


def test_a_refresh_publishes_and_leaves_nothing_else(company: settings.Settings) -> None:
    first = refresh.refresh(company, datetime(2026, 6, 1, tzinfo=UTC))
    second = refresh.refresh(company, datetime(2026, 6, 2, tzinfo=UTC))
    assert names(company.mart_folder) == [
        "current.json", first.name, second.name, "refresh.lock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("leads", "error"),
    [("", refresh.SourceError), ("a,a\n1,2", refresh.SourceError), ("x\n1", refresh.MappingError)],
)
def test_a_refresh_that_fails_leaves_the_last_snapshot_in_force(
    company: settings.Settings, tmp_path: Path, leads: str, error: type[Exception]
) -> None:
    refresh.refresh(company)
    before = names(company.mart_folder)
    pointer = (company.mart_folder / publish.POINTER).read_bytes()
    (tmp_path / "source" / "web_traffic.csv").unlink()
    (tmp_path / "source" / "leads.csv").write_text(leads)
    with pytest.raises(error):
        refresh.refresh(company)
    assert (company.mart_folder / publish.POINTER).read_bytes() == pointer
    assert names(company.mart_folder) == before


def test_a_refresh_that_fails_late_leaves_nothing_half_built(
    company: settings.Settings, tmp_path: Path
) -> None:
    refresh.refresh(company)
    before = names(company.mart_folder)
    mapping = {
        "leads.sql": "select lead_id, created_at from leads",
        "lead_stage_events.sql": "select lead_id as event_id, nothing from leads",
    }
    own = str(small_company.write(tmp_path / "mapping", mapping))
    with pytest.raises(refresh.MappingError, match=r"lead_stage_events.sql: .*nothing"):
        refresh.refresh(small_company.configured(tmp_path, source_mapping=own))
    assert names(company.mart_folder) == before


def test_two_at_once_are_one(company: settings.Settings) -> None:
    with publish.only_one(company.mart_folder), pytest.raises(refresh.RefreshRunning):
        refresh.refresh(company)
    assert names(company.mart_folder) == ["refresh.lock"]


def test_a_check_publishes_nothing(company: settings.Settings, tmp_path: Path) -> None:
    path = refresh.check(company, tmp_path / "it's checked.duckdb")
    assert not company.mart_folder.exists()
    with duckdb.connect(str(path), read_only=True) as duck:
        assert duck.execute("select count(*) from leads").fetchone() == (2,)
    assert sorted(p.name for p in tmp_path.glob("it's*")) == ["it's checked.duckdb"]


def test_traffic_of_today_counts_as_today_also_far_from_greenwich(tmp_path: Path) -> None:
    """At 20:00 UTC on 1 June it is 2 June in Tokyo; the traffic of 3 June lies in the future."""
    days = "traffic_date,sessions\n2026-06-01,1\n2026-06-02,2\n2026-06-03,3"
    evening = datetime(2026, 6, 1, 20, tzinfo=UTC)
    mart = built(tmp_path, {"web_traffic.csv": days}, now=evening, company_time_zone="Asia/Tokyo")
    assert mart.rows("select newest_on::varchar, oldest_on::varchar from snapshot") == [
        ("2026-06-02", "2026-06-01")
    ]
