"""What stands before Streamlit: who may ask at all, and what every answer carries.

Streamlit checks where a websocket comes from by asking a foreign address service, for seconds,
while everybody waits; and it takes some messages from anybody. Both end here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit
from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg

from components import cookies
from queries import tokens

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Of a browser's cookie and a session's: whether they belong to somebody who is signed in.
IsSignedIn = Callable[[str, str], bool]

CLAIM = "/auth/claim"
# Files that a page offers for download, and figures about the server.
_FOR_THE_SIGNED_IN = ("/media/", "/_stcore/metrics", "/_stcore/upload_file")
# An agent could read pages without a browser.
_NEVER = ("/_stcore/agent",)
_HARMLESS_METHODS = frozenset({"GET", "HEAD"})
# What a page of ours sends. Streamlit takes other things from anybody: to empty everybody's cache,
# to tell of the repository, to change or end the server.
_MESSAGES = frozenset(
    {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    }
)
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})


def _hashes_of_inline_scripts() -> str:
    """Of Streamlit's own page, so that no other script of a page is ever run."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _policy(frame_ancestors: str) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {_hashes_of_inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            f"frame-ancestors {frame_ancestors}",
            "base-uri 'none'",
            "form-action 'none'",
            "object-src 'none'",
            "worker-src 'self' blob:",
        )
    )


_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
_ELSEWHERE = {"content-security-policy": _policy("'none'"), "x-frame-options": "DENY"}
# The page fetches its cookie in a frame of its own.
_CLAIM = {"content-security-policy": _policy("'self'"), "x-frame-options": "SAMEORIGIN"}
_TLS = {"strict-transport-security": "max-age=31536000"}


class Gate:
    """ASGI middleware. `hosts`: names by which the server may be called, without ports."""

    def __init__(
        self, app: Any, *, hosts: frozenset[str], is_tls: bool, is_signed_in: IsSignedIn
    ) -> None:
        self._app, self._hosts, self._is_tls = app, hosts, is_tls
        self._is_signed_in = is_signed_in

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]
        }
        known = cookies.of_header(headers.get("cookie", ""))
        status = self._refusal(scope, headers) or await self._denial(scope["path"], known)
        if scope["type"] == "websocket":
            if status:
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, _only_messages_of_pages(receive), send)
            return
        sending = self._with_headers(scope["path"], known, send)
        if status:
            await PlainTextResponse("not here", status)(scope, receive, sending)
        else:
            await self._app(scope, receive, sending)

    def _refusal(self, scope: Message, headers: dict[str, str]) -> int:
        """The status for who should not ask, 0 for everybody else.

        A foreign name that points to this server, or a foreign website, is somebody else's page in
        a browser of ours.
        """
        host, origin = headers.get("host", ""), headers.get("origin")
        is_write = scope["type"] == "websocket" or scope["method"] not in _HARMLESS_METHODS
        try:
            is_known = urlsplit(f"//{host}").hostname in self._hosts
            is_own = not is_write or origin is None or self._is_own(origin, host)
        except ValueError:
            return 403
        return 0 if is_known and is_own else 403

    def _is_own(self, origin: str, host: str) -> bool:
        came = urlsplit(origin)
        return came.netloc == host and (came.scheme == "https" or not self._is_tls)

    async def _denial(self, path: str, known: dict[str, str]) -> int:
        if path.startswith(_NEVER):
            return 404
        if not path.startswith(_FOR_THE_SIGNED_IN):
            return 0
        browser = cookies.token(known, cookies.browser_name(is_tls=self._is_tls))
        token = cookies.token(known, cookies.session_name(is_tls=self._is_tls))
        is_in = browser and token and await run_in_threadpool(self._is_signed_in, browser, token)
        return 0 if is_in else 403

    def _with_headers(self, path: str, known: dict[str, str], send: Send) -> Send:
        added = _ALWAYS | (_CLAIM if path == CLAIM else _ELSEWHERE)
        if self._is_tls:
            added |= _TLS
        if path.startswith("/media/"):
            added |= {"cache-control": "no-store"}
        lines = [(name.encode(), text.encode()) for name, text in added.items()]
        name = cookies.browser_name(is_tls=self._is_tls)
        if not cookies.token(known, name) and not path.startswith("/static/"):
            line = cookies.set_browser(tokens.new(), is_tls=self._is_tls)
            lines.append((b"set-cookie", line.encode()))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {line for line, _ in lines} - {b"set-cookie"}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message["headers"] = [*kept, *lines]
            await send(message)

        return sending


def _only_messages_of_pages(receive: Receive) -> Receive:
    async def receiving() -> Message:
        message = await receive()
        while message["type"] == "websocket.receive" and not _is_of_a_page(message.get("bytes")):
            message = await receive()
        return message

    return receiving


def _is_of_a_page(sent: bytes | None) -> bool:
    try:
        asked = BackMsg.FromString(sent or b"")
    except DecodeError:
        return False
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _MESSAGES
