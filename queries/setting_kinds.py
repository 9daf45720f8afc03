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
