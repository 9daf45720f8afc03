"""A promise is added, changed and removed; what is wrong stands beside its field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from components import book
from queries.agreements import drafting
from tests import agreement_book, agreement_page
from tests.agreement_page import draft, field, labels, opened, press, said, texts


@pytest.fixture
def mia(door, march_place):
    """She leads marketing and has started a draft."""
    door.set_up(march_place)
    user = agreement_page.leader(door)
    agreement_page.drafted(user)
    return user


def adding(door, kind: str, side: str = "sales"):
    """The form of a new promise of this kind."""
    visit = press(opened(door, version="2"), f"Add a promise of {side}")
    visit.selectbox(key=field("kind")).set_value(kind).run()
    assert not visit.exception
    return visit


def newest():
    return draft().terms[-1]


def infos(visit) -> list[str]:
    return [one.value.replace("\\", "") for one in visit.info]


def test_a_promise_is_changed_and_says_what_it_will_say(door, mia) -> None:
    visit = press(opened(door, version="2"), "Change", 3)
    assert visit.number_input(key=field("first_attempt_target")).value == 4
    visit.number_input(key=field("first_attempt_target")).set_value(1.5)
    visit.number_input(key=field("first_attempt_share")).set_value(87.5)
    visit.selectbox(key=field("first_attempt_calendar")).set_value("always")
    visit.checkbox(key=field("first_attempt_restarts")).check()
    visit.multiselect(key=field("first_attempt_channel")).set_value(["web"])
    visit.text_input(key=field("first_attempt_owner")).input(" Sam ").run()
    assert infos(visit) == [
        "It will say: a first attempt within 1.5 hours, for 87.5 % of hand-offs from channel web,"
        " around the clock, anew for each rep who gets it."
    ]
    before = draft().terms[3]
    press(visit, "Save")
    assert said(visit) == ["Saved: first attempt from channel web."]
    term = draft().terms[3]
    assert (term.key, term.term_id) == (before.key, before.term_id)
    assert (term.target.value, term.share) == (Decimal("1.5"), Decimal("0.875"))
    assert (term.calendar, term.restarts_on_reassignment, term.owner) == ("always", True, "Sam")
    assert dict(term.segment) == {"channel": ("web",)}
    # Opened again, it begins with what is kept; a segment that is emptied holds for all.
    press(visit, "Change", 3)
    assert visit.multiselect(key=field("first_attempt_channel")).value == ["web"]
    visit.multiselect(key=field("first_attempt_channel")).set_value([]).run()
    press(visit, "Save")
    assert dict(draft().terms[3].segment) == {}


def test_a_promise_is_added_at_the_end_of_its_column_and_once(door, mia) -> None:
    visit = adding(door, "feedback_given")
    visit.number_input(key=field("feedback_given_target")).set_value(5)
    visit.selectbox(key=field("feedback_given_unit")).set_value("business_days").run()
    press(visit, "Save")
    assert said(visit) == ["Added: feedback."]
    assert "Feedback within 5 business days, for 90 % of decided hand-offs." in texts(visit)
    assert [term.kind for term in draft().terms].count("feedback_given") == 1
    assert not visit.number_input


def test_points_are_typed_as_lines(door, mia) -> None:
    visit = adding(door, "value_points", "marketing")
    visit.number_input(key=field("value_points_target")).set_value(1200)
    visit.text_area(key=field("value_points_points")).input("web | Buyer = 40\nothers 10").run()
    assert infos(visit) == []
    press(visit, "Save")
    assert said(visit) == ["Points: “others 10” is no line like Web | Buyer = 40."]
    visit.text_area(key=field("value_points_points")).input("web | Buyer = 40\nothers = 10")
    press(visit, "Save")
    assert said(visit) == ["Added: value."]
    assert dict(newest().points) == {"web|Buyer": Decimal(40), "": Decimal(10)}
    assert (newest().per, newest().target.value) == ("month", Decimal(1200))


def test_what_is_wrong_stands_beside_each_field_and_what_was_typed_stays(door, mia) -> None:
    visit = adding(door, "attempts")
    visit.text_input(key=field("attempts_owner")).input("Sam")
    visit.number_input(key=field("attempts_share")).set_value(101)
    press(visit, "Save")
    assert said(visit) == [
        "Target: a number above 0, up to 1,000 business hours, to 4 decimals.",
        "Share: more than 0 %, up to 100 %, to 2 decimals.",
        "Attempts: say how many, 1 to 100.",
        "Channels: say over how many, 1 to 10 and not more than attempts.",
    ]
    assert visit.text_input(key=field("attempts_owner")).value == "Sam"
    assert len(draft().terms) == 9


@pytest.mark.parametrize(
    ("percent", "is_kept"), [(0, False), (0.01, True), (100, True), (100.01, False)]
)
def test_a_share_has_its_bounds(door, mia, percent: float, is_kept: bool) -> None:
    visit = press(opened(door, version="2"), "Change")
    visit.number_input(key=field("acceptance_target")).set_value(percent).run()
    press(visit, "Save")
    refused = "Target: a number above 0, up to 100 %, to 4 decimals."
    assert said(visit) == (["Saved: acceptance."] if is_kept else [refused])


def test_fields_that_must_be_there_are_chosen_in_one_order(door, mia) -> None:
    visit = press(opened(door, version="2"), "Change", 1)
    visit.multiselect(key=field("completeness_about")).set_value(["persona", "email"]).run()
    assert infos(visit) == ["It will say: e-mail and persona on at least 90 % of hand-offs."]
    visit.multiselect(key=field("completeness_about")).set_value([])
    press(visit, "Save")
    assert said(visit) == ["About: choose at least one."]


def test_a_promise_is_removed(door, mia) -> None:
    visit = press(opened(door, version="2"), "Change", 8)
    press(visit, "Remove this promise")
    assert said(visit) == ["Removed: reasons."]
    assert "reason_coverage" not in [term.kind for term in draft().terms]


def test_a_new_promise_has_nothing_to_remove(door, mia) -> None:
    visit = press(opened(door, version="2"), "Add a promise of sales")
    assert not {"Save", "Remove this promise"} & set(labels(visit))
    visit.selectbox(key=field("kind")).set_value("coverage").run()
    assert "Remove this promise" not in labels(visit)


def test_what_somebody_else_removed_meanwhile_cannot_be_changed(door, mia) -> None:
    visit = press(opened(door, version="2"), "Change", 3)
    visit.number_input(key=field("first_attempt_target")).set_value(2).run()
    sam = agreement_book.add_person(book.engine(), "sam", side="sales")
    edit = agreement_book.edit(sam, draft())
    agreement_book.change(book.engine(), drafting.remove_term, edit, draft().terms[3].term_id)
    press(visit, "Save")
    assert said(visit)[0].startswith("sam has changed this draft on ")
    assert visit.number_input(key=field("first_attempt_target")).value == 2
    press(visit, "I have read this: go on from what stands there now")
    assert said(visit) == ["This promise is not in the draft any more."]
