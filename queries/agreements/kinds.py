"""The kinds of promises: who gives each, what it needs, and how it is said in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from queries.agreements import content
from queries.agreements.content import Direction, Term

Names = Mapping[str, Mapping[str, str]]
NO_NAMES: Names = {}
PERIODS = ("week", "month", "quarter")
# How the parts of a segment are said, in the order in which a sentence says them.
_SEGMENT_WORDS = {
    "team": "to team",
    "channel": "from channel",
    "campaign": "from campaign",
    "persona": "of persona",
    "country": "from country",
}
_FIELD_WORDS = {"email": "e-mail"}
_CALENDAR_WORDS = {
    "receiver": "",
    "company": ", by the company's working time",
    "always": ", around the clock",
}


@dataclass(frozen=True)
class Kind:
    """One kind of promise. `needs`: fields of a term beside its target; the others stay empty.

    `says`: the sentence, with {target}, {share}, {per}, {attempts}, {channels}, {about}, {whom}.
    """

    key: str
    direction: Direction
    label: str
    units: tuple[str, ...]
    needs: tuple[str, ...]
    says: str
    rule: str
    comparator: Literal["at most", "at least"]
    can_restart: bool = False

    @property
    def is_span(self) -> bool:
        """Its target is a span of working time, so it has a calendar."""
        return self.units == content.SPANS


def _of_marketing(
    key: str, label: str, units: tuple[str, ...], needs: tuple[str, ...], says: str, rule: str
) -> Kind:
    comparator = "at most" if units == content.SPANS else "at least"
    return Kind(key, "marketing_to_sales", label, units, needs, says, rule, comparator)


def _of_sales(
    key: str, label: str, units: tuple[str, ...], needs: tuple[str, ...], says: str, rule: str
) -> Kind:
    is_time = units == content.SPANS and "attempts" not in needs
    comparator = "at most" if is_time else "at least"
    can_restart = units == content.SPANS and key != "feedback_given"
    return Kind(key, "sales_to_marketing", label, units, needs, says, rule, comparator, can_restart)


_SHARE = ("share",)
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        _of_marketing(
            "volume",
            "Volume",
            ("count",),
            ("per",),
            "at least {target} hand-offs{whom} per {per}",
            "Hand-offs of the period, against the target by the working days that have passed.",
        ),
        _of_marketing(
            "value_points",
            "Value",
            ("points",),
            ("per", "points"),
            "hand-offs{whom} worth at least {target} per {per}",
            "Each hand-off counts the points that this version gives its channel and persona.",
        ),
        _of_marketing(
            "acceptance",
            "Acceptance",
            ("ratio",),
            (),
            "sales accepts at least {target} of hand-offs{whom}",
            "Accepted hand-offs of all that are old enough to be decided.",
        ),
        _of_marketing(
            "completeness",
            "Completeness",
            ("ratio",),
            ("about",),
            "{about} on at least {target} of hand-offs{whom}",
            "Hand-offs that came with all these fields, as they were when handed over.",
        ),
        _of_marketing(
            "latency",
            "Handing over",
            content.SPANS,
            _SHARE,
            "handed over within {target} of qualifying, for {share} of hand-offs{whom}",
            "From the moment at which a lead qualifies until a rep has it.",
        ),
        _of_marketing(
            "feedback_answers",
            "Answers to feedback",
            content.SPANS,
            _SHARE,
            "an answer within {target} to {share} of the feedback on hand-offs{whom}",
            "From the moment at which feedback is given until marketing has answered it.",
        ),
        _of_sales(
            "first_attempt",
            "First attempt",
            content.SPANS,
            _SHARE,
            "a first attempt within {target}, for {share} of hand-offs{whom}",
            "From the hand-off until the rep first tries to reach the lead.",
        ),
        _of_sales(
            "first_contact",
            "First contact",
            content.SPANS,
            _SHARE,
            "a first conversation within {target}, for {share} of hand-offs{whom}",
            "From the hand-off until the lead is reached: they answer, or a meeting is held.",
        ),
        _of_sales(
            "attempts",
            "Attempts",
            content.SPANS,
            ("share", "attempts", "channels"),
            "at least {attempts} attempts over {channels} within {target}, for {share} of"
            " hand-offs{whom} that are not reached before",
            "Attempts until the time is over; who is reached or refused before needs no more.",
        ),
        _of_sales(
            "coverage",
            "Coverage",
            ("ratio",),
            (),
            "at least one attempt on {target} of hand-offs{whom}",
            "Hand-offs that were tried at all, once every promise on them has come due.",
        ),
        _of_sales(
            "decision",
            "Decision",
            content.SPANS,
            _SHARE,
            "a decision within {target}, for {share} of hand-offs{whom}",
            "From the hand-off until it is accepted, rejected, recycled or disqualified.",
        ),
        _of_sales(
            "reason_coverage",
            "Reasons",
            ("ratio",),
            ("about",),
            "a reason for {target} of {about} hand-offs{whom}",
            "Decisions of these kinds that say why.",
        ),
        _of_sales(
            "feedback_given",
            "Feedback",
            content.SPANS,
            _SHARE,
            "feedback within {target}, for {share} of decided hand-offs{whom}",
            "From the decision until sales has said how good the lead was.",
        ),
    )
}


def of_direction(direction: Direction) -> tuple[Kind, ...]:
    """The kinds that one side can promise the other."""
    return tuple(kind for kind in KINDS.values() if kind.direction == direction)


def sentence(term: Term, names: Names = NO_NAMES) -> str:
    """A term in plain words: a first attempt within 4 business hours, for 90 % of hand-offs from
    channel Web. `names`: dimension -> id -> the name that people know it by."""
    kind = KINDS[term.kind]
    calendar = _CALENDAR_WORDS[term.calendar] if kind.is_span else ""
    restarts = ", anew for each rep who gets it" if term.restarts_on_reassignment else ""
    said = kind.says.format(
        target=target(term),
        share=share(term),
        per=term.per,
        attempts=term.attempts,
        channels=_channels(term.channels),
        about=about_in_words(term.about),
        whom=segment_in_words(term, names),
    )
    return said + calendar + restarts


def target(term: Term) -> str:
    """4 business hours; around the clock, 4 hours"""
    said = term.target.in_words()
    return said.replace("business ", "") if term.calendar == "always" else said


def share(term: Term) -> str:
    """90 %; nothing of a promise that has none"""
    return "" if term.share is None else f"{content.plain(term.share * 100)} %"


def _channels(count: int | None) -> str:
    return "1 channel" if count == 1 else f"{count} channels"


def about_in_words(about: tuple[str, ...]) -> str:
    """e-mail, phone and job title; all of them, for it is a promise"""
    said = [_FIELD_WORDS.get(name, name.replace("_", " ")) for name in about]
    return " and ".join([part for part in (", ".join(said[:-1]), said[-1]) if part]) if said else ""


def segment_in_words(term: Term, names: Names = NO_NAMES) -> str:
    """to team North from channel Web or E-mail; nothing where the term holds for everything."""
    said = []
    for dimension, how in _SEGMENT_WORDS.items():
        if held := term.segment.get(dimension):
            known = names.get(dimension, {})
            said.append(f" {how} {' or '.join(known.get(value, value) for value in held)}")
    return "".join(said)


def label(term: Term, names: Names = NO_NAMES) -> str:
    """first attempt from channel Web: what tells a term from the others of its version."""
    return KINDS[term.kind].label.lower() + segment_in_words(term, names)
