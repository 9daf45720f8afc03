"""What is to be done next about a lead, in a sentence that says how much time is left."""

from __future__ import annotations

from datetime import datetime

from components import due_words
from queries import lead_next, words


def said(step: lead_next.NextStep, zone: str, now: datetime) -> str:
    """First attempt due in 1 h 20 · today 16:40; Decide until tomorrow 10:00 · 6 h left.

    In the viewer's zone, with the rep's time beside it; `now` is UTC, naive.
    """
    if step.due_at is None:
        return step.words
    when = due_words.when(step.due_at, zone, words.local_day(now, zone))
    parts = [f"{step.words} {when}"]
    if step.state not in ("overdue", "paused"):
        left = due_words.span(step.left or 0)
        is_attempt = step.clock == "attempt"
        parts = [f"{step.words} in {left}", when] if is_attempt else [*parts, f"{left} left"]
    if elsewhere := due_words.beside(step.due_at, zone, step.rep_zone):
        parts.append(elsewhere)
    return " · ".join(parts)
