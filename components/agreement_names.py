"""What the parts of the data that a term can be narrowed to are called."""

from __future__ import annotations

from components import book, data
from components import format as formats
from queries import choices, people, personas, records, words
from queries.agreements import kinds, segments


def known() -> kinds.Names:
    """Dimension -> key -> name, to name what a term says: of all the data, for what both sides
    sign everybody reads."""
    named = data.load_plain(choices.names)
    return {name: named[name] for name in ("team", "campaign", "channel")} | {
        "persona": _personas()
    }


def offered(user: people.User) -> kinds.Names:
    """The same, to choose from: of the data that the user may see; equal names are told apart."""
    found = data.load_plain(segments.offered, scope=user.scope)
    called = _personas()
    renamed = {key: called.get(key, key) for key in found["persona"]}
    return {name: formats.told_apart(held) for name, held in {**found, "persona": renamed}.items()}


def _personas() -> dict[str, str]:
    today = words.local_day(records.now(), data.snapshot().zone)
    return {key: one.label for key, one in personas.in_force(book.every_persona(), today).items()}
