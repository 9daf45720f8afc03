"""Hours of a day as people write them: 09:00-12:30, 13:30-18:00."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from queries.rules.business_time import Span

_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?::(\d{2}))?")
_LIKE = "write them like 09:00-12:30, 13:30-18:00"


class NotHours(ValueError):
    """The text says no hours; the message is for whoever wrote it."""


def parse(text: str) -> tuple[Span, ...]:
    """The spans of a day in order; none where nothing is written. Raises: NotHours."""
    spans = sorted(_span(part.strip()) for part in text.split(",")) if text.strip() else []
    for earlier, later in itertools.pairwise(spans):
        if later[0] < earlier[1]:
            raise NotHours(f"{said([earlier])} and {said([later])} overlap: {_LIKE}.")
    return tuple(spans)


def _span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if not found:
        raise NotHours(f"“{part}” says no hours: {_LIKE}.")
    opens, closes = _minute(found[1], found[2]), _minute(found[3], found[4])
    if opens >= closes:
        raise NotHours(f"“{part}” ends before it begins: {_LIKE}; a night is two days.")
    return opens, closes


def _minute(hours: str, minutes: str | None) -> int:
    minute = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or minute > 24 * 60:
        raise NotHours(f"“{hours}:{minutes or '00'}” is no time of a day: {_LIKE}.")
    return minute


def said(spans: Sequence[Span]) -> str:
    """The spans as they can be written; "" where there is none."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
