"""The records' tables through time, by Alembic. Each change is a file in versions/."""
