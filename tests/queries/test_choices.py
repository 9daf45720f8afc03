"""What can be chosen: what the data hold, by name, and nobody outside the scope."""

from __future__ import annotations

from datetime import date

import pytest

from queries import choices
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from tests.company import NOW, make_deal, make_lead, opened

EVERY_REP = {"ana": "Ana", "bo": "Bo", "cy": "Cy", "dee": "Dee", "(none)": "Unassigned"}
EVERY_TEAM = {"marketing": "Marketing", "north": "North", "south": "South", "(none)": "No team"}


def test_choices_are_what_the_data_hold_by_name_and_those_without(march, connection) -> None:
    known = choices.load(connection, march, scope=EVERYTHING)
    assert list(known.rep.items()) == list(EVERY_REP.items())
    assert list(known.team.items()) == list(EVERY_TEAM.items())
    assert known.campaign == {"spring": "Spring", "(none)": "No campaign"}
    assert known.channel == {"ads": "ads", "web": "web", "(none)": "No channel"}


def test_choices_say_which_days_and_until_when(march, connection) -> None:
    known = choices.load(connection, march, scope=EVERYTHING)
    assert (known.oldest, known.newest) == (date(2025, 3, 31), date(2026, 4, 1))
    assert (known.as_of, known.zone) == (NOW, "UTC")


@pytest.mark.parametrize(
    ("scope", "reps", "teams"),
    [
        (Scope("reps", ("bo",)), {"bo": "Bo"}, {}),
        (Scope("teams", ("north",)), {"bo": "Bo", "cy": "Cy"}, {"north": "North"}),
        (Scope("reps", ()), {}, {}),
        (NOTHING, {}, {}),
    ],
)
def test_people_outside_the_scope_are_not_named(connection, scope, reps, teams) -> None:
    assert choices.labels(connection, "rep", scope=scope) == reps
    assert choices.labels(connection, "team", scope=scope) == teams


def test_whoever_sees_nothing_can_choose_nothing(march, connection) -> None:
    known = choices.load(connection, march, scope=NOTHING)
    assert (known.rep, known.team, known.campaign, known.channel) == ({}, {}, {}, {})


def test_those_without_a_value_can_be_chosen_only_where_there_are_some(tmp_path) -> None:
    rows = [make_lead(source="Web"), make_deal(owner_rep_id="zoe", lead_id="l1")]
    with opened(tmp_path, *rows).connect() as connection:
        assert choices.labels(connection, "channel", scope=EVERYTHING) == {"Web": "Web"}
        assert choices.labels(connection, "campaign", scope=EVERYTHING) == {"(none)": "No campaign"}
        # Zoe owns a deal, but nobody says who she is.
        assert choices.labels(connection, "rep", scope=EVERYTHING)["zoe"] == "zoe"
        assert "(none)" not in choices.labels(connection, "rep", scope=EVERYTHING)


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (EVERYTHING, ()),
        (FIGURES, ()),
        (Scope("reps", ("bo",)), ("Bo",)),
        (Scope("reps", ("zoe",)), ("zoe",)),
        (Scope("teams", ("marketing", "north")), ("Marketing", "North")),
    ],
)
def test_whoever_sees_not_everything_is_told_whose_rows_they_see(
    march, connection, scope, names
) -> None:
    assert choices.load(connection, march, scope=scope).limited_to == names


def test_whoever_sees_only_sums_cannot_choose_a_rep(march, connection) -> None:
    known = choices.load(connection, march, scope=FIGURES)
    assert known.rep == {}
    assert known.team == EVERY_TEAM
