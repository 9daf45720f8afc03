"""Refreshing while the app runs: by itself, on request, and after a failure."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queries import refresh, settings, stores
from queries.refresh import background
from tests import small_company

LEADS = {"leads.csv": "lead_id,created_at\nL1,2026-01-01"}
# A refresh starts a Python of its own, on a machine that may be busy.
PATIENCE = 90


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> settings.Settings:
    """Settings that the refresher's child process reads too."""
    small_company.write(tmp_path / "source", LEADS)
    for name, value in small_company.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    return small_company.configured(tmp_path)


@pytest.fixture
def refresher(company: settings.Settings) -> Iterator[background.Refresher]:
    running = background.Refresher(company)
    yield running
    running.stop()


def wait_for(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def version(company: settings.Settings) -> str:
    try:
        return stores.current(company.mart_folder).data_version
    except stores.NoSnapshot:
        return ""


def test_it_refreshes_what_is_missing_on_request_and_after_a_failure(
    company: settings.Settings, refresher: background.Refresher, tmp_path: Path
) -> None:
    assert refresher.status == background.Status(is_running=False, failure="")
    refresher.start()
    assert wait_for(lambda: version(company) != "" and not refresher.status.is_running)
    first = version(company)
    assert refresher.status.failure == ""

    (tmp_path / "source" / "leads.csv").write_text("no,canonical\ncolumn,here\n")
    refresher.request()
    assert wait_for(lambda: refresher.status.failure != "")
    assert refresher.status.failure.startswith("the source has no table that is named")
    assert version(company) == first

    small_company.write(tmp_path / "source", LEADS)
    refresher.request()
    assert wait_for(lambda: version(company) != first and not refresher.status.is_running)
    assert refresher.status == background.Status(is_running=False, failure="")


def test_a_refresh_that_is_stopped_leaves_the_snapshot(
    company: settings.Settings, refresher: background.Refresher
) -> None:
    refresh.refresh(company)
    before = version(company)
    refresher.start()
    refresher.request()
    assert wait_for(lambda: refresher.status.is_running)
    refresher.stop()
    assert wait_for(lambda: not refresher.status.is_running)
    assert version(company) == before


def is_due(company: settings.Settings, now: datetime) -> bool:
    return background.Refresher(company)._is_due(now)


def test_it_is_due_when_missing_old_or_of_another_source(
    company: settings.Settings, tmp_path: Path
) -> None:
    noon = datetime(2026, 6, 1, 12, 0, 0, tzinfo=UTC)
    bare = noon.replace(tzinfo=None)
    assert is_due(company, bare)
    refresh.refresh(company, noon)
    assert not is_due(company, bare.replace(minute=14, second=59))
    assert is_due(company, bare.replace(minute=15))
    never = small_company.configured(tmp_path, source_refresh_seconds="0")
    assert not is_due(never, bare.replace(year=2027))
    elsewhere = small_company.configured(tmp_path, source_url="files:elsewhere")
    assert is_due(elsewhere, bare)
    in_tokyo = small_company.configured(tmp_path, company_time_zone="Asia/Tokyo")
    assert is_due(in_tokyo, bare)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("warning\nerror: the folder is away\n", "the folder is away"),
        ("Traceback\nKeyError: 'geheim'", "the refresh stopped unexpectedly; the server's log"),
        ("", "the refresh stopped unexpectedly; the server's log"),
    ],
)
def test_a_reader_sees_our_sentence_and_never_a_trace(said: str, sentence: str) -> None:
    assert background._sentence(said).startswith(sentence)
