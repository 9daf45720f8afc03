"""The web server around the pages: start and end, health, and what every answer carries."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.pages_manager import PagesManager

from components import book, cookies, data, errors, exposure, gate
from queries import keys, migrate, records, sessions, settings

_log = logging.getLogger("smarketing.server")
# Not ready: a snapshot that has missed this many refreshes.
_MISSED_REFRESHES = 4


def hooks() -> dict[str, Any]:
    """What `st.App` is given besides its script. Ends the start where it would not be safe."""
    # Without this, Streamlit serves the files in pages/ by themselves until someone has signed in.
    PagesManager.uses_pages_directory = False
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        configured = data.configured()
        address = config.get_option("server.address")
        exposure.check(configured, address, has_provider=_has_provider())
        _expect_no_base_path()
        config.set_option("server.cookieSecret", keys.cookie_secret(configured))
    except settings.SettingsError as error:
        raise SystemExit(f"Smarketing does not start: {error}") from None
    hosts = exposure.hosts(configured)
    config.set_option("server.allowedHosts", sorted(hosts))
    doorkeeper = Middleware(
        gate.Gate, hosts=hosts, is_tls=configured.is_behind_tls, is_signed_in=_is_signed_in
    )
    return {
        "lifespan": _lifespan,
        "middleware": [doorkeeper],
        "routes": [
            Route("/healthz", _healthz),
            Route("/readyz", _readyz),
            Route(gate.CLAIM, _claim),
        ],
        "on_script_error": _on_script_error,
    }


def _expect_no_base_path() -> None:
    """The gate knows paths from the root; below another one files would be for everybody."""
    if config.get_option("server.baseUrlPath"):
        raise settings.SettingsError(
            "server.baseUrlPath (STREAMLIT_SERVER_BASE_URL_PATH) is set; give Smarketing a host"
            " name of its own instead"
        )


def _has_provider() -> bool:
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def _is_signed_in(browser: str, token: str) -> bool:
    try:
        with book.reading() as connection:
            seat = sessions.by_token(connection, token, browser, book.limits(), records.now())
    except book.Unavailable:
        return False
    return seat is not None


def _claim(request: Request) -> Response:
    """Gives the browser that signed in the token of its session, as a cookie, once."""
    configured = data.configured()
    is_tls = configured.is_behind_tls
    browser = cookies.token(request.cookies, cookies.browser_name(is_tls=is_tls))
    ticket = request.query_params.get("ticket", "")
    try:
        with book.writing() as connection:
            token = sessions.claim(connection, ticket, browser, records.now()) if browser else None
    except book.Unavailable:
        return PlainTextResponse("not now", 503, {"cache-control": "no-store"})
    if token is None:
        return PlainTextResponse("not here", 403, {"cache-control": "no-store"})
    seconds = configured.sign_in_longest_hours * 3600
    line = cookies.set_session(token, seconds, is_tls=is_tls)
    return HTMLResponse("", headers={"set-cookie": line, "cache-control": "no-store"})


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
    import streamlit_authenticator  # noqa: F401
    import zxcvbn  # noqa: F401

    from queries import breakdown, funnel, overview, rows  # noqa: F401

    gc.collect()
    gc.freeze()


async def _healthz(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def _readyz(_: Request) -> PlainTextResponse:
    """Not a coroutine: the records may take seconds to say nothing, and nobody must wait."""
    return PlainTextResponse("ready") if _is_ready() else PlainTextResponse("not ready", 503)


def _is_ready() -> bool:
    try:
        snapshot = data.newest()
        if not migrate.is_current(book.engine()):
            return False
    except (data.NoSnapshot, book.Unavailable):
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
