"""What stands before Streamlit, around a small app that answers everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from components import cookies, gate
from tests.components import asgi

HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "funnel.example.com"})
# The browser and the token of the one who is signed in.
GOOD = ("the-browser", "the-token")
FILES = ("/media/abc.csv", "/_stcore/metrics", "/_stcore/upload_file/1/2")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


async def answer(_request) -> PlainTextResponse:
    mild = {"content-security-policy": "default-src *", "x-frame-options": "ALLOWALL"}
    return PlainTextResponse("secret", headers=mild)


async def accept(socket: WebSocket) -> None:
    await socket.accept()


def door(*, is_tls: bool = False) -> gate.Gate:
    """The gate before an app that answers everybody everything."""
    routes = [
        WebSocketRoute("/_stcore/stream", accept),
        Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"]),
    ]
    return gate.Gate(
        Starlette(routes=routes),
        hosts=HOSTS,
        is_tls=is_tls,
        is_signed_in=lambda *given: given == GOOD,
    )


def ask(
    path: str = "/", method: str = "GET", *, is_tls: bool = False, **headers: str
) -> asgi.Answer:
    """The answer to a browser; it calls the server `localhost:8501` unless told otherwise."""
    return asgi.ask(door(is_tls=is_tls), method, path, {"host": "localhost:8501"} | headers)


def connect(**headers: str) -> str:
    return asgi.connect(door(), "/_stcore/stream", {"host": "localhost:8501"} | headers)


def carrying(browser: str, token: str, *, is_tls: bool = False) -> dict[str, str]:
    pairs = {
        cookies.browser_name(is_tls=is_tls): browser,
        cookies.session_name(is_tls=is_tls): token,
    }
    return {"cookie": "; ".join(f"{name}={value}" for name, value in pairs.items() if value)}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:1", 200),
        ("LOCALHOST:8501", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("funnel.example.com", 200),
        ("rebind.example", 403),
        ("localhost.rebind.example", 403),
        ("funnel.example.com.rebind.example", 403),
        ("0.0.0.0:8501", 403),
        ("[::1", 403),
        ("[::ffff:127.0.0.1]", 403),
        ("localhost evil", 403),
        ("", 403),
        ("ä", 403),
    ],
)
def test_only_a_name_of_the_server_is_answered(host: str, status: int) -> None:
    given = ask(host=host)
    assert given.status == status
    assert ("secret" in given.text) is (status == 200)


def test_a_name_that_was_bound_to_this_machine_by_a_foreign_page_opens_nothing() -> None:
    headers = {"host": "rebind.example:8501", "origin": "http://rebind.example:8501"}
    assert ask(**headers).status == 403
    assert connect(**headers) == "close 1008"


ORIGINS = [
    ("http://localhost:8501", True),
    (None, True),
    ("http://evil.example", False),
    ("null", False),
    ("", False),
    ("http://localhost:8502", False),
    ("http://localhost", False),
    ("http://127.0.0.1:8501", False),
    ("http://localhost:8501.evil.example", False),
    ("http://localhost:8501@evil.example", False),
    ("http://[", False),
    ("localhost:8501", False),
]


@pytest.mark.parametrize(("origin", "is_own"), ORIGINS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_another_website_changes_nothing(origin: str | None, is_own: bool, method: str) -> None:
    headers = {} if origin is None else {"origin": origin}
    given = ask("/", method, **headers)
    assert given.status == (200 if is_own else 403)


def test_a_page_without_tls_is_another_website_where_there_is_tls() -> None:
    for scheme, status in (("http", 403), ("https", 200)):
        assert ask("/", "POST", is_tls=True, origin=f"{scheme}://localhost:8501").status == status


@pytest.mark.parametrize(("origin", "is_own"), ORIGINS)
def test_another_website_opens_no_connection(origin: str | None, is_own: bool) -> None:
    headers = {} if origin is None else {"origin": origin}
    assert connect(**headers) == ("accept" if is_own else "close 1008")


def test_a_link_from_another_website_is_followed() -> None:
    assert ask(origin="http://evil.example").status == 200


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    ("browser", "token", "status"),
    [
        (*GOOD, 200),
        ("", "", 403),
        ("the-browser", "", 403),
        ("", "the-token", 403),
        ("another-browser", "the-token", 403),
        ("the-browser", "forged", 403),
        ("x" * 5000, "y" * 5000, 403),
    ],
)
def test_files_and_figures_are_for_the_signed_in(
    path: str, browser: str, token: str, status: int
) -> None:
    for method in ("GET", "HEAD"):
        given = ask(path, method, **carrying(browser, token))
        assert given.status == status


@pytest.mark.parametrize("path", ["/_stcore/agent", "/_stcore/agent/interact"])
def test_no_agent_reads_pages(path: str) -> None:
    assert ask(path, **carrying(*GOOD)).status == 404
    assert ask(path, "POST", **carrying(*GOOD)).status == 404


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "localhost:8501", 200),
        ("/static/a.js", "localhost:8501", 200),
        ("/media/a.csv", "localhost:8501", 403),
        ("/", "rebind.example", 403),
        ("/_stcore/agent", "localhost:8501", 404),
    ],
)
@pytest.mark.parametrize("is_tls", [True, False])
def test_every_answer_carries_the_headers(path: str, host: str, status: int, is_tls: bool) -> None:
    given = ask(path, is_tls=is_tls, host=host)
    assert given.status == status
    for name, text in HEADERS.items():
        assert given.every(name) == [text]
    assert given.every("x-frame-options") == ["DENY"]
    assert len(given.every("content-security-policy")) == 1
    assert "camera=()" in given["permissions-policy"]
    assert bool(given.every("strict-transport-security")) is is_tls


def test_the_policy_lets_no_script_run_but_streamlits_own() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    assert inline
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    policy = ask()["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"].split() == ["'self'", *(f"'sha256-{text}'" for text in hashes)]
    assert rules["default-src"] == rules["connect-src"] == rules["frame-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["form-action"] == "'none'"
    assert "http" not in policy
    assert "unsafe-eval" not in policy


def test_only_the_claim_may_stand_in_a_frame_of_our_own() -> None:
    given = ask(gate.CLAIM)
    assert given["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in given["content-security-policy"]
    for path in ("/auth/claim/", "/auth/claimed", "/auth"):
        assert ask(path)["x-frame-options"] == "DENY"


def test_files_are_kept_by_no_cache() -> None:
    given = ask("/media/a.csv", **carrying(*GOOD))
    assert given["cache-control"] == "no-store"


@pytest.mark.parametrize("is_tls", [True, False])
def test_a_browser_is_given_its_cookie_once(is_tls: bool) -> None:
    new = ask(is_tls=is_tls).every("set-cookie")
    assert len(new) == 1
    name = cookies.browser_name(is_tls=is_tls)
    assert re.fullmatch(rf"{name}=[\w-]{{43}}; Path=/; Max-Age=\d+; HttpOnly;.*", new[0])
    assert new[0].endswith("; Secure") is is_tls
    assert new != ask(is_tls=is_tls).every("set-cookie")
    known = carrying("the-browser", "", is_tls=is_tls)
    assert ask(is_tls=is_tls, **known).every("set-cookie") == []
    assert ask("/static/a.js", is_tls=is_tls).every("set-cookie") == []


@pytest.mark.parametrize("value", ["x" * 5000, "\xe4"])
def test_a_browser_whose_cookie_cannot_be_ours_is_given_another(value: str) -> None:
    given = ask(cookie=f"smarketing_browser={value}")
    assert given["set-cookie"].startswith("smarketing_browser=")


def test_under_tls_a_cookie_without_the_prefix_is_none() -> None:
    plain = carrying(*GOOD, is_tls=False)
    assert ask("/media/a.csv", is_tls=True, **plain).status == 403
    secure = carrying(*GOOD, is_tls=True)
    assert ask("/media/a.csv", is_tls=True, **secure).status == 200
