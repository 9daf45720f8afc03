"""All that the SLA page shows, asked at once of one state of the hand-offs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from sqlalchemy.engine import Connection

from queries import choices, rows, stores
from queries.filters import Filters
from queries.handoffs import answers, facts, live
from queries.handoffs.answers import Entered, Number, Sql
from queries.people import Scope
from queries.sla import behind, breakdown, scores, sentences, spans, tallies
from queries.sla import lines as promised
from queries.sla.breakdown import Part
from queries.sla.lines import Line
from queries.sla.scores import Basis, Score
from queries.working_time import WorkingTime

_EVERY_BREACH = ""


@dataclass(frozen=True)
class Answers:
    """`scores` in the order of the version in force; `overall`: direction -> how that side did;
    `parts`: the promises by a dimension, of the same lines as `scores`; `names`: dimension -> id ->
    name. `has_handoffs`, `has_attempts`: the data has any, whatever the view shows of them."""

    scores: tuple[Score, ...]
    overall: Mapping[str, str]
    unit: spans.Unit
    parts: tuple[Part, ...]
    names: Mapping[str, Mapping[str, str]]
    has_handoffs: bool
    has_attempts: bool

    def copy(self, *, deep: bool) -> Answers:
        """Itself: it cannot be changed."""
        del deep
        return self


def load(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    working: WorkingTime,
    by: str | None = None,
) -> Answers:
    """The scores of a view with their trends, and by a dimension if one is asked for.

    Source: live_clocks. Raises: KeyError for an unknown dimension.
    """
    asked = answers.question(connection, filters, entered)
    has_attempts = stores.once(connection, live.history_begins_at) is not None
    basis = Basis(filters, scope, entered.versions, working, has_attempts)
    lines = lines_of(filters, entered)
    steps, names = spans.of(filters), choices.names(connection)
    counted, each = tallies.by_step(connection, asked, steps, scope=scope, lines=lines)
    found = tuple(
        _with_trend(line, counted, each, steps, basis)
        for line in lines
        if not line.is_over or tallies.of(line, counted).n
    )
    parts = ()
    if by is not None and by in breakdown.dimensions(scope):
        own = tallies.by_part(connection, asked, by, scope=scope, lines=lines)
        parts = breakdown.parts([score.line for score in found], own, names, by)
    told = {side: sentences.overall(found, side, names) for side in sentences.SIDES}
    has_handoffs = stores.once(connection, live.has_handoffs)
    return Answers(
        found, MappingProxyType(told), steps.unit, parts, names, has_handoffs, has_attempts
    )


def lines_of(filters: Filters, entered: Entered) -> tuple[Line, ...]:
    """The promises that a view is held against."""
    return promised.of(entered.versions, promised.shown_at(filters))


def _with_trend(
    line: Line,
    counted: tallies.Counted,
    each: tuple[tallies.Counted, ...],
    steps: spans.Steps,
    basis: Basis,
) -> Score:
    own = [tallies.of(line, step) for step in each]
    score = scores.of(line, tallies.of(line, counted), basis)
    if score.state == "no_data":
        return score
    return scores.with_trend(score, scores.trend(line, steps.spans, own, basis))


def line(filters: Filters, entered: Entered, key: str) -> Line | None:
    """The promise with this key, if the view knows it."""
    return next((each for each in lines_of(filters, entered) if each.key == key), None)


def _wanted(filters: Filters, entered: Entered, key: str) -> behind.Wanted:
    """What the key of a promise asks for; without one, all breaches."""
    lines = lines_of(filters, entered)
    if key == _EVERY_BREACH:
        return behind.Wanted(lines, only_breached=True)
    return behind.Wanted(tuple(each for each in lines if each.key == key))


def count(
    connection: Connection, filters: Filters, *, scope: Scope, entered: Entered, key: str
) -> Number:
    """How many rows `rows_behind` has."""
    asked = answers.question(connection, filters, entered)
    wanted = behind.counted(asked, scope, _wanted(filters, entered, key))
    return Number(facts.ask(connection, wanted, asked).scalar_one())


def rows_behind(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: Entered,
    key: str,
    number: int | None = None,
) -> pd.DataFrame:
    """A page of the clocks behind a promise (key "": of all breaches), or all of them: behind."""
    asked = answers.question(connection, filters, entered)
    wanted = _wanted(filters, entered, key)
    return behind.frame(connection, asked, wanted, scope=scope, number=number)


def sql_of(
    connection: Connection, filters: Filters, *, scope: Scope, entered: Entered, key: str
) -> Sql:
    """The SQL that counts a promise, with its parameters in place. KeyError for an unknown one."""
    asked, found = answers.question(connection, filters, entered), line(filters, entered, key)
    if found is None:
        raise KeyError(key)
    wanted = tallies.statement(asked, scope, found).params(asked.parameters)
    return Sql(rows.readable_sql(wanted) + behind.ABOUT)
