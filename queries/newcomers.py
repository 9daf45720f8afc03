"""What may be said of a person who may sign in: their name, address, role, rep and side."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from queries import people

_LONGEST_NAME = 100


class NotAllowed(ValueError):
    """The change cannot be made; the message tells the admin why."""


@dataclass(frozen=True)
class Newcomer:
    """What is said of a person when they are added."""

    name: str
    role: str
    full_name: str = ""
    email: str = ""
    rep_id: str = ""
    is_demo: bool = False
    side: str = ""


def in_small(name: str) -> str:
    """A name as it is kept: no blanks around it, no capitals, accents in one way of two."""
    # PostgreSQL cannot even look for a NUL; the other is in no name either, see _check.
    return unicodedata.normalize("NFC", name).strip().casefold().replace("\0", "\1")


def check(said: Newcomer) -> None:
    """Raises: NotAllowed, with the first thing that is wrong."""
    name, full_name, email = in_small(said.name), said.full_name.strip(), in_small(said.email)
    if not name or not _fits(name) or not _fits(full_name):
        raise NotAllowed(f"A name has 1 to {_LONGEST_NAME} letters.")
    if said.role not in people.ROLES:
        raise NotAllowed(f"“{said.role}” is not a role; the roles are {', '.join(people.ROLES)}.")
    if email and ("@" not in email or not email.isprintable()):
        raise NotAllowed(f"“{email}” is not an e-mail address.")
    if not said.rep_id.isprintable() or (said.role in ("rep", "sales_manager") and not said.rep_id):
        role = said.role.replace("_", " ")
        raise NotAllowed(f"A {role} sees what belongs to a rep of the data: say which one.")
    if said.side and (said.side not in people.SIDES or said.role != "leader"):
        raise NotAllowed("A leader signs the agreement for marketing or for sales, others do not.")


def _fits(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and name.isprintable()


def access(role: str, rep_id: str | None, side: str | None) -> str:
    """role leader, rep r1, for sales"""
    of_rep, for_side = f", rep {rep_id}" if rep_id else "", f", for {side}" if side else ""
    return f"role {role}{of_rep}{for_side}"
