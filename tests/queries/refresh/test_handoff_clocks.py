"""Whose clocks they are, and on which day each was due. All by hand.

Handed over on Monday, 22 June 2026, 10:00, and due after four hours of work, at 14:00; work is
from 9 to 18. Bo is in team North, Dee in team South.
"""

from __future__ import annotations

import numpy as np
import pytest
import sqlalchemy as sa

from queries import schema
from queries.agreements.content import Version
from queries.handoff_schema import handoff_clocks as table
from queries.handoff_schema import handoffs
from queries.refresh import handoff_clocks
from tests import company
from tests.agreement_terms import make_term, make_version
from tests.handoff_questions import (
    HISTORY,
    make_call,
    make_handoff,
    make_owner,
    rejudged,
)

HANDED, DUE = "2026-06-22 10:00", "2026-06-22 14:00:00"
FOUR = {"target": ("4", "business_hours")}


def given(lead: str, *turns: tuple[str, str]) -> tuple:
    """A lead of Bo's that goes from one to the next; who has it last is its owner."""
    owners, before = [], "bo"
    for at, rep in turns:
        owners.append(make_owner(lead, at, before, rep))
        before = rep
    return (*make_handoff(lead, HANDED, rep=before), *owners)


ROWS = (
    *HISTORY,
    *make_handoff("kept", HANDED),
    *make_handoff("nobody", HANDED, rep=""),
    *given("before", ("2026-06-22 13:59:59.999999", "dee")),
    *given("at due", ("2026-06-22 14:00", "dee")),
    *given("after", ("2026-06-22 14:00:00.000001", "dee")),
    *given("to and fro", ("2026-06-22 11:00", "dee"), ("2026-06-22 13:00", "bo")),
    *given("through", ("2026-06-22 11:00", "cy"), ("2026-06-22 15:00", "dee")),
    *given("out of queue", ("2026-06-22 11:00", ""), ("2026-06-22 15:00", "dee")),
    *given("queued", ("2026-06-22 11:00", "dee"), ("2026-06-22 13:00", "")),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return company.opened(tmp_path_factory.mktemp("clocks"), *ROWS)


def owned(snapshot, place, version: Version, kind: str) -> dict[str, tuple]:
    """lead_id -> the rep and the team that the clock of a kind is charged to."""
    wanted = sa.select(handoffs.c.lead_id, table.c.rep_id, table.c.team_id).where(
        table.c.seq == handoffs.c.seq, table.c.kind == kind
    )
    with rejudged(snapshot, place, version).connect() as connection:
        return {lead: tuple(whose) for lead, *whose in connection.execute(wanted)}


BO, CY, DEE = ("bo", "north"), ("cy", "north"), ("dee", "south")


def test_r7_a_clock_is_of_who_had_the_lead_when_it_was_due(snapshot, tmp_path) -> None:
    found = owned(snapshot, tmp_path, make_version(1, make_term(**FOUR)), "first_attempt")
    assert found == {
        "kept": BO,
        # R6: it is nobody's, and it is there.
        "nobody": (None, None),
        "before": DEE,
        "at due": DEE,
        "after": BO,
        "to and fro": BO,
        "through": CY,
        "queued": (None, None),
        "out of queue": (None, None),
    }


def test_each_term_goes_by_its_own_due_time(snapshot, tmp_path) -> None:
    version = make_version(1, make_term(**FOUR), make_term("decision", target=("6", "minutes")))
    found = owned(snapshot, tmp_path, version, "decision")
    assert {lead: found[lead] for lead in ("before", "through", "queued")} == {
        "before": BO,
        "through": BO,
        "queued": BO,
    }


def test_what_marketing_promised_is_of_who_has_the_lead(snapshot, tmp_path) -> None:
    found = owned(snapshot, tmp_path, make_version(1, make_term("volume")), "volume")
    assert (found["before"], found["after"], found["through"]) == (DEE, DEE, DEE)
    assert (found["kept"], found["nobody"]) == (BO, (None, None))


def test_rows_are_in_the_order_of_the_terms_and_then_of_the_due_times(tmp_path) -> None:
    rows = (
        *make_handoff("second", "2026-06-22 11:00"),
        *make_handoff("first", "2026-06-22 10:00"),
        make_call("second", "2026-06-22 12:00"),
    )
    plain = company.opened(tmp_path, *HISTORY, *rows)
    version = make_version(1, make_term(**FOUR), make_term("volume"))
    judged = rejudged(plain, tmp_path, version)
    with judged.connect() as connection:
        found = connection.exec_driver_sql(
            "select promise_no, kind, lead_id, due_at::varchar, due_on::varchar,"
            " clocks.done_at::varchar, result, amount"
            " from handoff_clocks as clocks join handoffs using (seq)"
        ).all()
    monday, hours = "2026-06-22", ("14:00:00", "15:00:00", "10:00:00", "11:00:00")
    due = [f"{monday} {hour}" for hour in hours]
    assert [tuple(row) for row in found if row[0]] == [
        (1, "first_attempt", "first", due[0], monday, None, "breached", 1.0),
        (1, "first_attempt", "second", due[1], monday, f"{monday} 12:00:00", "met", 1.0),
        (2, "volume", "first", due[2], monday, due[2], "met", 1.0),
        (2, "volume", "second", due[3], monday, due[3], "met", 1.0),
    ]
    # What nobody promised comes before all that was.
    assert [row[1:3] for row in found[:2]] == [("coverage", "first"), ("coverage", "second")]


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-06-22T21:59:59.999999", "Europe/Berlin", "2026-06-22"),
        ("2026-06-22T22:00", "Europe/Berlin", "2026-06-23"),
        ("2026-06-23T03:59:59.999999", "America/New_York", "2026-06-22"),
        ("2026-06-23T04:00", "America/New_York", "2026-06-23"),
        # The extremes that are taken for a fact.
        ("1900-01-01T00:00", "America/New_York", "1899-12-31"),
        ("2200-12-31T23:59:59.999999", "Europe/Berlin", "2201-01-01"),
    ],
)
def test_a_day_is_that_of_the_reporting_zone(at: str, zone: str, day: str) -> None:
    moments = np.array([at, "2026-06-22T12:00"], dtype="datetime64[us]")
    found = handoff_clocks.days(moments, zone)
    assert [str(one) for one in found] == [day, "2026-06-22"]
    assert found.dtype == "datetime64[D]"


def test_of_no_moment_there_is_no_day() -> None:
    none = handoff_clocks.days(np.empty(0, "datetime64[us]"), "UTC")
    assert (len(none), none.dtype) == (0, "datetime64[D]")


def test_it_holds_no_more_than_its_columns(snapshot) -> None:
    with snapshot.connect() as connection:
        rows = connection.execute(table.select().limit(1)).mappings().one()
    assert set(rows) == {column.name for column in table.columns}
    assert table.name in schema.metadata.tables
