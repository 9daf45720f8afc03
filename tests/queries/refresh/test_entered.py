"""What people entered comes into a snapshot, and what it saw first is remembered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from queries import handoff_records_schema as kept
from queries import migrate, records, refresh, settings, working_time
from queries.refresh import entered, publish
from tests import records_place, small_company

engine, url = records_place.engine, records_place.url
AT = datetime.fromisoformat("2026-06-01 12:00")
FILES = {
    "leads.csv": "lead_id,email\nL1,\nL2,\nL3,",
    "lead_stage_events.csv": """
        event_id,lead_id,to_stage,occurred_at
        E1,L1,mql,2026-05-25 11:59:59.999999
        E2,L2,mql,2026-05-25 12:00
        E3,L3,mql,2026-06-01 12:00
        E4,L3,mql,2026-06-01 12:00:00.000001""",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def company(tmp_path: Path, url: str) -> settings.Settings:
    small_company.write(tmp_path / "source", FILES)
    return small_company.configured(tmp_path, records_url=url)


def insert(engine, table: sa.Table, **cells: object) -> None:
    with records.writing(engine) as connection:
        connection.execute(sa.insert(table).values(**cells))


def remembered(engine) -> list[tuple]:
    seen = kept.handoff_completeness.c
    wanted = sa.select(seen.lead_id, seen.handed_at, seen.missing, seen.seen_at)
    with records.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(wanted.order_by(seen.handed_at))]


def test_without_records_nothing_is_entered_and_none_come_into_being(tmp_path: Path) -> None:
    chosen = small_company.configured(tmp_path)
    given = entered.read(chosen, AT)
    assert (len(given.decisions), len(given.pauses), len(given.completeness)) == (0, 0, 0)
    assert (given.read_at, given.working_time) == (AT, working_time.NOTHING)
    entered.remember(chosen, [entered.Seen("L1", AT, 1, AT)])
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("version", [None, "0001"])
def test_records_without_these_tables_hold_nothing_of_them(
    tmp_path: Path, url: str, version: str | None
) -> None:
    opened = records.open_records(url)
    if version:
        migrate.migrate(opened, version)
    chosen = company(tmp_path, url)
    assert len(entered.read(chosen, AT).decisions) == 0
    entered.remember(chosen, [entered.Seen("L1", AT, 1, AT)])
    with records.reading(opened) as connection:
        assert not sa.inspect(connection).has_table("handoff_completeness")


def test_what_is_in_force_is_read(tmp_path: Path, engine, url: str) -> None:
    handed = {"handed_at": at("2026-01-05 10:00:00.000001"), "changed_at": AT}
    said = {"decision": "recycled", "reason_code": "bad timing", "note": "", "decided_by": "Cy"}
    until = at("2026-04-01").date()
    decision = {"decided_at": at("2026-01-06"), "recycle_until": until} | handed | said
    insert(engine, kept.handoff_decisions, decision_id="D1", lead_id="L1", **decision)
    gone = {"withdrawn_by": "Cy", "withdrawn_at": AT}
    insert(engine, kept.handoff_decisions, decision_id="D2", lead_id="L2", **decision, **gone)
    paused = {"paused_at": at("2026-01-06"), "paused_until": at("2026-01-20"), "reason": "leave"}
    pause = {"pause_id": "P1", "paused_by": "Cy"} | handed | paused
    insert(engine, kept.handoff_pauses, lead_id="L1", **pause)
    given = entered.read(company(tmp_path, url), AT)
    assert given.decisions.to_pylist() == [
        {
            "decision_id": "D1",
            "lead_id": "L1",
            "handed_at": at("2026-01-05 10:00:00.000001"),
            "decision": "recycled",
            "reason_code": "bad timing",
            "recycle_until": until,
            "decided_by": "Cy",
            "decided_at": at("2026-01-06"),
        }
    ]
    assert given.pauses.to_pylist() == [
        {"pause_id": "P1", "lead_id": "L1", "handed_at": at("2026-01-05 10:00:00.000001")} | paused
    ]


def test_a_refresh_remembers_what_was_missing_of_those_handed_over_in_seven_days(
    tmp_path: Path, engine, url: str
) -> None:
    chosen = company(tmp_path, url)
    refresh.refresh(chosen, small_company.NOW)
    # Not the one that is too old, and not the one of the future.
    assert remembered(engine) == [
        ("L2", at("2026-05-25 12:00"), 127, AT),
        ("L3", at("2026-06-01 12:00"), 127, AT),
    ]


def test_what_is_remembered_stays(tmp_path: Path, engine, url: str) -> None:
    first = {"missing": 1, "seen_at": at("2026-05-26")}
    seen = {"lead_id": "L2", "handed_at": at("2026-05-25 12:00")}
    insert(engine, kept.handoff_completeness, **seen, **first)
    chosen = company(tmp_path, url)
    refresh.refresh(chosen, small_company.NOW)
    # Also where somebody else was faster after this refresh had read.
    entered.remember(chosen, [entered.Seen("L2", at("2026-05-25 12:00"), 5, AT)])
    assert remembered(engine) == [
        ("L2", at("2026-05-25 12:00"), 1, at("2026-05-26")),
        ("L3", at("2026-06-01 12:00"), 127, AT),
    ]


def test_a_check_remembers_nothing(tmp_path: Path, engine, url: str) -> None:
    refresh.check(company(tmp_path, url), tmp_path / "checked.duckdb", small_company.NOW)
    assert remembered(engine) == []


def test_more_than_a_batch_is_remembered(tmp_path: Path, engine, url: str) -> None:
    seen = [entered.Seen(f"L{number}", AT, 1, AT) for number in range(2001)]
    entered.remember(company(tmp_path, url), seen)
    assert len(remembered(engine)) == 2001


def test_records_that_do_not_answer_leave_the_last_snapshot_in_force(tmp_path: Path) -> None:
    refresh.refresh(company(tmp_path, ""), small_company.NOW)
    folder = company(tmp_path, "").mart_folder
    before = (folder / publish.POINTER).read_bytes()
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    with pytest.raises(records.RecordsUnavailable):
        refresh.refresh(company(tmp_path, nowhere), small_company.NOW)
    assert (folder / publish.POINTER).read_bytes() == before


def test_what_is_entered_stands_under_the_person(tmp_path: Path) -> None:
    with duckdb.connect() as duck:
        duck.execute("attach ':memory:' as mart")
        duck.execute("create table mart.lead_aliases as select 'L2' as alias_id, 'L1' as lead_id")
        given = entered.nothing(AT)
        entered.lay_out(duck, given)
        assert duck.execute("from entered_decisions").fetchall() == []
        rows = given.completeness.from_pylist(
            [{"lead_id": "L2", "handed_at": AT, "missing": 3, "seen_at": AT}],
            schema=given.completeness.schema,
        )
        entered.lay_out(duck, entered.Entered(given.decisions, given.pauses, rows, AT))
        assert duck.execute("from entered_completeness").fetchall() == [("L1", AT, 3, AT)]
