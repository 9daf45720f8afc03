"""The web server around the pages: start and end, health, and what every answer carries."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from components import data, errors

_log = logging.getLogger("smarketing.server")
# Not ready: a snapshot that has missed this many refreshes.
_MISSED_REFRESHES = 4


def hooks() -> dict[str, Any]:
    """What `st.App` is given besides its script."""
    # Without this, Streamlit serves the files in pages/ by themselves until someone has signed in.
    PagesManager.uses_pages_directory = False
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return {
        "lifespan": _lifespan,
        "routes": [Route("/healthz", _healthz), Route("/readyz", _readyz)],
        "on_script_error": _on_script_error,
    }


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    _warm_up()
    data.refresher().start()
    try:
        yield
    finally:
        data.refresher().stop()


def _warm_up() -> None:
    """Imports what the first page needs, and takes it all out of the garbage collector's sight.

    Streamlit collects garbage after every run; without this, two thirds of the server's time go
    into walking over modules that never die.
    """
    import altair  # noqa: F401
    import pandas  # noqa: F401

    from queries import breakdown, funnel, overview, rows  # noqa: F401

    gc.collect()
    gc.freeze()


async def _healthz(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


async def _readyz(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ready") if _is_ready() else PlainTextResponse("not ready", 503)


def _is_ready() -> bool:
    try:
        snapshot = data.newest()
    except data.NoSnapshot:
        return False
    every = data.configured().source_refresh_seconds
    age = (datetime.now(UTC).replace(tzinfo=None) - snapshot.read_at).total_seconds()
    return every == 0 or age < _MISSED_REFRESHES * max(every, 60)


def _on_script_error(error: BaseException) -> bool:
    """Errors outside of the pages' own boundary: logged under a reference, no trace shown."""
    if isinstance(error, Exception):
        st.error(errors.sentence(error))
        return True
    return False
