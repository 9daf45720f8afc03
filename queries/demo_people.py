"""People of each role for the demo company, and a leader of each side.

They exist while it is the source, never else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from queries import accounts, audit, passwords, people, records, schema
from queries.accounts import Newcomer

PASSWORD = "demo company 2026"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demo company; a leader signs the agreement for a side."""

    name: str
    role: people.Role
    side: str = ""


# The names are those of the roles: whoever tries the demo looks for a role.
PEOPLE = (
    DemoPerson("leader", "leader", "sales"),
    DemoPerson("leader-marketing", "leader", "marketing"),
    DemoPerson("marketer", "marketer"),
    DemoPerson("manager", "sales_manager"),
    DemoPerson("rep", "rep"),
    DemoPerson("projector", "viewer"),
    DemoPerson("admin", "admin"),
)
# Role -> sign-in name of the first who has it.
NAMES: dict[people.Role, str] = {one.role: one.name for one in reversed(PEOPLE)}


def ensure(engine: Engine, mart: Connection, at: datetime) -> None:
    """Adds those who are missing and gives them their password, their rep in the data, and their
    side."""
    act = audit.Act("smarketing", "demo company", at)
    reps = _reps(mart)
    kept = ""
    with records.writing(engine) as connection:
        have = {person.name: person for person in accounts.everyone(connection, with_demo=True)}
        for one in PEOPLE:
            rep_id = reps.get(one.role)
            if (known := have.get(one.name)) is not None:
                if known.is_demo and not _is_placed(known, rep_id, one.side):
                    said = {"role": one.role, "rep_id": rep_id or "", "side": one.side}
                    accounts.change_access(connection, act, known.person_id, **said)
                continue
            kept = kept or passwords.hashed(PASSWORD)
            full_name = f"Demo {one.role.replace('_', ' ')}" + (one.side and f" of {one.side}")
            newcomer = Newcomer(
                one.name, one.role, full_name, rep_id=rep_id or "", is_demo=True, side=one.side
            )
            person_id = accounts.add(connection, act, newcomer)
            accounts.set_password(connection, act, accounts.one(connection, person_id), kept)


def _is_placed(known: accounts.Person, rep_id: str | None, side: str) -> bool:
    """They have their rep, and a leader has a side; which one may have been changed."""
    has_side = bool(known.side) or not side or known.role != "leader"
    return known.rep_id == rep_id and has_side


def _reps(mart: Connection) -> dict[people.Role, str]:
    """The rep with most opportunities from leads, who has something to show on every page, and the
    manager of that rep."""
    journeys, reps = schema.journeys, schema.CANONICAL["reps"]
    busiest = mart.execute(
        sa.select(reps.c.rep_id, reps.c.manager_id)
        .outerjoin(journeys, journeys.c.rep_id == reps.c.rep_id)
        .group_by(reps.c.rep_id, reps.c.manager_id)
        .order_by(sa.func.count(journeys.c.opportunity_at).desc(), reps.c.rep_id)
        .limit(1)
    ).one()
    return {"rep": busiest.rep_id, "sales_manager": busiest.manager_id or busiest.rep_id}
