"""A small company whose promises are kept or not, row by row, and its scorecards.

Everybody works from Monday to Friday, 9 to 18, UTC. June 2026 begins on a Monday.
"""

from __future__ import annotations

from queries import stores, working_time
from queries.agreements import defaults
from queries.agreements.content import Version
from queries.filters import Filters
from queries.handoffs import answers as handoff_answers
from queries.handoffs import live
from queries.people import EVERYTHING, Scope
from queries.sla import answers, scores
from tests import agreement_terms, company
from tests.company import Row
from tests.handoff_questions import HISTORY, TERMS, make_call, make_handoff, make_owner

KINDS = tuple(agreement_terms.LEAST)


def make_end(lead_id: str, stage: str, at: str, reason: str = "") -> Row:
    """A lead is rejected, recycled or disqualified."""
    relation, row = company.make_event(stage, at, lead_id)
    return relation, row | {"reason_code": reason}


# hand-off of    handed over    first attempt           decided
# a        bo    Mon 1, 09:00   13:00, in time, spoken  Tue 2, 09:00 accepted
# b        bo    Mon 1, 09:00   13:00:01, too late      Tue 2, 16:00 rejected, in time, a reason
# c        cy    Mon 1, 10:00   -                       Wed 3, 09:00 recycled, late, no reason
# d        dee   Tue 30, 10:00  -                       -
WORKED: tuple[Row, ...] = (
    *HISTORY,
    *make_handoff("a", "2026-06-01 09:00", email="a@example.com", job_title="Head"),
    *make_handoff("b", "2026-06-01 09:00", email="b@example.com", job_title="Head", source=""),
    *make_handoff("c", "2026-06-01 10:00", rep="cy"),
    *make_handoff("d", "2026-06-30 10:00", rep="dee"),
    make_call("a", "2026-06-01 13:00", outcome="connected"),
    make_call("b", "2026-06-01 13:00:01"),
    company.make_event("sal", "2026-06-02 09:00", "a"),
    make_end("b", "rejected", "2026-06-02 16:00", "too small"),
    make_end("c", "recycled", "2026-06-03 09:00"),
)

# hand-off of      handed over     what the first attempt of Bo or Cy is judged by
# before   bo      Fri 12, 17:30   four hours: due Mon 15, 12:30, called at 11:00
# after    bo      Mon 15, 09:00   one hour: due 10:00, called at 11:00
# moved    bo, cy  Mon 8, 09:00    four hours: due 13:00, Cy's since 12:00; never called
# again    bo      Mon 1, 09:00    due 13:00, handed over again 11:00: called off;
#                  Mon 1, 11:00    due 15:00, called at 12:00, recycled on Tue 2;
#                  Mon 22, 09:00   one hour: due 10:00, never called
CHANGED: tuple[Row, ...] = (
    *HISTORY,
    *make_handoff("before", "2026-06-12 17:30"),
    *make_handoff("after", "2026-06-15 09:00"),
    *make_handoff("moved", "2026-06-08 09:00", rep="cy"),
    *make_handoff("again", "2026-06-01 09:00"),
    company.make_event("mql", "2026-06-01 11:00", "again"),
    company.make_event("mql", "2026-06-22 09:00", "again"),
    make_call("before", "2026-06-15 11:00"),
    make_call("after", "2026-06-15 11:00"),
    make_call("again", "2026-06-01 12:00"),
    make_owner("moved", "2026-06-08 12:00", "bo", "cy"),
    make_end("again", "recycled", "2026-06-02 09:00"),
)


def scored(
    snapshot: stores.Snapshot,
    seen: Filters,
    *versions: Version,
    scope: Scope = EVERYTHING,
    by: str | None = None,
    fresh: live.Fresh = live.NOTHING,
) -> answers.Answers:
    """The scorecards of a view, by these versions or the default one."""
    asked = {"scope": scope, "by": by, "working": working_time.WorkingTime()}
    with snapshot.connect() as connection:
        return answers.load(connection, seen, entered=entered(*versions, fresh=fresh), **asked)


def entered(*versions: Version, fresh: live.Fresh = live.NOTHING) -> handoff_answers.Entered:
    """What the records hold: these versions or the default one."""
    return handoff_answers.Entered(TERMS, fresh, versions or (defaults.VERSION,))


def one(shown: answers.Answers, key: str) -> scores.Score:
    """The score of one promise."""
    return next(score for score in shown.scores if score.line.key == key)


def numbers(shown: answers.Answers) -> dict[str, tuple[int, int]]:
    """Promise -> how many were kept, of how many."""
    return {score.line.key: (score.tally.met, score.tally.n) for score in shown.scores}
