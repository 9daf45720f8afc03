"""When people work: calendars, their hours, and the days that differ."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _make_business_calendars()
    _make_business_hours()
    _make_calendar_exceptions()


def _make_business_calendars() -> None:
    op.create_table(
        "business_calendars",
        sa.Column("calendar_id", sa.Text, nullable=False),
        sa.Column("scope_kind", sa.Text, nullable=False),
        sa.Column("scope_id", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text),
        sa.Column("holiday_country", sa.Text),
        sa.Column("holiday_region", sa.Text),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("calendar_id", name="pk_business_calendars"),
        sa.UniqueConstraint("scope_kind", "scope_id", name="uq_business_calendars_scope"),
    )


def _make_business_hours() -> None:
    op.create_table(
        "business_hours",
        sa.Column("calendar_id", sa.Text, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("calendar_id", "weekday", "opens", name="pk_business_hours"),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["business_calendars.calendar_id"],
            name="fk_business_hours_calendar_id",
        ),
    )


def _make_calendar_exceptions() -> None:
    op.create_table(
        "calendar_exceptions",
        sa.Column("exception_id", sa.Text, nullable=False),
        sa.Column("scope_kind", sa.Text, nullable=False),
        sa.Column("scope_id", sa.Text, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("is_working", sa.Boolean, nullable=False),
        sa.Column("opens", sa.Integer),
        sa.Column("closes", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.Column("struck_by", sa.Text),
        sa.Column("struck_at", sa.DateTime),
        sa.PrimaryKeyConstraint("exception_id", name="pk_calendar_exceptions"),
    )


def downgrade() -> None:
    for table in ("calendar_exceptions", "business_hours", "business_calendars"):
        op.drop_table(table)
