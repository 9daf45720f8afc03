"""Which messages of a page reach Streamlit, and what else passes untouched."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from components import gate

HOSTILE = {
    "clear_cache": BackMsg(clear_cache=True),
    "set_run_on_save": BackMsg(set_run_on_save=True),
    "load_git_info": BackMsg(load_git_info=True),
    "debug_disconnect_websocket": BackMsg(debug_disconnect_websocket=True),
    "debug_shutdown_runtime": BackMsg(debug_shutdown_runtime=True),
}
OPERATIONS = ("install_skills", "dismiss_skills_nudge", "deferred_file", "dataframe_chunk")


def operation(name: str) -> BackMsg:
    asked = BackMsg()
    asked.backend_operation_request.request_id = "1"
    getattr(asked.backend_operation_request, name).SetInParent()
    return asked


def passed(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    """What of these messages a server behind the gate receives, on one connection."""
    received: list[dict[str, Any]] = []
    waiting = [*messages, {"type": "websocket.disconnect", "code": 1000}]

    async def server(_scope, receive, _send) -> None:
        while not received or received[-1]["type"] != "websocket.disconnect":
            received.append(await receive())

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(_message) -> None: ...

    door = gate.Gate(
        server, hosts=frozenset({"localhost"}), is_tls=False, is_signed_in=lambda *_: False
    )
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", b"localhost")]}
    asyncio.run(door(scope, receive, send))
    return received[:-1]


def sent(message: BackMsg | bytes) -> dict[str, Any]:
    raw = message if isinstance(message, bytes) else message.SerializeToString()
    return {"type": "websocket.receive", "bytes": raw}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_message_that_no_page_of_ours_sends_is_dropped(name: str) -> None:
    assert HOSTILE[name].WhichOneof("type") == name
    rerun = sent(BackMsg(rerun_script={"query_string": "rep=bo"}))
    assert passed(sent(HOSTILE[name]), rerun, sent(HOSTILE[name])) == [rerun]


@pytest.mark.parametrize("name", OPERATIONS)
def test_of_the_operations_only_downloads_and_tables_pass(name: str) -> None:
    is_harmless = name in ("deferred_file", "dataframe_chunk")
    assert bool(passed(sent(operation(name)))) is is_harmless


def test_every_kind_of_message_has_been_judged() -> None:
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    harmless = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}
    assert kinds == set(HOSTILE) | harmless | {"backend_operation_request"}
    request = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    payloads = {field.name for field in request.oneofs_by_name["payload"].fields}
    assert payloads == set(OPERATIONS)


@pytest.mark.parametrize(
    "message",
    [
        sent(BackMsg()),
        sent(b"\xff\xff\xff garbage"),
        sent(b""),
        {"type": "websocket.receive", "text": "clear_cache"},
        {"type": "websocket.receive", "bytes": None, "text": "x"},
    ],
    ids=["nothing", "garbage", "empty", "text", "text without bytes"],
)
def test_what_is_no_message_is_dropped(message: dict[str, Any]) -> None:
    assert passed(dict(message)) == []


@pytest.mark.parametrize(
    "message",
    [
        sent(BackMsg(stop_script=True)),
        sent(BackMsg(app_heartbeat=True)),
        sent(BackMsg(rerun_script={"query_string": "clear_cache=1"})),
        {"type": "websocket.connect"},
    ],
    ids=["stop", "heartbeat", "rerun", "connect"],
)
def test_what_pages_send_passes_as_it_is(message: dict[str, Any]) -> None:
    assert passed(dict(message)) == [message]


def test_the_start_and_the_end_of_the_server_pass() -> None:
    seen: list[str] = []

    async def server(scope, _receive, _send) -> None:
        seen.append(scope["type"])

    door = gate.Gate(server, hosts=frozenset(), is_tls=False, is_signed_in=lambda *_: False)
    asyncio.run(door({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]
