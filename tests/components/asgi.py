"""Asks an ASGI application as a web server would, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers as they were sent, and the text."""

    status: int
    lines: list[tuple[str, str]]
    text: str

    def every(self, name: str) -> list[str]:
        """All headers of a name."""
        return [text for line, text in self.lines if line.lower() == name]

    def __getitem__(self, name: str) -> str:
        (text,) = self.every(name)
        return text


def _scope(kind: str, method: str, address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = address.partition("?")
    pairs = [(name.encode(), text.encode("latin-1")) for name, text in headers.items()]
    where = {"path": path, "raw_path": path.encode(), "query_string": query.encode()}
    more = {"method": method} if kind == "http" else {"subprotocols": []}
    return {"type": kind, "headers": pairs, "scheme": kind, "root_path": ""} | where | more


async def _ask(app: Any, scope: dict[str, Any]) -> list[dict[str, Any]]:
    is_http = scope["type"] == "http"
    first = {"type": "http.request", "body": b""} if is_http else {"type": "websocket.connect"}
    waiting, sent = [first, {"type": f"{scope['type']}.disconnect"}], []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def ask(app: Any, method: str, address: str, headers: Mapping[str, str]) -> Answer:
    """The answer to one request."""
    start, *rest = asyncio.run(_ask(app, _scope("http", method, address, headers)))
    pairs = [(name.decode(), text.decode("latin-1")) for name, text in start["headers"]]
    return Answer(start["status"], pairs, b"".join(part["body"] for part in rest).decode())


def connect(app: Any, address: str, headers: Mapping[str, str]) -> str:
    """What a websocket is told first: "accept", or "close" with the code."""
    first = asyncio.run(_ask(app, _scope("websocket", "GET", address, headers)))[0]
    return first["type"].removeprefix("websocket.") + (
        f" {first['code']}" if "code" in first else ""
    )
