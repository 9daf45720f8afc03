"""The Lead page: by link and by search, for those who may see the person, and only for them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import lead_company, lead_handed, visits
from tests.company import make_lead, opened

REFUSED = "There is no lead with this id, or it is not one that you may see."
PEOPLE = {"rep": "bo", "sales_manager": "cy", "marketer": "", "leader": "", "admin": ""}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of Mia's company, and of Eve, each of whose texts is hostile."""
    folder = tmp_path_factory.mktemp("lead")
    opened(folder, *lead_company.MIA, *lead_company.EVE)
    return folder


def seen(door, place, asked_id: str, role: str = "leader", rep_id: str = "") -> AppTest:
    door.set_up(place, company_currency="EUR")
    door.sign_in(f"{role} {rep_id}", role, rep_id)
    visit = door.open("lead", **({"id": asked_id} if asked_id else {}))
    assert not visit.exception
    assert not visit.error
    return visit


def everything_on(visit: AppTest) -> str:
    parts = [visits.texts(visit), *(text.value for text in visit.text)]
    parts += [code.value for code in visit.code]
    return "\n".join([*parts, *(link.proto.label for link in visit.get("page_link"))])


@pytest.mark.parametrize(("role", "rep_id"), PEOPLE.items())
@pytest.mark.parametrize("asked_id", ["m1", "m0", "c1"])
def test_whoever_may_see_a_person_finds_one_timeline(
    door, place, role: str, rep_id: str, asked_id: str
) -> None:
    visit = seen(door, place, asked_id, role, rep_id)
    assert visit.title[0].value == "Lead"
    assert visit.main.header[0].value == "Mia Berg"
    said = visits.texts(visit)
    assert "- 09:00 · **Given to Bo** · from Dee · Cy" in said
    assert ("18 entries" if rep_id else "20 entries") in said
    assert ("1 more opportunity is owned by others" in said) is bool(rep_id)


@pytest.mark.parametrize(
    ("role", "rep_id", "asked_id"),
    [
        ("rep", "bo", "x1"),
        ("sales_manager", "cy", "x1"),
        ("rep", "dee", "m1"),
        ("rep", "dee", "m0"),
        ("rep", "dee", "c1"),
        ("rep", "cy", "m1"),
        ("rep", "nobody", "m1"),
    ],
)
def test_the_link_of_somebody_elses_person_shows_nothing_of_them(
    door, place, role: str, rep_id: str, asked_id: str
) -> None:
    # A leader has filled the caches of the process with everybody's rows.
    assert seen(door, place, asked_id).main.header
    visit = seen(door, place, asked_id, role, rep_id)
    unknown = seen(door, place, "nobody has this id", role, rep_id)
    assert [said.value for said in visit.warning] == [REFUSED]
    assert not visit.main.header
    assert everything_on(visit) == everything_on(unknown)


def test_the_projectors_role_has_no_such_page(door, place) -> None:
    visit = seen(door, place, "m1", "viewer")
    assert visit.title[0].value == "Overview"
    assert "Mia" not in everything_on(visit)


@pytest.fixture(scope="module")
def sues_place(tmp_path_factory):
    """The place of Sue's company, whose hand-off to Bo is open."""
    folder = tmp_path_factory.mktemp("sue")
    opened(folder, *lead_handed.make_sue())
    return folder


def accept(visit: AppTest, note: str) -> AppTest:
    visit.radio[0].set_value("accepted").run()
    visit.text_area[0].set_value(note).run()
    return visit.button(key="decide_form.save").click().run()


def test_a_rep_decides_on_their_own_hand_off_and_sees_it_at_once(door, sues_place) -> None:
    visit = seen(door, sues_place, "s1", "rep", "bo")
    assert "First attempt overdue since 1 Jun 2026" in visits.texts(visit).replace("\\", "")
    visit.button(key="lead_handoffs.decide_1").click().run()
    assert accept(visit, "calls back").success[0].value == "Saved\\: Sue Ray is accepted\\."
    assert "**Hand\\-off 1 accepted** · “calls back” · rep bo" in visits.texts(visit)
    assert "Take the decision back" in [button.label for button in visit.button]
    # Another session, which had asked for the same person before, sees it, too.
    door.sign_in("lee")
    other = door.open("lead", id="s1")
    assert "**Hand\\-off 1 accepted** · “calls back” · rep bo" in visits.texts(other)
    assert [button.label for button in other.main.button] == []


@pytest.mark.parametrize(("role", "rep_id"), [("marketer", ""), ("leader", "")])
def test_marketing_sees_a_hand_off_and_does_not_decide(
    door, sues_place, role: str, rep_id: str
) -> None:
    visit = seen(door, sues_place, "s1", role, rep_id)
    assert visit.main.button == []
    visit = door.open("lead", id="s1", decide="s1:1")
    assert [said.value for said in visit.warning] == [
        "This hand-off is not there, or not yours to decide on."
    ]


def test_a_rep_cannot_decide_on_somebody_elses_hand_off(door, sues_place) -> None:
    door.set_up(sues_place)
    door.sign_in("dee", "rep", "dee")
    visit = door.open("lead", id="s1", decide="s1:1")
    assert [said.value for said in visit.warning] == [REFUSED]
    assert not visit.radio


def test_without_an_id_there_is_a_search(door, place) -> None:
    visit = seen(door, place, "")
    assert [field.label for field in visit.text_input] == ["Find a lead"]
    assert not visit.warning
    visit.text_input[0].set_value("mia").run()
    assert [link.proto.query_string for link in visit.get("page_link")] == ["id=m1"]


def test_somebody_who_is_not_found_can_be_searched_for(door, place) -> None:
    visit = seen(door, place, "x1", "rep", "bo")
    visit.text_input[0].set_value("mia").run()
    assert [link.proto.query_string for link in visit.get("page_link")] == ["id=m1"]


@pytest.mark.parametrize("asked_id", ["<b>", "%", "x" * 9_999, "m1\u202e", "../admin", "🤝"])
def test_an_address_that_is_no_id_is_answered_like_any_other(door, place, asked_id: str) -> None:
    assert [said.value for said in seen(door, place, asked_id).warning] == [REFUSED]


def test_no_text_of_a_person_becomes_a_link_a_picture_or_a_tag(door, place) -> None:
    visit = seen(door, place, "e1", "rep", "bo")
    drawn = [text.value for kind in ("markdown", "header", "caption") for text in visit.get(kind)]
    assert [text for text in drawn if "](" in text or "://" in text] == []
    assert [text for text in drawn if "<" in text.replace("\\<", "")] == []
    texts = [text.value for text in visit.text]
    assert texts.count(lead_company.HOSTILE.replace("\u202e", " ")) == 9
    assert "\u202e" not in everything_on(visit)
    assert [whole.label for whole in visit.expander] == ["The whole text: Company"]
    assert visit.code[0].value == "x" * 9_999 + "!"


def test_a_company_without_any_row_has_the_search_and_nobody(door, tmp_path) -> None:
    visits.build(tmp_path, {"leads.csv": "lead_id,lead_name"})
    visit = seen(door, tmp_path, "")
    visit.text_input[0].set_value("mia").run()
    assert not visit.exception
    assert [said.value for said in visit.info] == [
        "No lead that you may see holds all of these words."
    ]
    assert [said.value for said in seen(door, tmp_path, "m1").warning] == [REFUSED]


def test_a_lead_and_nothing_else_is_a_page(door, tmp_path) -> None:
    opened(tmp_path, make_lead(created_at=""))
    visit = seen(door, tmp_path, "l1", "rep", "bo")
    assert [said.value for said in visit.main.info] == [
        "No hand-off of this person is known.",
        "No opportunity of this person is known.",
        "Nothing that happened to this person is known.",
    ]


def test_a_view_that_comes_along_has_no_say_here(door, place) -> None:
    door.set_up(place)
    door.sign_in()
    visit = door.open("lead", id="m1", rep="dee", as_of="2026-03-01T00:00:00Z")
    assert visit.main.header[0].value == "Mia Berg"
    assert "20 entries" in visits.texts(visit)
