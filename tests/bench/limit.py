"""The limit: what DuckDB alone needs to read what an Overview is made of, without the questions."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from queries import schema
from queries.filters import COLUMNS, Filters

_REACHED = ", ".join(f"count({stage}_at)" for stage in schema.ENTRY_STAGES)


def reading(duck: duckdb.DuckDBPyConnection, view: Filters) -> Callable[[], object]:
    """One bare aggregate over the same columns of the same days."""
    before = view.compared_with()
    chosen = {COLUMNS[name]: values[0] for name, values in view.chosen().items()}
    only = "".join(f" and {column} = ${column}" for column in chosen)
    statement = f"""
        select count(*), sum(amount), count(*) filter (where is_inferred), max(happened_at),
            count(channel),
            (select count(*) + {_REACHED.replace(", ", " + ")} from journeys
             where created_on between $start and $end{only})
        from metric_events where happened_on between $first and $end{only}"""
    known = {"start": view.start, "end": view.end, "first": before.start} | chosen
    return lambda: duck.execute(statement, known).fetchall()
