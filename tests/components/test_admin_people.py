"""An admin lets people in, changes what they may, and sends them away."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import auth, book
from queries import accounts
from tests import company, visits


@pytest.fixture
def page(door, march_place) -> AppTest:
    """The admin page, open for Ada, who is the only admin; Bo is a rep."""
    door.set_up(march_place)
    door.sign_in("bo", "rep", "bo")
    door.sign_in("ada", "admin")
    return door.come("admin")


def people() -> dict[str, accounts.Person]:
    return {person.name: person for person in book.everyone()}


def said(visit: AppTest) -> list[str]:
    told = [*visit.success, *visit.error]
    return [message.value for message in told]


def button(visit: AppTest, label: str):
    """The button of this label on the page, not the one in the sidebar."""
    (found,) = [one for one in visit.main.button if one.label == label]
    return found


def choose(visit: AppTest, name: str) -> AppTest:
    return visit.selectbox(key="admin_people.person").set_value(people()[name].person_id).run()


def fill(visit: AppTest, name: str, role: str = "marketer", rep: str | None = None) -> AppTest:
    visit.text_input(key=f"{auth.TYPED}add_name").input(name)
    visit.text_input(key=f"{auth.TYPED}add_full_name").input(f"{name.title()} of [*X*](http://x)")
    visit.selectbox(key="admin_people.add_role").set_value(role)
    visit.selectbox(key="admin_people.add_rep").set_value(rep)
    return visit


def test_the_people_are_listed_with_what_they_may(page) -> None:
    assert not page.exception
    table = page.dataframe[0].value.set_index("Name")
    assert list(table.index) == ["ada", "bo"]
    assert table.loc["bo", ["Role", "Rep", "State"]].tolist() == [
        "Rep",
        "Bo",
        "has no password yet",
    ]
    # Leads of nobody are nobody's own.
    reps = page.selectbox(key="admin_people.add_rep").options
    assert reps == ["Ana", "Bo", "Cy", "Dee"]


def test_a_new_person_has_a_link_that_is_shown_once(door, page) -> None:
    button(fill(page, "New.Comer"), "Add").click().run()
    assert not page.exception
    assert said(page) == ["New\\.Comer was added."]
    link = page.code[0].value
    token = re.fullmatch(r"http://localhost:8501/\?link=([\w-]{43})", link)
    assert token
    assert page.text_input(key=f"{auth.TYPED}add_name").value == ""
    assert people()["new.comer"].role == "marketer"
    page.run()
    assert not page.code
    assert not page.success
    assert token[1] not in "".join(book.whole_log("").astype(str).to_csv())
    door.leave()
    assert door.come(link=token[1]).subheader[0].value == "Choose a password"


def test_a_double_submit_adds_one(page) -> None:
    button(fill(page, "newcomer"), "Add").click().run()
    button(fill(page, "newcomer"), "Add").click().run()
    assert "There is a person with the name" in said(page)[0]
    assert not page.code
    assert list(people()) == ["ada", "bo", "newcomer"]
    assert page.text_input(key=f"{auth.TYPED}add_name").value == "newcomer"
    assert len(book.whole_log("added newcomer")) == 1


@pytest.mark.parametrize(
    ("name", "role", "sentence"),
    [
        ("", "marketer", "A name has 1 to 100 letters."),
        ("x\ty", "marketer", "A name has 1 to 100 letters."),
        ("eve", "rep", "A rep sees what belongs to a rep of the data: say which one."),
        ("eve", "sales_manager", "A sales manager sees what belongs to a rep"),
    ],
)
def test_what_cannot_be_is_told_and_nobody_is_added(
    page, name: str, role: str, sentence: str
) -> None:
    button(fill(page, name, role), "Add").click().run()
    assert sentence in said(page)[0].replace("\\", "")
    assert list(people()) == ["ada", "bo"]


def test_another_role_and_rep_act_at_the_next_run(door, page) -> None:
    choose(page, "bo")
    bo = people()["bo"].person_id
    page.selectbox(key=f"admin_people.role_{bo}").set_value("sales_manager")
    page.selectbox(key=f"admin_people.rep_{bo}").set_value("cy")
    button(page, "Save role, rep and side").click().run()
    assert said(page) == ["bo is now sales manager."]
    assert (people()["bo"].role, people()["bo"].rep_id) == ("sales_manager", "cy")
    door.sign_in("bo")
    assert door.come().multiselect(key="filter_bar.rep").options == ["Bo", "Cy"]
    assert len(book.whole_log("access changed bo")) == 1


def test_a_leader_is_given_a_side_and_loses_it_with_the_role(page) -> None:
    button(fill(page, "mia", "leader"), "Add").click().run()
    choose(page, "mia")
    mia = people()["mia"].person_id
    page.selectbox(key=f"admin_people.side_{mia}").set_value("marketing")
    button(page, "Save role, rep and side").click().run()
    assert said(page) == ["mia is now leader of marketing."]
    assert people()["mia"].side == "marketing"
    assert page.dataframe[0].value.set_index("Name").loc["mia", "Side"] == "Marketing"
    # Made a marketer, without anybody touching the field of the side.
    page.selectbox(key=f"admin_people.role_{mia}").set_value("marketer")
    button(page, "Save role, rep and side").click().run()
    assert said(page) == ["mia is now marketer."]
    assert (people()["mia"].role, people()["mia"].side) == ("marketer", None)


def test_a_newcomer_can_lead_a_side_and_nobody_else_can(page) -> None:
    page.selectbox(key="admin_people.add_side").set_value("sales")
    button(fill(page, "sam", "marketer"), "Add").click().run()
    refused = "A leader signs the agreement for marketing or for sales, others do not."
    assert said(page)[0].replace("\\", "") == refused
    assert list(people()) == ["ada", "bo"]
    button(fill(page, "sam", "leader"), "Add").click().run()
    assert people()["sam"].side == "sales"


def test_a_person_is_sent_away_and_let_in_again(door, page) -> None:
    ada = door.token
    door.sign_in("bo")
    theirs = door.come()
    door.token = ada
    choose(page, "bo")
    button(page, "Deactivate").click().run()
    assert said(page) == ["bo is deactivated and signed out everywhere."]
    # Their page knows them by the session alone.
    door.token = None
    visits.assert_door(theirs.run())
    door.token = ada
    assert page.dataframe[0].value.set_index("Name").loc["bo", "State"] == "deactivated"
    assert "Sign out everywhere" not in [one.label for one in page.main.button]
    button(page, "Link for a password").click().run()
    assert "is deactivated; activate before" in said(page)[0].replace("\\", "")
    button(page, "Activate").click().run()
    assert people()["bo"].is_active is True


def test_a_double_click_does_not_take_back_what_its_first_half_did(page) -> None:
    choose(page, "bo")
    first = button(page, "Deactivate").click()
    page.run()
    assert people()["bo"].is_active is False
    assert button(page, "Activate").key != first.key
    assert button(page, "Activate").id != first.id


def test_the_last_admin_stays_one(page) -> None:
    choose(page, "ada")
    ada = people()["ada"].person_id
    for label in ("Deactivate", "Save role, rep and side"):
        page.selectbox(key=f"admin_people.role_{ada}").set_value("viewer")
        button(page, label).click().run()
        assert "is the last admin" in said(page)[0]
        assert (people()["ada"].role, people()["ada"].is_active) == ("admin", True)


def test_sessions_of_a_person_end_at_once(door, page) -> None:
    choose(page, "bo")
    button(page, "Sign out everywhere").click().run()
    assert said(page) == ["bo is signed out everywhere (1 sessions)."]
    assert [one.name for one in book.open_sessions()] == ["ada"]


def test_reps_of_one_name_are_told_apart(door, tmp_path) -> None:
    twins = [("reps", {"rep_id": f"b{n}", "rep_name": "Bo", "team_id": "south"}) for n in (1, 2)]
    leads = [company.make_lead(f"x{n}", owner_rep_id=f"b{n}") for n in (1, 2)]
    company.opened(tmp_path, *twins, *leads)
    door.set_up(tmp_path)
    door.sign_in("ada", "admin")
    visit = door.come("admin")
    reps = visit.selectbox(key="admin_people.add_rep").options
    assert [rep for rep in reps if rep.startswith("Bo")] == ["Bo (b1)", "Bo (b2)", "Bo (bo)"]
    button(fill(visit, "bob", "rep", "b2"), "Add").click().run()
    assert people()["bob"].rep_id == "b2"
