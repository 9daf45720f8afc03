"""Visits to the app without a browser: app.py runs for real on a real snapshot."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from components import book, cookies, data
from queries import accounts, audit, migrate, records, refresh, sessions, stores, tokens
from tests import company, small_company

ROOT = Path(__file__).resolve().parent.parent
NOW = company.NOW.replace(tzinfo=UTC)
# Elements that could show something of the data.
OF_THE_DATA = (
    *("metric", "vega_lite_chart", "arrow_data_frame", "table", "download_button", "code"),
    *("selectbox", "multiselect", "date_input", "button_group", "tab", "pagination", "checkbox"),
)
# A first run imports Altair and all pages, on a machine that is busy with other tests.
SECONDS = 120


def build(place: Path, files: dict[str, str] | None = None) -> stores.Snapshot:
    """A company of the given files, none by default, read once."""
    small_company.write(place / "source", files or {})
    return stores.open_snapshot(refresh.refresh(small_company.configured(place), NOW))


class Door:
    """Opens the app on one company after another, as a server would that was set up for it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        # Companies are shared by tests; who may sign in to them is not.
        folder = Path(tempfile.mkdtemp())
        (folder / "records.sqlite").write_bytes(_empty_records())
        self.records = f"sqlite:///{folder / 'records.sqlite'}"
        weakref.finalize(self, _remove, folder, self.records)
        self.browser, self.token = tokens.new(), None
        # AppTest has no handshake, and so no cookies.
        patch.setattr(book, "handshake_cookies", self._cookies)

    def _cookies(self) -> dict[str, str]:
        known = {
            cookies.browser_name(is_tls=False): self.browser,
            cookies.session_name(is_tls=False): self.token,
        }
        return {name: value for name, value in known.items() if value}

    def set_up(self, place: Path, **values: str) -> None:
        """Makes the company in `place` the one that this process shows; nobody is signed in."""
        self.token = None
        for name in [name for name in os.environ if name.startswith("SMARKETING_")]:
            self._patch.delenv(name)
        values = {"records_url": self.records} | values
        for name, text in small_company.environment(place, **values).items():
            self._patch.setenv(name, text)
        forget_settings()
        self._patch.setattr(PagesManager, "__init__", _as_on_the_server(PagesManager.__init__))

    def sign_in(self, name: str = "lee", role: str = "leader", rep_id: str = "") -> str:
        """A person of this role is signed in, in the browser that `open` uses; returns their id."""
        at = records.now()
        act = audit.by_operator(at)
        visit = sessions.Visit(self.browser, "this machine", "a test", at)
        with book.writing() as rows:
            person = accounts.find(rows, name, with_demo=True)
            newcomer = accounts.Newcomer(name, role, rep_id=rep_id)
            person_id = person.person_id if person else accounts.add(rows, act, newcomer)
            _, ticket = sessions.start(rows, person_id, visit, method="password")
            self.token = sessions.claim(rows, ticket, self.browser, at)
        return person_id

    def leave(self) -> None:
        """From now on it is another browser, in which nobody has signed in."""
        self.browser, self.token = tokens.new(), None

    def open(self, page: str = "", /, **parameters: str | list[str]) -> AppTest:
        """A page of a new session, the first by default, at an address with these parameters;
        somebody who may see everything is signed in where a test has not signed in anybody."""
        if self.token is None:
            self.sign_in()
        return self.come(page, **parameters)

    def come(self, page: str = "", /, **parameters: str | list[str]) -> AppTest:
        """As `open`, with whatever cookies the browser has."""
        visit = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        # Else each visit looks for components, of which we have none, in all installed packages.
        visit._bidi_component_manager = BidiComponentManager()
        for name, values in parameters.items():
            visit.query_params[name] = values
        return (visit.switch_page(f"pages/{page}.py") if page else visit).run()


def _remove(folder: Path, url: str) -> None:
    records.open_records(url).dispose()
    shutil.rmtree(folder)


@functools.cache
def _empty_records() -> bytes:
    """Records with their tables, as a file; to make them anew takes as long as a visit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.sqlite"
        engine = records.open_records(f"sqlite:///{file}")
        migrate.migrate(engine)
        engine.dispose()
        return file.read_bytes()


def forget_settings() -> None:
    """The next test sets the app up anew."""
    data.configured.cache_clear()
    data.refresher.cache_clear()


def _as_on_the_server(make):
    """AppTest forgets before each run what components.server told Streamlit for good."""

    def made(self, *given, **named) -> None:
        make(self, *given, **named)
        PagesManager.uses_pages_directory = False

    return made


def changed(change: Callable[[records.Connection, audit.Act], object]) -> None:
    """Somebody at the command line changes the records of the company that is set up."""
    with book.writing() as rows:
        change(rows, audit.by_operator(records.now()))


def assert_door(visit: AppTest) -> None:
    """There is the sign-in, and nothing of the data: no figure, no row, no name."""
    assert not visit.exception
    assert [title.value for title in visit.title] == ["Smarketing"]
    assert [field.label for field in visit.text_input] == ["Name", "Password"]
    assert {kind: len(visit.get(kind)) for kind in OF_THE_DATA} == dict.fromkeys(OF_THE_DATA, 0)
    assert len(visit.sidebar) == 0
    said = texts(visit)
    assert [name for name in ("Bo", "Cy", "Dee", "North", "Spring") if name in said] == []


def of_function(page: Callable[..., None], args: Sequence[Any] = ()) -> AppTest:
    """A visit to a page that is a function, with all the time that a busy machine needs."""
    return AppTest.from_function(page, args=tuple(args), default_timeout=SECONDS)


def texts(visit: AppTest) -> str:
    """All that a page says in words, one element per line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    said = [element.value for kind in kinds for element in getattr(visit, kind)]
    said += [f"{tile.label}: {tile.value} {tile.delta}" for tile in visit.metric]
    return "\n".join(map(str, said))
