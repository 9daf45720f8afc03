"""The tiles for each rep, team, campaign and channel; columns as in tests of the tiles."""

from __future__ import annotations

import pytest

from queries import breakdown, definitions
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from tests.company import make_deal, make_lead, make_traffic, opened, plain, view


def table(connection, by: str, seen=None, scope=EVERYTHING) -> list[list[object]]:
    """Key, label and the tiles of each row."""
    found = breakdown.by(connection, seen or view(), scope=scope, by=by)
    columns = [plain(found[name]) for name in ["key", "label", *definitions.TILES]]
    return [list(row) for row in zip(*columns, strict=True)]


EXPECTED = {
    "rep": [
        ["bo", "Bo", None, 1, 1, 1, 1, 2, 100],
        ["dee", "Dee", None, 1, 1, 0, 1, 1, 250.5],
        [None, "Unassigned", None, 1, 0, 0, 1, 0, 0],
        ["cy", "Cy", None, 0, 1, 0, 0, 0, 0],
    ],
    "team": [
        ["north", "North", None, 1, 2, 1, 1, 2, 100],
        ["south", "South", None, 1, 1, 0, 1, 1, 250.5],
        [None, "No team", None, 1, 0, 0, 1, 0, 0],
    ],
    "campaign": [
        [None, "No campaign", 15, 2, 2, 0, 1, 1, 0],
        ["spring", "Spring", 20, 1, 1, 1, 2, 2, 350.5],
    ],
    "channel": [
        ["web", "web", 10, 2, 2, 1, 1, 1, 100],
        ["ads", "ads", 20, 1, 0, 0, 1, 1, 250.5],
        [None, "No channel", 5, 0, 1, 0, 1, 1, 0],
    ],
}


@pytest.mark.parametrize("by", breakdown.DIMENSIONS)
def test_each_value_has_its_tiles_most_leads_first_and_the_unassigned_among_them(
    connection, by: str
) -> None:
    assert table(connection, by) == EXPECTED[by]


@pytest.mark.parametrize("by", breakdown.DIMENSIONS)
def test_the_rows_add_up_to_the_tiles(connection, by: str) -> None:
    found = table(connection, by)
    added = [sum(row[place] for row in found) for place in range(3, 9)]
    assert added == [3, 3, 1, 3, 3, 350.5]
    if by in ("campaign", "channel"):
        assert sum(row[2] for row in found) == 35


def test_only_values_with_something_in_the_period_are_shown(connection) -> None:
    assert table(connection, "rep", view("2026-04-01", "2026-04-01")) == [
        ["bo", "Bo", None, 1, 0, 0, 0, 0, 0],
        [None, "Unassigned", None, 0, 1, 1, 0, 0, 0],
    ]
    assert table(connection, "rep", view("2026-05-01", "2026-05-31")) == []


def test_a_metric_without_a_row_in_the_period_is_zero_not_unknown(connection) -> None:
    # No traffic on these days, though there is traffic on others.
    assert table(connection, "channel", view("2026-03-10", "2026-03-14")) == [
        ["web", "web", 0, 1, 1, 1, 1, 0, 0]
    ]
    assert table(connection, "channel", view("2026-02-28", "2026-02-28")) == [
        [None, "No channel", 0, 1, 0, 0, 0, 0, 0],
        ["web", "web", 7, 0, 0, 0, 0, 0, 0],
    ]


def test_a_metric_that_the_company_does_not_have_is_unknown_everywhere(tmp_path) -> None:
    deals = [
        make_deal("a", owner_rep_id="dee", amount=""),
        make_deal("b", owner_rep_id="bo", amount=""),
        make_deal("c", owner_rep_id="zoe", amount=""),
    ]
    with opened(tmp_path, *deals).connect() as connection:
        # Equal figures are in order of the names; a key that has no name is its own.
        assert table(connection, "rep") == [
            ["bo", "Bo", None, None, None, None, 1, 1, None],
            ["dee", "Dee", None, None, None, None, 1, 1, None],
            ["zoe", "zoe", None, None, None, None, 1, 1, None],
        ]


def test_a_breakdown_takes_the_filters(connection) -> None:
    assert table(connection, "channel", view(rep=("dee",))) == [
        ["web", "web", 10, 1, 1, 0, 0, 0, 0],
        ["ads", "ads", 20, 0, 0, 0, 1, 1, 250.5],
        [None, "No channel", 5, 0, 0, 0, 0, 0, 0],
    ]
    assert table(connection, "rep", view(rep=("(none)",))) == [
        [None, "Unassigned", None, 1, 0, 0, 1, 0, 0]
    ]


def test_a_breakdown_shows_nothing_and_names_nobody_outside_the_scope(connection) -> None:
    bo, north = Scope("reps", ("bo",)), Scope("teams", ("north",))
    assert table(connection, "rep", scope=bo) == [["bo", "Bo", None, 1, 1, 1, 1, 2, 100]]
    assert table(connection, "rep", view(rep=("dee",)), scope=bo) == []
    assert table(connection, "rep", scope=north) == [
        ["bo", "Bo", None, 1, 1, 1, 1, 2, 100],
        ["cy", "Cy", None, 0, 1, 0, 0, 0, 0],
    ]
    assert table(connection, "team", scope=north) == [["north", "North", None, 1, 2, 1, 1, 2, 100]]
    for by in breakdown.DIMENSIONS:
        assert table(connection, by, scope=NOTHING) == []


def test_there_is_no_breakdown_by_anything_else(connection) -> None:
    with pytest.raises(KeyError):
        breakdown.by(connection, view(), scope=EVERYTHING, by="country")


def test_keys_are_texts_whatever_they_say(tmp_path) -> None:
    rows = [
        make_lead("1", source="nan"),
        make_lead("2", source="None"),
        make_lead("3", source="007"),
        make_lead("4", source="(none)"),
        make_lead("5", source=""),
        make_traffic(channel="🦊"),
    ]
    with opened(tmp_path, *rows).connect() as connection:
        keys = [(row[0], row[3]) for row in table(connection, "channel")]
    assert sorted(keys, key=str) == sorted(
        [("nan", 1), ("None", 1), ("007", 1), ("(none)", 1), (None, 1), ("🦊", 0)], key=str
    )


def test_whoever_sees_only_sums_sees_no_figure_of_a_rep(connection) -> None:
    assert breakdown.dimensions(FIGURES) == ("channel", "campaign", "team")
    assert table(connection, "rep", scope=FIGURES) == []
    assert table(connection, "team", scope=FIGURES) == EXPECTED["team"]
