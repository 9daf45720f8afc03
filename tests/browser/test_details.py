"""From a number to its rows, its definition, its SQL, and to files that are safe to open."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import company
from tests.browser import conftest, screen

FORMULAS = ('=HYPERLINK("http://x.example")', "+1", "-2+3", "@SUM(A1)", "\tTAB")
MARKUP = (
    "![a](http://x.example/a.png)",
    "[b](http://x.example)",
    "<img src=http://x.example/c.png onerror=alert(1)>",
    "<script>alert(1)</script>",
    "https://x.example/d",
    "$a$ :red[e] `f` **g**",
)


def _dialog(page: Page) -> Locator:
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Export XLSX")).to_be_visible()
    screen.settled(page)
    return dialog


def _exported(page: Page, kind: str) -> Path:
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("dialog").get_by_role("button", name=f"Export {kind}").click()
    assert started.value.suggested_filename.endswith(f".{kind.lower()}")
    return Path(started.value.path())


def _csv_rows(file: Path) -> list[list[str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _xlsx_rows(file: Path) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    assert book.sheetnames[1:] == ["About"]
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_a_tile_opens_its_rows_its_definition_and_its_sql(
    browser: Browser, demo: conftest.Served
) -> None:
    n = demo.shown()["tiles"]["mqls"]["n"]
    assert n > 100
    with screen.opened(browser, demo.url) as (page, watched):
        screen.drawn(page)
        page.get_by_role("button", name="Details: MQLs").click()
        dialog = _dialog(page)
        expect(dialog).to_contain_text(f"{n} leads")
        expect(dialog).to_contain_text(f"Rows 1 to 50 of {n}")
        expect(dialog.get_by_test_id("stDataFrame")).to_be_visible()
        dialog.get_by_role("button", name="Page 2").click()
        expect(dialog).to_contain_text(f"Rows 51 to 100 of {n}")
        dialog.get_by_role("tab", name="Definition").click()
        expect(dialog.get_by_role("tabpanel")).to_contain_text("Rows behind it:")
        dialog.get_by_role("tab", name="SQL").click()
        expect(dialog.get_by_role("tabpanel")).to_contain_text(
            re.compile("SELECT .*mqls.*FROM ", re.DOTALL)
        )
        assert parse_qs(urlsplit(page.url).query) == {"explain": ["mqls"]}
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        # The dialog is gone before the server hears of it.
        expect(page).to_have_url(f"{demo.url}/")
        assert watched.errors == []


def test_a_link_opens_the_rows_and_their_files_hold_all_of_them(
    browser: Browser, demo: conftest.Served
) -> None:
    n = demo.shown("--channel", "Email")["tiles"]["leads"]["n"]
    with screen.opened(browser, f"{demo.url}/?explain=leads&channel=Email") as (page, _):
        expect(_dialog(page)).to_contain_text(f"{n} leads")
        header, *rows = _csv_rows(_exported(page, "CSV"))
        assert len(rows) == n
        assert {row[header.index("Channel")] for row in rows} == {"Email"}
        assert len(_xlsx_rows(_exported(page, "XLSX"))) == n + 1


@pytest.fixture(scope="module")
def hostile(serve: conftest.Serve, tmp_path_factory: pytest.TempPathFactory) -> conftest.Served:
    """A company whose every name is a formula or markup."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [*FORMULAS, *MARKUP]
    leads = [
        company.make_lead(f"l{i}", lead_name=name, company=name, source=name, owner_rep_id=f"r{i}")
        for i, name in enumerate(names)
    ]
    reps = [
        ("reps", {"rep_id": f"r{i}", "rep_name": name, "team_id": f"t{i}"})
        for i, name in enumerate(names)
    ]
    teams = [("teams", {"team_id": f"t{i}", "team_name": name}) for i, name in enumerate(names)]
    events = [company.make_event("mql", lead_id=f"l{i}") for i in range(len(names))]
    company.write(folder, *leads, *reps, *teams, *events)
    return serve(
        SMARKETING_SOURCE_URL=f"files:{folder}",
        SMARKETING_COMPANY_NAME=MARKUP[0],
        SMARKETING_SOURCE_REFRESH_SECONDS="0",
    )


def test_formulas_in_the_data_are_text_in_both_files(
    browser: Browser, hostile: conftest.Served
) -> None:
    with screen.opened(browser, f"{hostile.url}/?explain=leads") as (page, watched):
        _dialog(page)
        for rows in (_csv_rows(_exported(page, "CSV")), _xlsx_rows(_exported(page, "XLSX"))):
            name = rows[0].index("Name")
            names = [str(row[name]) for row in rows[1:]]
            assert len(names) == len(FORMULAS) + len(MARKUP)
            for formula in FORMULAS[:4]:
                assert f"'{formula}" in names
            # Whether the reader of CSV keeps a blank at the front or not, no cell begins with it.
            assert sum("TAB" in shown for shown in names) == 1
            texts = [cell for row in rows for cell in row if isinstance(cell, str)]
            assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))] == []
        screen.assert_inert(page, hostile.url)
        assert watched.errors == []


@pytest.mark.parametrize("by", ["channel", "rep", "team"])
def test_names_that_are_markup_stay_letters_on_the_page(
    browser: Browser, hostile: conftest.Served, by: str
) -> None:
    chosen = "channel=" + "&channel=".join(MARKUP[:3])
    rep = "&".join(f"rep=r{len(FORMULAS) + i}" for i in range(3))
    with screen.opened(browser, f"{hostile.url}/?by={by}&{chosen}&{rep}") as (page, watched):
        screen.drawn(page)
        said = screen.sentence(page).inner_text().replace("\u200b", "")
        for name in MARKUP[:3]:
            assert name in said
        expect(page.get_by_role("heading", level=1)).to_contain_text("![a](http")
        screen.assert_inert(page, hostile.url)
        assert watched.errors == []
        assert watched.foreign(hostile.url) == []
