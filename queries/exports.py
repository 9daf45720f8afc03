"""What readers take away: a frame as CSV or as an Excel workbook, safe to open.

A text that a spreadsheet would take for a formula gets an apostrophe in front, in both
formats alike; true numbers and dates stay what they are.
"""

import csv
import io
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

EXCEL_ROWS = 1_048_575
EXCEL_TEXT = 32_767
# Excel keeps 15 digits of a number: a longer id would lose its last ones.
EXCEL_EXACT = 10**15
WIDTH_SAMPLE = 500
# Blanks and signs that show as nothing, which a spreadsheet may skip before it sees a formula.
_FORMULA = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]"
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

Value = None | str | bool | int | float | Decimal | date


class TooManyRows(Exception):
    """The frame does not fit on an Excel sheet; the sentence says what to do."""


class _Formats(NamedTuple):
    header: Format
    day: Format
    instant: Format


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame without its index as CSV: UTF-8 with BOM (for Excel), CRLF, ISO dates.

    Missing values are empty cells, booleans true and false.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_harmless(str(name)) for name in frame.columns])
    columns = [[_csv_cell(_value(cell)) for cell in column] for _, column in frame.items()]
    writer.writerows(zip(*columns, strict=True))
    # A lone surrogate is no character; it becomes "?" and does not spoil the file.
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def xlsx_bytes(frame: pd.DataFrame, *, sheet: str, about: Sequence[tuple[str, str]] = ()) -> bytes:
    """The frame without its index as a workbook; `about` pairs fill a second sheet "About".

    Instants with a zone keep their wall clock, since Excel knows no zones; integers of more
    than 15 digits are text. Raises TooManyRows.
    """
    if len(frame) > EXCEL_ROWS:
        raise TooManyRows(
            f"{len(frame):,} rows do not fit on an Excel sheet ({EXCEL_ROWS:,} at most); "
            "export them as CSV."
        )
    stream = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as workbook:
        formats = _Formats(
            workbook.add_format({"bold": True}),
            workbook.add_format({"num_format": "yyyy-mm-dd"}),
            workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        )
        _fill(workbook.add_worksheet(_sheet_name(sheet)), frame, formats)
        if about:
            _fill_about(workbook.add_worksheet("About"), about, formats)
    return stream.getvalue()


def _fill(worksheet: Worksheet, frame: pd.DataFrame, formats: _Formats) -> None:
    for place, (name, column) in enumerate(frame.items()):
        samples = [_csv_cell(_value(cell)) for cell in column.iloc[:WIDTH_SAMPLE]]
        longest = max(len(sample) for sample in [str(name), *samples])
        worksheet.set_column(place, place, min(max(longest + 2, 8), 60))
        worksheet.write_string(0, place, _excel_text(str(name)), formats.header)
    worksheet.freeze_panes(1, 0)
    if len(frame.columns):
        worksheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    # Row by row: what constant memory needs.
    columns = [column for _, column in frame.items()]
    for row, cells in enumerate(zip(*columns, strict=True), 1):
        for place, cell in enumerate(cells):
            _write(worksheet, (row, place), _value(cell), formats)


def _fill_about(worksheet: Worksheet, about: Sequence[tuple[str, str]], formats: _Formats) -> None:
    worksheet.set_column(0, 0, 24)
    worksheet.set_column(1, 1, 80)
    for row, (label, text) in enumerate(about):
        worksheet.write_string(row, 0, _excel_text(str(label)), formats.header)
        worksheet.write_string(row, 1, _excel_text(str(text)))


def _write(worksheet: Worksheet, place: tuple[int, int], value: Value, formats: _Formats) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        worksheet.write_boolean(*place, value)
    elif isinstance(value, (int, float, Decimal)) and _is_excel_number(value):
        worksheet.write_number(*place, value)
    # Excel's calendar starts in 1900.
    elif isinstance(value, datetime) and value.year >= 1900:
        worksheet.write_datetime(*place, value.replace(tzinfo=None), formats.instant)
    elif isinstance(value, date) and value.year >= 1900:
        worksheet.write_datetime(*place, value, formats.day)
    else:
        worksheet.write_string(*place, _excel_text(_csv_cell(value)))


def _is_excel_number(value: int | float | Decimal) -> bool:
    return math.isfinite(value) and not (isinstance(value, int) and abs(value) >= EXCEL_EXACT)


def _value(cell: object) -> Value:
    """The cell as a plain Python value; whatever has no type of its own here becomes text."""
    # Most cells are of these four, and the questions of pandas below take long.
    if type(cell) in (str, int, bool):
        return cell
    if type(cell) is float:
        return None if math.isnan(cell) else cell
    if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return None
    if pd.api.types.is_bool(cell):
        return bool(cell)
    if pd.api.types.is_integer(cell):
        return int(cell)
    if pd.api.types.is_float(cell):
        return float(cell)
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime(warn=False)
    return cell if isinstance(cell, (Decimal, date)) else str(cell)


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not math.isfinite(value):
        # "-inf" would be a formula to a spreadsheet, since it is no number there.
        return _harmless(str(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _excel_text(text: str) -> str:
    legal = _NOT_IN_XML.sub("\ufffd", _harmless(text)).replace("\r\n", "\n")
    # Excel counts UTF-16 units; half a character at the cut is dropped.
    units = legal.encode("utf-16-le")[: EXCEL_TEXT * 2]
    return units.decode("utf-16-le", errors="ignore")


def _sheet_name(sheet: str) -> str:
    """The name without what Excel refuses; "History" and our own "About" are taken."""
    name = _NOT_IN_SHEET_NAMES.sub(" ", sheet)[:31].strip().strip("'") or "Data"
    return f"{name} data" if name.casefold() in {"history", "about"} else name
