"""The secret that signs what Streamlit keeps in browsers: made once, and read by nobody else."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from queries import setting_kinds
from queries.settings import Settings, SettingsError

_FILE = "cookie.key"
_OTHERS = 0o077


def cookie_secret(configured: Settings) -> str:
    """The one that is set, else the one of the data folder, made at the first start.

    Raises: SettingsError where the file can be read by others, or what it holds is no secret.
    """
    if configured.server_cookie_secret:
        return configured.server_cookie_secret
    path = configured.data_folder / _FILE
    try:
        _make(path)
        if path.stat().st_mode & _OTHERS:
            raise SettingsError(f"{_FILE} can be read by others; run: chmod 600 {path}")
        kept = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise SettingsError(f"cannot read or make {path} ({error.strerror})") from error
    try:
        return setting_kinds.secret(kept or "empty")
    except ValueError as error:
        raise SettingsError(f"{path} {error}, or delete the file") from None


def _make(path: Path) -> None:
    """Another server that starts at the same moment must find the whole secret or none."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)
