"""From a number to its definition, its SQL and its rows: all three are the tile's own."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from components import book
from queries import audit, definitions
from tests import company, visits

MARCH = ["2026-03-01", "2026-03-31"]
DEMO = ["2026-01-01", "2026-03-31"]
# The tiles of March and the rows behind each.
VALUES = dict(zip(definitions.TILES, (35, 3, 3, 1, 3, 3, 350.5), strict=True))
ROWS = dict(zip(definitions.TILES, (3, 3, 3, 1, 3, 3, 2), strict=True))


def answered(place: Path, sql: str, tmp_path: Path) -> object:
    """What a plain client gets from a copy of the snapshot."""
    folder = place / "data" / "mart"
    named = json.loads(next(folder.glob("*.json")).read_text())["file"]
    copy = shutil.copy(folder / named, tmp_path / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as plain:
        found = plain.execute(sql).fetchone()
    return found[0]


def exported(metric: str) -> AppTest:
    """What both downloads of a metric hold, made as a click makes them: after the run."""

    def page(metric: str) -> None:
        import streamlit as st

        from components import auth, data, explain, filter_bar
        from queries import definitions

        auth.start_run()
        data.start_run()
        user = auth.require_user()
        filter_bar.read(user, "")
        asked = (definitions.METRICS[metric], user, filter_bar.current())
        st.session_state["made"] = [explain._export(kind, *asked) for kind in ("CSV", "XLSX")]

    visit = visits.of_function(page, args=(metric,))
    visit.query_params["period"] = MARCH
    return visit.run()


@pytest.mark.parametrize("metric", definitions.TILES)
def test_each_tile_has_its_definition_its_sql_and_its_rows(
    door, march_place, tmp_path, metric: str
) -> None:
    door.set_up(march_place, company_currency="EUR")
    visit = door.open(period=MARCH, explain=metric)
    assert not visit.exception
    assert not visit.error
    assert [tab.label for tab in visit.tabs] == ["Rows", "Definition", "SQL"]
    assert visit.tabs[1].markdown[0].value == definitions.text_of(metric)
    assert visit.tabs[0].caption[0].value == f"Rows 1 to {ROWS[metric]} of {ROWS[metric]}"
    assert len(visit.tabs[0].dataframe[0].value) == ROWS[metric]
    value = answered(march_place, visit.code[0].value, tmp_path)
    assert float(value) == pytest.approx(VALUES[metric])


@pytest.mark.parametrize(
    ("metric", "headline"),
    [
        ("sessions", "**35 in 3 daily figures** · 1–31 Mar 2026"),
        ("sqls", "**1 lead** · 1–31 Mar 2026"),
        ("revenue", "**€350 from 2 deals** · 1–31 Mar 2026"),
    ],
)
def test_the_headline_is_the_number(door, march_place, metric: str, headline: str) -> None:
    door.set_up(march_place, company_currency="EUR")
    visit = door.open(period=MARCH, explain=metric)
    assert headline in [markdown.value for markdown in visit.markdown]


@pytest.mark.parametrize("metric", ["sessions", "leads", "revenue"])
def test_the_downloads_hold_as_many_rows_as_the_tile_says(door, march_place, metric: str) -> None:
    door.set_up(march_place)
    door.sign_in()
    as_csv, as_xlsx = (make() for make in exported(metric).session_state["made"])
    table = list(csv.reader(io.StringIO(as_csv.decode("utf-8-sig"))))
    assert len(table) == ROWS[metric] + 1
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx))
    assert book[metric].max_row == ROWS[metric] + 1
    assert [cell.value for cell in book[metric][1]] == table[0]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Rows"] == str(ROWS[metric])
    assert about["View"].startswith("Everything, 1–31 Mar 2026")
    assert about["Data as of"] == "30 Jun 2026, 12:00"
    book.close()


def test_no_two_columns_of_a_download_have_one_name(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    for metric in ("leads", "won", "sessions"):
        made = exported(metric).session_state["made"][0]()
        names = next(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
        assert len(set(names)) == len(names)


def test_many_rows_come_in_pages_of_50(door, demo_place) -> None:
    door.set_up(demo_place)
    visit = door.open(period=DEMO, explain="leads")
    first = visit.tabs[0].caption[0].value
    n = int(first.rsplit(" ", 1)[1])
    pages = visit.get("pagination")[0]
    assert first == f"Rows 1 to 50 of {n}"
    assert pages.num_pages == -(-n // 50)
    seen = set(visit.tabs[0].dataframe[0].value["lead_id"])
    pages.select(pages.num_pages).run()
    last = visit.tabs[0].dataframe[0].value
    assert visit.tabs[0].caption[0].value == f"Rows {(pages.num_pages - 1) * 50 + 1} to {n} of {n}"
    assert len(last) == n - (pages.num_pages - 1) * 50
    assert seen.isdisjoint(last["lead_id"])
    # Another period has fewer pages than the one that is open.
    visit.selectbox(key="filter_bar.preset").set_value("Last 30 days").run()
    assert not visit.exception
    assert not visit.error
    assert visit.tabs[0].caption[0].value.startswith("Rows ")
    assert len(visit.tabs[0].dataframe[0].value) > 0


@pytest.mark.parametrize("metric", ["sals", "nothing", "<b>", "LEADS", ""])
def test_what_is_no_tile_opens_nothing(door, march_place, metric: str) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, explain=metric)
    assert not visit.tabs
    assert not visit.error
    assert len(visit.metric) == 7


def test_no_rows_are_a_sentence_and_no_empty_table(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=["2020-01-01", "2020-01-31"], explain="leads")
    assert visit.tabs[0].info[0].value == "No rows in this period with these filters."
    assert not visit.tabs[0].dataframe
    assert not visit.download_button


def test_a_tile_without_data_says_what_to_connect(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_traffic())
    door.set_up(tmp_path)
    visit = door.open(period=MARCH, explain="won")
    assert not visit.tabs
    assert visit.info[-1].value == (
        "No data. Connect won opportunities with closing dates: the relation opportunities of"
        " docs/operations.md."
    )
    assert definitions.text_of("won") in [markdown.value for markdown in visit.markdown]


def test_who_took_which_rows_stands_in_the_log(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("lee")
    before = len(door_log())
    as_csv, as_xlsx = exported("leads").session_state["made"]
    # A file that was only offered is not one that was taken.
    assert len(door_log()) == before
    as_xlsx()
    as_csv()
    view = "Everything, 1–31 Mar 2026, compared with 29 Jan – 28 Feb 2026"
    assert door_log()[: len(door_log()) - before] == [
        ("lee", "exported", "leads, CSV", view),
        ("lee", "exported", "leads, XLSX", view),
    ]


def door_log() -> list[tuple]:
    """The audit log, newest first."""
    with book.reading() as connection:
        found = audit.search(connection, limit=None)
    columns = found[["actor", "action", "subject", "details"]]
    return [tuple(row) for row in columns.to_numpy()]
