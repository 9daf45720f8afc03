"""All that the Handoffs page shows, asked at once of one state of the hand-offs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from queries import clocks, stores, terms
from queries.agreements import defaults, standing, store
from queries.agreements.content import Version
from queries.filters import Filters
from queries.handoffs import behind, cohorts, counts, facts, listing, live, reasons, times
from queries.handoffs.facts import Question
from queries.handoffs.live import Fresh
from queries.handoffs.metrics import METRICS, OUTCOMES, STEPS
from queries.people import Scope
from queries.terms import Terms


@dataclass(frozen=True)
class Entered:
    """What people have entered here: the terms in force, what was decided since, and the versions
    of the agreement that were signed, the oldest first."""

    terms: Terms
    fresh: Fresh = live.NOTHING
    versions: tuple[Version, ...] = (defaults.VERSION,)


def entered(records_connection: Connection, since: datetime, now: datetime) -> Entered:
    """What people have entered, for a snapshot that read the records at `since`; UTC, naive.

    Source: sla_agreements, sla_terms, handoff_decisions, handoff_pauses.
    """
    versions = store.signed(records_connection)
    in_force = terms.of_version(standing.in_force(versions, now))
    return Entered(in_force, live.since(records_connection, since), versions)


# What a part of the page is made of, besides the open hand-offs, which are on each. Metrics by
# their keys; a wait may have the name of one.
_MADE_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "list": (),
        "results": ("handed", "accepted", "decided", "due", "wait first_attempt", "complete"),
        "funnel": (*STEPS, *OUTCOMES, "cohort"),
        "times": ("timed", *(f"wait {key}" for key, _ in times.WAITS)),
        "reasons": ("reasons",),
        "recycled": ("waiting", "sent_back", "came_back", "won_after", "returns"),
    }
)
SECTIONS = tuple(_MADE_OF)
_EVERYTHING = frozenset(part for parts in _MADE_OF.values() for part in parts)


@dataclass(frozen=True)
class Answers:
    """`counts`: metric -> hand-offs, None where the data has no activities to know it; frames as
    in counts, times and reasons. What a section does not show was not asked, and is None or not in
    `counts`. `has_handoffs`, `has_attempts`: the data has any, whatever the view shows of them."""

    counts: MappingProxyType[str, int | None]
    board: pd.DataFrame
    ages: pd.DataFrame
    has_handoffs: bool
    has_attempts: bool
    cohort: pd.DataFrame | None = None
    waits: pd.DataFrame | None = None
    reasons: pd.DataFrame | None = None
    returns: pd.DataFrame | None = None
    complete: MappingProxyType[str, int] | None = None

    def copy(self, *, deep: bool) -> Answers:
        """Each frame copied, as frames are."""
        frames = {
            name: each.copy(deep=deep)
            for name, each in vars(self).items()
            if isinstance(each, pd.DataFrame)
        }
        return replace(self, **frames)


def load(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    by: str,
    section: str | None = None,
) -> Answers:
    """What a section of the page shows (None: all of them), with the board by rep or team.

    Source: live_handoffs. Raises: KeyError for an unknown section.
    """
    parts = _EVERYTHING if section is None else frozenset(_MADE_OF[section])
    view = question(connection, filters, entered)
    asked = (connection, view)
    counted = counts.tally(
        *asked,
        scope=scope,
        by=by,
        events=[key for key in counts.EVENTS if key in parts],
        with_due="due" in parts,
    )
    waits = [key for key, _ in times.WAITS if f"wait {key}" in parts]
    complete = reasons.completeness(*asked, scope=scope) if "complete" in parts else None
    known = {"has_attempts": _has_attempts(connection)}
    return Answers(
        counts=MappingProxyType(_known(counted.by_metric(), **known)),
        board=counts.board(connection, counted, by, **known),
        ages=counts.ages(counted, **known),
        has_handoffs=stores.once(connection, live.has_handoffs),
        cohort=cohorts.cohort(*asked, scope=scope, **known) if "cohort" in parts else None,
        waits=times.waits(*asked, scope=scope, only=waits, **known) if waits else None,
        reasons=reasons.by_reason(*asked, scope=scope) if "reasons" in parts else None,
        returns=reasons.returns(*asked, scope=scope) if "returns" in parts else None,
        complete=None if complete is None else MappingProxyType(complete),
        **known,
    )


def _has_attempts(connection: Connection) -> bool:
    return stores.once(connection, live.history_begins_at) is not None


def _known(counted: Mapping[str, int], *, has_attempts: bool) -> dict[str, int | None]:
    """What nobody can know without activities is missing, not 0."""
    return {
        key: None if METRICS[key].needs_activities and not has_attempts else n
        for key, n in counted.items()
    }


@dataclass(frozen=True)
class Number:
    """A count that copies itself as frames do; None is no data."""

    n: int | None

    def copy(self, *, deep: bool) -> Number:
        """Itself: it cannot be changed."""
        del deep
        return self


def count(
    connection: Connection, filters: Filters, *, scope: Scope, entered: Entered, key: str
) -> Number:
    """How many hand-offs one metric counts: counts.statement; None as in `Answers`."""
    if METRICS[key].needs_activities and not _has_attempts(connection):
        return Number(None)
    view = question(connection, filters, entered)
    wanted = counts.statement(view, scope, key)
    return Number(facts.ask(connection, wanted, view).scalar_one())


def question(connection: Connection, filters: Filters, entered: Entered) -> Question:
    """The view on this connection, whose hand-offs are brought up to what was entered since."""
    live.prepare(connection, entered.fresh, filters.zone, entered.versions)
    return Question(filters, entered.terms, clocks.load(connection), clocks.usual_days(connection))


def work_list(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    **asked: Any,
) -> pd.DataFrame:
    """A page of the work list: listing.page."""
    view = question(connection, filters, entered)
    return listing.page(connection, view, scope=scope, **asked)


def one(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    handoff_id: str,
) -> pd.DataFrame:
    """One hand-off, whatever its state: listing.one."""
    view = question(connection, filters, entered)
    return listing.one(connection, view, scope=scope, handoff_id=handoff_id)


def rows_behind(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    key: str,
    number: int | None = None,
) -> pd.DataFrame:
    """A page of the rows behind a metric, or all of them: behind."""
    view = question(connection, filters, entered)
    if number is None:
        return behind.everything(connection, view, scope=scope, key=key)
    return behind.page(connection, view, scope=scope, key=key, number=number)


@dataclass(frozen=True)
class Sql:
    """A statement to read and to run."""

    text: str

    def copy(self, *, deep: bool) -> Sql:
        """Itself: it cannot be changed."""
        del deep
        return self


def sql_of(
    connection: Connection, filters: Filters, *, scope: Scope, entered: Entered, key: str
) -> Sql:
    """The SQL that counts a metric: behind.sql_of."""
    view = question(connection, filters, entered)
    return Sql(behind.sql_of(view, scope, key))
