"""The way in: name and password, the link to choose one, the company's own sign-in, the demo."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from components import book
from queries import accounts, demo_people, passwords, records, records_schema, sessions
from tests import company, visits

PASSWORD = "four random words here"
OTHER = "another four words there"
WRONG = "The name or the password is wrong."
OLD_LINK = "This link has been used or is too old. Ask an admin for a new one."


@pytest.fixture
def lee(door, march_place) -> str:
    """A leader named lee with a password, in a company where nobody is signed in."""
    door.set_up(march_place)
    return person("lee", PASSWORD)


def person(name: str, password: str = "", role: str = "leader") -> str:
    added = []

    def add(rows, act) -> None:
        person_id = accounts.add(rows, act, accounts.Newcomer(name, role))
        if password:
            kept = passwords.hashed(password)
            accounts.set_password(rows, act, accounts.one(rows, person_id), kept)
        added.append(person_id)

    visits.changed(add)
    return added[0]


def link_for(person_id: str) -> str:
    issued = []
    visits.changed(lambda rows, act: issued.append(accounts.issue_link(rows, act, person_id)))
    return issued[0]


def signing_in(visit: AppTest, name: str, password: str) -> AppTest:
    visit.text_input[0].input(name)
    visit.text_input[1].input(password)
    return visit.button[0].click().run()


def errors(visit: AppTest) -> list[str]:
    return [error.value for error in visit.error]


def test_whoever_knows_the_password_is_in_at_the_page_of_the_link(door, lee) -> None:
    visit = signing_in(door.come("data_health", rep="bo"), " LEE ", PASSWORD)
    assert not visit.exception
    assert not visit.error
    assert visit.title[0].value == "Data health"
    assert visit.query_params["rep"] == "bo"
    assert not visit.text_input
    # The browser fetches its cookie in a frame; until then the page knows who it is.
    assert "/auth/claim?ticket=" in str(visit.get("iframe")[0].proto)
    assert visit.run().title[0].value == "Data health"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("lee", "four random words"),
        ("lee", f" {PASSWORD}"),
        ("lee", f"{PASSWORD} "),
        ("lee", PASSWORD.upper()),
        ("lee", "x" * 73),
        ("lee", "\0"),
        ("nobody", PASSWORD),
        ("' or 1=1 --", PASSWORD),
        ("l" * 10_000, PASSWORD),
        ("lee\0", PASSWORD),
        ("newcomer", PASSWORD),
        ("gone", PASSWORD),
    ],
)
def test_anything_wrong_is_one_and_the_same_sentence(door, lee, name: str, password: str) -> None:
    person("newcomer")
    gone = person("gone", PASSWORD)
    visits.changed(lambda rows, act: accounts.set_active(rows, act, gone, is_active=False))
    visit = signing_in(door.come(), name, password)
    assert errors(visit) == [WRONG]
    visits.assert_door(visit)
    assert visit.text_input[0].value == name


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("lee", ""), ("  ", "x"), ("", "")])
def test_an_empty_field_is_told_and_is_no_try(door, lee, name: str, password: str) -> None:
    visit = door.come()
    for _ in range(7):
        signing_in(visit, name, password)
    assert errors(visit) == ["Type your name and your password."]
    assert signing_in(visit, "lee", PASSWORD).metric


def test_after_five_wrong_tries_also_the_right_password_waits(door, lee) -> None:
    visit = door.come()
    for _ in range(5):
        assert errors(signing_in(visit, "lee", OTHER)) == [WRONG]
    assert errors(signing_in(visit, "lee", PASSWORD))[0].startswith("Too many tries. Wait 15 min")
    # Another page is no way around, another person is not hindered.
    door.leave()
    assert errors(signing_in(door.come(), "Lee", PASSWORD))[0].startswith("Too many tries.")
    person("mia", PASSWORD)
    assert signing_in(door.come(), "mia", PASSWORD).metric


def test_nobody_yet_is_told_how_to_add_the_first(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.come()
    visits.assert_door(visit)
    assert "python -m queries people add NAME --role admin" in visit.info[0].value
    person("ada", role="admin")
    assert not visit.run().info


def choosing(visit: AppTest, first: str, again: str) -> AppTest:
    visit.text_input[0].input(first)
    visit.text_input[1].input(again)
    return visit.button[0].click().run()


def test_a_link_lets_its_person_choose_a_password_once(door, march_place) -> None:
    door.set_up(march_place)
    lee = person("lee")
    link = link_for(lee)
    visit = door.come("data_health", link=link)
    assert "For **lee**, who signs in as **lee**." in [told.value for told in visit.markdown]
    assert not visit.metric
    choosing(visit, PASSWORD, PASSWORD)
    assert "link" not in visit.query_params
    visits.assert_door(visit)
    assert signing_in(visit, "lee", PASSWORD).title[0].value == "Data health"
    door.leave()
    again = door.come(link=link)
    assert errors(again) == [OLD_LINK]
    assert not again.text_input
    again.button(key="sign_in.leave_link").click().run()
    visits.assert_door(again)


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("short", "short", "The password needs at least 12 characters."),
        ("x" * 73, "x" * 73, "The password may have at most 72 bytes; this one has 73."),
        ("password1234", "password1234", "Choose a longer one, such as four random words."),
        (PASSWORD, OTHER, "The two are not the same."),
        ("", "", "The password needs at least 12 characters."),
    ],
)
def test_a_password_that_is_refused_leaves_the_link_good(
    door, march_place, first: str, again: str, said: str
) -> None:
    door.set_up(march_place)
    link = link_for(person("lee"))
    visit = choosing(door.come(link=link), first, again)
    assert said in errors(visit)[0]
    assert visit.query_params["link"] == link
    visits.assert_door(choosing(visit, PASSWORD, PASSWORD))


@pytest.mark.parametrize("hours", [71.9, 72])
def test_a_link_is_good_for_three_days(door, march_place, hours: float) -> None:
    door.set_up(march_place)
    link = link_for(person("lee"))
    until = records_schema.one_time_links.c.good_until
    earlier = sa.update(records_schema.one_time_links)
    past = timedelta(hours=hours)
    visits.changed(
        lambda rows, _: rows.execute(
            earlier.values(good_until=rows.execute(sa.select(until)).scalar_one() - past)
        )
    )
    visit = door.come(link=link)
    assert errors(visit) == ([] if hours < 72 else [OLD_LINK])


@pytest.mark.parametrize("link", ["", "x", "\0", "' or 1=1 --", "x" * 5000, "ä🤝"])
def test_a_link_that_was_not_given_opens_nothing(door, lee, link: str) -> None:
    visit = door.come(link=link)
    assert not visit.exception
    assert errors(visit) == [OLD_LINK]
    assert not visit.text_input


def test_a_newer_link_a_password_or_a_goodbye_makes_a_link_void(door, lee) -> None:
    first, second = link_for(lee), link_for(lee)
    assert errors(door.come(link=first)) == [OLD_LINK]
    assert errors(door.come(link=second)) == []
    visits.changed(lambda rows, act: accounts.set_active(rows, act, lee, is_active=False))
    assert errors(door.come(link=second)) == [OLD_LINK]


def test_a_link_that_somebody_used_meanwhile_is_a_sentence(door, lee) -> None:
    link = link_for(lee)
    visit = door.come(link=link)
    visit.text_input[0].input(PASSWORD)
    other = sessions.Visit("another browser", "10.0.0.9", "", records.now())
    visits.changed(
        lambda rows, _: accounts.redeem_link(rows, link, "kept", other, accounts.one(rows, lee))
    )
    visit.button[0].click().run()
    assert errors(visit) == [OLD_LINK]


def test_a_link_means_nothing_to_whoever_is_signed_in(door, lee) -> None:
    link = link_for(lee)
    door.sign_in("mia")
    visit = door.come(link=link)
    assert visit.metric
    assert not visit.text_input


def test_people_of_the_demo_exist_only_while_it_is_the_source(door, demo_place) -> None:
    door.set_up(demo_place, source_url="")
    visit = door.come()
    said = visits.texts(visit)
    assert f"the password of all of them is `{demo_people.PASSWORD}`" in said
    assert all(f"**{one.name}**" in said for one in demo_people.PEOPLE)
    signing_in(visit, "projector", demo_people.PASSWORD)
    assert "Demo viewer" in visits.texts(visit)
    # The same records, but another source.
    door.set_up(demo_place)
    visits.assert_door(visit.run())
    assert demo_people.PASSWORD not in visits.texts(visit)
    assert errors(signing_in(visit, "admin", demo_people.PASSWORD)) == [WRONG]


def test_records_that_do_not_answer_are_a_sentence(door, march_place, tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    door.set_up(march_place, records_url=f"sqlite:///{tmp_path}/file/records.sqlite")
    visit = door.come(explain="leads")
    assert not visit.exception
    assert errors(visit)[0].startswith("The records cannot be kept where they shall be")
    assert not visit.metric
    assert not visit.text_input


def test_who_signed_in_and_who_was_refused_is_in_the_log(door, lee) -> None:
    visit = door.come()
    signing_in(visit, "nobody\n2026 root signed in", PASSWORD)
    signing_in(visit, "lee", OTHER)
    signing_in(visit, "lee", PASSWORD)
    log = book.whole_log("sign").sort_index(ascending=False)
    assert [*zip(log["actor"], log["action"], strict=True)] == [
        ("unknown name", "sign-in refused"),
        ("lee", "sign-in refused"),
        ("lee", "signed in"),
    ]
    assert records.now() - log["at"].iloc[-1] < timedelta(minutes=5)
    assert log["at"].iloc[-1] > company.NOW
