"""Scores in words: what was promised, what came of it, and how each side did as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from queries import words
from queries.agreements import kinds
from queries.agreements.content import Direction
from queries.sla import lines as promised
from queries.sla.lines import Line
from queries.sla.scores import FEWEST, Score

SIDES: dict[Direction, str] = {
    "sales_to_marketing": "Sales",
    "marketing_to_sales": "Marketing",
}
HEADINGS: dict[Direction, str] = {
    "sales_to_marketing": "Sales to marketing",
    "marketing_to_sales": "Marketing to sales",
}
STATES = {
    "kept": "Kept",
    "missed": "Missed",
    "open": "Too early to tell",
    "not_due": "Nothing was due",
    "no_data": "No data",
    "of_others": "Promised for more than this view shows",
}


def label(line: Line, names: kinds.Names) -> str:
    """First attempt from channel Web: what a card is called."""
    said = kinds.label(line.term, names)
    return said[:1].upper() + said[1:]


def promise(line: Line, names: kinds.Names) -> str:
    """What is promised, in a sentence."""
    said = kinds.sentence(line.term, names)
    return f"{said[:1].upper()}{said[1:]}" + (" (no longer promised)" if line.is_over else "")


def changed(score: Score, zone: str, names: kinds.Names) -> str:
    """What was promised before, where that changed within the period; else nothing."""
    before = score.before
    if before is None:
        return ""
    since = words.day(words.local_day(promised.began(score.line, before), zone))
    said = kinds.sentence(before.term, names)
    return f"Since {since}. What began before is judged by: {said}."


def percent(share: float) -> str:
    """0.714 as "71 %"; 0 % and 100 % only for really none and all."""
    if 0 < share < 0.01 or 0.995 <= share < 1:
        return f"{min(max(share * 100, 0.1), 99.9):.1f} %"
    return f"{share * 100:.0f} %"


def number(amount: float) -> str:
    """1234.5 as "1,234.5": a number of hand-offs or of points."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.1f}"


def shortfall(score: Score) -> str:
    """71 % instead of 90 %; 3 of 4 of very few; 120 of 300; what is said where there is none."""
    tally = score.tally
    if score.state in ("no_data", "not_due"):
        return STATES[score.state].lower()
    if score.line.is_amount:
        of = "" if score.target is None else f" of {number(score.target)}"
        return f"{number(tally.amount)}{of}"
    if tally.n < FEWEST:
        return f"{tally.met:,} of {tally.n:,}"
    return f"{percent(tally.met / tally.n)} instead of {percent(score.target)}"


def overall(scores: Sequence[Score], direction: Direction, names: kinds.Names) -> str:
    """How one side did: Sales kept 2 of 4 promises and missed 1: Decision (71 % instead of ...)."""
    side = SIDES[direction]
    own = [score for score in scores if score.direction == direction]
    kept, missed, unsure = (
        [score for score in own if score.state == state] for state in ("kept", "missed", "open")
    )
    judged, left = len(kept) + len(missed) + len(unsure), len(own)
    if not own:
        return f"{side} has promised nothing in this version."
    if not judged:
        return f"{side}: nothing of what was promised can be judged in this period."
    said = []
    if kept or missed:
        said.append(_sure(side, kept, missed, judged, names))
        if unsure:
            said.append(f"For {len(unsure)} it is too early to tell.")
    else:
        said.append(f"{side}: it is too early to tell of {_promises(judged)}.")
    if judged < left:
        said.append(f"{_promises(left - judged)} cannot be judged in this period.")
    return " ".join(said)


def _sure(
    side: str, kept: Sequence[Score], missed: Sequence[Score], judged: int, names: kinds.Names
) -> str:
    """What is sure: of so many promises so many were kept, and which were missed."""
    which = words.listed([f"{label(each.line, names)} ({shortfall(each)})" for each in missed])
    of = f"of {_promises(judged)}"
    if not missed:
        return f"{side} kept {len(kept)} {of} and missed none for sure."
    if not kept:
        return f"{side} missed {len(missed)} {of}: {which}."
    return f"{side} kept {len(kept)} {of} and missed {len(missed)}: {which}."


def _promises(count: int) -> str:
    return "1 promise" if count == 1 else f"{count} promises"
