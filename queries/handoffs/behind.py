"""The hand-offs behind a number: the same condition as the number's, so that their count is it."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import people, rows
from queries.handoffs import counts, facts
from queries.handoffs.facts import Question
from queries.handoffs.metrics import METRICS
from queries.people import Scope

_LISTED = ("handed_on", "assigned_on", "first_attempt_on", "first_contact_on")
_DECIDED = ("decided_on", "decided_by", "reason_code", "recycle_until")


def statement(asked: Question, scope: Scope, key: str) -> sa.Select:
    """The rows behind a metric, newest first. KeyError for an unknown metric."""
    clock = METRICS[key].clock
    fact = facts.clocks_of_handoffs(clock) if clock else facts.with_clocks()
    return (
        sa.select(
            fact.c.lead_id,
            fact.c.lead_name,
            fact.c.company,
            fact.c.handoff_no,
            fact.c.channel,
            rows.named("campaign", fact.c.campaign_id),
            rows.named("rep", fact.c.rep_id),
            *(fact.c[name] for name in _LISTED),
            fact.c.state.label("state"),
            *(fact.c[name] for name in _DECIDED),
            fact.c.is_inferred,
        )
        .select_from(fact.rows)
        .where(
            counts.admitted(fact, asked, scope),
            people.row_visible(scope, fact),
            METRICS[key].holds(fact, asked.view),
        )
        .order_by(fact.c.handed_at.desc(), fact.c.handoff_id)
    )


def page(
    connection: Connection, asked: Question, *, scope: Scope, key: str, number: int = 1
) -> pd.DataFrame:
    """One page of the hand-offs behind a metric, from page 1; `rows.PAGE` rows or fewer.

    Columns: lead_id, lead_name, company, handoff_no, channel, campaign, rep, days of each step,
    state, outcome, who decided, when and why, is_inferred. Source: live_handoffs.
    """
    wanted = statement(asked, scope, key).limit(rows.PAGE).offset((number - 1) * rows.PAGE)
    return rows.frame(connection, wanted, asked.parameters)


def everything(connection: Connection, asked: Question, *, scope: Scope, key: str) -> pd.DataFrame:
    """All hand-offs behind a metric, for an export. Columns as in `page`."""
    return rows.frame(connection, statement(asked, scope, key), asked.parameters)


def count(connection: Connection, asked: Question, *, scope: Scope, key: str) -> int:
    """How many hand-offs stand behind a metric."""
    found = statement(asked, scope, key).order_by(None).subquery()
    wanted = sa.select(sa.func.count()).select_from(found)
    return facts.ask(connection, wanted, asked).scalar_one()


# Of the snapshot alone, which anybody can open, it is a table of another name.
ABOUT = (
    "\n-- live_handoffs, live_clocks: the tables handoffs and handoff_clocks, with what was decided"
    " here since the snapshot."
)


def sql_of(asked: Question, scope: Scope, key: str) -> str:
    """The SQL that counts a metric, with its parameters in place, to read and to run."""
    wanted = counts.statement(asked, scope, key).params(asked.parameters)
    return rows.readable_sql(wanted) + ABOUT
