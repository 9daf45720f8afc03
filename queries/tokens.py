"""Secrets that are given away once: only their hash is kept."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32


def new() -> str:
    """256 random bits, for a URL or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def hashed(token: str) -> str:
    """What is kept of it. A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
