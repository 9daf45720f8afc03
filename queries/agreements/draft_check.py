"""What a draft may say, and what it must say before it can be signed."""

from __future__ import annotations

from queries.agreements import kinds, term_check
from queries.agreements.content import Term, Version

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000
MOST_TERMS = 100
MOST_STATUSES = 50
_LONGEST_PAUSE = 60


class NotDrafted(ValueError):
    """The draft stays as it is. `field`: which of what was said is wrong; the message tells it."""

    def __init__(self, which: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = which


def cleaned(text: str) -> str:
    """A text as it is kept: one kind of line end, and no sign that a database refuses."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(sign for sign in kept if sign in "\n\t" or sign.isprintable())


def check(draft: Version) -> None:
    """Raises: NotDrafted, with the first thing that is wrong."""
    if not 1 <= len(draft.title) <= LONGEST_TITLE or not draft.title.isprintable():
        raise NotDrafted("title", f"Title: one line of 1 to {LONGEST_TITLE} letters.")
    if len(draft.text) > LONGEST_TEXT:
        raise NotDrafted(
            "text", f"Text: it has {len(draft.text):,} characters; {LONGEST_TEXT:,} can be kept."
        )
    if not 0 <= draft.pause_days <= _LONGEST_PAUSE:
        raise NotDrafted("pause_days", f"Longest pause: 0 to {_LONGEST_PAUSE} working days.")
    _check_statuses(draft.pause_statuses)
    _check_terms(draft)


def _check_statuses(statuses: tuple[str, ...]) -> None:
    is_fine = all(
        one and len(one) <= term_check.LONGEST_NAME and one.isprintable() for one in statuses
    )
    if not is_fine or len(set(statuses)) < len(statuses) or len(statuses) > MOST_STATUSES:
        raise NotDrafted(
            "pause_statuses",
            f"Pauses while: up to {MOST_STATUSES} statuses of the CRM, each in one line and once.",
        )


def _check_terms(draft: Version) -> None:
    if len(draft.terms) > MOST_TERMS:
        raise NotDrafted("term", f"An agreement has up to {MOST_TERMS} terms: remove some first.")
    for term in draft.terms:
        for problem in term_check.problems(term):
            raise NotDrafted(problem.field, problem.sentence)
    keys = [term.key for term in draft.terms]
    if len(set(keys)) < len(keys) or not all(key and key.isprintable() for key in keys):
        raise NotDrafted("key", "Key: each term has one of its own.")


def lacks(draft: Version) -> str:
    """Why a draft cannot be signed yet; nothing where it can."""
    given = {term.direction for term in draft.terms}
    for direction, side in (("marketing_to_sales", "marketing"), ("sales_to_marketing", "sales")):
        if direction not in given:
            return f"Before it is signed, {side} must promise something too: add a term."
    if unused := never_used(draft.terms):
        label = kinds.label(unused[0])
        return (
            f"A term measures nothing ({label}): one above it holds for all of its hand-offs."
            " Move it up or remove it."
        )
    return ""


def never_used(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Terms that measure nothing: one above them, of the same kind, holds for all of theirs."""
    return tuple(
        term
        for place, term in enumerate(terms)
        if any(_covers(before, term) for before in terms[:place])
    )


def _covers(wide: Term, narrow: Term) -> bool:
    # A target for each week and one for each month stand beside each other.
    is_same = wide.kind == narrow.kind and wide.per == narrow.per
    return is_same and all(
        dimension in narrow.segment and set(narrow.segment[dimension]) <= set(held)
        for dimension, held in wide.segment.items()
    )
