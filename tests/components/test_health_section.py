"""The tables of the data health page, from their frames."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import visits


def shown(name: str, rows: list[dict[str, object]], *more: object, **said: bool) -> AppTest:
    def page(name: str, rows: list, more: tuple, said: dict) -> None:
        import pandas as pd

        from components import health_section

        getattr(health_section, name)(pd.DataFrame(rows), *more, **said)

    visit = visits.of_function(page, args=(name, rows, more, said)).run()
    assert not visit.exception
    return visit


@pytest.mark.parametrize(
    ("name", "more", "sentence"),
    [
        ("refused", (0,), "Every row that was read is legal."),
        ("unmapped", (), "Every stage name is known."),
        ("findings", (), "Nothing found."),
    ],
)
def test_nothing_wrong_is_a_sentence_and_no_table(name: str, more: tuple, sentence: str) -> None:
    visit = shown(name, [], *more, **({"is_shown": True} if name == "refused" else {}))
    assert [info.value for info in visit.info] == [sentence]
    assert not visit.dataframe


@pytest.mark.parametrize(
    ("total", "caption"),
    [
        (1, "1 row is not counted on any page."),
        (2, "2 rows are not counted on any page."),
        (1_200, "1,200 rows are not counted on any page; the first 2 are listed."),
    ],
)
def test_refused_rows_are_counted_also_where_not_all_are_listed(total: int, caption: str) -> None:
    row = {"relation": "leads", "file": "leads.csv", "line": 3, "reason": "no lead_id"}
    visit = shown("refused", [row] * min(total, 2), total, is_shown=True)
    assert [said.value for said in visit.caption] == [caption]
    assert list(visit.dataframe[0].value.columns) == ["Relation", "File", "Line", "Reason"]


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (1, "1 row is not counted on any page. Which ones, your role does not see."),
        (2, "2 rows are not counted on any page. Which ones, your role does not see."),
        (0, "Every row that was read is legal."),
    ],
)
def test_who_may_not_see_refused_rows_is_told_how_many_there_are(total: int, sentence: str) -> None:
    visit = shown("refused", [], total, is_shown=False)
    assert [said.value for said in visit.info] == [sentence]
    assert not visit.dataframe


def test_names_that_are_not_mapped_say_where_they_stand() -> None:
    row = {"relation": "leads", "column": "stage_key", "source_value": "*hot*", "rows": 7}
    table = shown("unmapped", [row]).dataframe[0].value
    assert table.to_dict("records") == [
        {"Relation": "leads", "Column": "stage_key", "Name in the source": "*hot*", "Rows": 7}
    ]


def test_a_doubt_is_told_from_a_note() -> None:
    found = {"relation": "leads", "sentence": "have no owner", "examples": "l1, l2", "rows": 2}
    rows = [found | {"is_doubt": True}, found | {"is_doubt": False}]
    table = shown("findings", rows).dataframe[0].value
    assert list(table["Kind"]) == ["doubt", "note"]
    assert list(table["What"]) == ["leads have no owner"] * 2
