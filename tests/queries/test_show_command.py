"""`show` from end to end: each page, for the operator and for one person."""

from __future__ import annotations

import json
from datetime import date

import pytest

from queries import __main__ as command
from queries import records, targets
from tests import lead_company, records_place, small_company
from tests.company import opened

url = records_place.url
NOBODY = "error: There is no lead with this id, or it is not to be seen.\n"


@pytest.fixture
def run(url, tmp_path, monkeypatch, capsys):
    """Runs a command on Mia's company, in which Bo and Dee may sign in."""
    opened(tmp_path, *lead_company.MIA)
    set_to = {"records_url": url, "company_currency": "EUR"}
    for name, value in small_company.environment(tmp_path, **set_to).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = command.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    for name in ("bo", "dee"):
        run("people", "add", name, "--role", "rep", "--rep", name)
    run("people", "add", "screen", "--role", "viewer")
    return run


def test_a_lead_is_shown_under_each_of_its_ids(run) -> None:
    for asked_id in ("m1", "m0", "c1"):
        code, printed, complaints = run("show", "lead", "--id", asked_id)
        page = json.loads(printed)
        assert (code, page["lead_id"], complaints) == (0, "m1", "")
        assert next(iter(page)) == "data_version"
        assert len(page["timeline"]) == 20


def test_a_lead_is_shown_as_it_was(run) -> None:
    page = json.loads(run("show", "lead", "--id", "m1", "--as-of", "2026-03-13")[1])
    assert (page["stage"], len(page["timeline"])) == ("mql", 14)


def test_a_lead_is_shown_only_to_whoever_may_see_it(run) -> None:
    page = json.loads(run("show", "lead", "--id", "m1", "--person", "bo")[1])
    assert (len(page["timeline"]), page["hidden_opportunities"]) == (18, 1)
    for person in ("dee", "screen"):
        assert run("show", "lead", "--id", "m1", "--person", person) == (1, "", NOBODY)
    assert run("show", "lead", "--id", "nobody") == (1, "", NOBODY)


def test_the_page_of_one_lead_must_be_told_which(run) -> None:
    said = "error: show lead takes --id: of the lead, a merged one or a contact\n"
    assert run("show", "lead") == (1, "", said)


def test_a_page_that_is_no_table_is_not_printed_as_one(run) -> None:
    said = "error: show lead is no table; it prints JSON only\n"
    assert run("show", "lead", "--id", "m1", "--format", "csv") == (1, "", said)
    assert run("show", "overview", "--format", "csv")[0] == 0


def test_the_agreement_is_shown_to_whoever_may_read_the_records(run) -> None:
    code, printed, complaints = run("show", "agreement", "--format", "json")
    page = json.loads(printed)
    assert (code, complaints, page["shown"]["version"]) == (0, "", 1)
    assert next(iter(page)) == "data_version"
    assert json.loads(run("show", "agreement", "--version", "1")[1])["shown"] == page["shown"]


def test_a_version_that_is_not_there_is_told(run) -> None:
    said = "error: There is no such version of the agreement\n"
    assert run("show", "agreement", "--version", "9") == (1, "", said)


def test_the_overview_is_shown_against_the_targets_of_the_records(run, url) -> None:
    wanted = targets.Wanted("leads", "company", "", "month", 22, date(2026, 1, 1))
    with records.writing(records.open_records(url)) as connection:
        targets.enter(connection, records_place.act(), wanted)
    shown = ("show", "overview", "--period", "2026-03-01", "2026-03-31")
    tiles = json.loads(run(*shown)[1])["tiles"]
    assert (tiles["leads"]["target"], tiles["won"]["target"]) == (22, None)
    # Bo's own numbers have no target.
    assert json.loads(run(*shown, "--person", "bo")[1])["tiles"]["leads"]["target"] is None


def test_the_scorecards_are_shown_by_what_a_person_may_see(run) -> None:
    code, printed, complaints = run("show", "sla", "--by", "owner")
    page = json.loads(printed)
    assert (code, complaints) == (0, "")
    assert [each["key"] for each in page["marketing_to_sales"]["promises"]] == [
        *("acceptance", "completeness", "latency"),
    ]
    said = "error: rep is not for this person to see\n"
    assert run("show", "sla", "--by", "rep", "--person", "screen") == (1, "", said)
    assert run("show", "sla", "--format", "csv")[1].startswith("part,direction,key,state,target,n")


def test_the_overview_knows_no_owners_of_campaigns(run) -> None:
    said = "error: show overview goes --by channel, campaign, rep or team\n"
    assert run("show", "overview", "--by", "owner") == (1, "", said)
