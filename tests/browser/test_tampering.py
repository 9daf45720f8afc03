"""Clients that are no browser: cookies that are not theirs, values that no page offered."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from components import cookies
from queries import accounts, audit, choices, people, records, stores
from queries.records_schema import sessions
from tests.browser import conftest, doors, stload_client

PAGES = ["", *sorted(file.stem for file in (conftest.ROOT / "pages").glob("*.py"))]
BROWSER, SESSION = cookies.browser_name(is_tls=False), cookies.session_name(is_tls=False)


@pytest.fixture(scope="module")
def stload(shared_data: Path) -> ModuleType:
    """The team's driver of Streamlit's protocol."""
    return stload_client.load(shared_data)


@pytest.fixture(scope="module")
def app(serve: conftest.Serve, built_demo: Path, tmp_path_factory) -> conftest.Served:
    """An app with records of its own."""
    place = tmp_path_factory.mktemp("records")
    return serve(
        refresh=False,
        SMARKETING_DATA_DIR=str(built_demo),
        SMARKETING_RECORDS_URL=f"sqlite:///{place}/records.sqlite",
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def jar(url: str, name: str, role: str = "leader", rep_id: str = "") -> dict[str, str]:
    """The cookies of somebody who has signed in."""
    return {one["name"]: one["value"] for one in doors.signed_in(url, name, role, rep_id)}


def change(url: str, deed: Callable[[records.Connection], object]) -> None:
    with records.writing(doors.opened_records(url)) as rows:
        deed(rows)


def _unsigned() -> str:
    parts = ({"alg": "none", "typ": "JWT"}, {"username": "leader", "exp_date": 9e9})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)


def _of_another_browser(url: str) -> dict[str, str]:
    return jar(url, "one") | {BROWSER: jar(url, "two")[BROWSER]}


def _signed_out(url: str) -> dict[str, str]:
    left = jar(url, "left")
    change(url, lambda rows: rows.execute(sa.update(sessions).values(ended_at=records.now())))
    return left


def _too_old(url: str) -> dict[str, str]:
    old = jar(url, "old")
    long_ago = records.now() - timedelta(hours=13)
    change(url, lambda rows: rows.execute(sa.update(sessions).values(started_at=long_ago)))
    return old


def _deactivated(url: str) -> dict[str, str]:
    gone = jar(url, "gone")

    def deactivate(rows: records.Connection) -> None:
        person = accounts.find(rows, "gone", with_demo=True)
        act = audit.by_operator(records.now())
        accounts.set_active(rows, act, person.person_id, is_active=False)

    change(url, deactivate)
    return gone


BAD: dict[str, Callable[[str], dict[str, str]]] = {
    "without the browser's": lambda url: {SESSION: jar(url, "bare")[SESSION]},
    "of another browser": _of_another_browser,
    "signed out": _signed_out,
    "too old": _too_old,
    "deactivated": _deactivated,
    "invented": lambda url: jar(url, "some") | {SESSION: "A" * 43},
    "alg none": lambda url: jar(url, "some") | {SESSION: f"{_unsigned()}."},
    "long": lambda url: jar(url, "some") | {SESSION: "x" * 4000},
}


@pytest.mark.parametrize("kind", BAD)
def test_no_bad_cookie_opens_a_page(app: conftest.Served, stload: ModuleType, kind: str) -> None:
    bad = BAD[kind](app.url)
    for page in PAGES:
        text, errors = stload_client.run(_looked_at(stload, f"{app.url}/{page}", bad))
        assert "Password" in text, page
        assert "as of" not in text, page
        assert errors == [], page


async def _looked_at(stload: ModuleType, url: str, carried: dict[str, str]) -> tuple[str, list]:
    async with stload.Session(url, cookies=carried) as session:
        run = await session.open()
        await session.settle()
        return session.text(), run.errors


def test_a_rep_gets_nobody_elses_rows_by_values_that_no_page_offered(
    app: conftest.Served, stload: ModuleType
) -> None:
    snapshot = stores.current(doors.configured(app.url).mart_folder)
    with snapshot.connect() as connection:
        reps = choices.labels(connection, "rep", scope=people.EVERYTHING)
        teams = choices.labels(connection, "team", scope=people.EVERYTHING)
    own, *others = [key for key in reps if key != "(none)"]
    carried = jar(app.url, "a rep", "rep", own)
    foreign = {reps[key] for key in others}
    tampered = [("Rep", others[:3]), ("Rep", [reps[others[0]]]), ("Channel", [reps[others[0]]])]
    texts = stload_client.run(_tampered_with(stload, app.url, carried, tampered))
    for link in (f"rep={others[0]}", f"team={next(iter(teams))}", "by=rep", "explain=leads"):
        texts.append(stload_client.run(_looked_at(stload, f"{app.url}/?{link}", carried))[0])
    assert all(reps[own] in text for text in texts)
    for text in texts:
        # What was sent is said to be unknown; nothing else knows these names.
        lines = [line for line in text.splitlines() if "is not in the data" not in line]
        assert [line for line in lines for name in foreign if name in line] == []


async def _tampered_with(
    stload: ModuleType, url: str, carried: dict[str, str], values: list[tuple[str, Any]]
) -> list[str]:
    texts = []
    async with stload.Session(url, cookies=carried) as session:
        await session.open()
        await session.settle()
        for label, value in values:
            await session.set(label, value, raw=True)
            await session.settle()
            texts.append(session.text())
    return texts
