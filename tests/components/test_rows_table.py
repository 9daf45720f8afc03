"""The rows behind a number: page by page, and as files that hold all of them."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from components import book
from queries import audit, definitions, exports
from tests import visits

MARCH = ["2026-03-01", "2026-03-31"]
# The rows behind each tile of March.
ROWS = dict(zip(definitions.TILES, (3, 3, 3, 1, 3, 3, 2), strict=True))


def exported(metric: str) -> AppTest:
    """What both downloads of a metric hold, made as a click makes them: after the run."""

    def page(metric: str) -> None:
        import streamlit as st

        from components import auth, data, filter_bar, rows_table
        from queries import definitions, rows

        auth.start_run()
        data.start_run()
        user = auth.require_user()
        filter_bar.read(user, "")
        view, label = filter_bar.current(), definitions.METRICS[metric].label
        behind = rows_table.Behind(
            metric,
            label,
            n=1,
            page=lambda number: data.load(rows.page, view, user=user, metric=metric, number=number),
            everything=lambda pinned: data.load_from(
                pinned, rows.everything, view, user=user, metric=metric
            ),
        )
        made = [rows_table._export(kind, behind, user, view) for kind in ("CSV", "XLSX")]
        st.session_state["made"] = made

    visit = visits.of_function(page, args=(metric,))
    visit.query_params["period"] = MARCH
    return visit.run()


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


def test_a_download_has_the_ids_themselves(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    text = exported("leads").session_state["made"][0]().decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["Lead", "l3", "l1", "l2"]


def test_who_took_which_rows_stands_in_the_log(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in("lee")
    before = len(door_log())
    as_csv, as_xlsx = exported("leads").session_state["made"]
    # A file that was only offered is not one that was taken.
    assert len(door_log()) == before
    as_xlsx()
    as_csv()
    view = "Everything, 1–31 Mar 2026"
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


def shown(n: int, first: int = 0) -> AppTest:
    """A table of so many rows, whose ids are their numbers from `first` on."""

    def page(n: int, first: int) -> None:
        import pandas as pd
        import streamlit as st

        from components import auth, data, filter_bar, rows_table

        auth.start_run()
        data.start_run()
        user = auth.require_user()
        filter_bar.read(user, "")

        def part(number: int) -> pd.DataFrame:
            begin = (number - 1) * 50
            ids = [f"l{first + place}" for place in range(begin, min(n, begin + 50))]
            return pd.DataFrame({"lead_id": ids, "handed_on": [None] * len(ids)})

        behind = rows_table.Behind("leads", "Leads", n, part, lambda _pinned: part(1))
        rows_table.render(behind, user, filter_bar.current())
        if st.button("Something else"):
            rows_table.start_over()

    visit = visits.of_function(page, args=(n, first)).run()
    assert not visit.exception
    return visit


@pytest.mark.parametrize(
    ("n", "pages", "said"),
    [
        (1, 0, "Rows 1 to 1 of 1"),
        (50, 0, "Rows 1 to 50 of 50"),
        (51, 2, "Rows 1 to 50 of 51"),
        (1_001, 21, "Rows 1 to 50 of 1,001"),
    ],
)
def test_fifty_rows_are_a_page(door, march_place, n: int, pages: int, said: str) -> None:
    door.set_up(march_place)
    door.sign_in()
    visit = shown(n)
    assert [widget.num_pages for widget in visit.get("pagination")] == ([pages] if pages else [])
    assert visit.caption[0].value == said
    assert len(visit.get("download_button")) == 2


def test_other_rows_are_shown_from_their_first_page_on(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    visit = shown(120)
    visit.get("pagination")[0].select(3).run()
    assert visit.caption[0].value == "Rows 101 to 120 of 120"
    assert visit.dataframe[0].value["lead_id"].iloc[0] == "lead?id=l100"
    visit.button[0].click().run()
    assert visit.run().caption[0].value == "Rows 1 to 50 of 120"


def test_more_rows_than_a_sheet_holds_come_as_csv_only(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    visit = shown(exports.EXCEL_ROWS)
    assert len(visit.get("download_button")) == 2
    visit = shown(exports.EXCEL_ROWS + 1)
    assert len(visit.get("download_button")) == 1
    assert "Too many rows for Excel; CSV has them all." in visits.texts(visit)


def test_no_rows_are_a_sentence(door, march_place) -> None:
    door.set_up(march_place)
    door.sign_in()
    visit = shown(0)
    assert visit.info[0].value == "No rows in this period with these filters."
    assert not visit.dataframe
    assert not visit.get("download_button")
