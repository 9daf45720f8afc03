"""One person as both sides know them: found under any of their ids, named, with what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queries import choices, contract, definitions, frames, people, schema
from queries.people import Scope
from queries.rules import contact_data

# What sales needs of a lead, and its words, in the order in which it is read.
CONTACT_FIELDS = {
    "email": "E-mail",
    "phone": "Phone",
    "company": "Company",
    "job_title": "Job title",
    "country": "Country",
    "source": "Source",
    "persona": "Persona",
}
STAGE_LABELS = definitions.STAGE_LABELS | {
    "recycled": "Recycled",
    "rejected": "Rejected",
    "disqualified": "Disqualified",
    "lost": "Closed-lost",
}
MOST_FOUND = 20
# No source has such ids and nobody looks for so much; a link or a request may hold anything.
_LONGEST_ID, _LONGEST_SEARCH = 500, 200

_journeys, _leads, _aliases = schema.journeys, schema.leads, schema.lead_aliases
_events, _touches = schema.CANONICAL["lead_stage_events"], schema.CANONICAL["campaign_touches"]


@dataclass(frozen=True)
class Lead:
    """A person. Contact data and owner are those of now; the stage is that of the moment asked.

    `ids`: all under which something of the person may stand, the survivor's first. `merged`: those
    of them that were records of their own. `entries`: each stage that was entered, when, and
    whether that is inferred, also after the moment asked.
    """

    lead_id: str
    ids: tuple[str, ...]
    merged: tuple[str, ...]
    created_at: datetime | None
    name: str | None
    contact: dict[str, str | None]
    stage: str | None
    rep_id: str | None
    owner: str | None
    team: str | None
    campaign: str | None
    entries: tuple[tuple[str, datetime, bool], ...]

    @property
    def gaps(self) -> dict[str, contact_data.Gap]:
        """Of each contact field, whether it is there."""
        return {field: contact_data.gap(field, value) for field, value in self.contact.items()}


def stage_label(stage: str | None) -> str | None:
    """The word for a stage; one that nobody has mapped is its own."""
    return STAGE_LABELS.get(stage, stage) if stage else None


def find(connection: Connection, asked_id: str, *, scope: Scope, as_of: datetime) -> Lead | None:
    """The person with this id, or whom the record or contact with this id belongs to.

    None alike where there is nobody, nobody yet by `as_of`, or nobody whom the viewer may see.
    Source: journeys, leads, lead_aliases, lead_stage_events, campaign_touches.
    """
    if not asked_id.isprintable() or len(asked_id) > _LONGEST_ID:
        return None
    # One look-up after the other: joined, each would read its whole table.
    survivor = connection.execute(
        sa.select(_aliases.c.lead_id).where(_aliases.c.alias_id == asked_id).limit(1)
    ).scalar()
    row = connection.execute(
        sa.select(_journeys).where(
            _journeys.c.lead_id == (survivor or asked_id),
            people.row_visible(scope, _journeys),
            sa.or_(_journeys.c.created_at.is_(None), _journeys.c.created_at <= as_of),
        )
    ).one_or_none()
    return None if row is None else _lead(connection, row, as_of)


def _lead(connection: Connection, row: sa.Row, as_of: datetime) -> Lead:
    others = connection.execute(
        sa.select(_aliases.c.alias_id, _aliases.c.is_merged)
        .where(_aliases.c.lead_id == row.lead_id)
        .order_by(_aliases.c.alias_id)
    ).all()
    ids = (row.lead_id, *(other.alias_id for other in others))
    known = connection.execute(
        sa.select(*(_leads.c[name] for name in ("lead_name", *CONTACT_FIELDS))).where(
            _leads.c.lead_id == row.lead_id
        )
    ).one()
    names = choices.names(connection)
    campaign_id = _first_campaign(connection, ids, as_of)
    return Lead(
        lead_id=row.lead_id,
        ids=ids,
        merged=tuple(other.alias_id for other in others if other.is_merged),
        created_at=row.created_at,
        name=known.lead_name,
        contact={name: getattr(known, name) for name in CONTACT_FIELDS},
        stage=_stage(connection, row, ids, as_of),
        rep_id=row.rep_id,
        owner=names["rep"].get(row.rep_id, row.rep_id),
        team=names["team"].get(row.team_id, row.team_id),
        campaign=names["campaign"].get(campaign_id, campaign_id),
        entries=tuple(_entries(row)),
    )


def _entries(row: sa.Row) -> Iterator[tuple[str, datetime, bool]]:
    for stage in schema.ENTRY_STAGES:
        at = getattr(row, f"{stage}_at")
        if at is not None:
            yield stage, at, bool(getattr(row, f"{stage}_is_inferred"))


def _first_campaign(connection: Connection, ids: tuple[str, ...], as_of: datetime) -> str | None:
    """As journeys.campaign_id, of the touches by `as_of`."""
    return connection.execute(
        sa.select(_touches.c.campaign_id)
        .where(
            _touches.c.lead_id.in_(ids),
            _touches.c.campaign_id.is_not(None),
            _touches.c.touched_at <= as_of,
        )
        .order_by(_touches.c.touched_at, _touches.c.touch_id)
        .limit(1)
    ).scalar()


def _stage(
    connection: Connection, row: sa.Row, ids: tuple[str, ...], as_of: datetime
) -> str | None:
    """Now, the stage that the source tells; else the last that was entered."""
    read_at = connection.execute(sa.select(schema.snapshot.c.read_at)).scalar_one()
    if row.present_stage and as_of >= read_at:
        return row.present_stage
    events = connection.execute(
        sa.select(_events.c.occurred_at, _events.c.to_stage).where(
            _events.c.lead_id.in_(ids), _events.c.occurred_at <= as_of
        )
    )
    entered = [(event.occurred_at, event.to_stage) for event in events]
    # A deal moves its lead, too.
    entered += [(at, stage) for stage, at, _ in _entries(row) if at <= as_of]
    return max(entered, key=_by_time_and_rank)[1] if entered else contract.STAGES[0]


def _by_time_and_rank(entered: tuple[datetime, str]) -> tuple[datetime, int, str]:
    at, stage = entered
    ranks = contract.STAGES + contract.DETOURS
    return at, ranks.index(stage) if stage in ranks else len(ranks), stage


def search(connection: Connection, words: str, *, scope: Scope, as_of: datetime) -> pd.DataFrame:
    """People of whom name, company, e-mail and id hold all the words; newest first.

    Rows: at most one more than `MOST_FOUND`, none without a word. Columns: lead_id, lead_name,
    company, email str, NA where missing. Source: journeys, leads, lead_aliases.
    """
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    sought = printable[:_LONGEST_SEARCH].split()
    columns = dict.fromkeys(("lead_id", "lead_name", "company", "email"), "str")
    if not sought:
        return frames.made(columns, [])
    as_alias = sa.select(_aliases.c.lead_id).where(_aliases.c.alias_id == " ".join(sought))
    texts = [_leads.c[name] for name in columns]
    holds = [sa.or_(*(text.icontains(word, autoescape=True) for text in texts)) for word in sought]
    found = connection.execute(
        sa.select(*texts)
        .join(_journeys, _journeys.c.lead_id == _leads.c.lead_id)
        .where(
            people.row_visible(scope, _journeys),
            sa.or_(_journeys.c.created_at.is_(None), _journeys.c.created_at <= as_of),
            sa.or_(sa.and_(*holds), _leads.c.lead_id.in_(as_alias)),
        )
        .order_by(_journeys.c.created_at.desc().nulls_last(), _leads.c.lead_id)
        .limit(MOST_FOUND + 1)
    )
    return frames.made(columns, [tuple(row) for row in found])
