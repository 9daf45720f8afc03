"""What is entered after a snapshot is seen at once, as the next refresh will see it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from queries import migrate, records, refresh, stores
from queries.handoff_records_schema import handoff_decisions, handoff_pauses
from queries.handoff_schema import handoffs, live_handoffs
from queries.handoffs import live
from queries.people import EVERYTHING
from tests import company, handed_over, small_company
from tests.company import make_event, make_lead, utc
from tests.handoff_questions import HISTORY, TICK, ask, counted, make_handoff, make_owner, view

HANDED = "2026-06-22 10:00"
# What a decision follows from: when, by whom, why.
SAID = ("decision", "decided_at", "decided_by", "reason_code", "decision_source")


def decision(lead: str = "l1", what: str = "accepted", at: str = "2026-06-30 13:00", **said):
    """A decision of Cy's, as live.since gives it."""
    row = {"reason": None, "until": None, "withdrawn": None, "handed": HANDED} | said
    withdrawn = row["withdrawn"] and utc(row["withdrawn"])
    moments = utc(row["handed"]), utc(at)
    return lead, moments[0], what, row["reason"], row["until"], "Cy", moments[1], withdrawn


def pause(lead: str = "l1", start: str = "2026-06-22 12:00", end: str = "2026-06-23 12:00"):
    return lead, utc(HANDED), utc(start), utc(end), "on leave"


def seen_rows(snapshot, *decisions, pauses=(), columns=SAID) -> dict[str, tuple]:
    with snapshot.connect() as connection:
        live.prepare(connection, live.Fresh(decisions, tuple(pauses)), "UTC")
        wanted = sa.select(live_handoffs.c.lead_id, *(live_handoffs.c[name] for name in columns))
        found = connection.execute(wanted.order_by(live_handoffs.c.handed_at.desc()))
        return {row[0]: tuple(row[1:]) for row in found}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """l1 is open; the CRM accepted l2 on Tuesday at noon; l3 was merged into l4, then handed over;
    l5 was handed over again; l6 went from Bo to Dee on Tuesday at noon and was then rejected."""
    rows = (
        *HISTORY,
        *make_handoff("l1", HANDED),
        *make_handoff("l2", HANDED),
        make_event("sal", "2026-06-23 12:00", "l2"),
        make_lead("l3", merged_into_lead_id="l4"),
        *make_handoff("l4", HANDED),
        *make_handoff("l5", HANDED),
        make_event("mql", "2026-06-24 10:00", "l5"),
        *make_handoff("l6", HANDED, rep="dee"),
        make_owner("l6", "2026-06-23 12:00", "bo", "dee"),
        make_event("rejected", "2026-06-24 12:00", "l6"),
    )
    return company.opened(tmp_path_factory.mktemp("live"), *rows)


def test_what_was_decided_since_is_seen_at_once(snapshot) -> None:
    found = seen_rows(snapshot, decision(what="rejected", reason="too small"))
    assert found["l1"] == ("rejected", utc("2026-06-30 13:00"), "Cy", "too small", "app")
    assert seen_rows(snapshot)["l1"] == ("pending", None, None, None, None)


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-06-23 11:59:59.999999", "app"),
        # At one moment it is the one made here.
        ("2026-06-23 12:00", "app"),
        ("2026-06-23 12:00:00.000001", "crm"),
    ],
)
def test_the_decision_that_was_made_first_stands(snapshot, at: str, who: str) -> None:
    assert seen_rows(snapshot, decision("l2", "recycled", at))["l2"][-1] == who


def test_a_recycled_one_is_sent_back_until_its_day(snapshot) -> None:
    columns = ("recycled_at", "recycled_on", "recycle_until", "decided_on")
    given = decision(what="recycled", until=date(2026, 9, 1))
    found = seen_rows(snapshot, given, columns=columns)["l1"]
    assert found == (
        utc("2026-06-30 13:00"),
        date(2026, 6, 30),
        date(2026, 9, 1),
        date(2026, 6, 30),
    )


def test_a_decision_on_a_merged_record_is_of_the_person(snapshot) -> None:
    assert seen_rows(snapshot, decision("l3"))["l4"][0] == "accepted"


def test_of_two_decisions_on_merged_records_the_first_stands(snapshot) -> None:
    first = decision("l3", "rejected", "2026-06-30 12:30")
    for both in ((first, decision("l4")), (decision("l4"), first)):
        assert seen_rows(snapshot, *both)["l4"][0] == "rejected"


def test_what_was_withdrawn_before_the_next_refresh_was_never_there(snapshot) -> None:
    taken_back = decision(withdrawn="2026-06-30 13:05")
    assert seen_rows(snapshot, taken_back)["l1"][0] == "pending"
    again = decision(what="rejected", at="2026-06-30 13:10")
    for both in ((taken_back, again), (again, taken_back)):
        assert seen_rows(snapshot, *both)["l1"][:2] == ("rejected", utc("2026-06-30 13:10"))


def test_who_took_it_over_after_the_decision_did_not_take_over(snapshot) -> None:
    columns = ("decision", "reassigned_at")
    before, after = (
        seen_rows(snapshot, decision("l6", at=at), columns=columns)["l6"]
        for at in ("2026-06-23 12:00", "2026-06-23 12:00:00.000001")
    )
    assert before == ("accepted", None)
    assert after == ("accepted", utc("2026-06-23 12:00"))


def test_a_hand_off_that_is_not_in_the_data_changes_nothing(snapshot) -> None:
    plain = seen_rows(snapshot)
    assert seen_rows(snapshot, decision("nobody")) == plain
    assert seen_rows(snapshot, decision(handed="2026-06-22 10:01")) == plain


def test_a_pause_is_its_working_time_and_ten_days_of_it_at_most(snapshot) -> None:
    columns = ("paused_at", "paused_until", "pause_reason", "attempt_due_at")
    # It was due on Monday at 14:00. From Monday noon to Tuesday noon: six hours and three.
    found = seen_rows(snapshot, pauses=[pause()], columns=columns)["l1"]
    due_at = utc("2026-06-23 14:00")
    assert found == (utc("2026-06-22 12:00"), utc("2026-06-23 12:00"), "on leave", due_at)
    long = pause(end="2026-07-22 12:00")
    found = seen_rows(snapshot, pauses=[long], columns=columns)["l1"]
    assert found[-1] == utc("2026-07-06 14:00")
    earlier = pause(start="2026-06-22 11:00", end="2026-06-22 12:00")
    both = seen_rows(snapshot, pauses=[earlier, pause()], columns=columns)["l1"]
    assert both[-1] == utc("2026-06-22 15:00")


def test_without_entries_it_is_the_snapshot(snapshot) -> None:
    with snapshot.connect() as connection:
        live.prepare(connection, live.NOTHING, "UTC")
        plain = connection.execute(sa.select(handoffs).order_by(handoffs.c.seq)).all()
        shown = connection.execute(sa.select(live_handoffs).order_by(live_handoffs.c.seq)).all()
    assert shown == plain


def test_one_connection_answers_different_readers_in_turn(snapshot) -> None:
    fresh = live.Fresh((decision(),))
    found = []
    for entered in (fresh, live.NOTHING, fresh, live.Fresh((decision(what="rejected"),))):
        numbers = counted(snapshot, view("2026-06-30 14:00"), fresh=entered)
        found.append((numbers["open"], numbers["accepted"], numbers["rejected"]))
    # l1, l4 and the second of l5 are open in the snapshot.
    assert found == [(2, 2, 1), (3, 1, 1), (2, 2, 1), (2, 1, 2)]


def test_as_of_a_moment_before_it_nothing_was_decided(snapshot) -> None:
    fresh = live.Fresh((decision(),))
    at = utc("2026-06-30 13:00")
    found = [counted(snapshot, view(when), fresh=fresh)["accepted"] for when in (at - TICK, at)]
    assert found == [1, 2]


@pytest.mark.parametrize(
    ("as_of", "now", "expected"),
    [
        # A past moment stays what was asked for; the newest one is now, to the minute.
        ("2026-06-30 11:59", "2026-06-30 15:00:30", "2026-06-30 11:59"),
        ("2026-06-30 12:00", "2026-06-30 15:00:30", "2026-06-30 15:00"),
        # But after what was entered in this minute.
        ("2026-06-30 12:00", "2026-06-30 13:00:30", "2026-06-30 13:00:20"),
        ("2026-06-30 12:00", "2026-06-30 13:00:10", "2026-06-30 13:00"),
        # A clock that goes wrong does not go before the snapshot.
        ("2026-06-30 12:00", "2026-06-30 11:00", "2026-06-30 12:00"),
    ],
)
def test_clocks_do_not_wait_for_a_refresh(as_of, now, expected) -> None:
    fresh = live.Fresh((decision(at="2026-06-30 13:00:20"),), (pause(start="2026-06-29 12:00"),))
    found = live.at_present(view(as_of), company.NOW, fresh, utc(now))
    assert found.as_of == utc(expected)
    assert (found.start, found.end) == (view().start, view().end)


def kept(place, *statements) -> live.Fresh:
    """Writes into the records of a company; what was entered since its snapshot was read."""
    engine = records.open_records(small_company.configured(place).records)
    migrate.migrate(engine)
    with records.writing(engine) as connection:
        for statement in statements:
            connection.execute(statement)
    with records.reading(engine) as connection:
        fresh = live.since(connection, company.NOW)
    engine.dispose()
    return fresh


def decided_here(lead: str, what: str, at: str, handed: str = HANDED, **cells) -> sa.Insert:
    at_once = {"decided_at": utc(at), "changed_at": utc(at), "note": "", "decided_by": "Cy"}
    row = {"decision_id": f"{lead} {at}", "lead_id": lead, "handed_at": utc(handed)}
    return sa.insert(handoff_decisions).values(**(row | {"decision": what} | at_once | cells))


def paused_here(lead: str, start: str, end: str, handed: str = HANDED) -> sa.Insert:
    row = {"lead_id": lead, "handed_at": utc(handed), "pause_id": f"{lead} {start}"}
    row |= {"paused_at": utc(start), "paused_until": utc(end), "changed_at": utc(start)}
    return sa.insert(handoff_pauses).values(**row, reason="on leave", paused_by="Cy")


def taken_back(lead: str, at: str) -> sa.Update:
    table = handoff_decisions
    values = {"withdrawn_by": "Cy", "withdrawn_at": utc(at), "changed_at": utc(at)}
    return sa.update(table).where(table.c.lead_id == lead).values(**values)


def all_numbers(snapshot: stores.Snapshot, fresh: live.Fresh) -> list[dict[str, int]]:
    """Every number, as of the second refresh and before, of all and of each rep."""
    views = [view("2026-06-30 18:00", "2026-01-01", rep=rep) for rep in ((), ("bo",), ("dee",))]
    views += [view("2026-06-29 13:00", "2026-01-01"), view("2026-06-30 18:00", "2026-06-30")]
    return [counted(snapshot, seen, fresh=fresh, scope=EVERYTHING) for seen in views]


def test_numbers_are_those_that_a_refresh_will_give(tmp_path) -> None:
    rows = [*HISTORY]
    for n in range(8):
        rows += make_handoff(f"l{n + 1}", HANDED, rep="dee" if n % 3 == 0 else "bo")
    rows += [make_event("sal", "2026-06-30 11:59:30", "l3"), make_event("mql", HANDED, "l4")]
    rows += [make_event("mql", "2026-06-30 11:00", "l5"), make_lead("l9", merged_into_lead_id="l6")]
    rows += [
        make_owner("l7", "2026-06-26 10:00", "bo", "dee"),
        *make_handoff("p1", "2026-06-30 09:30"),
    ]
    rows += make_handoff("p2", "2026-06-30 09:30")
    kept(
        tmp_path,
        decided_here("l8", "recycled", "2026-06-24 10:00", recycle_until=date(2026, 8, 1)),
        decided_here("l5", "accepted", "2026-06-24 10:00"),
    )
    snapshot = company.opened(tmp_path, *rows)
    before = all_numbers(snapshot, live.NOTHING)
    fresh = kept(
        tmp_path,
        taken_back("l8", "2026-06-30 12:30"),
        taken_back("l5", "2026-06-30 12:30"),
        decided_here("l1", "rejected", "2026-06-30 12:10", reason_code="too small"),
        decided_here("l2", "recycled", "2026-06-30 12:20", recycle_until=date(2026, 9, 1)),
        decided_here("l3", "disqualified", "2026-06-30 11:59"),
        decided_here("l8", "accepted", "2026-06-30 12:40"),
        decided_here("l6", "accepted", "2026-06-30 12:50"),
        decided_here("l9", "rejected", "2026-06-30 12:45"),
        decided_here("l7", "accepted", "2026-06-30 13:00"),
        paused_here("p2", "2026-06-30 12:05", "2026-07-02 09:00", "2026-06-30 09:30"),
        paused_here("p1", "2026-06-30 12:06", "2026-07-20 09:00", "2026-06-30 09:30"),
    )
    overlaid = all_numbers(snapshot, live.Fresh(fresh.decisions, fresh.pauses))
    later = datetime(2026, 6, 30, 18, tzinfo=UTC)
    chosen = small_company.configured(tmp_path, company_time_zone="UTC", company_currency="EUR")
    refreshed = stores.open_snapshot(refresh.refresh(chosen, later))
    assert overlaid == all_numbers(refreshed, live.NOTHING)
    assert overlaid[0] != before[0]


def test_what_was_entered_is_read_with_a_margin(tmp_path) -> None:
    early, late = "2026-06-30 11:57:59.999999", "2026-06-30 11:58"
    fresh = kept(
        tmp_path,
        decided_here("l1", "accepted", early),
        decided_here("l2", "accepted", late),
        paused_here("l1", early, "2026-07-01"),
        paused_here("l2", late, "2026-07-01"),
    )
    assert [row[0] for row in fresh.decisions] == ["l2"]
    assert fresh.pauses == (("l2", utc(HANDED), utc(late), utc("2026-07-01"), "on leave"),)


def test_a_snapshot_says_when_it_was_read_and_since_when_activities_are_known(snapshot) -> None:
    with snapshot.connect() as connection:
        assert live.read_at(connection) == company.NOW
        assert live.history_begins_at(connection) == utc("2026-01-02 10:00")
        assert ask(connection, view()).view == view()


def test_records_that_were_decided_before_the_snapshot_are_in_it(tmp_path) -> None:
    handed_over.decide(tmp_path, "l1", HANDED, "accepted", "2026-06-23 10:00")
    snapshot = company.opened(tmp_path, *HISTORY, *make_handoff("l1", HANDED))
    assert seen_rows(snapshot)["l1"][0] == "accepted"


def test_what_was_before_the_records_were_read_is_past() -> None:
    read = utc("2026-06-30 12:30")
    assert [live.is_past(at, read) for at in (read - TICK, read, read + TICK)] == [
        *(True, False, False)
    ]
