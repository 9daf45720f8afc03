"""Starting a draft, what it says beside its terms, and giving it up."""

from __future__ import annotations

from datetime import date

import pytest

from components import book
from tests import agreement_book, agreement_page
from tests.agreement_page import draft, field, labels, opened, press, said

MEANWHILE = "after you opened it. Nothing of yours was saved, and what you typed is still here."


@pytest.fixture
def mia(door, march_place):
    """She leads marketing, and there is no draft yet."""
    door.set_up(march_place)
    return agreement_page.leader(door)


def test_a_draft_begins_with_the_shown_version_and_at_its_title(door, mia) -> None:
    visit = press(opened(door), "Start a draft from this version")
    assert (draft().number, draft().status, draft().title) == (2, "draft", "Default terms")
    assert said(visit) == ["Version 2 is a draft now: only what both sides sign holds."]
    assert visit.text_input(key=field("title")).value == "Default terms"
    visit.text_input(key=field("title")).input("Ours")
    visit.text_area(key=field("text")).input("One pipeline.\r\nTwo teams.")
    visit.date_input(key=field("effective_from")).set_value(date(2027, 1, 1))
    visit.number_input(key=field("pause_days")).set_value(5)
    press(visit, "Save")
    assert said(visit) == ["The draft was saved."]
    assert not visit.text_input
    kept = draft()
    assert (kept.title, kept.text) == ("Ours", "One pipeline.\nTwo teams.")
    assert (kept.effective_from, kept.pause_days) == (date(2027, 1, 1), 5)
    standing = [one.value.replace("\\", "") for one in visit.markdown]
    assert [one for one in standing if one.endswith("It shall hold from 1 Jan 2027.")] != []
    # The day can be left open again.
    press(visit, "Change title, text and dates")
    visit.date_input(key=field("effective_from")).set_value(None)
    press(visit, "Save")
    assert draft().effective_from is None


def test_a_draft_is_started_once(door, mia) -> None:
    first, second = opened(door), opened(door)
    press(first, "Start a draft from this version")
    # A double click: the second half finds what the first half has started.
    press(second, "Start a draft from this version")
    assert not second.error
    assert draft().number == 2
    assert "Open the draft, version 2" in labels(opened(door, version="1"))


def test_whoever_starts_second_is_told_who_was_first(door, mia) -> None:
    visit = opened(door)
    sam = agreement_book.add_person(book.engine(), "sam", side="sales")
    agreement_page.drafted(sam)
    press(visit, "Start a draft from this version")
    assert said(visit)[0].startswith("sam has started a draft on ")
    press(visit.run(), "Open the draft, version 2")
    assert "Discard this draft" in labels(visit)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "  ", "Title: one line of 1 to 120 letters."),
        ("text", "x" * 20_001, "Text: it has 20,001 characters; 20,000 can be kept."),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    door, mia, name: str, value: str, sentence: str
) -> None:
    agreement_page.drafted(mia)
    visit = press(opened(door, version="2"), "Change title, text and dates")
    kind = visit.text_input if name == "title" else visit.text_area
    kind(key=field(name)).input(value)
    press(visit, "Save")
    assert said(visit) == [sentence]
    assert kind(key=field(name)).value == value
    assert draft().title == "Default terms"


@pytest.mark.parametrize(("days", "is_kept"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_pause_has_its_bounds(door, mia, days: int, is_kept: bool) -> None:
    agreement_page.drafted(mia)
    visit = press(opened(door, version="2"), "Change title, text and dates")
    visit.number_input(key=field("pause_days")).set_value(days)
    press(visit, "Save")
    refused = "Longest pause: 0 to 60 working days."
    assert said(visit) == (["The draft was saved."] if is_kept else [refused])
    assert draft().pause_days == (days if is_kept else 10)
    if days == 0:
        captions = [one.value.replace("\\", "") for one in visit.caption]
        assert "No clock can be stopped while waiting for a prospect." in captions


def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_overwritten(door, mia) -> None:
    agreement_page.drafted(mia)
    visit = press(opened(door, version="2"), "Change title, text and dates")
    sam = agreement_book.add_person(book.engine(), "sam", side="sales")
    agreement_book.describe(book.engine(), sam, draft(), title="Theirs")
    visit.text_input(key=field("title")).input("Mine")
    press(visit, "Save")
    (warned,) = said(visit)
    assert warned.startswith("sam has changed this draft on ")
    assert MEANWHILE in warned
    assert "• title: Default terms → Theirs" in agreement_page.texts(visit)
    assert (draft().title, visit.text_input(key=field("title")).value) == ("Theirs", "Mine")
    press(visit, "I have read this: go on from what stands there now")
    assert visit.text_input(key=field("title")).value == "Mine"
    press(visit, "Save")
    assert (said(visit), draft().title) == (["The draft was saved."], "Mine")


def test_a_draft_is_given_up_and_stays_to_be_read(door, mia) -> None:
    agreement_page.drafted(mia)
    visit = press(opened(door, version="2"), "Discard this draft")
    assert draft().status == "draft"
    press(visit, "Discard it")
    assert said(visit) == ["Version 2 was discarded."]
    assert draft().status == "discarded"
    assert "Start a draft from this version" in labels(visit)
    (standing,) = [one.value for one in visit.markdown if "Discarded" in one.value]
    assert standing.replace("\\", "").endswith("**Version 2** · Discarded, never in force.")


def test_what_is_typed_stays_where_the_draft_was_given_up_meanwhile(door, mia) -> None:
    agreement_page.drafted(mia)
    visit = press(opened(door, version="2"), "Change title, text and dates")
    press(press(opened(door, version="2"), "Discard this draft"), "Discard it")
    visit.text_input(key=field("title")).input("Mine")
    press(visit, "Save")
    assert said(visit) == ["There is no draft any more: it was signed or discarded."]
    assert visit.text_input(key=field("title")).value == "Mine"


def test_a_link_to_a_form_of_a_draft_that_is_gone_says_so(door, mia) -> None:
    visit = opened(door, do="describe")
    assert said(visit) == ["There is no draft to change any more: it was signed or discarded."]
    agreement_page.drafted(mia)
    visit = opened(door, version="2", do="term-gone")
    assert said(visit) == ["This promise is not in the draft any more."]
