"""Brings the tables of the records to the version that this release works with."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command, config, script
from alembic.runtime import migration
from sqlalchemy.engine import Connection, Engine

from queries import records

_FOLDER = Path(__file__).resolve().parent / "migrations"
# Two servers that start at once must not both migrate.
_LOCK_NUMBER = 7_263_100


def migrate(engine: Engine, to: str = "head") -> None:
    """Runs what is missing, in one transaction. Raises: RecordsUnavailable."""
    with records.writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK_NUMBER)))
            # Who may not make schemas is refused even one that is there already.
            if not sa.inspect(connection).has_schema(records.SCHEMA):
                connection.execute(sa.schema.CreateSchema(records.SCHEMA))
        settings = _settings(connection)
        _refuse_newer(connection)
        if to == "head" or script.ScriptDirectory.from_config(settings).get_revision(to):
            command.upgrade(settings, to)


def _refuse_newer(connection: Connection) -> None:
    found = _revision(connection)
    known = script.ScriptDirectory(str(_FOLDER)).walk_revisions()
    if found is not None and found not in {each.revision for each in known}:
        raise records.RecordsUnavailable(
            f"The records are of version {found}, which is newer than this release: run the newer."
        )


def _revision(connection: Connection) -> str | None:
    return migration.MigrationContext.configure(connection).get_current_revision()


def version(engine: Engine) -> str | None:
    """The version that the tables are of; None where there are none."""
    with records.reading(engine) as connection:
        return _revision(connection)


def is_current(engine: Engine) -> bool:
    """The tables are those of this release."""
    return version(engine) == script.ScriptDirectory(str(_FOLDER)).get_current_head()


def _settings(connection: Connection) -> config.Config:
    settings = config.Config()
    settings.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
