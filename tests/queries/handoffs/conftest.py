"""The demo company with few leads, and what is asked of it."""

from __future__ import annotations

from datetime import UTC

import pytest

from queries import demo, refresh, stores
from tests import company, small_company


@pytest.fixture(scope="session")
def demo_snapshot(tmp_path_factory: pytest.TempPathFactory) -> stores.Snapshot:
    """The snapshot of 600 invented leads, whose days are those of São Paulo."""
    place, until = tmp_path_factory.mktemp("handed_demo"), company.NOW.replace(tzinfo=UTC)
    demo.build(place / "source", leads=600, months=6, seed=5, until=until)
    chosen = small_company.configured(place, company_time_zone="America/Sao_Paulo")
    return stores.open_snapshot(refresh.refresh(chosen, until))
