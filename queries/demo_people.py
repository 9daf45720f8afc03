"""A person of each role for the demo company. They exist while it is the source, never else."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from queries import accounts, audit, passwords, people, records, schema
from queries.accounts import Newcomer

PASSWORD = "demo company 2026"

# Role -> sign-in name. The names are those of the roles: whoever tries the demo looks for a role.
NAMES: dict[people.Role, str] = {
    "leader": "leader",
    "marketer": "marketer",
    "sales_manager": "manager",
    "rep": "rep",
    "viewer": "projector",
    "admin": "admin",
}


def ensure(engine: Engine, mart: Connection, at: datetime) -> None:
    """Adds those who are missing and gives them their password and their rep in the data."""
    act = audit.Act("smarketing", "demo company", at)
    reps = _reps(mart)
    kept = ""
    with records.writing(engine) as connection:
        have = {person.name: person for person in accounts.everyone(connection, with_demo=True)}
        for role, name in NAMES.items():
            if name in have and (not have[name].is_demo or have[name].rep_id == reps.get(role)):
                continue
            if name in have:
                accounts.change_access(
                    connection, act, have[name].person_id, role=role, rep_id=reps.get(role) or ""
                )
                continue
            kept = kept or passwords.hashed(PASSWORD)
            newcomer = Newcomer(
                name,
                role,
                full_name=f"Demo {role.replace('_', ' ')}",
                rep_id=reps.get(role) or "",
                is_demo=True,
            )
            person_id = accounts.add(connection, act, newcomer)
            accounts.set_password(connection, act, accounts.one(connection, person_id), kept)


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
