"""The people who may sign in: who can be added, what changes act on, and who must stay."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from queries import accounts, people, records
from queries.accounts import Newcomer, NotAllowed
from tests import records_place
from tests.records_place import AT, act, add, entries, find, seat, sign_in

engine, url = records_place.engine, records_place.url


def write(engine, change, *arguments, **named) -> object:
    with records.writing(engine) as connection:
        return change(connection, *arguments, **named)


def read(engine, question, *arguments, **named) -> object:
    with records.reading(engine) as connection:
        return question(connection, *arguments, **named)


def change_access(engine, person_id: str, role: str, rep_id: str = "") -> None:
    write(engine, accounts.change_access, act(), person_id, role=role, rep_id=rep_id)


def set_active(engine, person_id: str, *, is_active: bool) -> None:
    write(engine, accounts.set_active, act(), person_id, is_active=is_active)


def test_a_person_is_added_without_a_password(engine) -> None:
    ana = add(engine, " Ana ", "rep", full_name=" Ana A. ", email=" Ana@Acme.com ", rep_id="a1")
    expected = accounts.Person(
        ana, "ana", "Ana A.", "ana@acme.com", "rep", "a1", True, False, False, AT
    )
    assert find(engine, "ANA") == expected
    assert read(engine, accounts.find_by_email, "ana@ACME.com ", with_demo=False) == expected
    assert entries(engine) == [("root", "person added", "ana", "role rep, rep a1")]
    assert read(engine, accounts.password_hash, "ana", with_demo=False) is None


def test_people_without_an_e_mail_are_many(engine) -> None:
    for name in ("cy", "ana", "Bo"):
        add(engine, name)
    everyone = read(engine, accounts.everyone, with_demo=False)
    assert [(person.name, person.full_name, person.email) for person in everyone] == [
        *(("ana", "ana", None), ("bo", "Bo", None), ("cy", "cy", None))
    ]


@pytest.mark.parametrize(
    "other",
    [
        Newcomer("ana", "viewer"),
        Newcomer(" ANA ", "viewer"),
        Newcomer("zoë", "viewer"),
        Newcomer("ZOE\u0308", "viewer"),
        Newcomer("bo", "viewer", email="ANA@acme.com"),
    ],
)
def test_a_name_and_an_e_mail_are_there_once(engine, other: Newcomer) -> None:
    add(engine, "ana", email="ana@acme.com")
    add(engine, "zoë")
    before = entries(engine)
    with pytest.raises(NotAllowed, match="There is a person with the name “"):
        write(engine, accounts.add, act(), other)
    assert entries(engine) == before


def test_of_two_who_are_added_at_once_with_one_name_one_is(engine) -> None:
    ends = records_place.at_once(*[lambda: add(engine, "ana")] * 2)
    assert sorted(type(end) for end in ends if not isinstance(end, str)) == [NotAllowed]
    assert len(entries(engine)) == 1


@pytest.mark.parametrize(
    ("newcomer", "sentence"),
    [
        (Newcomer("", "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("  ", "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("a" * 101, "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("a\nb", "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("a\0b", "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("\u202eana", "viewer"), "A name has 1 to 100 letters"),
        (Newcomer("ana", "viewer", "A\0na"), "A name has 1 to 100 letters"),
        (Newcomer("ana", "viewer", "A\x1b[2Jna"), "A name has 1 to 100 letters"),
        (Newcomer("ana", "viewer", "A" * 101), "A name has 1 to 100 letters"),
        (Newcomer("ana", "root"), "“root” is not a role; the roles are viewer, rep, sales_manager"),
        (Newcomer("ana", "Admin"), "“Admin” is not a role"),
        (Newcomer("ana", "viewer", email="ana"), "“ana” is not an e-mail address"),
        (Newcomer("ana", "viewer", email="a\n@b"), "is not an e-mail address"),
        (Newcomer("ana", "rep"), "A rep sees what belongs to a rep of the data: say which one"),
        (Newcomer("ana", "sales_manager"), "A sales manager sees what belongs to a rep"),
        (Newcomer("ana", "rep", rep_id="a\0"), "say which one"),
    ],
)
def test_what_is_wrong_with_a_newcomer_is_said(engine, newcomer, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        write(engine, accounts.add, act(), newcomer)
    assert entries(engine) == []


def test_the_longest_name_is_a_name(engine) -> None:
    add(engine, "a" * 100)
    assert find(engine, "A" * 100).name == "a" * 100


@pytest.mark.parametrize("name", ["", "\0", "an\0a", "%", "a_a", "' or 1=1 --", "a" * 65_536])
def test_a_name_that_nobody_has_finds_nobody(engine, name: str) -> None:
    add(engine, "ana", email="ana@acme.com", password="x")
    assert find(engine, name) is None
    assert read(engine, accounts.find_by_email, name, with_demo=True) is None
    assert read(engine, accounts.password_hash, name, with_demo=True) is None


def test_demo_people_exist_only_where_the_demo_company_is_the_source(engine) -> None:
    demo = add(engine, "leader", "leader", email="l@demo.x", password="x", is_demo=True)
    token = write(engine, accounts.issue_link, act(), demo)

    def known(*, with_demo: bool) -> list[bool]:
        found = (
            find(engine, "leader", with_demo=with_demo),
            read(engine, accounts.find_by_email, "l@demo.x", with_demo=with_demo),
            read(engine, accounts.password_hash, "leader", with_demo=with_demo),
            read(engine, accounts.of_link, token, AT, with_demo=with_demo),
            next(iter(read(engine, accounts.everyone, with_demo=with_demo)), None),
        )
        return [one is not None for one in found]

    assert known(with_demo=True) == [True] * 5
    assert known(with_demo=False) == [False] * 5


def test_another_role_acts_at_the_next_look_and_the_session_stays(engine) -> None:
    ana = add(engine, "ana", "leader")
    _, token = sign_in(engine, ana)
    change_access(engine, ana, "sales_manager", "a1")
    assert (seat(engine, token).role, seat(engine, token).rep_id) == ("sales_manager", "a1")
    change_access(engine, ana, "viewer")
    assert (seat(engine, token).role, seat(engine, token).rep_id) == ("viewer", None)
    assert entries(engine)[1:] == [
        ("root", "access changed", "ana", "role leader -> role sales_manager, rep a1"),
        ("root", "access changed", "ana", "role sales_manager, rep a1 -> role viewer"),
    ]


@pytest.mark.parametrize(("role", "rep_id"), [("root", ""), ("rep", ""), ("rep", "a\n1")])
def test_access_that_cannot_be_is_refused(engine, role: str, rep_id: str) -> None:
    ana = add(engine, "ana", "leader")
    with pytest.raises(NotAllowed):
        change_access(engine, ana, role, rep_id)
    assert find(engine).role == "leader"
    assert len(entries(engine)) == 1


def test_a_deactivated_person_is_out_at_once_and_for_good(engine) -> None:
    ana, bo = add(engine, "ana", password="x"), add(engine, "bo")
    (_, token), (_, bos) = sign_in(engine, ana), sign_in(engine, bo)
    link = write(engine, accounts.issue_link, act(), ana)
    set_active(engine, ana, is_active=False)
    assert seat(engine, token) is None
    assert read(engine, accounts.password_hash, "ana", with_demo=False) is None
    assert read(engine, accounts.of_link, link, AT, with_demo=False) is None
    with pytest.raises(NotAllowed, match="“ana” is deactivated; activate before"):
        write(engine, accounts.issue_link, act(), ana)
    set_active(engine, ana, is_active=True)
    # Old sessions and links stay dead; the password is good again.
    assert seat(engine, token) is None
    assert read(engine, accounts.of_link, link, AT, with_demo=False) is None
    assert read(engine, accounts.password_hash, "ana", with_demo=False) is not None
    assert seat(engine, bos) is not None
    assert [entry[1] for entry in entries(engine)[-2:]] == [
        *("person deactivated", "person activated")
    ]


def test_another_password_ends_all_sessions_and_voids_links(engine) -> None:
    ana = add(engine, "ana", password="x")
    _, token = sign_in(engine, ana)
    link = write(engine, accounts.issue_link, act(), ana)
    write(engine, accounts.set_password, act("ana"), find(engine), "kept")
    assert seat(engine, token) is None
    assert read(engine, accounts.of_link, link, AT, with_demo=False) is None
    assert read(engine, accounts.password_hash, "ana", with_demo=False) == "kept"
    assert entries(engine)[-1] == ("ana", "password changed", "ana", "")
    assert find(engine).has_password


def test_the_last_admin_stays(engine) -> None:
    ana = add(engine, "ana", "admin")
    add(engine, "demo", "admin", is_demo=True)
    set_active(engine, add(engine, "bo", "admin"), is_active=False)
    before = entries(engine)
    for change in (
        lambda: set_active(engine, ana, is_active=False),
        lambda: change_access(engine, ana, "leader"),
    ):
        with pytest.raises(NotAllowed, match="“ana” is the last admin: make somebody else"):
            change()
    assert (find(engine).role, find(engine).is_active) == ("admin", True)
    assert entries(engine) == before
    change_access(engine, ana, "admin")
    set_active(engine, find(engine, "bo").person_id, is_active=True)
    change_access(engine, ana, "leader")
    assert find(engine).role == "leader"


@pytest.mark.parametrize("way", ["deactivate", "demote"])
def test_two_admins_who_remove_each_other_at_once_do_not_both_succeed(engine, way: str) -> None:
    ids = {name: add(engine, name, "admin") for name in ("ana", "bo")}
    refusals: list[object] = []
    done = Event()

    def remove(connection, name: str) -> None:
        if way == "demote":
            accounts.change_access(connection, act(), ids[name], role="viewer", rep_id="")
        else:
            accounts.set_active(connection, act(), ids[name], is_active=False)

    def bo_removes_ana() -> None:
        refusals.extend(records_place.at_once(lambda: write(engine, remove, "ana")))
        done.set()

    other = Thread(target=bo_removes_ana)
    with records.writing(engine) as connection:
        remove(connection, "bo")
        other.start()
        # Whoever is second waits for the first; were they not held, they would be done by now.
        assert not done.wait(0.5)
    other.join()
    assert [type(refusal) for refusal in refusals] == [NotAllowed]
    assert (find(engine, "ana").role, find(engine, "ana").is_active) == ("admin", True)


def test_somebody_who_is_not_there_cannot_be_changed(engine) -> None:
    for change in (
        lambda: set_active(engine, "x", is_active=False),
        lambda: change_access(engine, "x", "leader"),
    ):
        with pytest.raises(NotAllowed, match="There is no such person"):
            change()


def test_a_person_of_the_demo_company_keeps_nobody_from_a_name(engine) -> None:
    of_demo = add(engine, "leader", is_demo=True)
    real = add(engine, "leader")
    with records.reading(engine) as connection:
        everyone = accounts.everyone(connection, with_demo=True)
    assert {person.person_id: person.name for person in everyone} == {
        of_demo: f"demo {of_demo}",
        real: "leader",
    }


def test_every_role_can_be_given(engine) -> None:
    for role in people.ROLES:
        add(engine, role, role, rep_id="r1")
        assert find(engine, role).role == role


def test_a_leader_signs_for_a_side_until_they_lead_no_more(engine) -> None:
    ana = add(engine, "ana", "leader", side="marketing")
    assert find(engine).side == "marketing"
    change_access(engine, ana, "leader", "a1")
    assert find(engine).side == "marketing"
    write(engine, accounts.change_access, act(), ana, role="leader", rep_id="", side="sales")
    assert find(engine).side == "sales"
    change_access(engine, ana, "marketer")
    assert find(engine).side is None
    change_access(engine, ana, "leader")
    assert find(engine).side is None
    assert [details for _, _, _, details in entries(engine)][:4] == [
        "role leader, for marketing",
        "role leader, for marketing -> role leader, rep a1, for marketing",
        "role leader, rep a1, for marketing -> role leader, for sales",
        "role leader, for sales -> role marketer",
    ]


def test_a_side_can_be_taken_from_a_leader(engine) -> None:
    ana = add(engine, "ana", "leader", side="marketing")
    write(engine, accounts.change_access, act(), ana, role="leader", rep_id="", side="")
    assert find(engine).side is None


def test_nobody_else_is_given_a_side(engine) -> None:
    ana = add(engine, "ana", "marketer")
    with pytest.raises(NotAllowed, match="A leader signs the agreement"):
        write(engine, accounts.change_access, act(), ana, role="marketer", rep_id="", side="sales")
    assert find(engine).side is None


def test_a_person_is_found_by_id(engine) -> None:
    ana = add(engine, "ana")
    assert read(engine, accounts.by_id, ana) == find(engine)
    assert read(engine, accounts.by_id, "nobody") is None
