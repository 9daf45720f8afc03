"""Cached per question, snapshot and viewer; one snapshot per run; failures are sentences."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
import streamlit as st

from components import data
from queries import overview, people, refresh
from tests import company, small_company, visits

STRANGER = people.User("dee", "rep", people.Scope("teams", ("south",)))
LEE = people.User("lee", "leader", people.EVERYTHING)
NOBODY = people.User("nobody", "none", people.NOTHING)
MARCH = company.view()


@pytest.fixture
def place(door, march_place: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of March that a test may change, with a run of a session begun on it."""
    shutil.copytree(march_place, tmp_path / "copy")
    door.set_up(tmp_path / "copy")
    monkeypatch.setattr(st, "session_state", {})
    data.start_run()
    return tmp_path / "copy"


def publish(place: Path) -> None:
    """A newer snapshot, with one more lead on 10 March."""
    company.write(place / "source", *company.STAFF, *company.MARCH, company.make_lead("l9"))
    refresh.refresh(small_company.configured(place), visits.NOW + timedelta(minutes=1))


def leads(user: people.User = LEE) -> int:
    tiles = data.load(overview.tiles, MARCH, user=user)
    return int(tiles.set_index("metric")["value"]["leads"])


def counted(asked: list[object]):
    """A query that notes for whom it was asked."""

    def query(connection, filters, *, scope, **more) -> pd.DataFrame:
        asked.append((scope.kind, more))
        return pd.DataFrame({"asked": [len(asked)]})

    return query


def test_the_same_question_is_asked_once(place) -> None:
    asked: list[object] = []
    query = counted(asked)
    for by in ("channel", "channel", "rep"):
        data.load(query, MARCH, user=LEE, by=by)
    data.load(query, company.view(compare="none"), user=LEE, by="channel")
    data.load(query, MARCH, user=NOBODY, by="channel")
    assert asked == [
        ("everything", {"by": "channel"}),
        ("everything", {"by": "rep"}),
        ("everything", {"by": "channel"}),
        ("nothing", {"by": "channel"}),
    ]


def test_a_viewer_does_not_get_what_another_was_shown(place) -> None:
    assert leads() == 3
    assert leads(STRANGER) == 1
    assert leads(NOBODY) == 0
    assert leads() == 3
    assert set(data.known_choices(LEE).rep) == {"ana", "bo", "cy", "dee", "(none)"}
    assert "bo" not in data.known_choices(STRANGER).rep
    assert dict(data.known_choices(NOBODY).channel) == {}


def test_a_reader_cannot_change_what_the_next_one_gets(place) -> None:
    tiles = data.load(overview.tiles, MARCH, user=LEE)
    tiles["value"] = 0
    assert leads() == 3


def test_a_run_shows_one_snapshot_and_the_next_run_the_newest(place) -> None:
    before = data.snapshot()
    assert data.has_newer() is False
    publish(place)
    assert data.has_newer() is True
    assert leads() == 3
    assert data.load_plain(overview.foundations)["leads"] == 6
    assert data.snapshot() is before
    data.start_run()
    assert data.has_newer() is False
    assert leads() == 4
    assert data.load_plain(overview.foundations)["leads"] == 7


def test_an_export_reads_the_snapshot_it_was_offered_for(place) -> None:
    pinned = data.snapshot()
    publish(place)
    data.start_run()
    tiles = data.load_from(pinned, overview.tiles, MARCH, user=LEE)
    assert tiles.set_index("metric")["value"]["leads"] == 3


def test_a_failure_is_a_sentence_and_is_not_kept(place, caplog) -> None:
    failing = [True]

    def query(connection, filters, *, scope) -> pd.DataFrame:
        if failing:
            raise sa.exc.OperationalError("select secret", {}, ValueError("disk on fire"))
        return pd.DataFrame({"leads": [3]})

    with pytest.raises(data.DataUnavailable) as unavailable:
        data.load(query, MARCH, user=LEE)
    assert "cannot be read at the moment" in str(unavailable.value)
    assert "secret" not in str(unavailable.value)
    assert "disk on fire" in caplog.text
    failing.clear()
    assert list(data.load(query, MARCH, user=LEE)["leads"]) == [3]


def test_our_own_mistakes_are_not_taken_for_failures_of_the_store(place) -> None:
    def query(connection, filters, *, scope) -> pd.DataFrame:
        raise KeyError("by")

    with pytest.raises(KeyError):
        data.load(query, MARCH, user=LEE)


def test_a_snapshot_that_was_removed_is_none(place) -> None:
    for snapshot in (place / "data" / "mart").glob("*.duckdb"):
        snapshot.unlink()
    assert data.has_newer() is False
    with pytest.raises(data.NoSnapshot):
        data.start_run()
