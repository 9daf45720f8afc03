"""The demo company of this installation: there when it is needed, and of today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from queries import demo_company, refresh, settings
from tests import small_company
from tests.small_company import Mart


@pytest.fixture
def company(tmp_path: Path) -> settings.Settings:
    return small_company.configured(tmp_path, source_url="")


def say(company: settings.Settings, **changed: object) -> None:
    """Changes what the demo company says of itself."""
    path = company.demo_folder / "demo.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def test_it_is_built_once_and_again_when_its_days_have_gone_by(company: settings.Settings) -> None:
    assert not demo_company.is_current(company)
    demo_company.build(company, leads=60, months=3, seed=1)
    assert demo_company.is_current(company)
    built = (company.demo_folder / "leads.parquet").stat().st_mtime_ns
    demo_company.ensure(company)
    assert (company.demo_folder / "leads.parquet").stat().st_mtime_ns == built
    say(company, until="2020-01-01")
    assert not demo_company.is_current(company)
    demo_company.ensure(company)
    assert demo_company.is_current(company)
    assert json.loads((company.demo_folder / "demo.json").read_text())["leads"] == 60


def test_a_large_one_is_kept_however_old(company: settings.Settings) -> None:
    demo_company.build(company, leads=60, months=3, seed=1)
    say(company, leads=100_001)
    assert demo_company.is_current(company)


def test_a_folder_that_says_nothing_of_itself_is_built_anew(company: settings.Settings) -> None:
    company.demo_folder.mkdir(parents=True)
    (company.demo_folder / "demo.json").write_text("{")
    assert not demo_company.is_current(company)
    assert demo_company._wanted(company) == demo_company.DEFAULT


def test_it_comes_through_the_contract(company: settings.Settings, tmp_path: Path) -> None:
    demo_company.build(company, leads=60, months=3, seed=1)
    mart = Mart(refresh.check(company, tmp_path / "checked.duckdb"))
    assert mart.rows("select source from snapshot") == [("demo company",)]
    assert mart.rows("select count(*) from relation_reports where not is_mapped") == [(0,)]
    assert mart.rows("select count(*) >= 50 from journeys") == [(True,)]
