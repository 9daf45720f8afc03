"""Lines that a mapping's own casts cannot read are refused alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.refresh import MappingError
from tests.small_company import built

CAST = "select id as opportunity_id, 'open' as outcome, closing::date as close_date from deals"
BAD = {7: "soon", 33: "2026-02-30"}


def deals(lines: int, bad: dict[int, str], start: int = 2) -> str:
    """A file whose lines (the header is 1) say 2026-01-05, but for the bad ones."""
    return "id,closing\n" + "\n".join(
        f"O{line},{bad.get(line, '2026-01-05')}" for line in range(start, lines + 2)
    )


@pytest.mark.parametrize(
    "closing",
    [
        "closing::date",
        "strptime(closing, '%Y-%m-%d')::date",
        "cast(trim(closing) as date)",
    ],
)
def test_two_unreadable_lines_of_fifty_are_refused_and_the_rest_is_kept(
    tmp_path: Path, closing: str
) -> None:
    mapping = {"opportunities.sql": CAST.replace("closing::date", closing)}
    mart = built(tmp_path, {"deals.csv": deals(50, BAD)}, mapping)
    assert [row[:3] for row in mart.refused()] == [
        ("opportunities", "deals.csv", 7),
        ("opportunities", "deals.csv", 33),
    ]
    assert [cell in row[5] for row, cell in zip(mart.refused(), BAD.values(), strict=True)]
    assert mart.rows("select count(*), count(close_date) from opportunities") == [(48, 48)]
    report = "select rows_read, rows_kept from relation_reports where relation = 'opportunities'"
    assert mart.rows(report) == [(50, 48)]


def test_other_relations_of_the_same_file_still_read_every_line(tmp_path: Path) -> None:
    mapping = {"opportunities.sql": CAST, "activities.sql": "select id as activity_id, 'call' as "
               "activity_type, '2026-01-01' as occurred_at from deals"}  # fmt: skip
    mart = built(tmp_path, {"deals.csv": deals(50, BAD)}, mapping)
    assert mart.rows("select count(*) from activities") == [(50,)]


def test_unreadable_lines_of_each_file_of_a_union_are_found(tmp_path: Path) -> None:
    union = (
        f"{CAST} union all {CAST.replace('from deals', 'from older').replace('id as', 'id||0 as')}"
    )
    files = {"deals.csv": deals(20, {5: "x"}), "older.csv": deals(30, {2: "y", 31: "z"})}
    mart = built(tmp_path, files, {"opportunities.sql": union})
    assert [row[1:3] for row in mart.refused()] == [
        *[("deals.csv", 5), ("older.csv", 2), ("older.csv", 31)]
    ]
    assert mart.rows("select count(*) from opportunities") == [(47,)]


def test_200_unreadable_lines_are_refused_and_one_more_is_a_wrong_mapping(tmp_path: Path) -> None:
    mapping = {"opportunities.sql": CAST}
    most = {"deals.csv": deals(300, dict.fromkeys(range(2, 202), "x"))}
    assert len(built(tmp_path, most, mapping).refused()) == 200
    more = {"deals.csv": deals(300, dict.fromkeys(range(2, 203), "x"))}
    with pytest.raises(MappingError, match=r"opportunities.sql cannot read more than 200 lines of"):
        built(tmp_path, more, mapping)


def test_where_lines_cannot_be_told_apart_the_mapping_stops(tmp_path: Path) -> None:
    mapping = {"opportunities.sql": CAST.replace("select", "select distinct", 1)}
    with pytest.raises(MappingError, match=r"opportunities.sql: Conversion Error"):
        built(tmp_path, {"deals.csv": deals(50, BAD)}, mapping)


def test_unreadable_lines_of_a_quoted_table_are_found(tmp_path: Path) -> None:
    mapping = {"opportunities.sql": CAST.replace("from deals", 'from "My deals" as d')}
    mart = built(tmp_path, {"My deals.csv": deals(9, {4: "x"})}, mapping)
    assert [row[1:3] for row in mart.refused()] == [("My deals.csv", 4)]
