"""`show agreement`: all versions and one of them in full, as data, from the page's functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from queries.agreements import differences, kinds, seal, standing, store
from queries.agreements.content import Term, Version


def agreement_page(
    connection: Connection, *, number: int | None, now: datetime, zone: str
) -> dict[str, Any] | None:
    """The agreement; keys as fixed in docs/operations.md. None where there is no such version.

    `number`: the version told in full; else the one in force at `now` (UTC, naive). `zone`: in
    which days are told.
    """
    versions = store.versions(connection)
    chosen = standing.in_force(versions, now).number if number is None else number
    version = next((each for each in versions if each.number == chosen), None)
    if version is None:
        return None
    given = store.signatures(connection)
    listed = [
        {
            "version": each.number,
            "title": each.title,
            "standing": standing.standing(each, versions, now),
            "said": standing.in_words(each, versions, now, zone),
            "in_force_from": _instant(each.effective_at),
        }
        for each in versions
    ]
    return {
        "as_of": _instant(now),
        "versions": listed,
        "shown": _whole(version, given)
        | {
            "standing": standing.standing(version, versions, now),
            "said": standing.in_words(version, versions, now, zone),
            "compared_with": version.supersedes,
            "differences": _differences(version, versions),
        },
        "tampered": [vars(damage) for damage in store.check(connection)],
    }


def _whole(version: Version, given: Sequence[store.Signature]) -> dict[str, Any]:
    counting = store.counting(version, given).values()
    return {
        "version": version.number,
        "title": version.title,
        "text": version.text,
        "effective_from": _instant(version.effective_from),
        "in_force_from": _instant(version.effective_at),
        "pause_days": version.pause_days,
        "pause_statuses": list(version.pause_statuses),
        "marketing_to_sales": _terms(version, "marketing_to_sales"),
        "sales_to_marketing": _terms(version, "sales_to_marketing"),
        "seal": seal.of(version),
        "signatures": [
            {
                "side": each.side,
                "by": each.signer_user,
                "name": each.signer_name,
                "at": _instant(each.signed_at),
                "seal": each.content_sha256,
                "counts": each in counting,
            }
            for each in given
            if each.number == version.number
        ],
    }


def _terms(version: Version, direction: str) -> list[dict[str, Any]]:
    return [_term(term) for term in version.terms if term.direction == direction]


def _term(term: Term) -> dict[str, Any]:
    return {
        "key": term.key,
        "kind": term.kind,
        "sentence": kinds.sentence(term),
        "target": float(term.target.value),
        "unit": term.target.unit,
        "share": None if term.share is None else float(term.share),
        "owner": term.owner,
    }


def _differences(version: Version, versions: Sequence[Version]) -> list[str]:
    """From the version that it takes the place of, as sentences."""
    before = [each for each in versions if each.number == version.supersedes]
    return [told.sentence for each in before for told in differences.between(each, version)]


def _instant(moment: date | None) -> str | None:
    """A moment in UTC; a day as it is."""
    if moment is None:
        return None
    return moment.isoformat() + ("Z" if isinstance(moment, datetime) else "")
