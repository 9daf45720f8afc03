"""Signing in by the word of the company's own provider (OpenID Connect)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from queries import accounts, audit, links, records, sessions, sign_in

_FRESH = timedelta(minutes=10)
# What makes one word of the provider another than the next.
_PARTS = ("iss", "sub", "iat", "nonce", "at_hash")


class Stale(ValueError):
    """The provider's word was used before, or is too old: ask the provider again."""


def begin(
    engine: Engine, claims: Mapping[str, Any], visit: sessions.Visit, *, with_demo: bool
) -> tuple[str, str]:
    """Signs in the person of a verified e-mail address; the session's id and its ticket.

    `claims`: of the ID token, whose signature Streamlit has checked. Raises: Refused, Stale,
    RecordsUnavailable.
    """
    _expect_fresh(claims, visit.at)
    email = claims.get("email") if claims.get("email_verified") is True else None
    if not isinstance(email, str):
        raise sign_in.Refused("The company's sign-in did not confirm an e-mail address of yours.")
    proof = json.dumps([str(claims.get(part)) for part in _PARTS])
    with records.writing(engine) as connection:
        person = accounts.find_by_email(connection, email, with_demo=with_demo)
        if person is not None and person.is_active:
            if not links.spend(connection, person.person_id, proof, visit.at):
                raise Stale
            return sign_in.begin(connection, person, visit, method="company")
        act = audit.Act("unknown name", visit.address, visit.at)
        audit.note(connection, act, "sign-in refused", email, "by company")
    raise sign_in.Refused(f"{email} is nobody who may sign in here. Ask an admin.")


def _expect_fresh(claims: Mapping[str, Any], at: datetime) -> None:
    try:
        issued = datetime.fromtimestamp(int(claims["iat"]), UTC).replace(tzinfo=None)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise Stale from None
    # Clocks differ a little.
    if not -_FRESH < at - issued < _FRESH:
        raise Stale
