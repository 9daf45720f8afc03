"""The two cookies: which browser this is, and which session. Scripts in the page see neither.

The browser's cookie is set with the first answer and means nothing by itself; a session is good
only together with the browser that signed in, so a copied token or session id opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import cookie_parser

_BROWSER, _SESSION = "smarketing_browser", "smarketing_session"
_BROWSER_SECONDS = 400 * 24 * 3600
# Of a random token; a stranger may send anything.
_LONGEST = 100


def browser_name(*, is_tls: bool) -> str:
    """With the prefix under TLS: then no other server of the domain can have set it."""
    return f"__Host-{_BROWSER}" if is_tls else _BROWSER


def session_name(*, is_tls: bool) -> str:
    """As `browser_name`."""
    return f"__Host-{_SESSION}" if is_tls else _SESSION


def of_header(header: str) -> dict[str, str]:
    """The cookies of a request's header, read as the rest of the server reads them: one that some
    other program of this host has set, and that breaks the rules, must not hide ours."""
    return cookie_parser(header)


def token(cookies: Mapping[str, str], name: str) -> str:
    """The value of a cookie of ours; "" where there is none or it cannot be ours."""
    value = cookies.get(name, "")
    is_ours = isinstance(value, str) and len(value) <= _LONGEST and value.isascii()
    return value if is_ours else ""


def set_browser(value: str, *, is_tls: bool) -> str:
    """The header that gives a browser its cookie."""
    return _header(browser_name(is_tls=is_tls), value, _BROWSER_SECONDS, is_tls=is_tls)


def set_session(value: str, seconds: int, *, is_tls: bool) -> str:
    """The header that gives a browser the token of its session."""
    return _header(session_name(is_tls=is_tls), value, seconds, is_tls=is_tls)


def _header(name: str, value: str, seconds: int, *, is_tls: bool) -> str:
    secure = "; Secure" if is_tls else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
