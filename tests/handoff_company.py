"""Two small companies that hand leads over, row by row, each read at a known moment.

TUESDAY is read on Tuesday 30 June 2026, 12:30 UTC, and looked at as of 12:00. It works Monday to
Friday, 9:00 to 18:00 UTC, by the default terms: 4 hours to a first attempt, 16 to a decision.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from queries import records, stores
from tests import company, lead_company
from tests.company import Row, make_campaign, make_event, make_touch

READ = datetime.fromisoformat("2026-06-30 12:30")
NOON = "2026-06-30 12:00"
JUNE = ["2026-06-01", "2026-06-30"]
# Whom the leads are called, by their ids, and whose they are.
NAMES = {
    "o1": "Olga Late",
    "s1": "Sam Soon",
    "r1": "Rita Fresh",
    "d1": "Dan Tried",
    "x1": "Xaver Secret",
    "n1": "Nina Free",
    "a1": "Ada Taken",
    "j1": "Jim Small",
    "c1": "Cara Later",
}
OWNERS = dict.fromkeys(("o1", "s1", "r1", "a1", "j1"), "bo") | {"d1": "cy", "c1": "cy", "x1": "dee"}


def make_lead(lead_id: str, **cells: object) -> Row:
    """A lead with all that sales needs of it."""
    usual = {
        "created_at": "2026-06-20 09:00",
        "lead_name": NAMES.get(lead_id, lead_id),
        "company": f"{lead_id.upper()} Works",
        "email": f"{lead_id}@example.com",
        "phone": "1",
        "job_title": "Head",
        "country": "Germany",
        "owner_rep_id": OWNERS.get(lead_id, ""),
    }
    return company.make_lead(lead_id, **usual | cells)


def make_call(lead_id: str, at: str, rep_id: str = "bo") -> Row:
    """A rep calls a lead."""
    return lead_company.make_activity(
        f"{lead_id} {at}", lead_id=lead_id, rep_id=rep_id, occurred_at=at
    )


# hand-off  of   handed over     attempt        outcome by Tuesday noon
# o1        bo   Mon 29, 09:00   -              due Mon 13:00: overdue, 8 h
# x1        dee  Mon 29, 10:00   -              due Mon 14:00: overdue, 7 h
# s1        bo   Tue 30, 09:00   -              due Tue 13:00: due soon, 1 h left
# n1        -    Tue 30, 10:00   -              due Tue 14:00: 2 h left
# r1        bo   Tue 30, 11:00   -              due Tue 15:00: 3 h left; no phone
# d1        cy   Mon 29, 12:00   Mon 13:00      its decision due Wed 10:00: 7 h left
# a1        bo   Fri 26, 09:00   Fri 10:00      accepted Fri 11:00
# j1        bo   Fri 26, 09:00   Fri 10:00      rejected Fri 12:00, too small
# c1        cy   Thu 25, 09:00   Thu 15:00      due Thu 13:00: late; recycled Fri 09:00
TUESDAY: tuple[Row, ...] = (
    make_campaign(),
    *(make_lead(lead_id) for lead_id in NAMES if lead_id != "r1"),
    make_lead("r1", phone=""),
    make_touch("o1", at="2026-06-21 08:00"),
    # Of which activities are known at all.
    make_call("l0", "2026-05-04 10:00"),
    make_lead("l0", created_at="2026-05-01 09:00", owner_rep_id="bo"),
    make_event("mql", "2026-06-29 09:00", "o1"),
    make_event("mql", "2026-06-29 10:00", "x1"),
    make_event("mql", "2026-06-30 09:00", "s1"),
    make_event("mql", "2026-06-30 10:00", "n1"),
    make_event("mql", "2026-06-30 11:00", "r1"),
    make_event("mql", "2026-06-29 12:00", "d1"),
    make_call("d1", "2026-06-29 13:00", "cy"),
    make_event("mql", "2026-06-26 09:00", "a1"),
    make_call("a1", "2026-06-26 10:00"),
    make_event("sal", "2026-06-26 11:00", "a1"),
    make_event("mql", "2026-06-26 09:00", "j1"),
    make_call("j1", "2026-06-26 10:00"),
    make_event("mql", "2026-06-25 09:00", "c1"),
    make_call("c1", "2026-06-25 15:00", "cy"),
    (
        "lead_stage_events",
        make_event("rejected", "2026-06-26 12:00", "j1")[1] | {"reason_code": "too small"},
    ),
    (
        "lead_stage_events",
        make_event("recycled", "2026-06-26 09:00", "c1")[1] | {"reason_code": "bad timing"},
    ),
)


def opened(place: Path, *rows: Row) -> stores.Snapshot:
    """The company of these rows and the staff, read on that Tuesday."""
    return company.opened(place, *rows, now=READ)


def fresh(now: datetime) -> tuple[Row, ...]:
    """Of a company that is read now: Olga's hand-off (Bo) and Xaver's (Dee) are two months old,
    and Rita's (Bo) is of a minute ago."""
    long_ago, just_now = now - timedelta(days=60), now - timedelta(minutes=1)
    return (
        *(make_lead(lead_id, created_at=str(long_ago)) for lead_id in ("o1", "x1", "r1", "l0")),
        make_call("l0", str(now - timedelta(days=90))),
        make_event("mql", str(long_ago), "o1"),
        make_event("mql", str(long_ago), "x1"),
        make_event("mql", str(just_now), "r1"),
    )


def opened_now(place: Path) -> stores.Snapshot:
    """That company, read this minute."""
    now = records.now().replace(second=0, microsecond=0)
    return company.opened(place, *fresh(now), now=now)
