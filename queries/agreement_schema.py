"""The tables of the records that hold the agreement between marketing and sales.

queries/migrations makes them, with triggers that let nobody change what is signed; a test holds
the two together.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries.records_schema import metadata

# There is one agreement, in many versions; its id is that of the default terms, which came first.
AGREEMENT = "default"

# One row per version; the first is the default set of terms that ships. Status: draft, signed or
# discarded; whether it is in force follows from the moment. There is one draft at a time.
sla_agreements = sa.Table(
    "sla_agreements",
    metadata,
    sa.Column("agreement_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    # The day that both sides want; the moment follows from it when both have signed.
    sa.Column("effective_from", sa.Date),
    sa.Column("effective_at", sa.DateTime),
    sa.Column("pause_days", sa.Integer, nullable=False),
    # JSON: a list of statuses of the source in which a clock stands still.
    sa.Column("pause_statuses", sa.Text, nullable=False),
    sa.Column("supersedes_version", sa.Integer),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.Column("signed_at", sa.DateTime),
    sa.Index(
        "uq_sla_agreements_draft",
        "agreement_id",
        unique=True,
        sqlite_where=sa.text("status = 'draft'"),
        postgresql_where=sa.text("status = 'draft'"),
    ),
)

# What one side promises the other in a version of the agreement.
sla_terms = sa.Table(
    "sla_terms",
    metadata,
    sa.Column("term_id", sa.Text, primary_key=True),
    sa.Column("agreement_id", sa.Text, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    # The same promise has the same key in every version.
    sa.Column("term_key", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("target_value", sa.Numeric(18, 4), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("share", sa.Numeric(18, 4)),
    sa.Column("per", sa.Text),
    sa.Column("attempts", sa.Integer),
    sa.Column("channels", sa.Integer),
    # JSON: a list of decisions or fields; dimension -> values; "channel|persona" -> points.
    sa.Column("about_json", sa.Text, nullable=False),
    sa.Column("segment_json", sa.Text, nullable=False),
    sa.Column("points_json", sa.Text, nullable=False),
    sa.Column("calendar", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("restarts_on_reassignment", sa.Boolean, nullable=False),
    sa.Column("sort_order", sa.Integer, nullable=False),
    sa.UniqueConstraint("agreement_id", "version", "term_key", name="uq_sla_terms_key"),
    sa.ForeignKeyConstraint(
        ["agreement_id", "version"],
        ["sla_agreements.agreement_id", "sla_agreements.version"],
        name="fk_sla_terms_agreement_id",
    ),
)

# Who signed which content of a version, by its SHA-256. Only ever appended to; it counts for the
# content that it names and for no other.
sla_signatures = sa.Table(
    "sla_signatures",
    metadata,
    sa.Column("agreement_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("side", sa.Text, primary_key=True),
    sa.Column("content_sha256", sa.Text, primary_key=True),
    sa.Column("signer_user", sa.Text, nullable=False),
    sa.Column("signer_name", sa.Text, nullable=False),
    sa.Column("signed_at", sa.DateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["agreement_id", "version"],
        ["sla_agreements.agreement_id", "sla_agreements.version"],
        name="fk_sla_signatures_agreement_id",
    ),
)
