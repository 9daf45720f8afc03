"""Visits to the app without a browser: app.py runs for real on a real snapshot."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from components import data
from queries import refresh, stores
from tests import company, small_company

ROOT = Path(__file__).resolve().parent.parent
NOW = company.NOW.replace(tzinfo=UTC)
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

    def set_up(self, place: Path, **values: str) -> None:
        """Makes the company in `place` the one that this process shows."""
        for name in small_company.environment(place, **values):
            self._patch.setenv(name, small_company.environment(place, **values)[name])
        forget_settings()
        self._patch.setattr(PagesManager, "__init__", _as_on_the_server(PagesManager.__init__))

    def open(self, **parameters: str | list[str]) -> AppTest:
        """The first page of a new session, at an address with these parameters."""
        visit = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        # Else each visit looks for components, of which we have none, in all installed packages.
        visit._bidi_component_manager = BidiComponentManager()
        for name, values in parameters.items():
            visit.query_params[name] = values
        return visit.run()


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


def texts(visit: AppTest) -> str:
    """All that a page says in words, one element per line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    said = [element.value for kind in kinds for element in getattr(visit, kind)]
    said += [f"{tile.label}: {tile.value} {tile.delta}" for tile in visit.metric]
    return "\n".join(map(str, said))
