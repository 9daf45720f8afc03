"""Changing the one draft of the agreement. What is signed is never touched: a change of it is
another draft.

Whoever edits says which content they saw; what somebody else changed meanwhile is not overwritten.
Each change stands in the audit log of the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from queries import audit, people, words
from queries.agreement_schema import AGREEMENT, sla_agreements, sla_terms
from queries.agreements import differences, draft_check, rows, seal, store
from queries.agreements.content import Term, Version
from queries.agreements.draft_check import NotDrafted

Changed = Callable[[Version], Version]
_EDITORS = ("leader", "sales_manager", "marketer")


class ChangedMeanwhile(NotDrafted):
    """Somebody else changed the draft since it was seen; the message says who and when."""


@dataclass(frozen=True)
class Edit:
    """Who edits, and which content they saw (its seal). `zone`: in which moments are told."""

    user: people.User
    act: audit.Act
    seen: str
    zone: str


@dataclass(frozen=True)
class Head:
    """What a draft says beside its terms."""

    title: str
    text: str
    effective_from: date | None = None
    pause_days: int = 10
    pause_statuses: tuple[str, ...] = ()


def may_edit(user: people.User) -> bool:
    """Those who lead, or manage one of the sides, write the draft; an admin manages people only."""
    return user.role in _EDITORS


def start(connection: Connection, act: audit.Act, user: people.User, source: int, zone: str) -> int:
    """A draft with the content of a version; returns its number. Raises: NotDrafted."""
    _allow(user)
    versions = {version.number: version for version in store.versions(connection)}
    if source not in versions:
        raise NotDrafted("version", f"There is no version {source} to start from.")
    number = max(versions) + 1
    signed = [each.number for each in versions.values() if each.status == "signed"]
    row = rows.of_version(replace(versions[source], effective_from=None)) | {
        "agreement_id": AGREEMENT,
        "version": number,
        "status": "draft",
        "supersedes_version": max(signed),
        "created_by": act.by,
        "created_at": act.at,
        "changed_by": act.by,
        "changed_at": act.at,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(sla_agreements).values(row).on_conflict_do_nothing()
    if connection.execute(statement.returning(sla_agreements.c.version)).first() is None:
        raise NotDrafted("version", _begun(connection, zone))
    _insert(connection, number, tuple(_renumbered(term) for term in versions[source].terms))
    audit.note(connection, act, "draft started", store.subject(number), f"from version {source}")
    return number


def _renumbered(term: Term) -> Term:
    return replace(term, term_id=uuid.uuid4().hex)


def _begun(connection: Connection, zone: str) -> str:
    found = connection.execute(_draft()).one_or_none()
    if found is None:
        return "Somebody else has written at this moment; try again."
    when = words.moment(found.created_at, zone)
    return (
        f"{found.created_by} has started a draft on {when}: change that one, or discard it first."
        " There is one draft at a time."
    )


def _draft() -> sa.Select:
    is_it = (sla_agreements.c.agreement_id == AGREEMENT, sla_agreements.c.status == "draft")
    return sa.select(sla_agreements).where(*is_it)


def describe(connection: Connection, edit: Edit, head: Head) -> None:
    """Changes title, text, first day and rules of pauses. Raises: NotDrafted."""
    text = draft_check.cleaned(head.text)
    said = replace(head, title=draft_check.cleaned(head.title), text=text)
    _change(connection, edit, lambda draft: replace(draft, **vars(said)))


def add_term(connection: Connection, edit: Edit, term: Term) -> None:
    """Adds a term at the end. Its id is made with the form: sent twice, it is there once.

    An empty `key` is filled in. Raises: NotDrafted.
    """
    used = {each.key for one in store.versions(connection) for each in one.terms}
    keyed = term if term.key else replace(term, key=_new_key(term.kind, used))

    def added(draft: Version) -> Version:
        if any(each.term_id == term.term_id for each in draft.terms):
            return draft
        return replace(draft, terms=(*draft.terms, keyed))

    _change(connection, edit, added)


def _new_key(kind: str, used: set[str]) -> str:
    """A key that no version has for another promise."""
    names = (kind if number == 1 else f"{kind} {number}" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def change_term(connection: Connection, edit: Edit, term: Term) -> None:
    """Changes the term of this id; it stays the same promise, of the same kind and key.

    Raises: NotDrafted.
    """

    def changed(draft: Version) -> Version:
        old = _of(draft, term.term_id)
        if old.kind != term.kind:
            raise NotDrafted("kind", "Kind: for another promise remove this one and add another.")
        new = replace(term, key=old.key)
        return replace(draft, terms=tuple(new if each is old else each for each in draft.terms))

    _change(connection, edit, changed)


def remove_term(connection: Connection, edit: Edit, term_id: str) -> None:
    """Removes a term. Raises: NotDrafted."""
    _change(
        connection,
        edit,
        lambda draft: replace(
            draft, terms=tuple(each for each in draft.terms if each.term_id != term_id)
        ),
    )


def reorder(connection: Connection, edit: Edit, term_ids: tuple[str, ...]) -> None:
    """Puts the terms into another order; the first that holds for a hand-off measures it.

    Raises: NotDrafted.
    """

    def reordered(draft: Version) -> Version:
        if sorted(term_ids) != sorted(each.term_id for each in draft.terms):
            raise NotDrafted("order", "Order: name each term of the draft once.")
        return replace(draft, terms=tuple(_of(draft, each) for each in term_ids))

    _change(connection, edit, reordered)


def discard(connection: Connection, edit: Edit) -> None:
    """Gives a draft up; it stays to be read. Raises: NotDrafted."""
    draft = _held(connection, edit)
    _update(connection, edit.act, draft.number, status="discarded")
    audit.note(connection, edit.act, "draft discarded", store.subject(draft.number))


def _of(draft: Version, term_id: str) -> Term:
    for term in draft.terms:
        if term.term_id == term_id:
            return term
    raise NotDrafted("term", "This term is not in the draft any more.")


def _change(connection: Connection, edit: Edit, changed: Changed) -> None:
    before = _held(connection, edit, changed)
    after = changed(before)
    if after == before:
        return
    draft_check.check(after)
    _update(connection, edit.act, after.number, **rows.of_version(after))
    if after.terms != before.terms:
        is_it = (sla_terms.c.agreement_id == AGREEMENT, sla_terms.c.version == after.number)
        connection.execute(sa.delete(sla_terms).where(*is_it))
        _insert(connection, after.number, after.terms)
    told = "; ".join(each.sentence for each in differences.between(before, after))
    audit.note(connection, edit.act, "draft changed", store.subject(after.number), told)


def _held(connection: Connection, edit: Edit, changed: Changed | None = None) -> Version:
    """The draft, held until the end of the transaction, if it is the one that was seen; or if it
    is changed like this already: the same form was sent twice."""
    _allow(edit.user)
    row = connection.execute(_draft().with_for_update()).one_or_none()
    if row is None:
        raise NotDrafted("version", "There is no draft any more: it was signed or discarded.")
    draft = next(each for each in store.versions(connection) if each.number == row.version)
    if seal.of(draft) == edit.seen or (changed and _is_done(draft, changed)):
        return draft
    when = words.moment(row.changed_at, edit.zone)
    raise ChangedMeanwhile(
        "version",
        f"{row.changed_by} has changed this draft on {when}, after you opened it. Your change was"
        " not saved; what you typed is still here.",
    )


def _is_done(draft: Version, changed: Changed) -> bool:
    try:
        return changed(draft) == draft
    except NotDrafted:
        return False


def _allow(user: people.User) -> None:
    if not may_edit(user):
        raise NotDrafted("role", "Leaders, sales managers and marketers write the draft.")


def _update(connection: Connection, act: audit.Act, number: int, **cells: object) -> None:
    is_it = (sla_agreements.c.agreement_id == AGREEMENT, sla_agreements.c.version == number)
    changed = {"changed_by": act.by, "changed_at": act.at}
    connection.execute(sa.update(sla_agreements).where(*is_it).values(**cells, **changed))


def _insert(connection: Connection, number: int, terms: tuple[Term, ...]) -> None:
    if terms:
        cells = [rows.of_term(term, number, place) for place, term in enumerate(terms)]
        connection.execute(sa.insert(sla_terms), cells)
