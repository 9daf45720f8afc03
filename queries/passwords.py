"""What a password must be, how it is kept, and how many are checked at once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import bcrypt
import zxcvbn

FEWEST_BYTES, MOST_BYTES = 12, 72
# Of 0 to 4: below it, the usual lists and patterns find it in a million guesses.
_WEAKEST = 2
_ROUNDS = 12
# A check costs a fifth of a second of a processor, on purpose. More of them at once would keep
# those waiting who are signed in.
_at_once = threading.BoundedSemaphore(2)
# Of a random password nobody knows: for names that nobody has, so that they take as long.
_NOBODYS = "$2b$12$" + "C6UzMDM.H6dfI/f/IKcEe." + "4Q2c8Xo8V0p3cEUMUD3U5yO2VvQ6v5K"

Check = Callable[[str, str], bool]


class PasswordRefused(ValueError):
    """The password cannot be used; the message tells its owner why."""


def judge(password: str, *known: str) -> None:
    """Any characters, as many as bcrypt can tell apart, and not one that is guessed first.

    `known`: words around the person that do not make it harder to guess. Raises: PasswordRefused.
    """
    size = len(password.encode())
    if size < FEWEST_BYTES:
        raise PasswordRefused(f"The password needs at least {FEWEST_BYTES} characters.")
    if size > MOST_BYTES:
        raise PasswordRefused(
            f"The password may have at most {MOST_BYTES} bytes; this one has {size}."
            " An accented letter has two bytes, an emoji four."
        )
    if "\0" in password:
        raise PasswordRefused("The password holds a character that no keyboard has.")
    words = [word for text in known for word in (text, *re.findall(r"\w+", text)) if word]
    found = zxcvbn.zxcvbn(password, user_inputs=["smarketing", *words])
    if found["score"] < _WEAKEST:
        why = found["feedback"]["warning"] or "It would be guessed soon."
        raise PasswordRefused(f"{why.rstrip('.')}. Choose a longer one, such as four random words.")


def hashed(password: str) -> str:
    """What is kept of a password that was judged."""
    with _at_once:
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(_ROUNDS)).decode()


def matches(password: str, kept: str | None, check: Check) -> bool:
    """The password is the one that is kept. Takes as long where none is kept.

    `check` compares a password with a hash.
    """
    is_possible = len(password.encode()) <= MOST_BYTES and "\0" not in password
    with _at_once:
        is_same = check(password if is_possible else "", kept or _NOBODYS)
    return is_same and is_possible and kept is not None
