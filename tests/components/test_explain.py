"""From a number to its definition, its SQL and its rows: all three are the tile's own."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from queries import definition_versions, definitions, targets
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


@pytest.mark.parametrize(
    ("metric", "links"),
    [
        ("leads", ["lead?id=l3", "lead?id=l1", "lead?id=l2"]),
        # d2 and d5 have no lead.
        ("won", [None, "lead?id=l1", None]),
    ],
)
def test_each_lead_in_the_rows_is_a_link_without_the_view(
    door, march_place, metric: str, links: list
) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, explain=metric, compare="none")
    table = visit.tabs[0].dataframe[0]
    assert company.plain(table.value["lead_id"]) == links
    shown = json.loads(table.proto.columns)["lead_id"]
    assert shown["type_config"] == {"type": "link", "display_text": r"^lead\?id=(.*)$"}


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


def test_the_target_stands_below_the_headline(door, march_place) -> None:
    door.set_up(march_place, company_currency="EUR")
    for metric, value in (("leads", 4), ("revenue", 1000)):
        wanted = targets.Wanted(metric, "company", "", "month", value, date(2026, 1, 1))
        visits.changed(lambda rows, act, wanted=wanted: targets.enter(rows, act, wanted))

    def said(**view: object) -> str:
        visit = door.open(period=MARCH, **view)
        (found,) = [one.value for one in visit.caption if one.value.startswith("Target")]
        return found.replace("\\", "")

    # Two leads on the 7th of 22 working days: 2 × 22/7 = 6.3.
    assert said(explain="leads", as_of="2026-03-10").startswith(
        "Target 4 · day 7 of 22, 50 % delivered, expected 32 % · at this pace 6.3 ("
    )
    assert said(explain="revenue") == (
        "Target €1,000 · day 22 of 22, 35 % delivered, expected 100 %"
    )


def test_the_definition_is_the_one_in_force_at_the_end_of_the_view(door, march_place) -> None:
    door.set_up(march_place)
    wanted = definition_versions.Wanted("leads", "Leads", "Our words.", date(2026, 3, 31))
    visits.changed(lambda rows, act: definition_versions.agree(rows, act, wanted, date(2026, 3, 1)))
    tab = door.open(period=MARCH, explain="leads").tabs[1]
    assert [one.value for one in tab.text] == ["Our words."]
    assert tab.caption[0].value.replace("\\", "").startswith("Version 2, from 31 Mar 2026 on,")
    tab = door.open(period=["2026-03-01", "2026-03-30"], explain="leads").tabs[1]
    assert not tab.text
    assert tab.caption[0].value == "Version 1, as it ships."
