"""The form of streamlit-authenticator, and nothing else of it.

Its cookie can be read by scripts and is good after signing out, its counter of failures lives in
the page, it takes blanks off passwords and asks bcrypt only for names that exist. So its form asks
an examiner of ours, who is given the words as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit_authenticator as stauth

# Called with the name and the password; True where somebody was signed in.
Examine = Callable[[str, str], bool]

check_password = stauth.Hasher.check_pw

_WORDS = {"Form name": "Sign in", "Username": "Name", "Password": "Password", "Login": "Sign in"}


class _NoCookie:
    """Instead of the library's cookie."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class _Examiner:
    """Instead of the library's judgement of a name and a password."""

    def __init__(self, examine: Examine) -> None:
        self._examine = examine

    def login(self, name: str, password: str, *_: Any, **__: Any) -> bool:
        return self._examine(name, password)


class _Form(stauth.Authenticate):
    def __init__(self, examine: Examine) -> None:
        # The library's own would draw its cookie component and read all credentials.
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _Examiner(examine)


def render(examine: Examine) -> None:
    """Draws the form; asks when it is sent."""
    _Form(examine).login(fields=_WORDS, key="sign_in.form")
