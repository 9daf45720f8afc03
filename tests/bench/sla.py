"""How long the data of the SLA page take: the scorecard, and the promises by rep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from queries import people, stores, working_time
from queries.filters import Filters
from queries.handoffs import answers as handoff_answers
from queries.sla import answers
from tests.bench import handoffs, questions, timing
from tests.bench.timing import Timed

UNFILTERED, FILTERED = 250, 100


@dataclass(frozen=True)
class Part:
    """A part of the page, seen in one view, and the time of its data."""

    section: str
    view: str
    own: Timed

    def line(self) -> str:
        return f"SLA       {self.section:10} {self.view:24} {self.own.milliseconds:9,.1f} ms"

    @property
    def most(self) -> int:
        return UNFILTERED if "no filter" in self.view else FILTERED


def parts(snapshot: stores.Snapshot) -> Iterator[Part]:
    """The parts of the page over 12 months: no filter, one rep, one campaign."""
    entered = handoff_answers.Entered(handoffs.default_terms())
    for name, view in questions.views(snapshot).items():
        if "12" not in name:
            continue
        for section, by in (("scorecard", None), ("by rep", "rep"), ("by owner", "owner")):
            own = timing.median(lambda v=view, b=by: _ask(snapshot, v, entered, b))
            yield Part(section, name, own)


def _ask(
    snapshot: stores.Snapshot, view: Filters, entered: handoff_answers.Entered, by: str | None
) -> None:
    """As pages/sla.py asks it."""
    asked = {"scope": people.EVERYTHING, "entered": entered, "by": by}
    with snapshot.connect() as connection:
        answers.load(connection, view, working=working_time.WorkingTime(), **asked)
