"""Targets, the wordings of personas, and the versions of definitions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "targets",
        sa.Column("target_id", sa.Text, nullable=False),
        sa.Column("metric_key", sa.Text, nullable=False),
        sa.Column("scope_kind", sa.Text, nullable=False),
        sa.Column("scope_id", sa.Text, nullable=False),
        sa.Column("per", sa.Text, nullable=False),
        sa.Column("value", sa.Numeric(18, 4), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        *_entered(),
        sa.PrimaryKeyConstraint("target_id", name="pk_targets"),
    )
    op.create_table(
        "personas",
        sa.Column("wording_id", sa.Text, nullable=False),
        sa.Column("persona_key", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        *_entered(),
        sa.PrimaryKeyConstraint("wording_id", name="pk_personas"),
    )
    op.create_table(
        "definitions",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("plain_text", sa.Text, nullable=False),
        sa.Column("sql_text", sa.Text, nullable=False),
        sa.Column("agreed_by", sa.Text, nullable=False),
        sa.Column("agreed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", "version", name="pk_definitions"),
    )


def _entered() -> tuple[sa.Column, ...]:
    return (
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.Column("struck_by", sa.Text),
        sa.Column("struck_at", sa.DateTime),
    )


def downgrade() -> None:
    for table in ("definitions", "personas", "targets"):
        op.drop_table(table)
