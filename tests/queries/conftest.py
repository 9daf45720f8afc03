"""The companies that are the same for every test that only reads them."""

from __future__ import annotations

from datetime import UTC

import pytest

from queries import demo, refresh, stores
from tests import company, small_company


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> stores.Snapshot:
    """The snapshot of tests/company.py's MARCH."""
    return company.opened(tmp_path_factory.mktemp("march"), *company.MARCH)


@pytest.fixture
def connection(march: stores.Snapshot):
    """A connection to the snapshot of March."""
    with march.connect() as opened:
        yield opened


@pytest.fixture(scope="session")
def demo_snapshot(tmp_path_factory: pytest.TempPathFactory) -> stores.Snapshot:
    """The snapshot of 600 invented leads, whose days are those of São Paulo."""
    place, until = tmp_path_factory.mktemp("handed_demo"), company.NOW.replace(tzinfo=UTC)
    demo.build(place / "source", leads=600, months=6, seed=5, until=until)
    chosen = small_company.configured(place, company_time_zone="America/Sao_Paulo")
    return stores.open_snapshot(refresh.refresh(chosen, until))
