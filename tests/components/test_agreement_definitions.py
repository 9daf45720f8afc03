"""Definitions are read by all and worded anew by those who may; nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from components import book
from queries import definition_versions, definitions, records
from tests import agreement_part, visits
from tests.agreement_part import press, rows, said

DAY = timedelta(days=1)


@pytest.fixture
def part(door, march_place):
    """The part of the definitions, open for Lee, a leader."""
    door.set_up(march_place)
    return agreement_part.opened("agreement_definitions")


def choose(visit, key: str = "leads"):
    return visit.selectbox(key="agreement_definitions.chosen").set_value(key).run()


def field(visit, label: str):
    (found,) = [one for one in (*visit.text_input, *visit.text_area) if one.label == label]
    return found


def test_a_new_company_has_every_definition_with_its_rule_and_sql(part) -> None:
    chooser = part.selectbox(key="agreement_definitions.chosen")
    assert chooser.options[:3] == ["Sessions", "Leads", "MQLs"]
    assert len(chooser.options) == len(definitions.every_key())
    choose(part, "leads")
    assert part.markdown[0].value == definitions.text_of("leads")
    assert "leads_now" in part.code[0].value
    assert not part.dataframe
    choose(part, "waiting_times")
    assert part.markdown[0].value == definitions.text_of("waiting_times")
    assert not part.code


def test_a_definition_is_worded_anew(part) -> None:
    choose(part)
    assert field(part, "Wording").value == definitions.text_of("leads")
    field(part, "Wording").input("Whoever [wrote](x).")
    press(part, "Agree on this wording")
    assert not part.exception
    assert said(part) == ["Version 2 of “Leads” was agreed."]
    assert part.text[0].value == "Whoever [wrote](x)."
    assert [row[:2] for row in rows(part)] == [["2", "Leads"], ["1", "Leads"]]
    assert (rows(part)[0][4], rows(part)[1][2]) == ("lee", "the beginning")
    assert "leads_now" in book.versions_of("leads")[1].sql_text
    assert list(book.whole_log("definition agreed")["actor"]) == ["lee"]
    assert field(part, "Wording").value == "Whoever [wrote](x)."


def test_what_cannot_be_is_told_and_what_was_typed_stays(part) -> None:
    choose(part)
    field(part, "Wording").input("Whoever wrote.")
    yesterday = records.now().date() - DAY
    part.date_input(key="agreement_definitions.from").set_value(yesterday)
    press(part, "Agree on this wording")
    assert said(part) == ["From: today or later; what was said in the past is not changed."]
    assert field(part, "Wording").value == "Whoever wrote."
    assert part.date_input(key="agreement_definitions.from").value == yesterday
    assert len(book.versions_of("leads")) == 1


def test_a_version_to_come_is_listed_and_does_not_hold_yet(door, march_place) -> None:
    door.set_up(march_place)
    wanted = definition_versions.Wanted("leads", "Leads", "Later.", date(2199, 1, 1))
    visits.changed(lambda rows, act: definition_versions.agree(rows, act, wanted, date(2026, 1, 1)))
    part = choose(agreement_part.opened("agreement_definitions"))
    assert part.markdown[0].value == definitions.text_of("leads")
    assert rows(part)[0][2] == "1 Jan 2199"


def test_others_read_them(door, march_place) -> None:
    door.set_up(march_place)
    visit = agreement_part.opened("agreement_definitions", "viewer", kind="everything")
    assert len(visit.markdown) == 1
    assert not visit.button
    assert not visit.text_area
