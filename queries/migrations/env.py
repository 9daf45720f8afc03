"""What Alembic runs: the migrations, on the connection that queries/migrate.py gives it."""

from __future__ import annotations

from alembic import context

from queries import records_schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=records_schema.metadata,
    # SQLite changes a table by copying it.
    render_as_batch=True,
)
context.run_migrations()
