"""The scores of each rep, team, campaign, channel, or owner of campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from queries import choices
from queries.people import Scope
from queries.sla import tallies
from queries.sla.lines import Line
from queries.sla.tallies import OWNER, Counted, Tally

DIMENSIONS = ("rep", "team", OWNER, "campaign", "channel")
LABELS = {
    "rep": "Rep",
    "team": "Team",
    OWNER: "Campaign owner",
    "campaign": "Campaign",
    "channel": "Channel",
}
_WITHOUT = choices.WITHOUT | {OWNER: "No owner known"}


@dataclass(frozen=True)
class Part:
    """One rep, team, ...; key None: of nobody. `tallies`: of the promises, in their order."""

    key: str | None
    label: str
    tallies: tuple[Tally, ...]


def dimensions(scope: Scope, *, is_present: bool = False) -> tuple[str, ...]:
    """By what the viewer may look at promises: not everybody sees the figures of a person, and on
    a projector nobody does. Who owns a campaign concerns those who see all of it."""
    sees_persons = scope.sees_persons and not is_present
    allowed = {"rep": sees_persons, OWNER: sees_persons and scope.kind == "everything"}
    return tuple(name for name in DIMENSIONS if allowed.get(name, True))


def parts(
    lines: Sequence[Line],
    counted: Mapping[str | None, Counted],
    names: Mapping[str, Mapping[str, str]],
    by: str,
) -> tuple[Part, ...]:
    """In the order of their names, never of their results; what is of nobody last.

    They sum to the scores of the same view.
    """
    known = names["rep" if by == OWNER else by]
    found = [
        Part(
            key,
            _WITHOUT[by] if key is None else known.get(key, key),
            tuple(tallies.of(line, each) for line in lines),
        )
        for key, each in counted.items()
    ]
    return tuple(sorted(found, key=lambda part: (part.key is None, part.label.lower(), part.key)))
