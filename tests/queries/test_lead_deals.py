"""The opportunities of a person: as they were at a moment, and only those one may see."""

from __future__ import annotations

import pytest

from queries import lead_deals
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from tests import company, lead_company
from tests.company import make_deal, make_lead, opened, plain, utc


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def deals(snapshot, scope=EVERYTHING, as_of=company.NOW):
    """The opportunities of Mia, and how many are hidden."""
    with snapshot.connect() as connection:
        asked = {"scope": scope, "as_of": as_of}
        rows = lead_deals.load(connection, "m1", **asked)
        return rows, lead_deals.hidden(connection, "m1", **asked)


def test_an_opportunity_says_what_became_of_it(mia) -> None:
    rows, hidden = deals(mia)
    assert list(rows["opportunity_id"]) == ["d1", "d2"]
    assert list(rows["outcome"]) == ["won", "won"]
    assert list(rows["amount"]) == [100.0, 7.0]
    assert list(rows["owner"]) == ["Bo", "Dee"]
    assert plain(rows["stage"]) == ["Done", None]
    assert rows["closed_at"][0] == utc("2026-03-20 09:00")
    assert hidden == 0


@pytest.mark.parametrize(
    ("scope", "ids", "hidden"),
    [
        (Scope("reps", ("bo",)), ["d1"], 1),
        (Scope("teams", ("north",)), ["d1"], 1),
        (Scope("reps", ("dee",)), ["d2"], 1),
        (FIGURES, [], 2),
        (NOTHING, [], 2),
    ],
)
def test_what_others_own_is_counted_and_not_shown(mia, scope: Scope, ids, hidden: int) -> None:
    rows, others = deals(mia, scope)
    assert (list(rows["opportunity_id"]), others) == (ids, hidden)


def test_an_opportunity_of_nobody_is_hidden_from_a_rep(tmp_path) -> None:
    rows = (make_lead("m1"), make_deal(lead_id="m1", owner_rep_id=""))
    assert deals(opened(tmp_path, *rows), Scope("reps", ("bo",)))[1] == 1


@pytest.mark.parametrize(
    ("as_of", "outcome", "stage"),
    [
        ("2026-03-15 09:00", "open", None),
        ("2026-03-16 09:00", "open", "Proposal"),
        ("2026-03-20 08:59:59", "open", "Proposal"),
        ("2026-03-20 09:00", "won", "Done"),
    ],
)
def test_what_closed_later_was_open_then(mia, as_of: str, outcome: str, stage) -> None:
    first = deals(mia, as_of=utc(as_of))[0].iloc[[0]]
    assert (plain(first["outcome"]), plain(first["stage"])) == ([outcome], [stage])
    assert plain(first["closed_at"].isna()) == [outcome == "open"]


def test_an_opportunity_that_came_later_is_neither_shown_nor_hidden(mia) -> None:
    rows, hidden = deals(mia, Scope("reps", ("bo",)), utc("2026-03-14 08:59:59"))
    assert (len(rows), hidden) == (0, 0)


def test_an_amount_in_another_currency_is_not_known(tmp_path) -> None:
    rows = (make_lead("m1"), make_deal(lead_id="m1", currency_code="USD"))
    assert plain(deals(opened(tmp_path, *rows))[0]["amount"]) == [None]
