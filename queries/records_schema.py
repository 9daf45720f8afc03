"""The tables of the records, as the functions that read and write them see them.

queries/migrations makes them; a test holds the two together. Tokens stand here as their SHA-256
only: whoever reads the table can sign in as nobody.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# One row per person who may sign in. `name` is what they type, in small letters. A demo person
# exists only while the demo company is the source.
persons = sa.Table(
    "persons",
    metadata,
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("full_name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("rep_id", sa.Text),
    sa.Column("password_hash", sa.Text),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("is_demo", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    # For which side a leader signs the agreement: marketing or sales.
    sa.Column("side", sa.Text),
)

# One row per sign-in. It gives access while it is not ended, neither idle nor too old, its person
# is active, and the browser is the one that signed in. The ticket is good once, to fetch the token.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("session_id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, sa.ForeignKey("persons.person_id"), nullable=False, index=True),
    sa.Column("browser_hash", sa.Text, nullable=False),
    sa.Column("ticket_hash", sa.Text, index=True),
    sa.Column("token_hash", sa.Text, unique=True),
    sa.Column("started_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("browser", sa.Text, nullable=False),
)

# One row per try to sign in with a password; the name is hashed, for people type passwords there.
sign_in_attempts = sa.Table(
    "sign_in_attempts",
    metadata,
    sa.Column("attempt_id", sa.Integer, primary_key=True),
    sa.Column("name_hash", sa.Text, nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("tried_at", sa.DateTime, nullable=False, index=True),
    sa.Column("succeeded", sa.Boolean, nullable=False),
)

# One row per link with which a person chooses a password; good once, until a moment.
one_time_links = sa.Table(
    "one_time_links",
    metadata,
    sa.Column("link_hash", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, sa.ForeignKey("persons.person_id"), nullable=False, index=True),
    sa.Column("good_until", sa.DateTime, nullable=False),
    sa.Column("used_at", sa.DateTime),
)

# Who did what, when, from where. Only ever appended to: the database refuses anything else.
audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("audit_id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
)
