"""Whatever is filtered, a tile, the rows behind it, its weeks and its parts say the same."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from queries import breakdown, choices, definitions, demo, overview, refresh, rows, stores
from queries.filters import DIMENSIONS, Filters
from queries.people import EVERYTHING, NOTHING, Scope
from tests import small_company

UNTIL = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
ROUNDS = 40


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> stores.Snapshot:
    place = tmp_path_factory.mktemp("agree")
    demo.build(place / "source", leads=2_000, months=14, seed=11, until=UNTIL)
    configured = small_company.configured(place, company_time_zone="America/Sao_Paulo")
    return stores.open_snapshot(refresh.refresh(configured, UNTIL))


def some_view(chance: random.Random, known: choices.Choices) -> Filters:
    """Any days, any moment, and mostly a value or two of some dimension."""
    start = date(2025, 4, 1) + timedelta(days=chance.randrange(440))
    as_of = known.as_of - timedelta(minutes=chance.choice([0, 0, chance.randrange(300_000)]))
    chosen = {
        name: tuple(chance.sample(list(getattr(known, name)), chance.choice([1, 2])))
        for name in DIMENSIONS
        if chance.random() < 0.35
    }
    days = chance.choice([0, 6, 30, 89, 200])
    return Filters(start, start + timedelta(days=days), as_of, known.zone, **chosen)


def some_scope(chance: random.Random, known: choices.Choices) -> Scope:
    reps, teams = (tuple(chance.sample(list(values), 2)) for values in (known.rep, known.team))
    some = [EVERYTHING] * 4 + [Scope("reps", reps), Scope("teams", teams), NOTHING]
    return chance.choice(some)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_tiles_rows_weeks_and_parts_agree(snapshot: stores.Snapshot, seed: int) -> None:
    chance = random.Random(seed)
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=EVERYTHING)
        seen, scope = some_view(chance, known), some_scope(chance, known)
        metrics = (*definitions.TILES, "sals")
        tiles = overview.tiles(connection, seen, scope=scope, metrics=metrics).set_index("metric")
        behind = {
            metric: rows.everything(connection, seen, metric, scope=scope) for metric in metrics
        }
        counts = [rows.count(connection, seen, metric, scope=scope) for metric in metrics]
        trend = overview.trend(connection, seen, scope=scope).groupby("metric")["value"].sum()
        by = chance.choice(breakdown.DIMENSIONS)
        parts = breakdown.by(connection, seen, scope=scope, by=by)
    assert counts == [len(behind[metric]) for metric in metrics]
    assert counts == list(tiles["n"])
    for metric in definitions.TILES:
        value = tiles.loc[metric, "value"]
        column = {"sessions": "sessions", "revenue": "amount"}.get(metric)
        found = behind[metric][column].sum() if column else len(behind[metric])
        assert float(found) == pytest.approx(value, abs=1e-4)
        # Weeks that have not begun have neither a value nor rows.
        assert trend.get(metric, 0) == pytest.approx(value, abs=1e-4)
        if by not in definitions.METRICS[metric].blind_to:
            assert parts[metric].sum() == pytest.approx(value, abs=1e-4)


def test_the_views_above_do_find_something(snapshot: stores.Snapshot) -> None:
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=EVERYTHING)
        views = [some_view(random.Random(seed), known) for seed in range(0, ROUNDS, 2)]
        found = [overview.tiles(connection, seen, scope=EVERYTHING)["value"] for seen in views]
    assert sum(values.min() > 0 for values in found) > 1
    assert sum(seen.chosen() != {} for seen in views) > 10
