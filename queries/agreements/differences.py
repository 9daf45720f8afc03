"""What differs between two versions, in words: first attempt: 8 business hours -> 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from queries import words
from queries.agreements import content, kinds
from queries.agreements.content import Term, Version
from queries.agreements.kinds import NO_NAMES, Names

# A longer text is not read in one line.
_LONGEST_QUOTE = 80
_CONTEXT = 20
_NOTHING = "nothing"
_CALENDARS = {
    "receiver": "that of whoever receives the lead",
    "company": "that of the company",
    "always": "around the clock",
}


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, and how it was and is said. `unit`: of both."""

    what: str
    before: str
    after: str
    unit: str = ""

    @property
    def sentence(self) -> str:
        """In one line; a unit that stays is said once."""
        before, after = _beginnings(" ".join(self.before.split()), " ".join(self.after.split()))
        return f"{self.what}: {before} -> {after.removesuffix(self.unit).rstrip()}"


def _beginnings(before: str, after: str) -> tuple[str, str]:
    """Two texts, of long ones only where they begin to differ."""
    if max(len(before), len(after)) <= _LONGEST_QUOTE:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    same = next(
        (place for place, (one, other) in pairs if one != other), min(len(before), len(after))
    )
    cut = before.rfind(" ", 0, max(0, same - _CONTEXT)) + 1
    return _quoted(before, cut), _quoted(after, cut)


def _quoted(text: str, cut: int) -> str:
    rest = text[cut:]
    end = rest if len(rest) <= _LONGEST_QUOTE else rest[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"…{end}" if cut else end


def between(before: Version, after: Version, names: Names = NO_NAMES) -> tuple[Difference, ...]:
    """All that differs, in the order in which a version is read; nothing of equal contents."""
    return (*_head(before, after), *_terms(before, after, names))


def _head(before: Version, after: Version) -> Iterator[Difference]:
    for what, old, new in (
        ("title", before.title, after.title),
        ("text", before.text or "none", after.text or "none"),
        ("wanted from", begins(before), begins(after)),
        ("longest pause", _days(before.pause_days), _days(after.pause_days)),
        ("pauses while", _listed(before.pause_statuses), _listed(after.pause_statuses)),
    ):
        if old != new:
            yield Difference(what, old, new)


def begins(version: Version) -> str:
    """1 May 2026; when both have signed"""
    return words.day(version.effective_from) if version.effective_from else "when both have signed"


def _days(count: int) -> str:
    return content.Target(Decimal(count), "business_days").in_words()


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or _NOTHING


def _terms(before: Version, after: Version, names: Names) -> Iterator[Difference]:
    old = {term.key: term for term in before.terms}
    new = {term.key: term for term in after.terms}
    for key, term in new.items():
        if key not in old:
            yield Difference(kinds.label(term, names), _NOTHING, kinds.sentence(term, names))
        else:
            yield from _fields(old[key], term, names)
    for key, term in old.items():
        if key not in new:
            yield Difference(kinds.label(term, names), kinds.sentence(term, names), _NOTHING)
    both = [[key for key in one if key in old and key in new] for one in (old, new)]
    if both[0] != both[1]:
        told = [", ".join(kinds.label(new[key], names) for key in keys) for keys in both]
        yield Difference("order", *told)


def _fields(old: Term, new: Term, names: Names) -> Iterator[Difference]:
    label = kinds.label(new, names)
    if old.target != new.target or (old.calendar == "always") != (new.calendar == "always"):
        told = kinds.target(old), kinds.target(new)
        units = [said.partition(" ")[2] for said in told]
        yield Difference(label, *told, unit=units[0] if units[0] == units[1] != "%" else "")
    before, after = _said(old, names), _said(new, names)
    for what, was in before.items():
        if was != after[what]:
            yield Difference(f"{label}, {what}", was, after[what])


def _said(term: Term, names: Names) -> Mapping[str, str]:
    """What else a term says, by what it is."""
    return {
        "kept in": kinds.share(term) or _NOTHING,
        "per": term.per or _NOTHING,
        "attempts": str(term.attempts or _NOTHING),
        "channels": str(term.channels or _NOTHING),
        "about": kinds.about_in_words(term.about) or _NOTHING,
        "for": kinds.segment_in_words(term, names).strip() or "all hand-offs",
        "working time": _CALENDARS[term.calendar],
        "points": points(term),
        "owner": term.owner or "nobody",
        "starts anew for each rep": "yes" if term.restarts_on_reassignment else "no",
    }


def points(term: Term) -> str:
    """Web, Buyer 40; all others 10"""
    return "; ".join(f"{_point(name)} {content.plain(term.points[name])}" for name in _names(term))


def _names(term: Term) -> list[str]:
    """All others come last."""
    return sorted(term.points, key=lambda name: (not name, name))


def _point(name: str) -> str:
    if not name:
        return "all others"
    channel, _, persona = name.partition("|")
    return f"{channel or 'no channel'}, {persona or 'no persona'}"
