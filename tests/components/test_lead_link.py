"""Links to a lead: with the id alone, whatever signs are in it."""

from __future__ import annotations

import pandas as pd
import pytest

from components import lead_link
from tests import lead_company, visits
from tests.company import make_lead, opened


@pytest.mark.parametrize(
    ("lead_id", "address"),
    [
        ("l1", "lead?id=l1"),
        ("a b", "lead?id=a%20b"),
        ("a+b&rep=dee#x", "lead?id=a%2Bb%26rep%3Ddee%23x"),
        ("javascript:alert(1)", "lead?id=javascript%3Aalert%281%29"),
        ("../admin?x=/", "lead?id=..%2Fadmin%3Fx%3D%2F"),
        ("Ünï🤝", "lead?id=%C3%9Cn%C3%AF%F0%9F%A4%9D"),
    ],
)
def test_an_id_is_a_value_of_the_address_and_nothing_else(lead_id: str, address: str) -> None:
    assert lead_link.address(lead_id) == address


def test_rows_have_the_address_in_the_place_of_the_id() -> None:
    rows = pd.DataFrame({"lead_id": ["l1", None], "amount": [1, 2]})
    linked = lead_link.linked(rows)
    assert linked["lead_id"][0] == "lead?id=l1"
    assert linked["lead_id"].isna().tolist() == [False, True]
    assert rows["lead_id"][0] == "l1"


def test_rows_without_leads_stay_as_they_are() -> None:
    rows = pd.DataFrame({"sessions": [1]})
    assert lead_link.linked(rows) is rows


def test_a_link_within_the_session_has_the_text_letter_for_letter(door, tmp_path) -> None:
    opened(tmp_path, make_lead("a&b", lead_name=lead_company.HOSTILE))
    door.set_up(tmp_path)
    visit = door.open("lead")
    visit.text_input[0].set_value("evil").run()
    (link,) = visit.get("page_link")
    assert (link.proto.page, link.proto.query_string) == ("lead", "id=a%26b")
    assert "\\!\\[x\\]\\(https\\:" in link.proto.label
    assert "](" not in link.proto.label
    assert link.proto.label.isprintable() or "\u200b" in link.proto.label
    assert visits.texts(visit).count("evil") == 0
