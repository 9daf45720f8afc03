"""What may be said of a person: names, roles, and the side that a leader signs for."""

from __future__ import annotations

import pytest

from queries import newcomers
from queries.newcomers import Newcomer, NotAllowed


@pytest.mark.parametrize("role", ["viewer", "rep", "sales_manager", "marketer", "admin"])
def test_only_a_leader_signs_for_a_side(role: str) -> None:
    with pytest.raises(NotAllowed, match="A leader signs the agreement for marketing or for sal"):
        newcomers.check(Newcomer("ana", role, rep_id="r1", side="sales"))
    newcomers.check(Newcomer("ana", role, rep_id="r1"))


def test_a_side_is_marketing_or_sales() -> None:
    for side in ("", "marketing", "sales"):
        newcomers.check(Newcomer("ana", "leader", side=side))
    for side in ("both", "Sales", "marketing "):
        with pytest.raises(NotAllowed, match="for marketing or for sales"):
            newcomers.check(Newcomer("ana", "leader", side=side))


def test_what_a_person_may_is_said_in_one_line() -> None:
    assert newcomers.access("leader", None, "sales") == "role leader, for sales"
    assert newcomers.access("rep", "r1", None) == "role rep, rep r1"


def test_a_name_is_kept_in_small_letters() -> None:
    assert newcomers.in_small(" ZOE\u0308 ") == "zoë"
