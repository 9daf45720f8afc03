"""Each public data set is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth.asked import Asked


@pytest.fixture(scope="session")
def olist(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(shared_data / "olist_marketing_funnel", "olist", tmp_path_factory.mktemp("olist"))


@pytest.fixture(scope="session")
def maven(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(shared_data / "maven_crm", "maven", tmp_path_factory.mktemp("maven"))
