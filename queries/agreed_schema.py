"""The tables of the records that hold what a company agreed on besides its terms.

queries/migrations makes them; a test holds the two together.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries.records_schema import metadata

# One row per target that was entered. On a day the one holds that begins last, of those entered
# for the same day the one entered last. Only ever appended to, and struck.
targets = sa.Table(
    "targets",
    metadata,
    sa.Column("target_id", sa.Text, primary_key=True),
    sa.Column("metric_key", sa.Text, nullable=False),
    sa.Column("scope_kind", sa.Text, nullable=False),
    # A team, rep or campaign of the data; empty for the company.
    sa.Column("scope_id", sa.Text, nullable=False),
    sa.Column("per", sa.Text, nullable=False),
    sa.Column("value", sa.Numeric(18, 4), nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", sa.DateTime, nullable=False),
    sa.Column("struck_by", sa.Text),
    sa.Column("struck_at", sa.DateTime),
)

# One row per wording of a persona, which is a value of the data. It holds as targets do.
personas = sa.Table(
    "personas",
    metadata,
    sa.Column("wording_id", sa.Text, primary_key=True),
    sa.Column("persona_key", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", sa.DateTime, nullable=False),
    sa.Column("struck_by", sa.Text),
    sa.Column("struck_at", sa.DateTime),
)

# One row per wording of a definition that the company agreed on. Version 1 of each is the text of
# docs/metrics.md and is not here. Only ever appended to.
definitions = sa.Table(
    "definitions",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("effective_from", sa.Date, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("plain_text", sa.Text, nullable=False),
    # The SQL of the number at that time; empty where it has no tile.
    sa.Column("sql_text", sa.Text, nullable=False),
    sa.Column("agreed_by", sa.Text, nullable=False),
    sa.Column("agreed_at", sa.DateTime, nullable=False),
)
