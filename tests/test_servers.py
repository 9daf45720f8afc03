"""The servers that tests start do answer: the tests that use them prove something."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Browser

from tests import postgres_server


def _ask(url: str, question: str) -> object:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.execute(sa.text(question)).scalar_one()


def test_postgres_answers_as_a_server_without_rights_on_the_machine(postgres_url: str) -> None:
    assert _ask(postgres_url, "select 1") == 1
    assert _ask(postgres_url, "show timezone") == postgres_server.OPTIONS["timezone"]


def test_each_test_has_an_empty_database_of_its_own(
    postgres_url: str, postgres_database: str
) -> None:
    assert postgres_database != postgres_url
    tables = "select count(*) from pg_tables where schemaname = 'public'"
    assert _ask(postgres_database, tables) == 0


def test_a_stopped_postgres_leaves_nothing_behind() -> None:
    with postgres_server.running() as url:
        folder = _ask(url, "show unix_socket_directories")
        assert Path(str(folder)).is_dir()
    assert not Path(str(folder)).exists()


def test_chromium_draws_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("data:text/html,<title>Smarketing</title><h1>one page</h1>")
    assert page.title() == "Smarketing"
    assert page.locator("h1").inner_text() == "one page"
    assert len(page.screenshot()) > 1000
    page.close()
