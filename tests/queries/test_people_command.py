"""`people`: adding, disabling, resetting and listing those who may sign in, from end to end."""

from __future__ import annotations

import json
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from queries import __main__ as command
from queries import accounts, people_command, records
from tests import records_place, small_company
from tests.records_place import add, entries, find, seat, sign_in

url = records_place.url
LINK = re.compile(
    r"(.+) chooses a password here, once, within 72 hours:\n"
    r"https://funnel.acme.com/\?link=([\w-]{43})\n"
)


@pytest.fixture
def engine(url, tmp_path, monkeypatch):
    """The records that the commands are told; there is nothing in them yet."""
    set_to = {"records_url": url, "server_public_url": "https://Funnel.acme.com/"}
    for name, value in small_company.environment(tmp_path, **set_to).items():
        monkeypatch.setenv(name, value)
    return records.open_records(url)


@pytest.fixture
def run(engine, capsys):
    """Runs `people ...`; its exit code, what it printed and what it complained."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = command.main(("people", *arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_the_first_command_makes_the_tables_and_adds_an_admin_with_a_link(engine, run) -> None:
    code, printed, complaints = run("add", "Root", "--role", "admin")
    name, token = LINK.fullmatch(printed).groups()
    assert (code, name, complaints) == (0, "Root", "")
    with records.reading(engine) as connection:
        person = accounts.of_link(connection, token, records.now(), with_demo=False)
    assert (person.name, person.role, person.is_demo) == ("root", "admin", False)
    assert entries(engine) == [
        ("operator", "person added", "root", "role admin"),
        ("operator", "password link issued", "root", "for 72 hours"),
    ]
    assert not any(token in cell for cell in records_place.cells(engine))


def test_all_that_can_be_said_of_a_newcomer_is_kept(engine, run) -> None:
    run("add", "bo", "--role", "rep", "--rep", "bo", "--full-name", "Bo B.", "--email", "Bo@x.com")
    bo = find(engine, "bo")
    assert (bo.role, bo.rep_id, bo.full_name, bo.email) == ("rep", "bo", "Bo B.", "bo@x.com")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("add", "ANA", "--role", "viewer"), "There is a person with the name “ana”"),
        (("add", "bo", "--role", "rep"), "A rep sees what belongs to a rep of the data"),
        (("add", " ", "--role", "viewer"), "A name has 1 to 100 letters"),
        (("disable", "zoe"), "There is nobody with the name “zoe”"),
        (("enable", "zoe"), "There is nobody with the name “zoe”"),
        (("reset", "leader"), "There is nobody with the name “leader”"),
        (("disable", "ana"), "“ana” is the last admin"),
        (("reset", "cy"), "“cy” is deactivated; activate before"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(engine, run, arguments, complaint) -> None:
    run("add", "ana", "--role", "admin")
    run("add", "cy", "--role", "viewer")
    run("disable", "cy")
    add(engine, "leader", "leader", is_demo=True)
    before = entries(engine)
    code, printed, complaints = run(*arguments)
    assert (code, printed) == (1, "")
    assert complaints.startswith(f"error: {complaint}")
    assert entries(engine) == before


def test_a_disabled_person_is_signed_out_and_an_enabled_one_may_come_back(engine, run) -> None:
    run("list")
    at = records.now()
    _, token = sign_in(engine, add(engine, "ana", password="x"), at)
    ended = (0, "ANA is signed out everywhere and cannot sign in.\n", "")
    assert run("disable", "ANA") == ended
    assert seat(engine, token, at) is None
    assert not find(engine).is_active
    assert run("enable", "ana") == (0, "ana can sign in again.\n", "")
    assert find(engine).is_active
    assert seat(engine, token, at) is None
    assert [entry[:3] for entry in entries(engine)[-2:]] == [
        ("operator", "person deactivated", "ana"),
        ("operator", "person activated", "ana"),
    ]


def test_a_reset_prints_another_link_and_the_first_is_void(engine, run) -> None:
    _, first = LINK.fullmatch(run("add", "ana", "--role", "viewer")[1]).groups()
    name, second = LINK.fullmatch(run("reset", "Ana")[1]).groups()
    assert name == "ana"
    with records.reading(engine) as connection:
        soon = records.now() + timedelta(hours=1)
        good = [
            accounts.of_link(connection, token, soon, with_demo=False) for token in (first, second)
        ]
    assert [person is not None for person in good] == [False, True]


def test_people_are_listed_by_name(engine, run) -> None:
    assert run("list") == (0, "", "")
    add(engine, "leader", "leader", is_demo=True)
    run("add", "cy", "--role", "sales_manager", "--rep", "cy", "--full-name", "Cy C.")
    run("add", "ana", "--role", "marketer")
    run("disable", "ana")
    assert run("list")[1].splitlines() == [
        "ana                      marketer       ana  disabled",
        "cy                       sales_manager  Cy C.  rep cy",
    ]
    ana, cy = json.loads(run("list", "--format", "json")[1])
    assert (ana["is_active"], ana["has_password"], cy["rep_id"]) == (False, False, "cy")
    assert not any("hash" in key for key in cy)


def test_demo_people_are_listed_where_the_demo_company_is_the_source(
    engine, run, monkeypatch
) -> None:
    run("list")
    add(engine, "leader", "leader", is_demo=True)
    monkeypatch.setenv("SMARKETING_SOURCE_URL", "")
    assert run("list")[1] == "leader                   leader         leader\n"


@pytest.mark.parametrize(
    "arguments",
    [(), ("add", "ana"), ("add", "ana", "--role", "root"), ("disable",), ("remove", "ana")],
)
def test_what_is_no_command_is_refused_with_the_usage(run, capsys, arguments) -> None:
    with pytest.raises(SystemExit) as refused:
        run(*arguments)
    assert refused.value.code == 2
    assert "usage: python -m queries people" in capsys.readouterr().err


def test_records_that_do_not_answer_are_said(run, monkeypatch) -> None:
    gone = "postgresql+psycopg://ana:geheim@127.0.0.1:1/people"
    monkeypatch.setenv("SMARKETING_RECORDS_URL", gone)
    sentence = "error: The records do not answer at the moment; try again.\n"
    assert run("list") == (1, "", sentence)


def test_without_a_setting_the_records_are_a_file_in_the_data_folder(
    run, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMARKETING_RECORDS_URL", "")
    run("add", "ana", "--role", "viewer")
    path = tmp_path / "data" / "records.sqlite"
    records.open_records(f"sqlite:///{path}").dispose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_address_of_a_link_is_the_one_that_people_type(tmp_path) -> None:
    configured = small_company.configured(tmp_path)
    assert people_command.address(configured, "abc") == "http://localhost:8501/?link=abc"


def test_a_leader_is_added_for_a_side(engine, run) -> None:
    assert run("add", "ana", "--role", "leader", "--side", "marketing")[0] == 0
    run("add", "bo", "--role", "leader")
    assert (find(engine, "ana").side, find(engine, "bo").side) == ("marketing", None)
    listed = run("list")[1].splitlines()
    assert listed == [
        "ana                      leader         ana  for marketing",
        "bo                       leader         bo",
    ]
    code, _, complaints = run("add", "cy", "--role", "marketer", "--side", "sales")
    assert code == 1
    assert "A leader signs the agreement for marketing or for sales" in complaints
