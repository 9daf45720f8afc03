"""The company of March, the same for every test that only reads it."""

from __future__ import annotations

import pytest

from queries import stores
from tests import company


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> stores.Snapshot:
    """The snapshot of tests/company.py's MARCH."""
    return company.opened(tmp_path_factory.mktemp("march"), *company.MARCH)


@pytest.fixture
def connection(march: stores.Snapshot):
    """A connection to the snapshot of March."""
    with march.connect() as opened:
        yield opened
