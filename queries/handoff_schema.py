"""The tables of hand-offs in the mart: what became of each lead that marketing handed over.

Written by queries/refresh. Beside each instant (`_at`, UTC) stands its day in the reporting zone
(`_on`) and its reading on the hand-off's business clock (`_clock`, microseconds of open time since
the calendar began), so that elapsed, due and late are comparisons of whole numbers.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries.schema import metadata

DECISIONS = ("accepted", "rejected", "recycled", "disqualified")
# The fields of a lead that sales needs, by the bit that says in `missing` that one is not there.
CONTACT_FIELDS = ("email", "phone", "company", "job_title", "country", "source", "persona")


def _moment(name: str) -> tuple[sa.Column, ...]:
    return (
        sa.Column(f"{name}_at", sa.DateTime),
        sa.Column(f"{name}_on", sa.Date),
        sa.Column(f"{name}_clock", sa.BigInteger),
    )


def _handoff_columns() -> tuple[sa.Column, ...]:
    return *_subject(), *_course(), *_outcome(), *_what_came_after(), *_remarks()


def _subject() -> tuple[sa.Column, ...]:
    """Which hand-off it is, and whose."""
    return (
        # Its number within this snapshot.
        sa.Column("seq", sa.BigInteger),
        # Made of the id of the lead and the number of the hand-off.
        sa.Column("handoff_id", sa.Text),
        sa.Column("lead_id", sa.Text),
        # As the lead says today: to look them up would take longer than all else of a list.
        sa.Column("lead_name", sa.Text),
        sa.Column("company", sa.Text),
        sa.Column("handoff_no", sa.Integer),
        # The stage was skipped: nobody handed anything over, and no clock runs.
        sa.Column("is_inferred", sa.Boolean),
        # A clock can be judged: handed over for real, and since the history of the data begins.
        sa.Column("is_timed", sa.Boolean),
        sa.Column("channel", sa.Text),
        # Of the last touch before it was handed over.
        sa.Column("campaign_id", sa.Text),
        sa.Column("persona", sa.Text),
        # Who has it; once it is decided, who had it then.
        sa.Column("rep_id", sa.Text),
        sa.Column("team_id", sa.Text),
        # Who owned it when it was handed over, and the first who received it.
        sa.Column("rep_at_handoff", sa.Text),
        sa.Column("receiving_rep_id", sa.Text),
        # The calendar of the one who received it, also after it went to somebody else.
        sa.Column("calendar_no", sa.Integer),
        sa.Column("handed_by", sa.Text),
    )


def _course() -> tuple[sa.Column, ...]:
    """What happened to it, and when."""
    return (
        *_moment("handed"),
        *_moment("assigned"),
        # First to somebody else than the one who received it.
        *_moment("reassigned"),
        *_moment("first_attempt"),
        *_moment("first_contact"),
        # Up to now, and until the lead was handed over again.
        sa.Column("attempts", sa.Integer),
    )


def _outcome() -> tuple[sa.Column, ...]:
    """What was decided."""
    return (
        # pending, accepted, rejected, recycled, disqualified, superseded
        sa.Column("decision", sa.Text),
        *_moment("decided"),
        sa.Column("decided_by", sa.Text),
        sa.Column("reason_code", sa.Text),
        sa.Column("decision_source", sa.Text),
        # No event says so, a later stage does.
        sa.Column("decision_is_inferred", sa.Boolean),
    )


def _what_came_after() -> tuple[sa.Column, ...]:
    return (
        # Sent back for nurturing, at the decision or later; until when.
        sa.Column("recycled_at", sa.DateTime),
        sa.Column("recycled_on", sa.Date),
        sa.Column("recycle_until", sa.Date),
        # The same lead was handed over again; a deal of the lead was won after this hand-off.
        sa.Column("next_handed_at", sa.DateTime),
        sa.Column("next_handed_on", sa.Date),
        sa.Column("won_at", sa.DateTime),
        sa.Column("won_on", sa.Date),
    )


def _remarks() -> tuple[sa.Column, ...]:
    """What the lead came without, and for how long its clock stands still."""
    return (
        # The bits of CONTACT_FIELDS that were missing, and when the lead was looked at for it.
        sa.Column("missing", sa.Integer),
        sa.Column("missing_seen_at", sa.DateTime),
        # The clock stands still from here to there, for so long in working time.
        sa.Column("paused_at", sa.DateTime),
        sa.Column("paused_until", sa.DateTime),
        sa.Column("paused_clock", sa.BigInteger),
        sa.Column("pause_reason", sa.Text),
    )


# One row per entry into MQL of a person that counts, in the order in which they were handed over.
handoffs = sa.Table("handoffs", metadata, *_handoff_columns())

# One row per qualifying attempt, and per two-way contact that is none (an answer that came in).
handoff_activities = sa.Table(
    "handoff_activities",
    metadata,
    sa.Column("seq", sa.BigInteger),
    sa.Column("happened_at", sa.DateTime),
    sa.Column("happened_clock", sa.BigInteger),
    sa.Column("activity_type", sa.Text),
    sa.Column("rep_id", sa.Text),
    sa.Column("is_attempt", sa.Boolean),
    sa.Column("is_contact", sa.Boolean),
)

# One row per owner, in turn, of the hand-offs that went from one rep to another.
handoff_owners = sa.Table(
    "handoff_owners",
    metadata,
    sa.Column("seq", sa.BigInteger),
    sa.Column("rep_id", sa.Text),
    sa.Column("team_id", sa.Text),
    sa.Column("from_at", sa.DateTime),
    sa.Column("from_clock", sa.BigInteger),
)

# One row per calendar that some rep, or nobody (`is_company`), works by.
calendars = sa.Table(
    "calendars",
    metadata,
    sa.Column("calendar_no", sa.Integer),
    sa.Column("label", sa.Text),
    sa.Column("zone", sa.Text),
    sa.Column("is_company", sa.Boolean),
    sa.Column("begins_at", sa.DateTime),
    sa.Column("ends_at", sa.DateTime),
    # Microseconds of work of an average working day.
    sa.Column("usual_day", sa.BigInteger),
)

# One row per open interval of a calendar, in order; `before` is what was open before it.
business_intervals = sa.Table(
    "business_intervals",
    metadata,
    sa.Column("calendar_no", sa.Integer),
    sa.Column("opens_at", sa.DateTime),
    sa.Column("closes_at", sa.DateTime),
    sa.Column("before", sa.BigInteger),
)

# One row per rep: the calendar, and the zone that the rep's clock on the wall shows.
rep_calendars = sa.Table(
    "rep_calendars",
    metadata,
    sa.Column("rep_id", sa.Text),
    sa.Column("calendar_no", sa.Integer),
    sa.Column("zone", sa.Text),
)

# One row: the state of the records that this snapshot was derived with.
records_state = sa.Table(
    "records_state",
    metadata,
    sa.Column("read_at", sa.DateTime),
    # Changes with every change of a calendar, of hours, of leave.
    sa.Column("working_time", sa.Text),
    # The first moment of which activities are known: no clock is judged before it.
    sa.Column("history_begins_at", sa.DateTime),
    # Decisions and pauses made here whose hand-off is not in the data any more.
    sa.Column("lost_decisions", sa.BigInteger),
)

# One row per step of a hand-off: in how many days nine of ten that get there have got there.
handoff_maturities = sa.Table(
    "handoff_maturities",
    metadata,
    sa.Column("step", sa.Text),
    sa.Column("days", sa.Integer),
    sa.Column("handoffs", sa.BigInteger),
)

# The hand-offs with what was decided here since the snapshot: a view of each connection, made by
# queries/handoffs/live. Not a table of the mart.
live_handoffs = sa.Table("live_handoffs", sa.MetaData(), *_handoff_columns())
