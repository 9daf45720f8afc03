"""What the filters can be set to at this moment, and the names of what they hold."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import people, schema, stores
from queries.filters import DIMENSIONS, UNSET, Choices
from queries.people import Scope

WITHOUT = {
    "channel": "No channel",
    "campaign": "No campaign",
    "rep": "Unassigned",
    "team": "No team",
}


def load(connection: Connection, snapshot: stores.Snapshot, *, scope: Scope) -> Choices:
    """The choices: only what the viewer may see and the snapshot holds, in order of the names."""
    named = {name: labels(connection, name, scope=scope) for name in DIMENSIONS}
    return Choices(
        **named,
        oldest=snapshot.oldest_on,
        newest=snapshot.newest_on,
        as_of=snapshot.read_at,
        zone=snapshot.zone,
        limited_to=_limits(connection, scope),
    )


def _limits(connection: Connection, scope: Scope) -> tuple[str, ...]:
    dimension = {"reps": "rep", "teams": "team"}.get(scope.kind)
    if dimension is None:
        return ()
    known = names(connection)[dimension]
    return tuple(known.get(key, key) for key in scope.ids)


def labels(connection: Connection, dimension: str, *, scope: Scope) -> dict[str, str]:
    """Key -> name, by name; `UNSET` stands for rows without one. Others' people are left out."""
    table = schema.dimension_values
    if dimension == "rep" and not scope.sees_persons:
        return {}
    is_personal = dimension in ("rep", "team")
    seen = people.visible(scope, table) if is_personal else people.company_figures(scope)
    statement = sa.select(table.c.key, table.c.label).where(table.c.dimension == dimension, seen)
    found = {row.key: row.label for row in connection.execute(statement)}
    has_unset = None in found
    found.pop(None, None)
    return found | ({UNSET: WITHOUT[dimension]} if has_unset else {})


def names(connection: Connection) -> dict[str, dict[str, str]]:
    """Dimension -> key -> name, of all that the snapshot holds: to name what a viewer has been
    shown already, never to list what there is."""
    return stores.once(connection, _names)


def _names(connection: Connection) -> dict[str, dict[str, str]]:
    table = schema.dimension_values
    found: dict[str, dict[str, str]] = {name: {} for name in DIMENSIONS}
    for row in connection.execute(sa.select(table).where(table.c.key.is_not(None))):
        found[row.dimension][row.key] = row.label
    return found
