"""The tables of the mart, as the query functions see them.

Written by queries/refresh, read by everything else. The canonical relations themselves
(queries/contract.py) stand in the mart under their own names, cleaned and typed; the tables
below are what is derived from them. Instants (`_at`) are UTC; `_on` is the same moment as a day
in the reporting zone, so that a period is two comparisons and no time zone arithmetic.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries import contract, dialects

metadata = sa.MetaData()

_SQL_TYPES: dict[contract.Kind, type[sa.types.TypeEngine] | sa.types.TypeEngine] = {
    "text": sa.Text,
    "integer": sa.BigInteger,
    "money": sa.Numeric(18, 4),
    "boolean": sa.Boolean,
    "day": sa.Date,
    "instant": sa.DateTime,
}


def _canonical(name: str) -> sa.Table:
    columns = contract.RELATIONS[name].columns
    return sa.Table(
        name, metadata, *(sa.Column(column.name, _SQL_TYPES[column.kind]) for column in columns)
    )


CANONICAL = {name: _canonical(name) for name in contract.RELATIONS}
leads = CANONICAL["leads"]
campaigns = CANONICAL["campaigns"]
web_traffic = CANONICAL["web_traffic"]

# The stages that have an entry of their own; `lead` is the creation of the person.
ENTRY_STAGES = contract.STAGES[1:]


def _entry_columns(stage: str) -> tuple[sa.Column, ...]:
    return (
        sa.Column(f"{stage}_at", sa.DateTime),
        sa.Column(f"{stage}_on", sa.Date),
        sa.Column(f"{stage}_is_inferred", sa.Boolean),
    )


# One row per person (merged records are one person; deleted and internal ones are not here).
# <stage>_at is the first time the person was at that stage or a later one; it is inferred when
# the source has no event of that stage at that time (a skipped stage).
journeys = sa.Table(
    "journeys",
    metadata,
    sa.Column("lead_id", sa.Text),
    sa.Column("channel", sa.Text),
    sa.Column("campaign_id", sa.Text),
    sa.Column("rep_id", sa.Text),
    sa.Column("team_id", sa.Text),
    sa.Column("created_at", sa.DateTime),
    sa.Column("created_on", sa.Date),
    *(column for stage in ENTRY_STAGES for column in _entry_columns(stage)),
    sa.Column("mql_entries", sa.Integer),
    sa.Column("regressions", sa.Integer),
    sa.Column("present_stage", sa.Text),
)

# One row per other name of a person: a merged record, or the contact that a lead became. What
# stands under such an id belongs to `lead_id`.
lead_aliases = sa.Table(
    "lead_aliases",
    metadata,
    sa.Column("alias_id", sa.Text),
    sa.Column("lead_id", sa.Text),
    sa.Column("is_merged", sa.Boolean),
)

# One row per opportunity, with or without a lead.
deals = sa.Table(
    "deals",
    metadata,
    sa.Column("opportunity_id", sa.Text),
    sa.Column("lead_id", sa.Text),
    sa.Column("channel", sa.Text),
    sa.Column("campaign_id", sa.Text),
    sa.Column("rep_id", sa.Text),
    sa.Column("team_id", sa.Text),
    sa.Column("created_at", sa.DateTime),
    sa.Column("created_on", sa.Date),
    sa.Column("closed_at", sa.DateTime),
    sa.Column("closed_on", sa.Date),
    sa.Column("outcome", sa.Text),
    sa.Column("stage", sa.Text),
    sa.Column("amount", sa.Numeric(18, 4)),
)

# One row per thing that a metric counts, made from queries/events.py out of the two tables above
# (website traffic is small and is counted where it stands). Rows of one metric lie together, and
# no row says "not yet": a question about a period reads little besides its answer.
metric_events = sa.Table(
    "metric_events",
    metadata,
    sa.Column("metric", dialects.Category("metric_key")),
    sa.Column("happened_on", sa.Date),
    sa.Column("happened_at", sa.DateTime),
    sa.Column("is_inferred", sa.Boolean),
    sa.Column("amount", sa.Numeric(18, 4)),
    sa.Column("channel", dialects.Category("channel_key")),
    sa.Column("campaign_id", dialects.Category("campaign_key")),
    sa.Column("rep_id", dialects.Category("rep_key")),
    sa.Column("team_id", dialects.Category("team_key")),
)
CATEGORIES = tuple(
    column for column in metric_events.columns if isinstance(column.type, dialects.Category)
)

# One row per rep, team, campaign and channel that the data names, also where only events name it.
# A key of NULL stands for the rows that have none.
dimension_values = sa.Table(
    "dimension_values",
    metadata,
    sa.Column("dimension", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("label", sa.Text),
    sa.Column("rep_id", sa.Text),
    sa.Column("team_id", sa.Text),
)

# One row: what this snapshot is.
snapshot = sa.Table(
    "snapshot",
    metadata,
    sa.Column("data_version", sa.Text),
    sa.Column("read_at", sa.DateTime),
    sa.Column("newest_at", sa.DateTime),
    sa.Column("newest_on", sa.Date),
    sa.Column("oldest_on", sa.Date),
    sa.Column("time_zone", sa.Text),
    sa.Column("currency", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("origin", sa.Text),
    sa.Column("mapping", sa.Text),
    sa.Column("seconds", sa.Float),
)

# One row per canonical relation: how its rows came through the contract.
relation_reports = sa.Table(
    "relation_reports",
    metadata,
    sa.Column("relation", sa.Text),
    sa.Column("is_mapped", sa.Boolean),
    sa.Column("rows_read", sa.BigInteger),
    sa.Column("rows_kept", sa.BigInteger),
    sa.Column("rows_refused", sa.BigInteger),
    sa.Column("newest_at", sa.DateTime),
)

# One row per refused row, with where it stands in the source and why it was refused.
refused_rows = sa.Table(
    "refused_rows",
    metadata,
    sa.Column("relation", sa.Text),
    sa.Column("file", sa.Text),
    sa.Column("line", sa.BigInteger),
    sa.Column("key", sa.Text),
    sa.Column("column", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("reason", sa.Text),
)

# One row per stage value that neither the vocabulary nor the stage map knows.
unmapped_stages = sa.Table(
    "unmapped_stages",
    metadata,
    sa.Column("relation", sa.Text),
    sa.Column("column", sa.Text),
    sa.Column("source_value", sa.Text),
    sa.Column("rows", sa.BigInteger),
)

# One row per kind of kept data that is worth knowing of; a doubt is likely wrong.
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("finding", sa.Text),
    sa.Column("relation", sa.Text),
    sa.Column("rows", sa.BigInteger),
    sa.Column("is_doubt", sa.Boolean),
    sa.Column("sentence", sa.Text),
    sa.Column("examples", sa.Text),
)

# One row per metric: on how many rows of this snapshot it could ever stand. 0 = "no data".
foundations = sa.Table(
    "foundations",
    metadata,
    sa.Column("metric", sa.Text),
    sa.Column("rows", sa.BigInteger),
)

# One row per stage: in how many days nine of ten leads that get there have got there.
maturities = sa.Table(
    "maturities",
    metadata,
    sa.Column("stage", sa.Text),
    sa.Column("days", sa.Integer),
    sa.Column("leads", sa.BigInteger),
)
