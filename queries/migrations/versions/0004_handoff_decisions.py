"""What is decided here on hand-offs, clocks that stand still, and how complete leads were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _make_decisions()
    _make_pauses()
    _make_completeness()


def _make_decisions() -> None:
    op.create_table(
        "handoff_decisions",
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("handed_at", sa.DateTime, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text),
        sa.Column("recycle_until", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", sa.DateTime),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_handoff_decisions"),
    )
    op.create_index("ix_handoff_decisions_changed_at", "handoff_decisions", ["changed_at"])
    in_force = sa.text("withdrawn_at is null")
    op.create_index(
        "uq_handoff_decisions_in_force",
        "handoff_decisions",
        ["lead_id", "handed_at"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _make_pauses() -> None:
    op.create_table(
        "handoff_pauses",
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("handed_at", sa.DateTime, nullable=False),
        sa.Column("pause_id", sa.Text, nullable=False),
        sa.Column("paused_at", sa.DateTime, nullable=False),
        sa.Column("paused_until", sa.DateTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("paused_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("lead_id", "handed_at", name="pk_handoff_pauses"),
        sa.UniqueConstraint("pause_id", name="uq_handoff_pauses_pause_id"),
    )
    op.create_index("ix_handoff_pauses_changed_at", "handoff_pauses", ["changed_at"])


def _make_completeness() -> None:
    op.create_table(
        "handoff_completeness",
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("handed_at", sa.DateTime, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("lead_id", "handed_at", name="pk_handoff_completeness"),
    )


def downgrade() -> None:
    for table in ("handoff_completeness", "handoff_pauses", "handoff_decisions"):
        op.drop_table(table)
