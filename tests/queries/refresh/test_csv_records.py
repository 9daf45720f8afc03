"""Records out of lines: what is legal, what is a fault, and where reading goes on."""

import csv

from hypothesis import given
from hypothesis import strategies as st

from queries.refresh import csv_records


def read(*lines, delimiter=",", quote='"'):
    return list(csv_records.records(lines, csv_records.Grammar(delimiter, quote)))


def cells(*lines, **signs):
    return [record.cells for record in read(*lines, **signs)]


def test_a_plain_line_is_split_at_its_delimiters():
    assert cells("a,,b\n") == [["a", "", "b"]]


def test_a_line_of_one_delimiter_is_two_empty_cells():
    assert cells(',""\n', ",\n") == [["", ""], ["", ""]]


def test_quoted_cells_keep_delimiters_doubled_quotes_and_line_breaks():
    assert cells('"a,b","c""d","e\r\n', 'f"\r\n') == [["a,b", 'c"d', "e\r\nf"]]


def test_lf_crlf_cr_cr_lf_and_no_line_end_are_all_line_ends():
    lines = ("a,b\n", 'a,"b"\n', "a,b\r\n", 'a,"b"\r\n', "a,b\r\r\n", 'a,"b"\r\r\n', 'a,"b"')
    assert cells(*lines) == [["a", "b"]] * 7


def test_blank_lines_count_as_lines_but_are_no_records():
    assert [(record.first, record.last) for record in read("a\n", "\n", "\r\n", "b\n")] == [
        (1, 1),
        (4, 4),
    ]


def test_a_blank_line_inside_quotes_belongs_to_the_cell():
    assert cells('"a\n', "\n", 'b",c\n') == [["a\n\nb", "c"]]


def test_a_record_knows_its_first_and_last_line():
    assert [(record.first, record.last) for record in read("x\n", '"a\n', 'b"\n', "y\n")] == [
        (1, 1),
        (2, 3),
        (4, 4),
    ]


def test_signs_with_a_meaning_in_patterns_can_be_delimiter_and_quote():
    assert cells("^a|b^|c\n", delimiter="|", quote="^") == [["a|b", "c"]]
    assert cells("]a-b]-c\n", delimiter="-", quote="]") == [["a-b", "c"]]


def test_a_quote_never_closed_costs_its_line_only():
    found = read('a,"b\n', "c,d\n", 'e,"f"\n')
    assert [(r.first, bool(r.fault), r.cells) for r in found] == [
        (1, True, []),
        (2, False, ["c", "d"]),
        (3, False, ["e", "f"]),
    ]
    assert (found[0].faulty_cell, found[0].faulty_text) == (1, '"b')
    assert found[0].fault == "a quote is opened here and never closed properly"


def test_characters_after_a_closing_quote_are_a_fault_of_that_cell():
    (found,) = read('x,"ab"c,y\n')
    assert found.fault == "characters after the closing quote of a cell"
    assert (found.faulty_cell, found.faulty_text) == (1, '"ab"c')


def test_a_quote_inside_an_unquoted_cell_is_a_fault():
    (found,) = read('1,5" pipe,2\n')
    assert found.fault == 'a quote (") inside a cell that does not start with one'
    assert (found.faulty_cell, found.faulty_text) == (1, '5" pipe')


def test_a_blank_before_a_quote_is_a_fault():
    assert read('1, "a"\n')[0].fault


def test_a_carriage_return_inside_a_cell_without_quotes_is_a_fault():
    assert [r.fault for r in read("a\rb,c\n", '"x",a\rb\n')] == [
        "a carriage return inside a cell without quotes"
    ] * 2


def test_two_lines_with_a_stray_quote_each_do_not_swallow_the_line_between():
    found = read('a,"b\n', "c,d\n", 'e,"f\n', "g,h\n")
    assert [(r.first, bool(r.fault)) for r in found] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
    ]


def test_cells_longer_than_the_limit_of_the_csv_module_are_read():
    long = "x" * (csv.field_size_limit() + 1)
    assert cells(f'"{long}","a""b",c\n') == [[long, 'a"b', "c"]]


def test_many_unclosed_quotes_are_read_in_linear_time():
    # Trying every split, or the rest of the file for each line, would take minutes here.
    lines = ['a,"b\n', *['c,"",d\n'] * 20_000] * 3
    assert [record.first for record in read(*lines) if record.fault] == [1, 20_002, 40_003]
    assert [bool(record.fault) for record in read('"' * 200_001)] == [True]


@given(st.text(alphabet='a,"\r\n', max_size=40))
def test_what_is_accepted_python_reads_alike_and_each_line_is_told_of_once(text):
    lines = [line + "\n" for line in text.split("\n")]
    found = read(*lines)
    told = [number for r in found for number in range(r.first, r.last + 1)]
    assert told == sorted(set(told))
    blank = {n for n, line in enumerate(lines, 1) if not line.strip("\r\n")}
    assert set(range(1, len(lines) + 1)) - set(told) <= blank
    for record in found:
        if not record.fault:
            assert next(csv.reader([record.text], strict=True)) == record.cells


@given(st.text(alphabet='a,"\n', max_size=30))
def test_the_slow_split_of_very_long_records_agrees_with_the_fast_one(text):
    grammar = csv_records.Grammar(",", '"')
    for record in csv_records.records(text.splitlines(keepends=True), grammar):
        if not record.fault:
            slow = [
                quoted.replace('""', '"') or plain
                for quoted, plain in grammar.cells.findall(record.text)
            ]
            assert slow == record.cells
