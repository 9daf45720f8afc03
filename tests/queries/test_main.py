"""The command line: what it prints, and what it returns where something is wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC

import pytest

from queries import __main__ as command
from queries import records, refresh
from tests import company, records_place, small_company
from tests.company import NOW

url = records_place.url


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The company of March with its snapshot."""
    folder = tmp_path_factory.mktemp("command")
    company.write(folder / "source", *company.STAFF, *company.MARCH)
    refresh.refresh(small_company.configured(folder), NOW.replace(tzinfo=UTC))
    return folder


@pytest.fixture
def run(place, monkeypatch, capsys):
    """Runs a command in this process; its exit code, what it printed and what it complained."""
    for name, value in small_company.environment(place).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = command.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


MARCH = ("show", "overview", "--period", "2026-03-01", "2026-03-31")


def values(printed: str) -> list[object]:
    return [tile["value"] for tile in json.loads(printed)["tiles"].values()]


def test_show_prints_the_page_as_json_in_a_process_of_its_own(place, root) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "queries", *MARCH, "--rep", "bo", "--rep", "(none)", "--by", "rep"],
        cwd=root,
        env=small_company.environment(place),
        capture_output=True,
        text=True,
        check=True,
    )
    assert values(done.stdout) == [35, 2, 1, 1, 2, 2, 100]
    page = json.loads(done.stdout)
    assert next(iter(page)) == "data_version"
    assert [row["key"] for row in page["breakdown"]] == ["bo", None]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), [35, 3, 3, 1, 3, 3, 350.5]),
        (("--rep", "dee"), [35, 1, 1, 0, 1, 1, 250.5]),
        (("--team", "north"), [35, 1, 2, 1, 1, 2, 100]),
        (("--campaign", "spring"), [20, 1, 1, 1, 2, 2, 350.5]),
        (("--channel", "web", "--channel", "(none)"), [15, 2, 3, 1, 2, 2, 100]),
        # A day means its end: d1 was won on the 20th.
        (("--as-of", "2026-03-19"), [15, 2, 2, 1, 2, 1, 0]),
        (("--as-of", "2026-03-20"), [15, 2, 2, 1, 2, 2, 100]),
        (("--as-of", "2026-03-20T08:59:59Z"), [15, 2, 2, 1, 2, 1, 0]),
    ],
)
def test_show_takes_the_filters_of_the_page(run, arguments, expected) -> None:
    code, printed, complaints = run(*MARCH, *arguments)
    assert (code, values(printed), complaints) == (0, expected, "")


@pytest.fixture
def with_people(run, url, monkeypatch):
    """As `run`; Ana, Bo, Cy and Dee may sign in, and so may others without a rep."""
    monkeypatch.setenv("SMARKETING_RECORDS_URL", url)
    for name in ("admin", "leader", "marketer", "viewer"):
        run("people", "add", name, "--role", name)
    for name, role in (("bo", "rep"), ("dee", "rep"), ("ana", "rep"), ("cy", "sales_manager")):
        run("people", "add", name, "--role", role, "--rep", name)
    return run


COMPANY = [35, 3, 3, 1, 3, 3, 350.5]
OF_PERSONS = {
    **dict.fromkeys(("admin", "leader", "marketer", "viewer"), COMPANY),
    "bo": [35, 1, 1, 1, 1, 2, 100],
    "dee": [35, 1, 1, 0, 1, 1, 250.5],
    "ana": [35, 0, 0, 0, 0, 0, 0],
    # Team North: Bo's and Cy's.
    "cy": [35, 1, 2, 1, 1, 2, 100],
}


def test_show_for_a_person_counts_what_that_person_may_see(with_people) -> None:
    found = {name: values(with_people(*MARCH, "--person", name)[1]) for name in OF_PERSONS}
    assert found == OF_PERSONS
    assert values(with_people(*MARCH, "--person", " BO ")[1]) == OF_PERSONS["bo"]
    assert values(with_people(*MARCH)[1]) == COMPANY


def test_show_for_a_person_knows_nobody_elses_people(with_people) -> None:
    dee = "error: Rep “dee” is not in the data\n"
    for person in ("bo", "cy", "viewer"):
        assert with_people(*MARCH, "--person", person, "--rep", "dee") == (1, "", dee)
    page = json.loads(with_people(*MARCH, "--person", "cy", "--by", "rep")[1])
    assert [row["key"] for row in page["breakdown"]] == ["bo", "cy"]
    page = json.loads(with_people(*MARCH, "--person", "viewer", "--by", "rep")[1])
    assert page["breakdown"] == []


def test_show_for_somebody_who_may_not_sign_in_shows_nothing(with_people) -> None:
    with_people("people", "disable", "bo")
    for name in ("bo", "zoe", "", "' or 1=1 --"):
        sentence = f"error: There is nobody with the name “{name}” who may sign in.\n"
        assert with_people(*MARCH, "--person", name) == (1, "", sentence)


def test_migrate_brings_the_records_to_this_release(run, url, monkeypatch) -> None:
    monkeypatch.setenv("SMARKETING_RECORDS_URL", url)
    for _ in range(2):
        assert run("migrate") == (0, "The records are of version 0006.\n", "")
    with records.writing(records.open_records(url)) as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    code, printed, complaints = run("migrate")
    assert (code, printed) == (1, "")
    assert complaints.startswith("error: The records are of version 9999, which is newer")


def test_show_compares_as_asked(run) -> None:
    def previous_leads(*arguments: str) -> object:
        return json.loads(run(*MARCH, *arguments)[1])["tiles"]["leads"]["previous"]

    assert previous_leads() == 1
    assert previous_leads("--compare", "year") == 1
    assert previous_leads("--compare", "none") is None


def test_without_a_period_the_last_ninety_days_are_shown(run) -> None:
    page = json.loads(run("show", "overview")[1])
    assert page["filters"]["period"] == ["2026-01-02", "2026-04-01"]


def test_show_as_csv_is_one_table(run) -> None:
    code, printed, _ = run(*MARCH, "--format", "csv", "--by", "rep")
    rows = list(csv.reader(io.StringIO(printed)))
    assert code == 0
    assert rows[0] == ["section", "key", "name", "value"]
    assert ["tiles", "leads", "value", "3"] in rows
    assert ["breakdown", "dee", "revenue", "250.5"] in rows


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--rep", "zoe"), "error: Rep “zoe” is not in the data\n"),
        (("--rep", "bo", "--rep", "zoe; all"), "error: Rep “zoe; all” is not in the data\n"),
        (("--as-of", "noon"), "error: “noon” is not a moment\n"),
        (
            ("--period", "2026-03-31", "2026-03-01"),
            "error: The period began after its end\n",
        ),
        (
            ("--period", "March", "April", "--channel", "tv"),
            "error: The period “March to April” is not two days (YYYY-MM-DD)\n"
            "error: Channel “tv” is not in the data\n",
        ),
    ],
)
def test_show_does_not_go_on_with_other_numbers_than_were_asked(run, arguments, complaint) -> None:
    assert run("show", "overview", *arguments) == (1, "", complaint)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("show",),
        ("show", "everything"),
        (*MARCH, "--by", "country"),
        (*MARCH, "--compare", "last"),
        ("show", "overview", "--period", "2026-03-01"),
    ],
)
def test_what_is_no_command_is_refused_with_the_usage(run, arguments, capsys) -> None:
    with pytest.raises(SystemExit) as refused:
        run(*arguments)
    assert refused.value.code == 2
    assert "usage: python -m queries" in capsys.readouterr().err


def test_without_a_snapshot_show_says_so(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SMARKETING_DATA_DIR", str(tmp_path))
    assert run("show", "overview") == (1, "", "error: no snapshot has been made yet\n")


def test_a_wrong_setting_is_said(run, monkeypatch) -> None:
    monkeypatch.setenv("SMARKETING_COMPANY_TIME_ZONE", "Mars")
    code, printed, complaints = run("show", "overview")
    assert (code, printed) == (1, "")
    assert complaints.startswith("error: [company] time_zone = 'Mars'")


def test_refresh_makes_a_snapshot_and_says_what_came_through(place, tmp_path, run, monkeypatch):
    monkeypatch.setenv("SMARKETING_DATA_DIR", str(tmp_path))
    code, printed, _ = run("refresh")
    assert code == 0
    assert f"  {'leads':25} {6:>12} rows" in printed.splitlines()
    # Where a snapshot of this source is there, only a missing one would be made.
    assert run("refresh", "--if-missing") == (0, "", "")
    assert len(list((tmp_path / "mart").glob("*.duckdb"))) == 1


def test_a_source_that_is_not_there_is_said(run, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SMARKETING_SOURCE_URL", f"files:{tmp_path / 'nowhere'}")
    code, _, complaints = run("refresh")
    assert code == 1
    assert complaints.startswith("error: Folder ")


def test_check_lists_every_doubt_and_publishes_nothing(run, monkeypatch, tmp_path) -> None:
    code, printed, _ = run("check")
    assert code == 0
    assert "note: 1 rows of leads have no owner: shown as unassigned (l3)" in printed
    company.write(tmp_path / "source", company.make_lead(created_at="yesterday"))
    for name, value in small_company.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    code, printed, _ = run("check", "--format", "json")
    assert code == 1
    assert json.loads(printed)["refused"][0]["value"] == "yesterday"
    assert not (tmp_path / "data" / "mart").exists()


def test_demo_builds_a_company_of_the_size_asked(run, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SMARKETING_SOURCE_URL", "")
    monkeypatch.setenv("SMARKETING_DATA_DIR", str(tmp_path))
    code, printed, _ = run("demo", "--leads", "50", "--months", "2")
    assert code == 0
    assert printed == f"The demo company with 50 leads is in {tmp_path / 'demo'}.\n"
    assert json.loads((tmp_path / "demo" / "demo.json").read_text())["leads"] == 50
    for wrong in (("--leads", "0"), ("--leads", "20000001"), ("--months", "121")):
        code, _, complaints = run("demo", *wrong)
        assert (code, complaints) == (
            1,
            "error: demo takes 1 to 20,000,000 leads and 1 to 120 months\n",
        )
