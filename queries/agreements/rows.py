"""Versions and terms as rows of the records, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from queries.agreement_schema import AGREEMENT
from queries.agreements.content import Target, Term, Version


def as_version(row: sa.Row, terms: tuple[Term, ...]) -> Version:
    """A row of sla_agreements."""
    return Version(
        number=row.version,
        title=row.title,
        text=row.text,
        status=row.status,
        terms=terms,
        effective_from=row.effective_from,
        effective_at=row.effective_at,
        pause_days=row.pause_days,
        pause_statuses=_listed(row.pause_statuses),
        supersedes=row.supersedes_version,
    )


def of_version(version: Version) -> dict[str, Any]:
    """What of a version a draft can change, as cells of sla_agreements."""
    return {
        "title": version.title,
        "text": version.text,
        "effective_from": version.effective_from,
        "pause_days": version.pause_days,
        "pause_statuses": _json(list(version.pause_statuses)),
    }


def as_term(row: sa.Row) -> Term:
    """A row of sla_terms."""
    segment = {
        name: tuple(held)
        for name, held in _mapped(row.segment_json).items()
        if isinstance(held, list)
    }
    points = {
        name: Decimal(worth)
        for name, worth in _mapped(row.points_json).items()
        if isinstance(worth, str) and _is_decimal(worth)
    }
    return Term(
        term_id=row.term_id,
        key=row.term_key,
        direction=row.direction,
        kind=row.kind,
        target=Target(Decimal(row.target_value).normalize(), row.unit),
        share=None if row.share is None else Decimal(row.share).normalize(),
        per=row.per,
        attempts=row.attempts,
        channels=row.channels,
        about=_listed(row.about_json),
        calendar=row.calendar,
        segment=MappingProxyType(segment),
        points=MappingProxyType(points),
        owner=row.owner,
        restarts_on_reassignment=row.restarts_on_reassignment,
    )


def of_term(term: Term, number: int, place: int) -> dict[str, Any]:
    """A term of a version as cells of sla_terms."""
    points = {name: f"{worth.normalize():f}" for name, worth in term.points.items()}
    same = ("term_id", "direction", "kind", "share", "per", "attempts", "channels")
    more = ("calendar", "owner", "restarts_on_reassignment")
    return {name: getattr(term, name) for name in (*same, *more)} | {
        "agreement_id": AGREEMENT,
        "version": number,
        "term_key": term.key,
        "target_value": term.target.value,
        "unit": term.target.unit,
        "about_json": _json(list(term.about)),
        "segment_json": _json({name: list(held) for name, held in term.segment.items()}),
        "points_json": _json(points),
        "sort_order": place,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _listed(text: str) -> tuple[str, ...]:
    found = _read(text)
    return tuple(found) if isinstance(found, list) else ()


def _mapped(text: str) -> Mapping[str, Any]:
    found = _read(text)
    return found if isinstance(found, dict) else {}


def _read(text: str) -> Any:
    # Only tampering writes anything else; it is noticed by the seal, and must not stop the pages.
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
