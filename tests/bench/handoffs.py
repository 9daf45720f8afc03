"""How long the data of each part of the Handoffs page take, beside a bare aggregate of DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from queries import migrate, people, records, stores, terms
from queries.filters import Filters
from queries.handoff_schema import handoffs
from queries.handoffs import answers
from tests.bench import questions, timing
from tests.bench.timing import Timed

# The size is 300,000 hand-offs; a million leads have some more.
UNFILTERED, FILTERED = 150, 60


@dataclass(frozen=True)
class Part:
    """A part of the page, seen in one view: the time of its data, and of reading the columns."""

    section: str
    view: str
    own: Timed
    bare: Timed

    def line(self) -> str:
        ratio = self.own.seconds / self.bare.seconds
        return (
            f"Handoffs  {self.section:8} {self.view:24} {self.own.milliseconds:9,.1f} ms"
            f"  | limit {self.bare.milliseconds:8,.1f} ms {ratio:5.1f} x"
        )


def parts(snapshot: stores.Snapshot) -> Iterator[Part]:
    """Each part of the page over 12 months: no filter, one rep, one campaign."""
    views = {name: view for name, view in questions.views(snapshot).items() if "12" in name}
    entered = answers.Entered(default_terms())
    for name, view in views.items():
        for section in answers.SECTIONS:
            yield Part(
                section,
                name,
                timing.median(lambda s=section, v=view: _ask(snapshot, v, entered, s)),
                timing.median(lambda v=view: _limit(snapshot, v)),
            )


def count(snapshot: stores.Snapshot) -> int:
    """How many hand-offs there are."""
    with snapshot.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(handoffs)).scalar_one()


def default_terms() -> terms.Terms:
    # Records of their own, with what they have from the beginning.
    with tempfile.TemporaryDirectory() as folder:
        engine = records.open_records(f"sqlite:///{Path(folder) / 'records.sqlite'}")
        migrate.migrate(engine)
        with records.reading(engine) as connection:
            return terms.in_force(connection)


def _ask(snapshot: stores.Snapshot, view: Filters, entered: answers.Entered, section: str) -> None:
    """As pages/handoffs.py asks it."""
    asked = {"scope": people.EVERYTHING, "entered": entered}
    with snapshot.connect() as connection:
        answers.load(connection, view, by="rep", section=section, **asked)
        if section == "list":
            answers.work_list(connection, view, key="open", number=1, **asked)


def _limit(snapshot: stores.Snapshot, view: Filters) -> None:
    """One look at what a clock is judged by."""
    columns = handoffs.c
    wanted = sa.select(
        *(
            sa.func.sum(columns[f"{name}_clock"])
            for name in ("handed", "first_attempt", "first_contact", "decided")
        ),
        sa.func.count(columns.decision),
    ).where(columns.handed_on.between(view.start, view.end), view.matching(handoffs))
    with snapshot.connect() as connection:
        connection.execute(wanted).one()
