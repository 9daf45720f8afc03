"""Tokens: long, random, and known by their hash only."""

from __future__ import annotations

import re

from queries import tokens


def test_a_token_has_256_bits_and_fits_into_a_url_and_a_cookie() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", tokens.new())


def test_no_token_comes_twice() -> None:
    assert len({tokens.new() for _ in range(1000)}) == 1000


def test_what_is_kept_is_the_sha_256() -> None:
    sha = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert tokens.hashed("hello") == sha


def test_what_no_server_ever_gave_away_can_be_hashed_too() -> None:
    hostile = ["", "\0", "é\U0001f600", "x" * 4096, "'\"<>%00"]
    assert len({tokens.hashed(token) for token in hostile}) == len(hostile)
