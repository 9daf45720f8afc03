"""The few expressions that engines spell differently, as SQLAlchemy functions.

The same selects run on the mart (DuckDB) and, for companies and benchmarks that ask a database
directly, on PostgreSQL and SQLite.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.visitors import InternalTraversal


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


class count_if(GenericFunction[int]):  # noqa: N801 - spelled like the SQL function it is
    """How many rows fulfil a condition. DuckDB's own is faster there than a filter."""

    type = sa.BigInteger()
    inherit_cache = True
    name = "count_if"


@compiles(count_if)
def _count_if_by_filter(element, compiler, **kw) -> str:
    return f"count(*) FILTER (WHERE {compiler.process(element.clauses, **kw)})"


@compiles(count_if, "duckdb")
def _count_if(element, compiler, **kw) -> str:
    # Of nothing but unknowns it makes an unknown.
    return f"coalesce(count_if({compiler.process(element.clauses, **kw)}), 0)"


class whole(GenericFunction[int]):  # noqa: N801 - spelled like the SQL function it is
    """How many whole times a number, not below 0, holds another one."""

    type = sa.BigInteger()
    inherit_cache = True
    name = "whole"


@compiles(whole)
def _whole(element, compiler, **kw) -> str:
    number, part = (compiler.process(each, **kw) for each in element.clauses)
    return f"(({number}) / ({part}))"


@compiles(whole, "duckdb")
def _whole_in_duckdb(element, compiler, **kw) -> str:
    # Its "/" leaves decimals.
    number, part = (compiler.process(each, **kw) for each in element.clauses)
    return f"(({number}) // ({part}))"


class Category(sa.types.TypeDecorator):
    """One of a few texts, which the mart keeps as a number: an enumeration of this name there."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def among(column: sa.ColumnElement, values: Sequence[str]) -> sa.ColumnElement[bool]:
    """The column has one of the values; of a category, ones that it has not are none of its."""
    if isinstance(column.type, Category):
        return column.in_([as_category(sa.literal(value), column.type.name) for value in values])
    return column.in_(values)


class as_category(sa.sql.elements.ColumnElement):  # noqa: N801 - spelled like a SQL function
    """A text as the number that a category has for it. Otherwise the text of each row would be
    looked up to be compared with this one."""

    inherit_cache = True
    _traverse_internals = (
        ("text", InternalTraversal.dp_clauseelement),
        ("name", InternalTraversal.dp_string),
    )
    type = sa.Text()

    def __init__(self, text: sa.ColumnElement, name: str) -> None:
        self.text, self.name = text, name


@compiles(as_category)
def _as_text(element, compiler, **kw) -> str:
    return compiler.process(element.text, **kw)


@compiles(as_category, "duckdb")
def _as_category(element, compiler, **kw) -> str:
    return f"TRY_CAST({compiler.process(element.text, **kw)} AS {element.name})"
