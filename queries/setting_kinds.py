"""How the text of a setting is read: each kind gives the value, or says what is legal.

No sentence repeats the text: it may be a secret.
"""

from __future__ import annotations

import difflib
import re
from zoneinfo import available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def time_zone(value: str) -> str:
    """An IANA time zone."""
    if value not in available_timezones():
        near = difflib.get_close_matches(value, sorted(available_timezones()), n=1, cutoff=0.3)
        raise ValueError(f"is not an IANA time zone such as {near[0] if near else 'Europe/Berlin'}")
    return value


def currency(value: str) -> str:
    """A currency code, or nothing."""
    if not re.fullmatch(r"([A-Z]{3})?", value):
        raise ValueError("is not a currency code of three capital letters such as EUR")
    return value


def seconds(value: str) -> int:
    """0 for never, or a time that leaves the source in peace."""
    if not re.fullmatch(r"[0-9]{1,6}", value) or 0 < int(value) < 5:
        raise ValueError("is not a number of seconds: 0 (never) or 5 to 999999")
    return int(value)


def folder(value: str) -> str:
    """The path of a folder, absolute or from the project's own."""
    if not value:
        raise ValueError("is not a folder")
    return value


def source_url(value: str) -> str:
    """files:<folder>, or an SQLAlchemy URL whose driver is installed; empty for the demo."""
    if value == "" or (value.startswith("files:") and value != "files:"):
        return value
    try:
        make_url(value).get_dialect().import_dbapi()
    except ImportError as error:
        raise ValueError(f"names a database whose driver is not installed ({error})") from error
    except (ArgumentError, ValueError):
        raise ValueError(
            "is neither files:<folder> nor an SQLAlchemy URL such as "
            "postgresql+psycopg://reader@host/crm or sqlite:////data/crm.db"
        ) from None
    return value


def records_url(value: str) -> str:
    """An SQLAlchemy URL of SQLite or PostgreSQL, or nothing."""
    if value == "":
        return value
    try:
        url = make_url(value)
        backend, dialect = url.get_backend_name(), url.get_dialect()
        dialect.import_dbapi()
        is_kept = backend == "postgresql" or (backend == "sqlite" and _is_file(url.database))
    except (ArgumentError, ValueError, ImportError):
        is_kept = False
    if not is_kept or dialect.is_async:
        raise ValueError(
            "is neither sqlite:////path/records.sqlite nor postgresql+psycopg://user@host/database"
        )
    return value


def _is_file(database: str | None) -> bool:
    return bool(database) and not database.startswith((":memory:", "file:"))


def hours(value: str) -> int:
    """A time that somebody works."""
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= 720:
        raise ValueError("is not a number of hours: 1 to 720")
    return int(value)


def yes_or_no(value: str) -> bool:
    """Nothing else, so that a slip never opens anything."""
    known = {"yes": True, "true": True, "no": False, "false": False}
    if value.lower() not in known:
        raise ValueError("is neither yes nor no")
    return known[value.lower()]


def public_url(value: str) -> str:
    """Scheme, host and port of a website."""
    if not re.fullmatch(r"https?://([\w.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?/?", value, re.IGNORECASE):
        raise ValueError("is not an address such as https://funnel.example.com")
    return value.rstrip("/").lower()


def secret(value: str) -> str:
    """Long, and not one of an example."""
    if value and (len(value) < 32 or len(set(value)) < 10 or "example" in value.lower()):
        raise ValueError(
            "is short or an example; leave it empty, or take 32 random characters:"
            ' python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return value


def mart_url(value: str) -> str:
    """duckdb:<folder>, or nothing."""
    if value and not value.startswith("duckdb:"):
        raise ValueError("is not duckdb:<folder>")
    return value


def domains(value: str) -> tuple[str, ...]:
    """E-mail domains in small letters, sorted, each once."""
    named = sorted({part.strip().lower() for part in value.split(",") if part.strip()})
    if not all(re.fullmatch(r"[\w-]+([.][\w-]+)*", domain) for domain in named):
        raise ValueError("is not a list of domains such as acme.com, acme.de")
    return tuple(named)
