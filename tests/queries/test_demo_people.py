"""The people of the demo company: one of each role, and only there."""

from __future__ import annotations

import bcrypt
import pytest

from queries import accounts, demo_people, people, records, stores
from tests import company, records_place, small_company
from tests.records_place import AT, act, add, entries, find

engine, url = records_place.engine, records_place.url
NAMES = ["admin", "leader", "leader-marketing", "manager", "marketer", "projector", "rep"]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch) -> None:
    """What bcrypt makes of the password is not the point, but in one test."""
    monkeypatch.setattr(demo_people.passwords, "_ROUNDS", 4)


def everyone(engine) -> list[accounts.Person]:
    with records.reading(engine) as connection:
        return accounts.everyone(connection, with_demo=True)


def test_there_is_a_person_of_each_role_whose_rep_is_in_the_data(engine, connection) -> None:
    demo_people.ensure(engine, connection, AT)
    assert {person.name: (person.role, person.rep_id) for person in everyone(engine)} == {
        "admin": ("admin", None),
        "leader": ("leader", None),
        "leader-marketing": ("leader", None),
        # Bo has most opportunities from leads; Cy leads Bo.
        "manager": ("sales_manager", "cy"),
        "marketer": ("marketer", None),
        "projector": ("viewer", None),
        "rep": ("rep", "bo"),
    }
    assert all(person.is_demo and person.has_password for person in everyone(engine))
    assert {person.role for person in everyone(engine)} == set(people.ROLES)
    assert [entry[:2] for entry in entries(engine)] == [
        *(("smarketing", "person added"), ("smarketing", "password changed"))
    ] * 7


def test_a_leader_of_each_side_signs_the_agreement(engine, connection) -> None:
    # Of an earlier release, in which leaders had no side.
    add(engine, "leader", "leader", is_demo=True)
    demo_people.ensure(engine, connection, AT)
    assert {one.name: one.side for one in everyone(engine) if one.side} == {
        "leader": "sales",
        "leader-marketing": "marketing",
    }
    assert find(engine, "leader-marketing").full_name == "Demo leader of marketing"
    with records.writing(engine) as opened:
        said = {"role": "leader", "rep_id": "", "side": "marketing"}
        accounts.change_access(opened, act(), find(engine, "leader").person_id, **said)
    demo_people.ensure(engine, connection, AT)
    assert find(engine, "leader").side == "marketing"


def test_they_exist_nowhere_else(engine, connection) -> None:
    demo_people.ensure(engine, connection, AT)
    assert [find(engine, name, with_demo=False) for name in NAMES] == [None] * 7


def test_their_password_is_known(engine, connection) -> None:
    demo_people.ensure(engine, connection, AT)
    with records.reading(engine) as opened:
        kept = accounts.password_hash(opened, "leader", with_demo=True)
    assert bcrypt.checkpw(b"demo company 2026", kept.encode())


def test_twice_is_once(engine, connection) -> None:
    demo_people.ensure(engine, connection, AT)
    before = entries(engine)
    demo_people.ensure(engine, connection, AT)
    assert entries(engine) == before


def test_another_demo_company_has_another_rep(engine, connection, tmp_path) -> None:
    demo_people.ensure(engine, connection, AT)
    # Ana has more leads; Dee has one that became an opportunity.
    leads = [company.make_lead(f"a{number}", owner_rep_id="ana") for number in range(3)]
    won = [company.make_lead("d1", owner_rep_id="dee"), company.make_deal(lead_id="d1")]
    with company.opened(tmp_path, *leads, *won).connect() as other:
        demo_people.ensure(engine, other, AT)
    # Nobody leads Dee.
    assert (find(engine, "rep").rep_id, find(engine, "manager").rep_id) == ("dee", "dee")
    assert [entry[1] for entry in entries(engine)[14:]] == ["access changed"] * 2


def test_a_demo_company_in_which_nobody_has_a_lead_has_people_too(engine, tmp_path) -> None:
    with company.opened(tmp_path).connect() as empty:
        demo_people.ensure(engine, empty, AT)
    assert find(engine, "rep").rep_id == "ana"


def test_a_real_person_of_such_a_name_is_left_alone(engine, connection) -> None:
    add(engine, "admin", "viewer", password="mine")
    demo_people.ensure(engine, connection, AT)
    assert (find(engine, "admin").role, find(engine, "admin").is_demo) == ("viewer", False)
    assert len(everyone(engine)) == 7


def test_what_was_tried_with_a_demo_person_stays(engine, connection) -> None:
    demo_people.ensure(engine, connection, AT)
    with records.writing(engine) as opened:
        rep = accounts.find(opened, "rep", with_demo=True)
        accounts.set_active(opened, act(), rep.person_id, is_active=False)
        accounts.set_password(opened, act(), accounts.one(opened, rep.person_id), "another")
    demo_people.ensure(engine, connection, AT)
    assert not find(engine, "rep").is_active


def test_of_the_shipped_demo_company_the_rep_and_the_manager_are_two(engine, demo_place) -> None:
    snapshot = stores.current(small_company.configured(demo_place).mart_folder)
    with snapshot.connect() as mart:
        demo_people.ensure(engine, mart, AT)
        scope = people.scope_of(mart, "sales_manager", find(engine, "manager").rep_id)
        own = people.scope_of(mart, "rep", find(engine, "rep").rep_id)
    assert (scope.kind, own.kind) == ("teams", "reps")
    assert find(engine, "rep").rep_id != find(engine, "manager").rep_id
