"""What each number of the Handoffs page counts: the one place that says which hand-offs it is.

A number is the count of the rows that its condition lets through, and the same condition lists
them. docs/metrics.md holds the definitions under the names given here as `definition`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sqlalchemy as sa

from queries.filters import Filters
from queries.handoffs import facts

Condition = Callable[[facts.Facts, Filters], sa.ColumnElement[bool]]
# Who comes back later than this came back for another reason.
BACK_WITHIN_DAYS = 180


@dataclass(frozen=True)
class Metric:
    """A set of hand-offs: its words, which rows it is, and the section that defines it.

    `clock`: the kind of promise that it counts the due ones of (facts.clocks); each belongs to the
    rep who had the hand-off when that was due. `is_state`: it is about the moment of the view,
    whatever the period is.
    """

    key: str
    label: str
    definition: str
    holds: Condition
    clock: str | None = None
    is_state: bool = False

    @property
    def facts(self) -> facts.Facts:
        """What its condition looks at."""
        if self.clock:
            return facts.clocks(self.clock)
        return facts.with_clocks() if self.definition == "handoff_states" else facts.handoffs()

    @property
    def needs_activities(self) -> bool:
        """Without activities in the data it is not known; that would not be 0."""
        return self.key in _OF_ACTIVITIES


def _happened(name: str) -> Condition:
    def holds(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
        on, at = fact.c[f"{name}_on"], fact.c[f"{name}_at"]
        return sa.and_(on.between(view.start, view.end), at <= view.as_of)

    return holds


def _decided(*outcomes: str) -> Condition:
    def holds(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
        in_period = fact.c.decided_on.between(view.start, view.end)
        return sa.and_(fact.c.outcome.in_(outcomes), in_period)

    return holds


def _is(*states: str) -> Condition:
    return lambda fact, _view: sa.and_(fact.c.is_open, fact.c.clock_state.in_(states))


def _due(*results: str) -> Condition:
    def holds(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
        in_period = fact.c.due_on.between(view.start, view.end)
        return sa.and_(in_period, fact.c.result.in_(results))

    return holds


def _waits(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    came_back = sa.func.coalesce(fact.c.next_handed_at <= view.as_of, False)
    return sa.and_(fact.c.recycled_at <= view.as_of, ~came_back)


def _sent_back(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    in_period = fact.c.recycled_on.between(view.start, view.end)
    return sa.and_(in_period, fact.c.recycled_at <= view.as_of)


def _came_back(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    is_in_time = fact.c.next_handed_on <= fact.c.recycled_on + BACK_WITHIN_DAYS
    return sa.and_(_sent_back(fact, view), is_in_time, fact.c.next_handed_at <= view.as_of)


def _won_after(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    # What was won before the return does not hide what was won after it.
    return sa.and_(_came_back(fact, view), fact.c.next_won_at <= view.as_of)


def _timed(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    return sa.and_(_happened("handed")(fact, view), fact.c.is_timed)


def _complete(fact: facts.Facts, view: Filters) -> sa.ColumnElement[bool]:
    return sa.and_(_happened("handed")(fact, view), fact.c.is_complete)


_DECISIONS = facts.DECIDED_STATES[:-1]
# The funnel of a hand-off, in its order, and what a decision can be.
STEPS = ("handed", "assigned", "attempted", "contacted", "decided")
OUTCOMES = facts.DECIDED_STATES
_OF_ACTIVITIES = frozenset({"attempted", "contacted", "timed", *facts.OPEN_STATES[:-1]})
_OF_ACTIVITIES |= {"due", "met", "past_due", "ignored"}

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.key: metric
        for metric in (
            Metric("handed", "Handed over", "handoffs", _happened("handed")),
            Metric("assigned", "Assigned", "handoffs", _happened("assigned")),
            Metric("attempted", "Attempted", "handoffs", _happened("first_attempt")),
            Metric("contacted", "Contacted", "handoffs", _happened("first_contact")),
            Metric("decided", "Decided", "handoff_decisions", _decided(*_DECISIONS)),
            Metric("accepted", "Accepted", "handoff_decisions", _decided("accepted")),
            Metric("rejected", "Rejected", "handoff_decisions", _decided("rejected")),
            Metric("recycled", "Recycled", "handoff_decisions", _decided("recycled")),
            Metric("disqualified", "Disqualified", "handoff_decisions", _decided("disqualified")),
            Metric("superseded", "Handed over again", "handoff_decisions", _decided("superseded")),
            Metric(
                "open",
                "Open",
                "handoff_states",
                lambda fact, _view: fact.c.is_open,
                is_state=True,
            ),
            Metric("overdue", "Overdue", "handoff_states", _is("overdue"), is_state=True),
            Metric("due_soon", "Due soon", "handoff_states", _is("due_soon"), is_state=True),
            Metric("running", "Running", "handoff_states", _is("running"), is_state=True),
            Metric("paused", "Paused", "handoff_states", _is("paused"), is_state=True),
            Metric("no_clock", "Without a clock", "handoff_states", _is("no_clock"), is_state=True),
            Metric(
                "due",
                "First attempt due",
                "attainment",
                _due("met", "breached"),
                clock="first_attempt",
            ),
            Metric("met", "Answered in time", "attainment", _due("met"), clock="first_attempt"),
            Metric(
                "past_due", "All was due", "ignored_rate", _due("met", "breached"), clock="coverage"
            ),
            Metric(
                "ignored", "Never attempted", "ignored_rate", _due("breached"), clock="coverage"
            ),
            Metric("timed", "Handed over with a clock", "waiting_times", _timed),
            Metric("complete", "Complete contact data", "completeness", _complete),
            Metric("waiting", "Waiting to come back", "recycled_pool", _waits, is_state=True),
            Metric("sent_back", "Sent back", "recycled_pool", _sent_back),
            Metric("came_back", "Came back", "recycled_pool", _came_back),
            Metric("won_after", "Came back and won", "recycled_pool", _won_after),
        )
    }
)
