"""Passwords: what they must be, how they are kept, and how they are checked."""

from __future__ import annotations

from threading import Barrier, Lock

import bcrypt
import pytest

from queries import passwords
from queries.passwords import PasswordRefused
from tests import records_place

GOOD = "x7#Kq9!vLp2Z"
# Two bytes each.
LETTERS = "äöüßéèêëçñøåþðæœłšžčřďťňůúíáýõãâîôûìòù"


def quick(password: str, hashed: str) -> bool:
    return bcrypt.checkpw(password.encode(), hashed.encode())


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        GOOD * 6,
        LETTERS[:6] + "x7#Kq9",
        LETTERS[:36],
        "x7#Kq9!v\U0001f600\U0001f419\U0001f680",
        "correct horse battery staple",
        "  walnut harbour  ",
        "tab\tand 'quote\" <b>%s",
        "backslash \\0 is no NUL",
    ],
)
def test_any_characters_make_a_password(password: str) -> None:
    assert passwords.judge(password) is None


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "at least 12 characters"),
        (GOOD[:11], "at least 12 characters"),
        (LETTERS[:5] + "x", "at least 12 characters"),
        (GOOD * 6 + "x", "at most 72 bytes; this one has 73"),
        (LETTERS[:36] + "x", "at most 72 bytes; this one has 73"),
        (LETTERS[:37], "at most 72 bytes; this one has 74"),
        ("x7#Kq9!\0vLp2Z", "a character that no keyboard has"),
    ],
)
def test_too_short_too_long_and_nul_are_refused(password: str, sentence: str) -> None:
    with pytest.raises(PasswordRefused, match=sentence):
        passwords.judge(password)


@pytest.mark.parametrize(
    "password",
    [
        *("password1234", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "iloveyou1234"),
        *("smarketing2026", "Smarketing1234", "passwordpassword"),
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused, match=r"\. Choose a longer one, such as four random"):
        passwords.judge(password)


@pytest.mark.parametrize(
    ("password", "known"),
    [
        ("wolkensteindragomirova", ("wdragomirova", "Wolkenstein Dragomirova", "")),
        ("Zqvaxobrin1234", ("zqvaxobrin", "", "")),
        ("zqvaxobrin@jyrrelbok.example", ("z", "", "zqvaxobrin@jyrrelbok.example")),
    ],
)
def test_what_everybody_knows_of_a_person_is_no_password_of_theirs(
    password: str, known: tuple[str, ...]
) -> None:
    assert passwords.judge(password) is None
    with pytest.raises(PasswordRefused, match="Choose a longer one"):
        passwords.judge(password, *known)


def test_a_password_is_kept_as_bcrypt_of_cost_12_with_its_blanks() -> None:
    kept = passwords.hashed("  walnut harbour  ")
    assert kept.startswith("$2b$12$")
    assert "walnut" not in kept
    assert passwords.matches("  walnut harbour  ", kept, quick)
    assert not passwords.matches("walnut harbour", kept, quick)


def test_all_72_bytes_count() -> None:
    kept = bcrypt.hashpw((GOOD * 6).encode(), bcrypt.gensalt(4)).decode()
    assert passwords.matches(GOOD * 6, kept, quick)
    assert not passwords.matches(GOOD * 6 + "x", kept, quick)
    assert not passwords.matches((GOOD * 6)[:-1], kept, quick)


class Recording:
    """A check that notes what it is asked and always says yes."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, password: str, hashed: str) -> bool:
        self.asked.append((password, hashed))
        return True


def test_where_nobody_has_the_name_one_check_of_a_real_hash_is_made_all_the_same() -> None:
    recording = Recording()
    assert not passwords.matches(GOOD, None, recording)
    ((asked, hashed),) = recording.asked
    assert asked == GOOD
    # bcrypt takes as long for it as for any that it made.
    assert (hashed[:7], len(hashed)) == ("$2b$12$", 60)
    assert bcrypt.checkpw(GOOD.encode(), hashed.encode()) is False


@pytest.mark.parametrize("password", [GOOD * 6 + "x", "x" * 100_000, "a\0b", "\0"])
def test_what_bcrypt_would_not_take_is_wrong_and_checked_once_too(password: str) -> None:
    recording = Recording()
    assert not passwords.matches(password, "kept", recording)
    assert recording.asked == [("", "kept")]


def test_no_more_than_two_are_checked_at_once() -> None:
    pair, lock = Barrier(2, timeout=20), Lock()
    inside, most = 0, 0

    def slow(_password: str, _hashed: str) -> bool:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        # Nobody leaves before there are two.
        pair.wait()
        with lock:
            inside -= 1
        return True

    runs = [lambda: passwords.matches(GOOD, "kept", slow)] * 6
    assert records_place.at_once(*runs) == [True] * 6
    assert most == 2
