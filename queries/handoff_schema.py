"""The tables of hand-offs in the mart: what became of each lead that marketing handed over.

Written by queries/refresh. Beside each instant (`_at`, UTC) stands its day in the reporting zone
(`_on`) and its reading on the hand-off's business clock (`_clock`, microseconds of open time since
the calendar began), so that elapsed, due and late are comparisons of whole numbers.
"""

from __future__ import annotations

import sqlalchemy as sa

from queries.schema import metadata

PRESSING = ("attempt", "decision")
DECISIONS = ("accepted", "rejected", "recycled", "disqualified")
# What can have become of a hand-off; arrays of them hold the place in here.
OUTCOMES = ("pending", *DECISIONS, "superseded")
# The fields of a lead that sales needs, by the bit that says in `missing` that one is not there.
CONTACT_FIELDS = ("email", "phone", "company", "job_title", "country", "source", "persona")


def _moment(name: str) -> tuple[sa.Column, ...]:
    return (
        sa.Column(f"{name}_at", sa.DateTime),
        sa.Column(f"{name}_on", sa.Date),
        sa.Column(f"{name}_clock", sa.BigInteger),
    )


def _handoff_columns() -> tuple[sa.Column, ...]:
    return *_subject(), *_course(), *_outcome(), *_what_came_after(), *_remarks(), *dues()


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
        sa.Column("country", sa.Text),
        # Who has it; once it is decided, who had it then.
        sa.Column("rep_id", sa.Text),
        sa.Column("team_id", sa.Text),
        # Who owned it when it was handed over, and the first who received it, whoever has it later.
        sa.Column("rep_at_handoff", sa.Text),
        sa.Column("receiving_rep_id", sa.Text),
        sa.Column("receiving_team_id", sa.Text),
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
        sa.Column("reassigned_at", sa.DateTime),
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
        # The same lead was handed over again, and a deal of it was won after that; was won after
        # this hand-off.
        sa.Column("next_handed_at", sa.DateTime),
        sa.Column("next_handed_on", sa.Date),
        sa.Column("next_won_at", sa.DateTime),
        sa.Column("won_at", sa.DateTime),
        sa.Column("won_on", sa.Date),
    )


def _remarks() -> tuple[sa.Column, ...]:
    """What the lead came without, and when its clocks stand still."""
    return (
        # The bits of CONTACT_FIELDS that were missing, and when the lead was looked at for it.
        sa.Column("missing", sa.Integer),
        sa.Column("missing_seen_at", sa.DateTime),
        # The clocks stand still from here to there.
        sa.Column("paused_at", sa.DateTime),
        sa.Column("paused_until", sa.DateTime),
        sa.Column("pause_reason", sa.Text),
    )


def dues() -> tuple[sa.Column, ...]:
    """When the two clocks run out that press on the one who has the lead; NULL where none runs."""
    return tuple(
        sa.Column(f"{clock}_{name}", sa.DateTime)
        for clock in PRESSING
        # The last moment in time, and from when on that is soon; and what held until the clock was
        # stopped for a while, or started anew.
        for name in ("due_at", "soon_at", "changed_at", "first_due_at", "first_soon_at")
    )


# One row per entry into MQL of a person that counts, in the order in which they were handed over.
handoffs = sa.Table("handoffs", metadata, *_handoff_columns())

# One row per qualifying attempt, and per two-way contact that is none (an answer that came in).
handoff_activities = sa.Table(
    "handoff_activities",
    metadata,
    sa.Column("seq", sa.BigInteger),
    sa.Column("happened_at", sa.DateTime),
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
)


def _clock_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("seq", sa.BigInteger),
        # The number of the term among all terms of all versions, the oldest first, from 1.
        sa.Column("promise_no", sa.Integer),
        sa.Column("kind", sa.Text),
        # Whose clock it was when it was due.
        sa.Column("rep_id", sa.Text),
        sa.Column("team_id", sa.Text),
        sa.Column("campaign_id", sa.Text),
        sa.Column("channel", sa.Text),
        # The last moment in time, its day in the reporting zone; when it was done, if it was.
        sa.Column("due_at", sa.DateTime),
        sa.Column("due_on", sa.Date),
        sa.Column("done_at", sa.DateTime),
        # met or breached, if it was due by now; cancelled does not count.
        sa.Column("result", sa.Text),
        # What it counts for: 1, or points.
        sa.Column("amount", sa.Float),
    )


# One row per hand-off and term of the agreement that it is measured by, in the order of the terms.
handoff_clocks = sa.Table("handoff_clocks", metadata, *_clock_columns())

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

# The hand-offs and their clocks with what was decided here since the snapshot: views of each
# connection, made by queries/handoffs/live. Not tables of the mart.
live_handoffs = sa.Table("live_handoffs", sa.MetaData(), *_handoff_columns())
live_clocks = sa.Table("live_clocks", sa.MetaData(), *_clock_columns())
