"""People, their sessions and one-time links, tries to sign in, and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _make_persons()
    _make_sessions()
    _make_sign_in_attempts()
    _make_one_time_links()
    _make_audit_log()
    _forbid_changes_of_the_audit_log()


def _make_persons() -> None:
    op.create_table(
        "persons",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("rep_id", sa.Text),
        sa.Column("password_hash", sa.Text),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_persons"),
        sa.UniqueConstraint("name", name="uq_persons_name"),
        sa.UniqueConstraint("email", name="uq_persons_email"),
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("browser_hash", sa.Text, nullable=False),
        sa.Column("ticket_hash", sa.Text),
        sa.Column("token_hash", sa.Text),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.person_id"], name="fk_sessions_person_id"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_sessions_ticket_hash", "sessions", ["ticket_hash"])


def _make_sign_in_attempts() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("attempt_id", sa.Integer, nullable=False),
        sa.Column("name_hash", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("tried_at", sa.DateTime, nullable=False),
        sa.Column("succeeded", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_sign_in_attempts"),
    )
    for column in ("name_hash", "address", "tried_at"):
        op.create_index(f"ix_sign_in_attempts_{column}", "sign_in_attempts", [column])


def _make_one_time_links() -> None:
    op.create_table(
        "one_time_links",
        sa.Column("link_hash", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("good_until", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.PrimaryKeyConstraint("link_hash", name="pk_one_time_links"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.person_id"], name="fk_one_time_links_person_id"
        ),
    )
    op.create_index("ix_one_time_links_person_id", "one_time_links", ["person_id"])


def _make_audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("audit_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])


def _forbid_changes_of_the_audit_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function audit_log_is_append_only() returns trigger language plpgsql as"
            " $$ begin raise exception 'the audit log is only ever appended to'; end $$"
        )
        op.execute(
            "create trigger audit_log_append_only before update or delete or truncate on audit_log"
            " for each statement execute function audit_log_is_append_only()"
        )
        return
    op.execute(
        "create trigger audit_log_no_update before update on audit_log"
        " begin select raise(abort, 'the audit log is only ever appended to'); end"
    )
    op.execute(
        "create trigger audit_log_no_delete before delete on audit_log"
        " begin select raise(abort, 'the audit log is only ever appended to'); end"
    )
    # "insert or replace" deletes without a word to the trigger of delete.
    op.execute(
        "create trigger audit_log_no_replace before insert on audit_log"
        " begin select raise(abort, 'the audit log is only ever appended to')"
        " where exists (select 1 from audit_log where audit_id = new.audit_id); end"
    )


def downgrade() -> None:
    for table in ("audit_log", "one_time_links", "sign_in_attempts", "sessions", "persons"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function audit_log_is_append_only()")
