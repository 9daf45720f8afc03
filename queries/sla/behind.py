"""The clocks behind a score, one by one: when each was due, whose it was then, what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, frames, people, words
from queries.handoff_schema import handoff_owners, live_clocks, live_handoffs
from queries.handoffs import counts, facts
from queries.handoffs.facts import Question
from queries.people import Scope
from queries.rows import PAGE
from queries.sla import happened, sentences, tallies
from queries.sla.lines import Line

_OF_HANDOFF = ("lead_id", "lead_name", "company", "handoff_no", "calendar_no", "missing")
_OF_COURSE = ("handed_at", "first_attempt_at", "decision", "decided_at", "reason_code")
_OF_CLOCK = ("seq", "promise_no", "channel", "campaign_id", "result", "amount", "due_at", "done_at")


@dataclass(frozen=True)
class Wanted:
    """The clocks of some promises; of these perhaps only those that ran out unanswered."""

    lines: tuple[Line, ...]
    only_breached: bool = False


def _holds(asked: Question, scope: Scope, wanted: Wanted) -> sa.ColumnElement[bool]:
    conditions = [tallies.of_line(line, asked) for line in wanted.lines]
    holds = sa.and_(
        counts.admitted(tallies.fact(), asked, scope),
        people.row_visible(scope, live_clocks),
        sa.or_(sa.false(), *conditions),
    )
    return sa.and_(holds, live_clocks.c.result == "breached") if wanted.only_breached else holds


def counted(asked: Question, scope: Scope, wanted: Wanted) -> sa.Select:
    """One row: how many clocks there are."""
    found = sa.select(sa.func.count().label("n")).select_from(live_clocks)
    return found.where(_holds(asked, scope, wanted))


def statement(asked: Question, scope: Scope, wanted: Wanted) -> sa.Select:
    """The clocks with their hand-offs, the latest first."""
    clock, handed = live_clocks.c, live_handoffs.c
    return (
        sa.select(
            *(clock[name] for name in _OF_CLOCK),
            *(handed[name] for name in (*_OF_HANDOFF, *_OF_COURSE)),
            handed.paused_at,
            handed.paused_until,
            clock.rep_id.label("rep_then"),
            handed.rep_id.label("rep_now"),
        )
        .select_from(live_clocks.join(live_handoffs, handed.seq == clock.seq))
        .where(_holds(asked, scope, wanted))
        .order_by(clock.due_at.desc(), handed.lead_id, clock.seq, clock.promise_no)
    )


def frame(
    connection: Connection,
    asked: Question,
    wanted: Wanted,
    *,
    scope: Scope,
    number: int | None = None,
) -> pd.DataFrame:
    """One page of the clocks, from page 1, `rows.PAGE` or fewer; without a number all of them.

    Columns: lead_id, lead_name, company, promise, due, what, rep_then, rep_now, owners, channel,
    campaign str; handoff_no int. `owners`: who had the hand-off in turn, if it changed hands.
    Source: live_clocks, live_handoffs, handoff_owners.
    """
    found = statement(asked, scope, wanted)
    if number is not None:
        found = found.limit(PAGE).offset((number - 1) * PAGE)
    rows = [dict(row) for row in facts.ask(connection, found, asked).mappings()]
    names = choices.names(connection)
    _name(rows, names)
    _tell_owners(connection, asked, rows, names["rep"])
    held = {each.number: each for line in wanted.lines for each in line.wordings}
    labels = {
        number: sentences.label(line, names) for line in wanted.lines for number in line.numbers
    }
    for row in rows:
        term = held[row["promise_no"]].term
        row["promise"] = labels[row["promise_no"]]
        row["due"] = words.moment(row["due_at"], asked.view.zone)
        row["what"] = happened.what(row, term, asked)
    return frames.made(_COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])


_COLUMNS = {
    "lead_id": "str",
    "lead_name": "str",
    "company": "str",
    "handoff_no": "int64",
    "promise": "str",
    "due": "str",
    "what": "str",
    "rep_then": "str",
    "rep_now": "str",
    "owners": "str",
    "channel": "str",
    "campaign": "str",
}


def _name(rows: Sequence[dict[str, Any]], names: Mapping[str, Mapping[str, str]]) -> None:
    """What the ids of the rows are called."""
    for row in rows:
        row["campaign"] = names["campaign"].get(row["campaign_id"], row["campaign_id"])
        for name in ("rep_then", "rep_now"):
            row[name] = _rep(row[name], names["rep"])


def _rep(rep_id: str | None, names: Mapping[str, str]) -> str:
    return choices.WITHOUT["rep"] if rep_id is None else names.get(rep_id, rep_id)


def _tell_owners(
    connection: Connection,
    asked: Question,
    rows: Sequence[dict[str, Any]],
    names: Mapping[str, str],
) -> None:
    """Who had each hand-off in turn, up to the view's moment; nothing of those that stayed."""
    owner, turns = handoff_owners.c, defaultdict(list)
    wanted = (
        sa.select(owner.seq, owner.from_at, owner.rep_id)
        .where(owner.seq.in_({row["seq"] for row in rows}), owner.from_at <= asked.view.as_of)
        .order_by(owner.seq, owner.from_at)
    )
    for seq, from_at, rep_id in connection.execute(wanted):
        since = words.moment(from_at, asked.view.zone)
        turns[seq].append(f"{_rep(rep_id, names)} from {since}")
    for row in rows:
        row["owners"] = "; ".join(turns[row["seq"]])


ABOUT = "\n-- live_clocks: the table handoff_clocks, with what was decided here since the snapshot."
