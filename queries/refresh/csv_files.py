"""One CSV file, read strictly into a DuckDB table.

A line that cannot be read with certainty is refused with its number and the reason; it is
never guessed at and never lost. An empty cell is NULL, quoted ("") or not: most tools that
write CSV quote either every cell or none, so the quotes say nothing about the value.
"""

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from queries.refresh import csv_records

LINE = "_line"
VALUE_LENGTH = 200
BATCH = 50_000
ENCODINGS = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-15"}
ENCODINGS |= {f"cp{page}" for page in range(1250, 1259)}
# A lone surrogate: no valid file contains it, so it marks the place of an unreadable byte.
UNREADABLE = "\udcff"


class SourceError(Exception):
    """The files cannot be read at all; the sentence says which one and what to do."""


@dataclass(frozen=True)
class CsvFormat:
    """How a CSV file is written. A byte order mark in the file outranks `encoding`."""

    delimiter: str = ","
    encoding: str = "utf-8"
    quote: str = '"'

    def __post_init__(self) -> None:
        signs = (self.delimiter, self.quote)
        if any(len(sign) != 1 or sign in "\r\n\0" for sign in signs) or signs[0] == signs[1]:
            raise SourceError(
                f"Delimiter {self.delimiter!r} and quote {self.quote!r} in the mapping must be "
                "two different single characters."
            )
        if _codec(self.encoding) not in ENCODINGS:
            raise SourceError(
                f"Encoding {self.encoding!r} in the mapping is not known; "
                f"use one of {', '.join(sorted(ENCODINGS))}."
            )


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A record that was not read: `line` is where it starts, `column` and `value` may be ''."""

    file: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class _Header:
    names: list[str]
    # One more cell, always empty, where every line of the file ends with a delimiter.
    has_nameless_end: bool

    @property
    def width(self) -> int:
        return len(self.names) + self.has_nameless_end


def load(duck: duckdb.DuckDBPyConnection, path: Path, csv_format: CsvFormat) -> list[RefusedLine]:
    encoding = _encoding(path, csv_format)
    grammar = csv_records.Grammar(csv_format.delimiter, csv_format.quote)
    refused: list[RefusedLine] = []
    with path.open(encoding=encoding, errors="smarketing.unreadable", newline="\n") as lines:
        found = csv_records.records(lines, grammar)
        header = _header(path, next(found, None), csv_format)
        check = _Checks(path.name, header, encoding, grammar)
        names = ", ".join(f"{identifier(name)} varchar" for name in header.names)
        duck.execute(f"create or replace table {identifier(path.stem)} ({names}, {LINE} bigint)")
        for cells, numbers in check.batches(found, refused):
            columns = [cells[place :: header.width] for place in range(len(header.names))]
            _insert(duck, path.stem, columns, numbers)
    return refused


def _encoding(path: Path, csv_format: CsvFormat) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        raise SourceError(f"{path.name} is an Excel workbook; save it as CSV in Excel.")
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    codec = _codec(csv_format.encoding)
    if head and codec == "utf-16":
        raise SourceError(
            f"{path.name} has no byte order mark; state utf-16-le or utf-16-be in the mapping."
        )
    return codec


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""


def _mark_unreadable(error: UnicodeError) -> tuple[str, int]:
    return UNREADABLE, error.end


codecs.register_error("smarketing.unreadable", _mark_unreadable)


def _header(path: Path, record: csv_records.Record | None, csv_format: CsvFormat) -> _Header:
    if record is None:
        raise SourceError(f"{path.name} is empty; it needs a first line with the column names.")
    if "\0" in record.text:
        raise SourceError(f"{path.name} is no text file (NUL bytes); save it as CSV in UTF-8.")
    if UNREADABLE in record.text:
        raise SourceError(
            f"The column names of {path.name} are not valid {csv_format.encoding}; "
            "state the file's encoding in the mapping."
        )
    if record.fault:
        raise SourceError(f"The column names of {path.name} have {record.fault}; correct them.")
    names = record.cells
    has_nameless_end = len(names) > 1 and not names[-1].strip()
    names = names[: len(names) - has_nameless_end]
    others = [sign for sign in ";\t|," if sign != csv_format.delimiter and sign in names[0]]
    if len(names) == 1 and others:
        raise SourceError(
            f"{path.name} has one column, {names[0][:VALUE_LENGTH]!r}, which contains "
            f"{others[0]!r}; if that is the delimiter, state it in the mapping."
        )
    _refuse_clashes(path, names)
    return _Header(names, has_nameless_end)


def _refuse_clashes(path: Path, names: list[str]) -> None:
    for number, name in enumerate(names, 1):
        if not name.strip():
            raise SourceError(f"Column {number} of {path.name} has no name; give it one.")
    # DuckDB does not tell upper from lower case, and people do not see blanks at the ends.
    counts = Counter(name.strip().casefold() for name in [*names, LINE])
    for name in names:
        if name.strip().casefold() == LINE:
            raise SourceError(f"{path.name} has a column {LINE}, kept for line numbers; rename it.")
        if counts[name.strip().casefold()] > 1:
            raise SourceError(f"{path.name} has column {name.strip()!r} twice; rename one of them.")


class _Checks:
    """Sorts the records of one file into rows and refused lines."""

    def __init__(
        self, file: str, header: _Header, encoding: str, grammar: csv_records.Grammar
    ) -> None:
        self.file, self.header, self.grammar = file, header, grammar
        self.encoding = encoding.removesuffix("-sig")

    def batches(
        self, found: Iterator[csv_records.Record], refused: list[RefusedLine]
    ) -> Iterator[tuple[list[str], list[int]]]:
        """All cells of many rows in one list, and the line of each row.

        A list for each row would live until the batch is full, and the garbage collector would
        visit all of them again and again: a third of the whole time.
        """
        width, has_nameless_end = self.header.width, self.header.has_nameless_end
        cells: list[str] = []
        lines: list[int] = []
        for record in found:
            row, text = record.cells, record.text
            is_row = len(row) == width and "\0" not in text and UNREADABLE not in text
            if not is_row or (has_nameless_end and row[-1]):
                refused.append(self._refused(record))
                continue
            cells += row
            lines.append(record.first)
            if len(lines) == BATCH:
                yield cells, lines
                cells, lines = [], []
        if lines:
            yield cells, lines

    def _refused(self, record: csv_records.Record) -> RefusedLine:
        # An unreadable byte or NUL comes first: it may be what broke the quotes or the count.
        if UNREADABLE in record.text:
            reason = f"a byte that is not valid {self.encoding}; state the encoding in the mapping"
            return self._at_sign(record, UNREADABLE, reason)
        if "\0" in record.text:
            return self._at_sign(record, "\0", "a NUL character")
        if record.fault:
            return self._because(record, record.fault, record.faulty_cell, record.faulty_text)
        count = len(record.cells)
        if count == self.header.width:
            reason = "the last column has no name in the first line but a value here"
            return self._because(record, reason, -1, record.cells[-1])
        reason = f"{self.header.width} cells expected, {count} found"
        if count == 1 and self.grammar.delimiter in record.cells[0]:
            reason += "; the whole record stands in one pair of quotes, export it without them"
        return self._because(record, reason, -1, record.text)

    def _at_sign(self, record: csv_records.Record, sign: str, reason: str) -> RefusedLine:
        """Name the cell with the sign where the cells are certain."""
        if len(record.cells) != self.header.width:
            return self._because(record, reason, -1, record.text)
        index = next(n for n, cell in enumerate(record.cells) if sign in cell)
        return self._because(record, reason, index, record.cells[index])

    def _because(
        self, record: csv_records.Record, reason: str, index: int, value: str
    ) -> RefusedLine:
        names = self.header.names
        column = names[index] if 0 <= index < len(names) else ""
        if record.last > record.first:
            reason = f"lines {record.first}-{record.last}: {reason}"
        # Both signs would break the stores and screens that show the value.
        shown = value[:VALUE_LENGTH].replace(UNREADABLE, "\ufffd").replace("\0", "\ufffd")
        return RefusedLine(self.file, record.first, column, shown, reason)


def _insert(
    duck: duckdb.DuckDBPyConnection, table: str, columns: list[list[str]], numbers: list[int]
) -> None:
    # Large strings: a batch of long texts may pass the 2 GB of the short kind.
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    keys = [f"c{place}" for place in range(len(columns))]
    batch = pa.table([*arrays, pa.array(numbers, pa.int64())], names=[*keys, LINE])
    selected = ", ".join(f"nullif({key}, '')" for key in keys)
    duck.register("_csv_batch", batch)
    duck.execute(f"insert into {identifier(table)} select {selected}, {LINE} from _csv_batch")
    duck.unregister("_csv_batch")


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
