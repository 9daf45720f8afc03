"""Leaders sign exactly what they have read, each for their side."""

from __future__ import annotations

from datetime import date

import pytest

from components import book
from queries import accounts
from queries.agreements import drafting, seal
from tests import agreement_book, agreement_page, visits
from tests.agreement_page import draft, labels, opened, press, said, texts

SIGN = "Read and sign for marketing"


@pytest.fixture
def mia(door, march_place):
    """She leads marketing and has started a draft."""
    door.set_up(march_place)
    user = agreement_page.leader(door)
    agreement_page.drafted(user)
    return user


@pytest.fixture
def sam(mia):
    """He leads sales, and is not signed in."""
    return agreement_book.add_person(book.engine(), "sam", side="sales")


def shown(visit) -> list[str]:
    """What the page says in words of its own."""
    return [one.value.replace("\\", "") for one in visit.markdown]


def test_two_leaders_sign_and_it_is_in_force(door, mia, sam) -> None:
    visit = press(opened(door, version="2"), SIGN)
    assert visit.code[0].value == seal.of(draft())
    assert "A first attempt within 4 business hours, for 90 % of hand-offs." in texts(visit)
    assert "Sales has still to sign the same. Until then nothing changes." in shown(visit)
    press(visit, "Sign for marketing")
    assert said(visit) == ["You have signed version 2 for marketing. Sales has still to sign it."]
    assert SIGN not in labels(visit)
    door.sign_in("sam")
    other = press(opened(door, version="2"), "Read and sign for sales")
    (what,) = [one for one in shown(other) if one.startswith("mia has signed it")]
    assert what.endswith(
        "With your signature it comes into force at once, and nobody can change it any more."
    )
    press(other, "Sign for sales")
    assert said(other) == [
        "You have signed version 2 for sales. Both sides have signed: it is in force."
    ]
    assert "Change" not in labels(other)
    assert "Start a draft from this version" in labels(other)
    assert [one for one in shown(other) if "**Version 2** · In force since " in one] != []
    by = [one for one in shown(other) if "Signed by" in one]
    assert [one.split(" on ")[0].rpartition(" ")[2] for one in by] == ["mia", "sam"]
    assert draft().status == "signed"


def test_one_that_begins_later_says_when(door, mia, sam) -> None:
    agreement_book.describe(
        book.engine(), mia, draft(), title="Ours", effective_from=date(2199, 1, 1)
    )
    agreement_book.sign(book.engine(), mia, "marketing", draft())
    door.sign_in("sam")
    visit = press(opened(door, version="2"), "Read and sign for sales")
    (what,) = [one for one in shown(visit) if one.startswith("mia has signed it")]
    assert "it comes into force on 1 Jan 2199," in what
    press(visit, "Sign for sales")
    assert said(visit)[0].endswith("it comes into force on 1 Jan 2199.")
    assert (
        ":blue[:material/event_upcoming:] **Version 2** · Comes into force on 1 Jan 2199."
        in shown(visit)
    )
    # What holds until then is shown to whoever does not ask.
    assert [one.value for one in opened(door).header] == ["Default terms"]


def test_a_change_after_the_first_signature_asks_for_new_ones(door, mia, sam) -> None:
    agreement_book.sign(book.engine(), mia, "marketing", draft())
    agreement_book.describe(book.engine(), sam, draft(), title="Ours")
    visit = opened(door, version="2")
    assert SIGN in labels(visit)
    (caption,) = [one.value for one in visit.caption if "earlier wording" in one.value]
    assert caption.startswith("mia signed an earlier wording on ")


def test_nobody_signs_what_was_changed_while_they_read(door, mia, sam) -> None:
    visit = press(opened(door, version="2"), SIGN)
    agreement_book.describe(book.engine(), sam, draft(), title="Theirs")
    press(visit, "Sign for marketing")
    assert said(visit)[0].startswith("sam has changed this draft on ")
    assert "• title: Default terms → Theirs" in texts(visit)
    press(visit, "I have read this: go on from what stands there now")
    assert visit.code[0].value == seal.of(draft())
    press(visit, "Sign for marketing")
    assert said(visit)[0].startswith("You have signed version 2 for marketing.")


def test_nobody_signs_for_the_other_side(door, mia, sam) -> None:
    visit = press(opened(door, version="2"), SIGN)
    with book.writing() as rows:
        act = book.act_of(sam)
        said_of = {"role": "leader", "rep_id": "", "side": "sales"}
        accounts.change_access(rows, act, mia.person_id, **said_of)
    # The click was for marketing: it signs nothing for the side that they lead now.
    press(visit, "Sign for marketing")
    assert book.agreement_for(mia).given == ()
    assert "Sign for sales" in labels(visit)
    press(visit, "Sign for sales")
    assert [one.side for one in book.agreement_for(mia).given] == ["sales"]


def test_a_draft_that_lacks_something_cannot_be_signed(door, mia) -> None:
    for term in draft().terms:
        if term.direction == "sales_to_marketing":
            edit = agreement_book.edit(mia, draft())
            agreement_book.change(book.engine(), drafting.remove_term, edit, term.term_id)
    visit = opened(door, version="2")
    (button,) = [one for one in visit.button if one.label == SIGN]
    assert button.disabled
    assert said(visit) == ["Before it is signed, sales must promise something too: add a term."]


def test_others_read_who_has_to_sign(door, mia, sam) -> None:
    door.sign_in("ada", "admin")
    found = visits.texts(opened(door, version="2")).replace("\\", "")
    assert ":material/pending: Still to sign: mia" in found
    assert ":material/pending: Still to sign: sam" in found


def test_the_default_terms_nobody_signed(door, mia) -> None:
    nobody = "Nobody signed the default terms: they hold until both sides have signed their own."
    assert nobody in texts(opened(door, version="1"))


def test_a_link_to_sign_what_is_gone_says_so(door, march_place) -> None:
    door.set_up(march_place)
    agreement_page.leader(door)
    visit = opened(door, do="sign")
    assert said(visit) == ["There is no draft to sign any more: it was signed or discarded."]
