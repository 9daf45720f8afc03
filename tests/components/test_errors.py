"""What goes wrong becomes a sentence: waiting, unavailable, or a reference to the log."""

from __future__ import annotations

import re
import shutil

import pandas as pd
import sqlalchemy as sa

from components import data
from queries import overview
from queries.refresh.background import Status
from tests import company, visits


def test_without_a_snapshot_a_page_waits_and_opens_by_itself(door, tmp_path) -> None:
    door.set_up(tmp_path)
    waiting = door.open()
    assert [info.value for info in waiting.info] == [
        "The data is being read for the first time. This page opens by itself."
    ]
    assert not waiting.error
    assert not waiting.metric
    company.opened(tmp_path, *company.MARCH)
    assert waiting.run().title[0].value == "Overview"


def test_a_failed_first_refresh_is_told_as_plain_text(door, tmp_path) -> None:
    door.set_up(tmp_path)
    data.refresher().status = Status(failure="leads.csv: no column *x* [y](http://z)")
    waiting = door.open()
    assert waiting.error[0].value.startswith("The data could not be read: leads\\.csv\\:")
    assert "\\*x\\*" in waiting.error[0].value


def test_a_snapshot_deleted_underneath_is_a_sentence(door, march_place, tmp_path) -> None:
    place = shutil.copytree(march_place, tmp_path / "copy")
    door.set_up(place)
    visit = door.open()
    assert visit.metric
    for snapshot in (place / "data" / "mart").glob("*.duckdb"):
        snapshot.unlink()
    visit.run()
    assert not visit.exception
    assert "The data is being read" in visit.info[0].value


def test_a_store_that_fails_is_a_sentence_and_the_filters_stay(
    door, march_place, monkeypatch
) -> None:
    def failing(connection, filters, **asked) -> pd.DataFrame:
        raise sa.exc.OperationalError("select secret", {}, ValueError("disk on fire"))

    data._answer.cache_clear()
    monkeypatch.setattr(overview, "tiles", failing)
    door.set_up(march_place)
    visit = door.open(period=["2026-03-01", "2026-03-31"])
    assert [error.value for error in visit.error] == [
        "The figures cannot be read at the moment. Your filters are kept; try again."
    ]
    assert visit.query_params["period"] == ["2026-03-01", "2026-03-31"]
    assert len(visit.date_input) == 1
    assert "secret" not in visits.texts(visit)


def test_a_bug_of_ours_shows_a_reference_and_logs_the_trace_under_it(
    door, march_place, monkeypatch, caplog
) -> None:
    def mistaken(connection, filters, **asked) -> pd.DataFrame:
        raise KeyError("bo@example.com")

    data._answer.cache_clear()
    monkeypatch.setattr(overview, "tiles", mistaken)
    door.set_up(march_place)
    visit = door.open()
    assert not visit.exception
    said = visit.error[0].value
    reference = re.fullmatch(r"Something went wrong on our side\. .* Reference: (\w{8})", said)
    assert reference
    assert "bo@example.com" not in visits.texts(visit)
    record = next(record for record in caplog.records if reference[1] in record.getMessage())
    assert record.exc_info[0] is KeyError
