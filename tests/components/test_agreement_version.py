"""A version as a document: how it stands, its words, and what differs."""

from __future__ import annotations

import pytest

from components import book
from queries.agreements import drafting
from tests import agreement_book, agreement_page
from tests.agreement_page import draft, opened, texts


@pytest.fixture
def mia(door, march_place):
    """She leads marketing and has started a draft."""
    door.set_up(march_place)
    user = agreement_page.leader(door)
    agreement_page.drafted(user)
    return user


def test_the_draft_says_so_and_when_it_shall_hold(door, mia) -> None:
    visit = opened(door, version="2")
    sign = ":orange[:material/edit_note:] **Version 2** · Draft, last changed by mia on "
    (said,) = [one.value.replace("\\", "") for one in visit.markdown if "Draft" in one.value]
    assert said.startswith(sign)
    assert said.endswith(". It shall hold when both have signed.")


def test_words_mean_nothing_to_the_page_and_none_is_left_out(door, mia) -> None:
    text = "# Not a heading\n\n[x](http://x) " + "long " * 200
    agreement_book.describe(book.engine(), mia, draft(), title="*Ours* [x](http://x)", text=text)
    visit = opened(door, version="2")
    assert text.strip() in texts(visit)
    (title,) = [one.value for one in visit.header]
    assert title.startswith("\\*Ours\\*")


def test_before_a_projector_the_promises_come_before_the_text(door, mia) -> None:
    default = "In force until both sides have signed an agreement of their own."
    assert texts(opened(door))[0] == default
    before = texts(opened(door, present="1"))
    assert before.index(default) > before.index("At least one attempt on 95 % of hand-offs.")


def test_what_differs_is_said_in_words(door, mia) -> None:
    for term in draft().terms:
        edit = agreement_book.edit(mia, draft())
        agreement_book.change(book.engine(), drafting.remove_term, edit, term.term_id)
    visit = opened(door, version="2")
    told = [one for one in texts(visit) if one[0] == "•"]
    assert len(told) == 9
    assert told[0] == "• acceptance: sales accepts at least 60 % of hand-offs → nothing"


def test_where_working_time_is_entered_is_said(door, mia) -> None:
    entered = "Working time, public holidays and leave: an admin enters them."
    assert entered in [one.value for one in opened(door).caption]
    door.sign_in("ada", "admin")
    visit = opened(door)
    assert entered not in [one.value for one in visit.caption]
    (link,) = visit.get("page_link")
    assert link.proto.label == "Working time, holidays and leave: Admin"
