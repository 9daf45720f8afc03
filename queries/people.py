"""Who may see what: the viewer's scope, as a where-clause that every query takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from queries import dialects


@dataclass(frozen=True)
class Scope:
    """Which rows a viewer may see. Made here only; the default sees nothing."""

    kind: Literal["nothing", "everything", "reps", "teams"] = "nothing"
    ids: tuple[str, ...] = ()


NOTHING = Scope()
EVERYTHING = Scope("everything")


@dataclass(frozen=True)
class User:
    """The person at the screen."""

    name: str
    role: str
    scope: Scope = NOTHING


# Until there is a sign-in the server listens on loopback only: whoever is there owns the machine.
LOCAL_USER = User("local", "leader", EVERYTHING)


def visible(scope: Scope, table: sa.FromClause) -> sa.ColumnElement[bool]:
    """The rows of a table with `rep_id` and `team_id` that the viewer may see."""
    if scope.kind == "everything":
        return sa.true()
    if scope.kind == "reps":
        return dialects.among(table.c.rep_id, scope.ids)
    if scope.kind == "teams":
        return dialects.among(table.c.team_id, scope.ids)
    return sa.false()


def company_figures(scope: Scope) -> sa.ColumnElement[bool]:
    """Rows that belong to nobody (website traffic, names): anyone who may see anything."""
    return sa.false() if scope.kind == "nothing" else sa.true()
