"""Who may see what: the viewer's scope, as a where-clause that every query takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import dialects, schema

Role = Literal["viewer", "rep", "sales_manager", "marketer", "leader", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "rep", "sales_manager", "marketer", "leader", "admin")
# Who signs the agreement with each other: leaders do, each for one of them.
SIDES = ("marketing", "sales")
# Who sees all rows of the company. An admin could give these roles to anybody, also to admins.
_SEE_EVERYTHING = ("marketer", "leader", "admin")


@dataclass(frozen=True)
class Scope:
    """Which rows a viewer may see. Made here only; the default sees nothing.

    Without `sees_persons` it is a sum of rows that may be seen, never a row or a person's figure.
    """

    kind: Literal["nothing", "everything", "reps", "teams"] = "nothing"
    ids: tuple[str, ...] = ()
    sees_persons: bool = True


NOTHING = Scope()
EVERYTHING = Scope("everything")
FIGURES = Scope("everything", sees_persons=False)


@dataclass(frozen=True)
class User:
    """The person at the screen: who, in which role, seeing what, from which address."""

    name: str
    role: Role
    scope: Scope = NOTHING
    person_id: str = ""
    full_name: str = ""
    address: str = ""


def scope_of(connection: Connection, role: str, rep_id: str | None) -> Scope:
    """What a role may see; of a rep and a manager, by the rep that the person is in the data.

    A manager sees the teams that they belong to and those of the reps who report to them.
    Source: reps.
    """
    if role in _SEE_EVERYTHING:
        return EVERYTHING
    if role == "viewer":
        return FIGURES
    if rep_id is None or role not in ("rep", "sales_manager"):
        return NOTHING
    own = Scope("reps", (rep_id,))
    return own if role == "rep" else _teams_of(connection, rep_id) or own


def _teams_of(connection: Connection, rep_id: str) -> Scope | None:
    reps = schema.CANONICAL["reps"]
    led = sa.or_(reps.c.rep_id == rep_id, reps.c.manager_id == rep_id)
    wanted = sa.select(reps.c.team_id).where(led, reps.c.team_id.is_not(None)).distinct()
    teams = sorted(connection.execute(wanted).scalars())
    return Scope("teams", tuple(teams)) if teams else None


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


def row_visible(scope: Scope, table: sa.FromClause) -> sa.ColumnElement[bool]:
    """The single rows of such a table that the viewer may see."""
    return visible(scope, table) if scope.sees_persons else sa.false()
