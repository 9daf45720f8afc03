"""Opportunities of a lead, as blocks that fit a phone."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests import visits
from tests.company import utc

DEAL: dict[str, object] = {
    "opportunity_id": "d1",
    "created_at": utc("2026-03-14 09:00"),
    "stage": "Done",
    "outcome": "won",
    "closed_at": utc("2026-03-20 09:00"),
    "amount": 100.0,
    "owner": "Bo",
    "loss_reason": None,
}


def shown(door, place, name: str, rows: list[dict[str, object]], *more: object) -> AppTest:
    def page(name: str, rows: list, columns: list, more: tuple) -> None:
        import pandas as pd

        from components import data, lead_work

        data.start_run()
        getattr(lead_work, name)(pd.DataFrame(rows, columns=columns), *more)

    columns = list(DEAL)
    door.set_up(place, company_currency="EUR")
    visit = visits.of_function(page, args=(name, rows, columns, more)).run()
    assert not visit.exception
    return visit


def facts(visit: AppTest) -> dict[str, str]:
    words = [word.value for word in visit.caption if not word.value.endswith("you.")]
    return dict(zip(words, [text.value for text in visit.text], strict=True))


def test_a_deal_says_what_it_was_worth(door, march_place) -> None:
    visit = shown(door, march_place, "opportunities", [DEAL], 0)
    assert facts(visit) == {
        "Revenue (booked)": "€100 from 1 closed-won deal",
        "Opportunity": "d1",
        "Outcome": "Closed-won",
        "Stage": "Done",
        "Amount": "€100",
        "Owner": "Bo",
        "Opened": "14 Mar 2026, 09:00",
        "Closed": "20 Mar 2026, 09:00",
    }


def test_a_lost_deal_says_why_and_earns_nothing(door, march_place) -> None:
    lost = DEAL | {"outcome": "lost", "loss_reason": "price", "owner": None}
    said = facts(shown(door, march_place, "opportunities", [lost], 0))
    assert (said["Outcome"], said["Reason"], said["Owner"]) == (
        "Closed-lost",
        "price",
        "Unassigned",
    )
    assert "Revenue (booked)" not in said


def test_an_open_deal_is_not_closed(door, march_place) -> None:
    still_open = DEAL | {"outcome": "open", "closed_at": None}
    said = facts(shown(door, march_place, "opportunities", [still_open], 0))
    assert said["Outcome"] == "Open"
    assert "Closed" not in said


def test_an_amount_that_is_missing_is_not_zero(door, march_place) -> None:
    none = pd.array([None], dtype="Float64")[0]
    said = facts(shown(door, march_place, "opportunities", [DEAL | {"amount": none}], 0))
    assert said["Amount"] == "no data"
    assert said["Revenue (booked)"] == "no data from 1 closed-won deal"


def test_deals_of_others_are_counted(door, march_place) -> None:
    for hidden, sentence in (
        (1, "1 more opportunity is owned by others and not shown to you."),
        (2, "2 more opportunities are owned by others and not shown to you."),
    ):
        visit = shown(door, march_place, "opportunities", [], hidden)
        assert [said.value for said in visit.caption] == [sentence]


def test_no_deal_is_a_sentence(door, march_place) -> None:
    visit = shown(door, march_place, "opportunities", [], 0)
    assert [info.value for info in visit.info] == ["No opportunity of this person is known."]
