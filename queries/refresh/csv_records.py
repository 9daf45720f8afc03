"""Strict splitting of CSV text into records: knows quotes and lines, no files and no database.

Python's csv reader accepts a quote inside an unquoted cell and, after a quote that is never
closed, eats the rest of the file. Here both are faults of one line, and reading goes on.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Record(NamedTuple):
    """One record, from physical line `first` to `last`, or a line with a fault in its quoting."""

    first: int
    last: int
    text: str
    cells: list[str]
    fault: str = ""
    # The cell with the fault: its number from 0 and its text.
    faulty_cell: int = -1
    faulty_text: str = ""


class Grammar:
    """The patterns of one delimiter and quote, all linear in the length of the text."""

    def __init__(self, delimiter: str, quote: str) -> None:
        self.delimiter, self.quote = delimiter, quote
        comma, mark = re.escape(delimiter), re.escape(quote)
        # Possessive (*+), so that a long broken cell cannot make the match try every split.
        inside = f"[^{mark}]*+(?:{mark}{mark}[^{mark}]*+)*+"
        plain = rf"[^{mark}{comma}\r\n]*+"
        cell = f"(?:{mark}{inside}{mark}|{plain})"
        # Some exports write CR CR LF: every CR before the line end belongs to the line end.
        end = r"\r*\n?\Z"
        rest = rf"(?:{cell}{comma})*+(?:{cell}{end}|(?P<opened>{mark}{inside}\Z))"
        self.start = re.compile(rest)
        self.proceed = re.compile(rf"{inside}(?:(?P<still>\Z)|{mark}(?:{end}|{comma}{rest}))")
        self.cell = re.compile(f"{mark}{inside}{mark}|{plain}")
        self.cells = re.compile(rf"(?:\A|{comma})(?:{mark}({inside}){mark}|({plain}))")
        # One reader for all records, fed one at a time: making a reader costs as much as a record.
        self._fed: deque[str] = deque()
        self._reader = csv.reader(
            iter(self._fed.popleft, None), delimiter=delimiter, quotechar=quote, strict=True
        )

    def split(self, text: str) -> list[str]:
        """The cells of a record that is known to be well quoted; a quoted empty cell is ''."""
        # The limit of the csv module on one cell is the process's, not ours to change.
        if len(text) < csv.field_size_limit():
            self._fed.append(text)
            return next(self._reader)
        doubled = self.quote * 2
        return [
            quoted.replace(doubled, self.quote) if quoted else plain
            for quoted, plain in self.cells.findall(text)
        ]


def records(lines: Iterable[str], grammar: Grammar) -> Iterator[Record]:
    """Every record of the lines (each with its LF), in order; blank lines are none."""
    stream = iter(lines)
    # Lines read in vain in search of a closing quote; they are read again as lines of their own.
    waiting: deque[str] = deque()

    def following() -> str:
        return waiting.popleft() if waiting else next(stream, "")

    delimiter, quote, start = grammar.delimiter, grammar.quote, grammar.start
    number = 0
    while line := waiting.popleft() if waiting else next(stream, ""):
        number += 1
        text = line.rstrip("\r\n")
        if not text:
            continue
        if quote not in text:
            if "\r" in text:
                yield _fault(line, number, grammar)
            else:
                yield Record(number, number, text, text.split(delimiter))
        elif (match := start.match(line)) and not match.lastgroup:
            # Not left to _quoted, which would find the same: nearly all quoted lines are such.
            yield Record(number, number, text, grammar.split(text))
        else:
            record, taken = _quoted(line, number, grammar, following)
            if record.fault:
                waiting.extendleft(reversed(taken))
            number = record.last
            yield record


def _quoted(
    line: str, number: int, grammar: Grammar, following: Callable[[], str]
) -> tuple[Record, list[str]]:
    """The record that starts on this line, and the further lines it took.

    The search for a closing quote ends at the next line with an odd number of quotes at the
    latest, and only such lines open one, so no line is read more than twice.
    """
    taken: list[str] = []
    match = grammar.start.match(line)
    # A named group matched = the text ends inside a quoted cell.
    while match and match.lastgroup:
        continuation = following()
        if not continuation:
            match = None
            break
        taken.append(continuation)
        match = grammar.proceed.match(continuation)
    if match is None:
        return _fault(line, number, grammar), taken
    text = "".join([line, *taken]).rstrip("\r\n")
    return Record(number, number + len(taken), text, grammar.split(text)), taken


def _fault(line: str, number: int, grammar: Grammar) -> Record:
    """What is wrong on a line that is no record, at the first cell where it is."""
    text = line.rstrip("\r\n")
    position = index = 0
    end = grammar.cell.match(text).end()
    while text[end : end + 1] == grammar.delimiter:
        position, index = end + 1, index + 1
        end = grammar.cell.match(text, position).end()
    cell_end = text.find(grammar.delimiter, end)
    if text[end : end + 1] == "\r":
        fault = "a carriage return inside a cell without quotes"
    elif text[position] != grammar.quote:
        fault = f"a quote ({grammar.quote}) inside a cell that does not start with one"
    elif end > position and end < len(text):
        fault = "characters after the closing quote of a cell"
    else:
        fault, cell_end = "a quote is opened here and never closed properly", -1
    faulty_text = text[position:] if cell_end < 0 else text[position:cell_end]
    return Record(number, number, text, [], fault, index, faulty_text)
