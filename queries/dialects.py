"""The few expressions that engines spell differently, as SQLAlchemy functions.

The same selects run on the mart (DuckDB) and, for companies and benchmarks that ask a database
directly, on PostgreSQL and SQLite.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class week_start(GenericFunction[sa.Date]):  # noqa: N801 - spelled like the SQL function it is
    """The Monday of a day's week, as a day."""

    type = sa.Date()
    inherit_cache = True
    name = "week_start"


@compiles(week_start)
def _week_start_by_truncation(element, compiler, **kw) -> str:
    return f"CAST(date_trunc('week', {compiler.process(element.clauses, **kw)}) AS DATE)"


@compiles(week_start, "sqlite")
def _week_start_by_modifiers(element, compiler, **kw) -> str:
    # 'weekday 0' goes forward to Sunday (and stays there), six days before it is the Monday.
    return f"date({compiler.process(element.clauses, **kw)}, 'weekday 0', '-6 days')"
