"""The seal of a version: the SHA-256 of what it says, which is what people sign."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from queries.agreements.content import Version

# What becomes of a version, and the number of a row, are not what it says.
_OUTSIDE = ("status", "effective_at", "term_id")


def of(version: Version) -> str:
    """64 hexadecimal digits: the same for the same content, another for any other."""
    return hashlib.sha256(canonical(version).encode()).hexdigest()


def short(sha256: str) -> str:
    """As much of a seal as people compare by eye."""
    return sha256[:12]


def canonical(version: Version) -> str:
    """The content as JSON in one form only: sorted names, no blanks, numbers as plain decimals.

    What stands at its default is left out: a field that terms will have one day does not break
    the seal of those that never had it.
    """
    said = _said(version)
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _said(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _said(held)
            for field in dataclasses.fields(value)
            if field.name not in _OUTSIDE
            and (held := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, Mapping):
        return {name: _said(held) for name, held in value.items()}
    if isinstance(value, tuple):
        return [_said(held) for held in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _default(field: dataclasses.Field) -> Any:
    is_made = field.default_factory is not dataclasses.MISSING
    return field.default_factory() if is_made else field.default
