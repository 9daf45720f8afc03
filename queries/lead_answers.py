"""All that the Lead page shows of one person, asked at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy.engine import Connection

from queries import lead_deals, lead_handoffs, lead_next, lead_timeline, leads, words
from queries.filters import Filters
from queries.handoffs import answers
from queries.people import Scope


@dataclass(frozen=True)
class Answers:
    """A person; frames as in lead_handoffs, lead_deals and lead_timeline.

    `hidden_deals`: how many opportunities others own, so that the viewer sees nothing of them.
    """

    lead: leads.Lead
    next_step: lead_next.NextStep
    handoffs: pd.DataFrame
    deals: pd.DataFrame
    hidden_deals: int
    timeline: pd.DataFrame

    def copy(self, *, deep: bool) -> Answers:
        """Each frame copied, as frames are."""
        copies = {
            name: getattr(self, name).copy(deep=deep) for name in ("handoffs", "deals", "timeline")
        }
        return replace(self, **copies)


@dataclass(frozen=True)
class Found:
    """The answer about a person; None alike for nobody and for nobody whom the viewer may see."""

    person: Answers | None

    def copy(self, *, deep: bool) -> Found:
        """As that of frames."""
        return Found(None if self.person is None else self.person.copy(deep=deep))


def load(
    connection: Connection,
    filters: Filters,
    *,
    scope: Scope,
    entered: answers.Entered,
    asked_id: str,
) -> Found:
    """A person as known at the view's moment, whatever else the view is about."""
    as_of = filters.as_of
    lead = leads.find(connection, asked_id, scope=scope, as_of=as_of)
    if lead is None:
        return Found(None)
    view = answers.question(connection, filters, entered)
    handoffs = lead_handoffs.load(connection, lead.lead_id, view, scope=scope)
    deals = lead_deals.load(connection, lead.lead_id, scope=scope, as_of=as_of)
    today = words.local_day(as_of, filters.zone)
    return Found(
        Answers(
            lead,
            lead_next.of(handoffs, deals, today),
            handoffs,
            deals,
            lead_deals.hidden(connection, lead.lead_id, scope=scope, as_of=as_of),
            lead_timeline.load(connection, lead, deals=deals, handoffs=handoffs, as_of=as_of),
        )
    )
