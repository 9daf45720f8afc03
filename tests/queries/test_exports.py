"""Exports are safe to open and say the same as the screen."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import exports


def texts(*cells, name="note"):
    return pd.DataFrame({name: pd.Series(cells, dtype=object)})


def csv_rows(frame):
    return list(csv.reader(io.StringIO(exports.csv_bytes(frame).decode("utf-8-sig"), newline="")))


def workbook(frame, sheet="Leads", about=()):
    return openpyxl.load_workbook(io.BytesIO(exports.xlsx_bytes(frame, sheet=sheet, about=about)))


def xlsx_rows(frame):
    return [[cell.value for cell in row] for row in workbook(frame).worksheets[0].iter_rows()]


def test_csv_is_utf_8_with_bom_crlf_and_quotes_only_where_needed():
    frame = pd.DataFrame({"Näme": ['Ana "A", B', "x\ny"], "n": [1, 2]})
    assert exports.csv_bytes(frame) == (
        b'\xef\xbb\xbfN\xc3\xa4me,n\r\n"Ana ""A"", B",1\r\n"x\ny",2\r\n'
    )


FORMULAS = [
    "=1+1",
    "+49 30",
    "-5",
    "@cmd",
    "\tx",
    "\rx",
    "  =1",
    "\n=1",
    "\x01=1",
    "\u00a0=1",
    "\ufeff=1",
    "\uff1d1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe_in_a_csv_cell(text):
    assert csv_rows(texts(text)) == [["note"], ["'" + text]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_is_a_string_in_a_workbook(text):
    cell = workbook(texts(text)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


@pytest.mark.parametrize("text", ["a=1", "'=1", "1-2", "a@b.org", "", "https://x.org", "007"])
def test_other_texts_stay_as_they_are_and_text(text):
    assert csv_rows(texts(text, "end")) == [["note"], [text], ["end"]]
    assert xlsx_rows(texts(text, "end"))[1] == [text]


def test_column_names_are_made_harmless_too():
    assert csv_rows(texts("x", name="=a"))[0] == ["'=a"]
    assert xlsx_rows(texts("x", name="=a"))[0] == ["'=a"]


def test_true_numbers_stay_numbers():
    frame = pd.DataFrame(
        {"rate": [-5.0, 0.25], "count": [-3, 7], "paid": [Decimal("-2.50"), Decimal("1E+3")]}
    )
    assert csv_rows(frame)[1:] == [["-5.0", "-3", "-2.50"], ["0.25", "7", "1000"]]
    assert xlsx_rows(frame)[1:] == [[-5, -3, -2.5], [0.25, 7, 1000]]


def test_missing_values_of_every_kind_are_empty():
    frame = pd.DataFrame(
        {
            "object": pd.Series([None, pd.NA, Decimal("NaN")], dtype=object),
            "float": [float("nan")] * 3,
            "integer": pd.array([pd.NA] * 3, dtype="Int64"),
            "instant": pd.to_datetime([None] * 3),
            "text": pd.array([None] * 3, dtype="string"),
        }
    )
    assert csv_rows(frame)[1:] == [[""] * 5] * 3
    assert xlsx_rows(frame)[1:] == []


def test_whole_numbers_beside_missing_ones_stay_whole():
    frame = pd.DataFrame({"n": pd.array([1, pd.NA], dtype="Int64"), "x": ["a", "b"]})
    assert csv_rows(frame)[1:] == [["1", "a"], ["", "b"]]


def test_booleans_are_true_and_false():
    frame = pd.DataFrame(
        {"is_won": [True, False], "maybe": pd.array([True, None], dtype="boolean")}
    )
    assert csv_rows(frame)[1:] == [["true", "true"], ["false", ""]]
    assert xlsx_rows(frame)[1:] == [[True, True], [False, None]]


def test_dates_are_iso_in_csv_and_dates_in_a_workbook():
    frame = pd.DataFrame(
        {
            "at": pd.to_datetime(["2026-01-05 10:30"]),
            "zoned": pd.to_datetime(["2026-01-05 10:30"]).tz_localize("Europe/Berlin"),
            "on": [date(2026, 1, 5)],
        }
    )
    assert csv_rows(frame)[1] == ["2026-01-05T10:30:00", "2026-01-05T10:30:00+01:00", "2026-01-05"]
    instant = datetime.fromisoformat("2026-01-05T10:30:00")
    sheet = workbook(frame).worksheets[0]
    assert xlsx_rows(frame)[1] == [instant, instant, datetime.fromisoformat("2026-01-05")]
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert sheet["C2"].number_format == "yyyy-mm-dd"


def test_what_excel_cannot_hold_as_a_value_becomes_text():
    long_id = 123456789012345678
    assert xlsx_rows(pd.DataFrame({"id": [long_id]}))[1] == ["123456789012345678"]
    assert xlsx_rows(pd.DataFrame({"id": [999_999_999_999_999]}))[1] == [999_999_999_999_999]
    assert xlsx_rows(texts(date(1899, 12, 31)))[1] == ["1899-12-31"]
    assert xlsx_rows(pd.DataFrame({"x": [float("inf"), float("-inf")]}))[1:] == [["inf"], ["'-inf"]]


def test_infinity_is_harmless_text_in_csv():
    assert csv_rows(pd.DataFrame({"x": [float("-inf"), 1.5]}))[1:] == [["'-inf"], ["1.5"]]


def test_signs_that_xml_forbids_do_not_break_the_workbook():
    frame = texts("a\x00b\x0bc\ufffed\ud800", "x\r\ny")
    assert xlsx_rows(frame)[1:] == [["a\ufffdb\ufffdc\ufffdd\ufffd"], ["x\ny"]]


def test_a_lone_surrogate_does_not_break_the_csv():
    assert csv_rows(texts("a\ud800"))[1] == ["a?"]


def test_a_workbook_cell_is_cut_at_what_excel_holds():
    assert xlsx_rows(texts("x" * 32_768))[1] == ["x" * 32_767]
    # Each of these takes two of Excel's units: half of one is not written.
    assert xlsx_rows(texts("😀" * 20_000))[1] == ["😀" * 16_383]


def test_the_header_is_frozen_and_filtered():
    sheet = workbook(pd.DataFrame({"a": [1, 2], "b": [3, 4]})).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


def test_columns_are_as_wide_as_their_text_between_8_and_60():
    frame = pd.DataFrame({"a": [1], "b": ["x" * 20], "c": ["x" * 500]})
    widths = workbook(frame).worksheets[0].column_dimensions
    # Excel adds 0.71 for the margins.
    assert [round(widths[letter].width, 1) for letter in "ABC"] == [8.7, 22.7, 60.7]


def test_the_second_sheet_tells_about_the_first():
    book = workbook(pd.DataFrame({"a": [1]}), about=[("As of", "2026-01-05"), ("Filter", "=x")])
    assert book.sheetnames == ["Leads", "About"]
    assert [[cell.value for cell in row] for row in book["About"].iter_rows()] == [
        ["As of", "2026-01-05"],
        ["Filter", "'=x"],
    ]


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Leads: a/b [x]*?", "Leads  a b  x"),
        ("x" * 40, "x" * 31),
        ("", "Data"),
        ("'", "Data"),
        ("about", "about data"),
        ("History", "History data"),
    ],
)
def test_a_sheet_name_that_excel_refuses_is_mended(sheet, name):
    assert workbook(pd.DataFrame({"a": [1]}), sheet=sheet, about=[("a", "b")]).sheetnames == [
        name,
        "About",
    ]


def test_empty_frames_and_equal_column_names_are_written():
    assert csv_rows(pd.DataFrame({"a": []})) == [["a"]]
    assert xlsx_rows(pd.DataFrame({"a": []})) == [["a"]]
    assert workbook(pd.DataFrame()).sheetnames == ["Leads"]
    twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert csv_rows(twice) == [["a", "a"], ["1", "2"]]
    assert xlsx_rows(twice) == [["a", "a"], [1, 2]]


def test_more_rows_than_excel_takes_are_refused_with_the_way_out():
    with pytest.raises(exports.TooManyRows, match=r"1,048,576 rows .* export them as CSV"):
        exports.xlsx_bytes(pd.DataFrame({"a": range(1_048_576)}), sheet="Leads")


def test_the_frame_is_not_changed():
    frame = texts("=1", "x")
    before = frame.copy(deep=True)
    exports.csv_bytes(frame)
    exports.xlsx_bytes(frame, sheet="Leads")
    pd.testing.assert_frame_equal(frame, before)


@settings(deadline=None)
@given(st.lists(st.text(max_size=10), min_size=1, max_size=5))
def test_no_text_whatever_is_a_formula_or_a_broken_file(cells):
    for row in csv_rows(texts(*cells))[1:]:
        assert row[0].lstrip()[:1] not in {"=", "+", "-", "@"}
    content = exports.xlsx_bytes(texts(*cells), sheet="Leads")
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert len(xlsx_rows(texts(*cells, "end"))) == len(cells) + 2
