"""Scope: a where-clause that shows nothing unless it was told to."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import people
from queries.people import EVERYTHING, NOTHING, Scope

OWNERS = [("bo", "north"), ("cy", "north"), ("dee", "south"), ("zoe", None), (None, None)]


def seen(scope: Scope) -> list[str | None]:
    """The owners whose rows a scope shows."""
    rows = sa.values(sa.column("rep_id", sa.Text), sa.column("team_id", sa.Text), name="rows")
    table = rows.data(OWNERS)
    with sa.create_engine("duckdb:///:memory:").connect() as connection:
        found = connection.execute(sa.select(table.c.rep_id).where(people.visible(scope, table)))
        return list(found.scalars())


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (NOTHING, []),
        (Scope(), []),
        (EVERYTHING, ["bo", "cy", "dee", "zoe", None]),
        (Scope("reps", ("bo",)), ["bo"]),
        (Scope("reps", ("bo", "zoe")), ["bo", "zoe"]),
        (Scope("reps", ()), []),
        (Scope("reps", ("(none)",)), []),
        (Scope("teams", ("north",)), ["bo", "cy"]),
        (Scope("teams", ()), []),
        (Scope("a kind that nobody made", ("bo",)), []),
    ],
)
def test_a_scope_shows_its_own_rows(scope: Scope, expected) -> None:
    assert seen(scope) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [(NOTHING, 0), (EVERYTHING, 1), (Scope("reps", ("bo",)), 1), (Scope("teams", ()), 1)],
)
def test_company_figures_are_for_whoever_may_see_anything(scope: Scope, expected: int) -> None:
    with sa.create_engine("duckdb:///:memory:").connect() as connection:
        wanted = sa.select(sa.func.count()).select_from(sa.select(sa.literal(1)).subquery())
        found = connection.execute(wanted.where(people.company_figures(scope)))
        assert found.scalar_one() == expected


def test_a_user_sees_nothing_unless_told() -> None:
    assert people.User("eve", "rep").scope == NOTHING
    assert people.LOCAL_USER.scope == EVERYTHING
