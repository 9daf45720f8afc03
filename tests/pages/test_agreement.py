"""The Agreement page: what each role reads in each part, and who may do what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components import book
from queries import people
from queries.agreements import drafting
from tests import agreement_book, agreement_page
from tests.agreement_page import labels, opened, said, texts

SECTIONS = ("agreement", "targets", "definitions", "reasons", "personas", "stages")
REPS = {"rep": "bo", "sales_manager": "cy"}
WRITERS = ("leader", "sales_manager", "marketer")
# Form -> something that stands in it.
FORMS = {
    "describe": "Save",
    "discard": "Discard it",
    "add-sales_to_marketing": "What is promised?",
}
FIRST_ATTEMPT = "A first attempt within 4 business hours, for 90 % of hand-offs."


@pytest.fixture
def here(door, march_place):
    """The company of March; Mia of marketing has started a draft."""
    door.set_up(march_place)
    agreement_page.drafted(agreement_page.leader(door))
    return door


def sign_in(door, role: str) -> None:
    door.sign_in(f"a {role}", role, REPS.get(role, ""))


@pytest.mark.parametrize("role", people.ROLES)
def test_everybody_reads_what_is_in_force(here, role: str) -> None:
    sign_in(here, role)
    visit = opened(here)
    assert not visit.error
    assert [header.value for header in visit.header] == ["Default terms"]
    headings = [header.value for header in visit.subheader]
    assert headings[:3] == ["Marketing promises sales", "Sales promises marketing", "Signatures"]
    assert FIRST_ATTEMPT in texts(visit)
    owners = [one.value for one in visit.caption if "head of sales" in one.value]
    assert len(owners) == 6


@pytest.mark.parametrize("role", people.ROLES)
def test_only_those_who_write_it_can_change_the_draft(here, role: str) -> None:
    sign_in(here, role)
    visit = opened(here, version="2")
    can_change = {"Change", "Up", "Down", "Discard this draft", "Add a promise of sales"}
    assert can_change & set(labels(visit)) == (can_change if role in WRITERS else set())
    for form, shows in FORMS.items():
        drawn = opened(here, version="2", do=form)
        fields = [one.label for one in (*drawn.button, *drawn.selectbox)]
        assert (shows in fields) is (role in WRITERS)


@pytest.mark.parametrize("role", people.ROLES)
def test_nobody_signs_who_leads_no_side(here, role: str) -> None:
    sign_in(here, role)
    visit = opened(here, version="2", do="sign")
    assert [label for label in labels(visit) if "ign for" in label] == []
    asks = "An admin must say first which side you lead, on the page Admin."
    assert (asks in [one.value for one in visit.caption]) is (role == "leader")
    waits = [one.value.replace("\\", "") for one in visit.markdown if "Still to sign" in one.value]
    whom = "whoever leads marketing" if role == "viewer" else "mia"
    assert waits == [f":material/pending: Still to sign: {whom}"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", ["leader", "rep", "viewer"])
def test_each_part_is_read_by_everybody(here, role: str, section: str) -> None:
    sign_in(here, role)
    visit = opened(here, show=section)
    assert visit.session_state["agreement_choice.show"] == section
    assert not visit.error
    assert ("Default terms" in [header.value for header in visit.header]) is (
        section == "agreement"
    )


@pytest.mark.parametrize("section", SECTIONS)
def test_before_a_projector_nobody_changes_anything(here, section: str) -> None:
    visit = opened(here, show=section, present="1", version="2", do="describe")
    assert labels(visit) == ["Leave the projector view"]
    assert not visit.text_input
    assert not visit.text_area
    if section == "agreement":
        assert FIRST_ATTEMPT in texts(visit)
        assert not visit.selectbox


def test_an_address_that_means_nothing_shows_what_is_in_force(here) -> None:
    for number in ("9", "x", "²", "-1"):
        visit = opened(here, version=number, show="<b>")
        warning = f"There is no version “{number}”: this is the one in force."
        assert said(visit) == [warning]
        assert [header.value for header in visit.header] == ["Default terms"]


def test_tampering_is_shown_on_every_version(here) -> None:
    with book.writing() as rows:
        rows.exec_driver_sql("drop trigger sla_terms_no_update")
        rows.exec_driver_sql("update sla_terms set target_value = 99 where version = 1")
    for number in ("1", "2"):
        visit = opened(here, version=number)
        (error,) = said(visit)
        assert error == (
            "**Do not rely on version 1.** The terms of version 1 are not those that were shipped."
            " Somebody has changed it in the database."
        )
        is_marked = any(":red[:material/gpp_bad:]" in one.value for one in visit.markdown)
        assert is_marked is (number == "1")


def test_names_of_the_data_stand_in_the_promises(here) -> None:
    draft = agreement_page.draft()
    narrowed = replace(draft.terms[3], segment={"team": ("south",), "campaign": ("spring",)})
    sam = agreement_book.add_person(book.engine(), "sam", side="sales")
    agreement_book.change(
        book.engine(), drafting.change_term, agreement_book.edit(sam, draft), narrowed
    )
    sign_in(here, "rep")
    visit = opened(here, version="2")
    sentence = "to team South from campaign Spring."
    assert [one for one in texts(visit) if one.endswith(sentence)] == [
        f"A first attempt within 4 business hours, for 90 % of hand-offs {sentence}"
    ]
    assert (
        "• first attempt to team South from campaign Spring, for: all hand-offs → to team South"
        " from campaign Spring" in texts(visit)
    )
