"""The tables of the records that hand-offs are judged by and decided in.

queries/migrations makes them; a test holds the two together.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries.records_schema import metadata

# One row per calendar that differs from the one above it: of the company, a team, a rep. What it
# leaves open (zone, country, hours) is taken from the team, then from the company.
business_calendars = sa.Table(
    "business_calendars",
    metadata,
    sa.Column("calendar_id", sa.Text, primary_key=True),
    sa.Column("scope_kind", sa.Text, nullable=False),
    # A team or rep of the data; empty for the company.
    sa.Column("scope_id", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text),
    sa.Column("holiday_country", sa.Text),
    sa.Column("holiday_region", sa.Text),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("scope_kind", "scope_id", name="uq_business_calendars_scope"),
)

# The hours of a calendar; several on a day. Minutes of the day, Monday is 0.
business_hours = sa.Table(
    "business_hours",
    metadata,
    sa.Column(
        "calendar_id", sa.Text, sa.ForeignKey("business_calendars.calendar_id"), primary_key=True
    ),
    sa.Column("weekday", sa.Integer, primary_key=True),
    sa.Column("opens", sa.Integer, primary_key=True),
    sa.Column("closes", sa.Integer, nullable=False),
)

# Days that differ, both included: a holiday more or less, a working Saturday, leave of a rep.
calendar_exceptions = sa.Table(
    "calendar_exceptions",
    metadata,
    sa.Column("exception_id", sa.Text, primary_key=True),
    sa.Column("scope_kind", sa.Text, nullable=False),
    sa.Column("scope_id", sa.Text, nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("is_working", sa.Boolean, nullable=False),
    # Of a working day; empty = the usual hours of that weekday, else of a Monday.
    sa.Column("opens", sa.Integer),
    sa.Column("closes", sa.Integer),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", sa.DateTime, nullable=False),
    sa.Column("struck_by", sa.Text),
    sa.Column("struck_at", sa.DateTime),
)

# The reasons that can be given for a decision, and what happens next.
reason_codes = sa.Table(
    "reason_codes",
    metadata,
    sa.Column("decision", sa.Text, primary_key=True),
    sa.Column("reason_code", sa.Text, primary_key=True),
    sa.Column("next_step", sa.Text, nullable=False),
    sa.Column("sort_order", sa.Integer, nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
)

# One row per decision on a hand-off that was made here; at most one per hand-off is in force. The
# hand-off is the one of this lead at this moment: its number may change, these two do not.
handoff_decisions = sa.Table(
    "handoff_decisions",
    metadata,
    # Made by the form: the same form sent twice is one decision.
    sa.Column("decision_id", sa.Text, primary_key=True),
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
    sa.Column("changed_at", sa.DateTime, nullable=False, index=True),
    sa.Index(
        "uq_handoff_decisions_in_force",
        "lead_id",
        "handed_at",
        unique=True,
        sqlite_where=sa.text("withdrawn_at is null"),
        postgresql_where=sa.text("withdrawn_at is null"),
    ),
)

# One row per hand-off whose clock was stopped for a while; a clock is stopped once only.
handoff_pauses = sa.Table(
    "handoff_pauses",
    metadata,
    sa.Column("lead_id", sa.Text, primary_key=True),
    sa.Column("handed_at", sa.DateTime, primary_key=True),
    sa.Column("pause_id", sa.Text, nullable=False, unique=True),
    sa.Column("paused_at", sa.DateTime, nullable=False),
    sa.Column("paused_until", sa.DateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("paused_by", sa.Text, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False, index=True),
)

# What was missing of a lead when its hand-off was first read; the CRM forgets it when it is mended.
handoff_completeness = sa.Table(
    "handoff_completeness",
    metadata,
    sa.Column("lead_id", sa.Text, primary_key=True),
    sa.Column("handed_at", sa.DateTime, primary_key=True),
    sa.Column("missing", sa.Integer, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
)
