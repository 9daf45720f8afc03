"""Scope: a where-clause that shows nothing unless it was told to."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from queries import people
from queries.people import EVERYTHING, FIGURES, NOTHING, ROLES, Scope
from tests import company

OWNERS = [("bo", "north"), ("cy", "north"), ("dee", "south"), ("zoe", None), (None, None)]


def seen(scope: Scope, shown=people.visible) -> list[str | None]:
    """The owners whose rows a scope shows."""
    rows = sa.values(sa.column("rep_id", sa.Text), sa.column("team_id", sa.Text), name="rows")
    table = rows.data(OWNERS)
    with sa.create_engine("duckdb:///:memory:").connect() as connection:
        found = connection.execute(sa.select(table.c.rep_id).where(shown(scope, table)))
        return list(found.scalars())


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (NOTHING, []),
        (Scope(), []),
        (EVERYTHING, ["bo", "cy", "dee", "zoe", None]),
        # The sum of them.
        (FIGURES, ["bo", "cy", "dee", "zoe", None]),
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


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (NOTHING, []),
        (EVERYTHING, ["bo", "cy", "dee", "zoe", None]),
        (FIGURES, []),
        (Scope("reps", ("bo",)), ["bo"]),
        (Scope("teams", ("north",)), ["bo", "cy"]),
        (Scope("reps", ("bo",), sees_persons=False), []),
        (Scope("teams", ("north",), sees_persons=False), []),
    ],
)
def test_single_rows_are_for_whoever_sees_persons(scope: Scope, expected) -> None:
    assert seen(scope, people.row_visible) == expected


@pytest.mark.parametrize(
    ("role", "rep_id", "expected"),
    [
        ("admin", None, EVERYTHING),
        ("leader", None, EVERYTHING),
        ("marketer", "ana", EVERYTHING),
        ("viewer", None, FIGURES),
        ("viewer", "bo", FIGURES),
        ("rep", "bo", Scope("reps", ("bo",))),
        ("rep", "gone", Scope("reps", ("gone",))),
        ("rep", None, NOTHING),
        ("sales_manager", "cy", Scope("teams", ("north",))),
        ("sales_manager", "dee", Scope("teams", ("south",))),
        # Of no team, and nobody reports to them.
        ("sales_manager", "gone", Scope("reps", ("gone",))),
        ("sales_manager", None, NOTHING),
        ("Admin", None, NOTHING),
        ("", "bo", NOTHING),
        ("root", "bo", NOTHING),
    ],
)
def test_the_role_decides_what_is_seen(connection, role: str, rep_id, expected: Scope) -> None:
    assert people.scope_of(connection, role, rep_id) == expected


def test_a_manager_sees_the_teams_of_those_who_report_to_them(tmp_path) -> None:
    reps = [
        ("reps", {"rep_id": "meg", "rep_name": "Meg", "manager_id": "cy"}),
        ("reps", {"rep_id": "eli", "rep_name": "Eli", "team_id": "south", "manager_id": "max"}),
        ("reps", {"rep_id": "fay", "rep_name": "Fay", "team_id": "north", "manager_id": "max"}),
        ("reps", {"rep_id": "max", "rep_name": "Max"}),
    ]
    with company.opened(tmp_path, *reps).connect() as there:
        assert people.scope_of(there, "sales_manager", "max") == Scope("teams", ("north", "south"))
        # Meg is in no team, but Cy is.
        assert people.scope_of(there, "sales_manager", "cy") == Scope("teams", ("north",))
        assert people.scope_of(there, "sales_manager", "meg") == Scope("reps", ("meg",))


def test_every_role_that_there_is_sees_something(connection) -> None:
    assert [people.scope_of(connection, role, "bo") for role in ROLES].count(NOTHING) == 0
