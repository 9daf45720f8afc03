"""One CSV file: header, encodings, refused lines, and rows that come back as written."""

import codecs
import contextlib
import csv
import io
import re

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.refresh import csv_files, files
from queries.refresh.files import CsvFormat, RefusedLine, SourceError


def load(folder, content, csv_format=None, name="leads"):
    """Rows (line first), refused lines and column names of one file."""
    content = content.encode() if isinstance(content, str) else content
    (folder / f"{name}.csv").write_bytes(content)
    with duckdb.connect() as duck:
        refused = files.attach(duck, folder, {name: csv_format} if csv_format else None)
        found = duck.execute(f'select _line, * exclude (_line) from "{name}" order by _line')
        names = [column[0] for column in found.description][1:]
        return found.fetchall(), refused, names


def rows(folder, content, csv_format=None):
    found, refused, _ = load(folder, content, csv_format)
    assert refused == []
    return found


def refused(folder, content, csv_format=None):
    return [(r.line, r.column, r.value, r.reason) for r in load(folder, content, csv_format)[1]]


def test_the_header_is_line_one_and_names_are_kept_as_they_are(tmp_path):
    found, _, names = load(tmp_path, "Lead No,Day.Of Week\n7,Mon\n")
    assert (found, names) == ([(2, "7", "Mon")], ["Lead No", "Day.Of Week"])


def test_a_quote_or_a_reserved_word_in_a_name_is_kept(tmp_path):
    assert load(tmp_path, '"a""b",select\n1,2\n')[2] == ['a"b', "select"]


def test_an_empty_cell_is_null_whether_quoted_or_not(tmp_path):
    assert rows(tmp_path, 'a,b,c\n,""," "\n') == [(2, None, None, " ")]


def test_lines_are_physical_lines_also_after_blank_and_multi_line_records(tmp_path):
    found = rows(tmp_path, 'a,b\n\n1,"x\ny"\n\r\n2,z\n')
    assert found == [(3, "1", "x\ny"), (6, "2", "z")]


def test_blank_lines_before_the_header_are_skipped_but_counted(tmp_path):
    assert rows(tmp_path, "\n\na\n1\n") == [(4, "1")]


def test_cells_that_look_like_numbers_or_dates_stay_text(tmp_path):
    assert rows(tmp_path, "id,on\n007,2026-01-05\n") == [(2, "007", "2026-01-05")]


def test_too_few_and_too_many_cells_are_refused_with_both_counts(tmp_path):
    assert refused(tmp_path, "a,b\n1\n1,2\n1,2,3\n") == [
        (2, "", "1", "2 cells expected, 1 found"),
        (4, "", "1,2,3", "2 cells expected, 3 found"),
    ]


def test_a_record_of_several_lines_is_refused_as_a_whole(tmp_path):
    found, refused_lines, _ = load(tmp_path, 'a,b\n1,"x\ny\nz",2\n3,4\n')
    assert found == [(5, "3", "4")]
    assert refused_lines == [
        RefusedLine("leads.csv", 2, "", '1,"x\ny\nz",2', "lines 2-4: 2 cells expected, 3 found")
    ]


def test_a_whole_record_in_one_pair_of_quotes_gets_a_hint(tmp_path):
    ((_, _, _, reason),) = refused(tmp_path, 'a,b\n"1,2"\n')
    assert reason == (
        "2 cells expected, 1 found; the whole record stands in one pair of quotes, "
        "export it without them"
    )


def test_a_fault_in_the_quotes_names_the_column_and_spares_the_other_lines(tmp_path):
    found, refused_lines, _ = load(tmp_path, 'id,size\n1,5" pipe\n2,"open\n3,ok\n')
    assert found == [(4, "3", "ok")]
    assert [(r.line, r.column, r.value) for r in refused_lines] == [
        (2, "size", '5" pipe'),
        (3, "size", '"open'),
    ]


def test_a_refused_value_is_cut_to_200_characters(tmp_path):
    ((_, _, value, _),) = refused(tmp_path, "a,b\n" + "x" * 300 + "\n")
    assert value == "x" * 200


def test_a_byte_outside_the_encoding_costs_its_line_only(tmp_path):
    found, refused_lines, _ = load(tmp_path, b"id,name\n1,M\xfcller\n2,M\xc3\xbcller\n")
    assert found == [(3, "2", "Müller")]
    assert refused_lines == [
        RefusedLine(
            "leads.csv",
            2,
            "name",
            "M\ufffdller",
            "a byte that is not valid utf-8; state the encoding in the mapping",
        )
    ]


def test_a_bad_byte_refuses_a_record_of_several_lines_from_its_first(tmp_path):
    found, refused_lines, _ = load(tmp_path, b'id,name\n1,"a\n\xff"\n2,b\n')
    assert found == [(4, "2", "b")]
    assert [(r.line, r.reason[:9]) for r in refused_lines] == [(2, "lines 2-3")]


def test_a_nul_character_costs_its_line_only(tmp_path):
    assert refused(tmp_path, b"id,name\n1,a\x00b\n2,c\n") == [
        (2, "name", "a\ufffdb", "a NUL character")
    ]


@pytest.mark.parametrize(
    ("content", "csv_format"),
    [
        (codecs.BOM_UTF8 + "id,näme\n1,é\n".encode(), None),
        (codecs.BOM_UTF8 + "id,näme\n1,é\n".encode(), CsvFormat(encoding="cp1252")),
        ("id,näme\n1,é\n".encode("utf-16"), None),
        ("id,näme\n1,é\n".encode("utf-16"), CsvFormat(encoding="utf-16")),
        (codecs.BOM_UTF16_BE + "id,näme\n1,é\n".encode("utf-16-be"), None),
        ("id,näme\n1,é\n".encode("utf-16-be"), CsvFormat(encoding="utf-16-be")),
        ("id,näme\n1,é\n".encode("latin-1"), CsvFormat(encoding="latin-1")),
        ("id,näme\n1,é\n".encode("cp1252"), CsvFormat(encoding="Windows-1252")),
        ("id\tnäme\r\r\n1\té\r\r\n".encode(), CsvFormat(delimiter="\t")),
        ("id;näme\r\n1;'é'".encode(), CsvFormat(delimiter=";", quote="'")),
        ('"id"|näme\n\n1|é'.encode(), CsvFormat(delimiter="|")),
    ],
)
def test_every_legal_way_to_write_a_file_gives_the_same_row(tmp_path, content, csv_format):
    found, refused_lines, names = load(tmp_path, content, csv_format)
    assert ([row[1:] for row in found], refused_lines) == ([("1", "é")], [])
    assert names == ["id", "näme"]


def test_a_nameless_last_column_that_is_empty_throughout_is_dropped(tmp_path):
    found, refused_lines, names = load(tmp_path, "a,b,\n1,2,\n3,4,5\n6,7\n")
    assert (found, names) == ([(2, "1", "2")], ["a", "b"])
    assert [(r.line, r.value, r.reason) for r in refused_lines] == [
        (3, "5", "the last column has no name in the first line but a value here"),
        (4, "6,7", "3 cells expected, 2 found"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leads.csv is empty"),
        (b"\n\r\n", "leads.csv is empty"),
        (b"PK\x03\x04rest", "leads.csv is an Excel workbook; save it as CSV"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "leads.csv is no text file"),
        ("id,name\n1,a\n".encode("utf-16-le"), "leads.csv is no text file"),
        (b"n\xe4me,id\n", "not valid utf-8; state the file's encoding"),
        (b'id,"name\n1,a\n', "a quote is opened here and never closed"),
        (b"id\rname\r1\r", "a carriage return inside a cell without quotes"),
        (b"id;name\n1;a\n", "contains ';'; if that is the delimiter, state it"),
        (b"id\tname\n", r"contains '\\t'; if that is the delimiter, state it"),
        (b"id,,name\n", "Column 2 of leads.csv has no name"),
        (b",id\n", "Column 1 of leads.csv has no name"),
        (b"id,a,,\n", "Column 3 of leads.csv has no name"),
        (b",\n", "Column 1 of leads.csv has no name"),
        (b'""\n', "Column 1 of leads.csv has no name"),
        (b"id,a,id\n", "leads.csv has column 'id' twice"),
        (b"id,ID\n", "leads.csv has column 'id' twice"),
        (b"id,id \n", "leads.csv has column 'id' twice"),
        (b"id,_Line\n", "leads.csv has a column _line"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_stops_with_a_sentence(tmp_path, content, sentence):
    with pytest.raises(SourceError, match=sentence):
        load(tmp_path, content)


@pytest.mark.parametrize(
    "stated",
    [{"delimiter": ";;"}, {"quote": ""}, {"delimiter": '"'}, {"delimiter": "\n"}],
)
def test_a_format_that_no_file_can_have_is_refused(stated):
    with pytest.raises(SourceError, match="two different single characters"):
        CsvFormat(**stated)


@pytest.mark.parametrize("encoding", ["utf-9", "utf-7", "base64", "rot13"])
def test_an_unknown_encoding_is_refused_and_the_known_ones_are_named(encoding):
    with pytest.raises(SourceError, match="use one of ascii, cp1250"):
        CsvFormat(encoding=encoding)


def test_utf_16_without_a_byte_order_mark_is_not_guessed_at(tmp_path):
    with pytest.raises(SourceError, match="state utf-16-le or utf-16-be"):
        load(tmp_path, "id\n1\n".encode("utf-16-le"), CsvFormat(encoding="utf-16"))


def test_rows_beyond_one_batch_keep_their_order_and_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_files, "BATCH", 2)
    found = rows(tmp_path, "a,b,\n" + "".join(f"{n},x{n},\n" for n in range(2, 7)))
    assert found == [(n, str(n), f"x{n}") for n in range(2, 7)]


# What Python's writer can write and UTF-8 can hold; NUL is refused by design.
CELLS = st.text(
    st.one_of(
        st.sampled_from(',;"\r\n\t a'), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    max_size=8,
)
RECORDS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12)
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(records, line_end, quoting):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=line_end, quoting=quoting)
    writer.writerows([["a", "b", "c"], *records])
    return stream.getvalue().encode()


@QUIET
@given(records=RECORDS, quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_python_writes_comes_back_identical(tmp_path, records, quoting):
    found = rows(tmp_path, written(records, "\r\n", quoting))
    assert [list(row[1:]) for row in found] == [[c or None for c in r] for r in records]


@QUIET
@given(
    records=RECORDS,
    line_end=st.sampled_from(["\r\n", "\n", "\r\r\n"]),
    changes=st.lists(
        st.tuples(st.integers(9), st.integers(0, 2), st.sampled_from(b'",\r\n\0\xffa\xc3')),
        max_size=6,
    ),
)
def test_whatever_the_damage_each_line_is_a_row_or_refused_once(
    tmp_path, records, line_end, changes
):
    content = bytearray(written(records, line_end, csv.QUOTE_ALL))
    start = content.index(b"\n") + 1
    for place, removed, byte in changes:
        at = start + place % (len(content) - start + 1)
        content[at : at + removed] = bytes([byte])
    found, refused_lines, _ = load(tmp_path, bytes(content))
    told = [1]
    for line, *cells in found:
        told += range(line, line + 1 + sum((cell or "").count("\n") for cell in cells))
    for refusal in refused_lines:
        span = re.match(r"lines (\d+)-(\d+): ", refusal.reason)
        told += range(refusal.line, int(span[2]) + 1) if span else [refusal.line]
    lines = bytes(content).split(b"\n")
    filled = {number for number, line in enumerate(lines, 1) if line.strip(b"\r")}
    # A blank line inside a quoted cell is told of too; no line is told of twice.
    assert len(told) == len(set(told))
    assert filled <= set(told) <= set(range(1, len(lines) + 1))


@QUIET
@given(content=st.binary(max_size=60), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_random_bytes_raise_nothing_but_source_errors(tmp_path, content, encoding):
    with contextlib.suppress(SourceError):
        found, refused_lines, _ = load(tmp_path, content, CsvFormat(encoding=encoding))
        told = [row[0] for row in found] + [line.line for line in refused_lines]
        assert len(told) == len(set(told))
