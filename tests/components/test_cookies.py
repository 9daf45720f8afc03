"""The two cookies: how they are given, and that a stranger's words are none of ours."""

from __future__ import annotations

import pytest

from components import cookies
from queries import tokens


@pytest.mark.parametrize(
    ("is_tls", "expected"),
    [
        (
            False,
            "smarketing_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
        ),
        (
            True,
            "__Host-smarketing_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
        ),
    ],
)
def test_scripts_never_see_a_cookie_and_tls_alone_carries_it(is_tls: bool, expected: str) -> None:
    assert cookies.set_session("x", 60, is_tls=is_tls) == expected
    browser = cookies.set_browser("x", is_tls=is_tls).replace("browser", "session")
    assert browser == expected.replace("Max-Age=60", f"Max-Age={400 * 24 * 3600}")


def test_a_token_that_was_given_is_read() -> None:
    given = tokens.new()
    assert cookies.token({"a": given}, "a") == given
    assert cookies.token({"a": given}, "b") == ""


@pytest.mark.parametrize("value", ["x" * 101, "x" * 4096, "ä", "\ud800", None, 7, b"x", ["x"]])
def test_what_cannot_be_ours_is_nothing(value: object) -> None:
    assert cookies.token({"a": value}, "a") == ""


@pytest.mark.parametrize(
    "other",
    ["", 'x={"a": 1}; ', "path=/; ", "x=é; ", "a b; ", 'x="; ', "a@b=c; ", "bad\x01=1; ", "=; ;; "],
)
def test_other_cookies_of_the_host_do_not_hide_ours(other: str) -> None:
    found = cookies.of_header(f"{other}smarketing_browser=abc; smarketing_session=def")
    assert cookies.token(found, cookies.browser_name(is_tls=False)) == "abc"
    assert cookies.token(found, cookies.session_name(is_tls=False)) == "def"
