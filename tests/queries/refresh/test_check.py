"""Every row through the contract: kept and typed, or refused with its line and its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import contract
from queries.refresh import MappingError, SourceError
from queries.refresh.check import ORDER
from tests.small_company import Mart, built

LEADS = "lead_id,created_at\nL1,2026-01-01 10:00\nL2,2026-01-02 10:00"


def report(mart: Mart, relation: str) -> tuple[bool, int, int, int]:
    """Whether it is mapped, and the rows read, kept and refused."""
    return mart.rows(
        "select is_mapped, rows_read, rows_kept, rows_refused from relation_reports"
        f" where relation = '{relation}'"
    )[0]


def test_each_refused_row_says_its_file_line_column_value_and_reason(tmp_path: Path) -> None:
    mart = built(tmp_path, {
        "leads.csv": """
            lead_id,created_at,is_deleted
            L1,2026-01-01 10:00,no
            L2,03/04/2018,no
            ,2026-01-01,no
            L4,"2026-01-01
            ",maybe
            L5,2026-01-01,no,extra
            L6,,""",
    })  # fmt: skip
    moment = "created_at is not a moment written YYYY-MM-DD HH:MM:SS"
    assert mart.refused() == [
        ("leads", "leads.csv", 3, "created_at", "03/04/2018", moment),
        ("leads", "leads.csv", 4, "lead_id", "", "lead_id is empty"),
        ("leads", "leads.csv", 5, "is_deleted", "maybe", "is_deleted is not yes or no"),
        ("leads", "leads.csv", 7, "", "L5,2026-01-01,no,extra", "3 cells expected, 4 found"),
    ]
    assert mart.rows("select lead_id, is_deleted from leads") == [("L1", False), ("L6", False)]
    assert report(mart, "leads") == (True, 6, 2, 4)


def test_of_several_bad_cells_the_first_in_the_contracts_order_is_named(tmp_path: Path) -> None:
    mart = built(tmp_path, {"reps.csv": "is_active,rep_id,extra\nmaybe,,x"})
    assert [row[3] for row in mart.refused()] == ["rep_id"]
    assert mart.finding("ignored_column") == [("reps", 1, False, "extra")]


def test_a_required_column_that_is_not_mapped_refuses_every_row(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "lead_stage_events.csv": "lead_id,to_stage\nL1,mql\nL2,mql"}
    mart = built(tmp_path, files)
    assert mart.refused() == [
        ("lead_stage_events", "lead_stage_events.csv", line, "event_id", "",
         "event_id is not mapped")
        for line in (2, 3)
    ]  # fmt: skip


def test_a_mapping_that_gives_no_canonical_column_refuses_every_row(tmp_path: Path) -> None:
    mart = built(tmp_path, {"x.csv": "a\n1"}, {"reps.sql": "select a from x"})
    assert mart.refused() == [("reps", "x.csv", 2, "rep_id", "", "rep_id is not mapped")]


def test_of_equal_keys_the_first_is_kept_and_the_others_name_its_line(tmp_path: Path) -> None:
    rows = "L2,x\nL1,a\nL2,y\nL1,b\nL1,c"
    mart = built(tmp_path, {"leads.csv": "lead_id,lead_name\n" + rows})
    assert mart.rows("select lead_id, lead_name from leads order by 1") == [
        ("L1", "a"),
        ("L2", "x"),
    ]
    assert [(row[2], *row[3:]) for row in mart.refused()] == [
        (4, "lead_id", "L2", "the same lead_id stands on line 2"),
        (5, "lead_id", "L1", "the same lead_id stands on line 3"),
        (6, "lead_id", "L1", "the same lead_id stands on line 3"),
    ]


def test_a_bad_row_does_not_take_the_place_of_a_good_one_of_its_key(tmp_path: Path) -> None:
    mart = built(tmp_path, {"leads.csv": "lead_id,created_at\nL1,soon\nL1,2026-01-01"})
    assert [row[2] for row in mart.refused()] == [2]
    assert report(mart, "leads") == (True, 2, 1, 1)


def test_equal_keys_of_two_files_name_the_other_file(tmp_path: Path) -> None:
    union = "select lead_id from old union all select lead_id from fresh"
    files = {"old.csv": "lead_id\nL0\nL1", "fresh.csv": "lead_id\nL1"}
    mart = built(tmp_path, files, {"leads.sql": union})
    assert mart.refused() == [
        ("leads", "fresh.csv", 2, "lead_id", "L1", "the same lead_id stands on line 3 of old.csv")
    ]


def test_parts_of_a_key_may_be_empty_and_are_equal_then(tmp_path: Path) -> None:
    mart = built(tmp_path, {
        "web_traffic.csv": """
            traffic_date,channel,campaign_id,sessions
            2026-01-01,web,,5
            2026-01-01,,,6
            2026-01-01,web,,7
            2026-01-01,,,8
            2026-01-01,,web,9""",
    })  # fmt: skip
    assert mart.rows("select sum(sessions) from web_traffic") == [(5 + 6 + 9,)]
    same = "the same traffic_date / channel / campaign_id stands on line"
    assert [(row[2], row[4], row[5]) for row in mart.refused()] == [
        (4, "2026-01-01 / web", f"{same} 2"),
        (5, "2026-01-01", f"{same} 3"),
    ]


def test_a_default_completes_a_key(tmp_path: Path) -> None:
    spend = "campaign_id,spend_date,amount,source\nC1,2026-01-01,5,\nC1,2026-01-01,6,spend"
    mart = built(tmp_path, {"campaign_spend.csv": spend})
    assert [row[2] for row in mart.refused()] == [3]
    assert mart.rows("select source, is_estimated from campaign_spend") == [("spend", False)]


def test_an_event_of_nobody_is_refused(tmp_path: Path) -> None:
    events = "event_id,lead_id,to_stage,occurred_at\nE1,L1,mql,2026-01-03\nE2,L9,mql,2026-01-03"
    mart = built(tmp_path, {"leads.csv": LEADS, "lead_stage_events.csv": events})
    assert mart.refused() == [
        ("lead_stage_events", "lead_stage_events.csv", 3, "lead_id", "L9",
         "lead_id is not in leads"),
    ]  # fmt: skip


def test_an_event_of_a_refused_lead_is_refused_too(tmp_path: Path) -> None:
    events = "event_id,lead_id,to_stage,occurred_at\nE1,L1,mql,2026-01-03"
    files = {"leads.csv": "lead_id,created_at\nL1,x", "lead_stage_events.csv": events}
    assert [row[0] for row in built(tmp_path, files).refused()] == ["lead_stage_events", "leads"]


def test_a_link_into_nowhere_is_kept_and_counted(tmp_path: Path) -> None:
    files = {"leads.csv": "lead_id,owner_rep_id\nL1,R1\nL2,R9\nL3,R9", "reps.csv": "rep_id\nR1"}
    mart = built(tmp_path, files)
    assert mart.refused() == []
    assert mart.finding("dangling_link") == [("leads", 2, True, "R9, R9")]


def test_numbers_of_another_country_need_as_number(tmp_path: Path) -> None:
    files = {"deals.csv": 'id,won,amount\nO1,won,"1,234"\nO2,won,"1,23"\nO3,won,1234.5'}
    plain = "select id as opportunity_id, won as outcome, amount from deals"
    refused = built(tmp_path, files, {"opportunities.sql": plain}).refused()
    assert [(row[2], row[4], row[5]) for row in refused] == [
        (2, "1,234", "amount is not an amount such as 1234.50"),
        (3, "1,23", "amount is not an amount such as 1234.50"),
    ]
    read = plain.replace(", amount", ", as_number(amount, ',', '.') as amount")
    mart = built(tmp_path, files, {"opportunities.sql": read})
    assert [row[2] for row in mart.refused()] == [3]
    assert mart.rows("select sum(amount)::double from opportunities") == [(2468.5,)]


def test_days_of_another_country_need_as_day(tmp_path: Path) -> None:
    files = {"deals.csv": "id,closing\nO1,03/04/2018\nO2,31/04/2018\nO3,2018-04-05"}
    select = "select id as opportunity_id, 'open' as outcome, {} as close_date from deals"
    read = {"opportunities.sql": select.format("as_day(closing, '%d/%m/%Y')")}
    mart = built(tmp_path, files, read)
    assert [(row[2], row[4]) for row in mart.refused()] == [(3, "31/04/2018")]
    days = mart.rows("select close_date::varchar from opportunities order by 1")
    assert days == [("2018-04-03",), ("2018-04-05",)]


def test_lines_that_are_no_rows_are_counted_once_wherever_their_file_is_read(
    tmp_path: Path,
) -> None:
    files = {"a.csv": "id\n1\n2,3", "b.csv": "id\n3\n4,5", "unread.csv": "id\n6,7"}
    union = "select id as lead_id from a union all select id as lead_id from b"
    mart = built(tmp_path, files, {"leads.sql": union, "reps.sql": "select distinct id as rep_id "
                                   "from (select * from a)"})  # fmt: skip
    assert [row[:3] for row in mart.refused()] == [("leads", "b.csv", 3), ("reps", "a.csv", 3)]
    assert report(mart, "leads") == (True, 3, 2, 1)
    assert report(mart, "reps") == (True, 2, 1, 1)


def test_what_the_company_does_not_have_is_said_to_be_no_data(tmp_path: Path) -> None:
    mart = built(tmp_path, {"leads.csv": LEADS})
    assert report(mart, "leads") == (True, 2, 2, 0)
    assert report(mart, "reps") == (False, 0, 0, 0)
    named = mart.rows("select relation from relation_reports")
    assert [row[0] for row in named] == list(contract.RELATIONS)


def test_every_relation_is_checked_after_its_parents() -> None:
    assert sorted(ORDER) == sorted(contract.RELATIONS)
    for relation in contract.RELATIONS.values():
        for column in (column for column in relation.columns if column.parent):
            assert ORDER.index(column.parent) < ORDER.index(relation.name)


def test_a_source_without_any_canonical_table_stops(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="no table that is named as a canonical relation"):
        built(tmp_path, {"contacts.csv": "id\n1"})


def test_a_mapping_that_names_what_is_not_there_stops_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"leads.sql: .*contact"):
        built(
            tmp_path, {"contacts.csv": "id\n1"}, {"leads.sql": "select id as lead_id from contact"}
        )


def test_a_file_that_is_no_csv_stops_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "leads.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(SourceError, match=r"leads.csv is an Excel workbook"):
        built(tmp_path, {})


def test_a_text_file_of_the_same_stem_does_not_lend_its_name(tmp_path: Path) -> None:
    files = {"leads.csv": "lead_id,created_at\nL1,x", "leads.txt": "notes", "leads.sql": "--"}
    assert built(tmp_path, files).refused()[0][1] == "leads.csv"
