"""The moment that the Lead page is about: now, whatever view its reader comes from."""

from __future__ import annotations

from components import data, handoff_choice
from queries import filters
from queries.handoffs import answers


def view(entered: answers.Entered) -> filters.Filters:
    """Everything, now; the period does not matter to it."""
    known = data.snapshot()
    day = known.newest_on
    return handoff_choice.at_present(filters.Filters(day, day, known.read_at, known.zone), entered)
