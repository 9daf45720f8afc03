"""Which version holds at a moment, and how each of the others stands to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from queries import words
from queries.agreements.content import Version

Standing = Literal["draft", "discarded", "coming", "in force", "superseded"]
# When the default terms came into force.
_BEFORE_ALL = datetime.fromisoformat("0001-01-01")


def in_order(versions: Iterable[Version]) -> list[Version]:
    """The signed versions as they come into force, one after the other; the default first."""
    signed = [version for version in versions if version.status == "signed"]
    return sorted(signed, key=lambda one: (one.effective_at or _BEFORE_ALL, one.number))


def in_force(versions: Iterable[Version], at: datetime) -> Version:
    """The version that holds at an instant (UTC, naive). The default terms hold before all."""
    begun = [each for each in in_order(versions) if (each.effective_at or _BEFORE_ALL) <= at]
    return begun[-1]


def standing(version: Version, versions: Sequence[Version], at: datetime) -> Standing:
    """How a version stands at an instant: only of signed ones it depends on the others."""
    if version.status != "signed":
        return version.status
    order = [each.number for each in in_order(versions)]
    place, now = order.index(version.number), order.index(in_force(versions, at).number)
    if place == now:
        return "in force"
    return "coming" if place > now else "superseded"


def in_words(version: Version, versions: Sequence[Version], at: datetime, zone: str) -> str:
    """draft; in force since 1 May 2026; from 1 May 2026; superseded; discarded"""
    stands = standing(version, versions, at)
    if version.effective_at is None or stands in ("draft", "discarded"):
        return stands
    begins = since(version.effective_at, zone)
    return {"coming": f"from {begins}", "in force": f"in force since {begins}"}.get(stands, stands)


def since(at: datetime, zone: str) -> str:
    """The day alone, of what begins with it."""
    begins_the_day = at == midnight(words.local_day(at, zone), zone)
    return words.day(words.local_day(at, zone)) if begins_the_day else words.moment(at, zone)


def midnight(day: date, zone: str) -> datetime:
    """The instant (UTC, naive) at which a day begins in a zone."""
    local = datetime.combine(day, time(), ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)
