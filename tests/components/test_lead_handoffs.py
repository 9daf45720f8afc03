"""Hand-offs of a lead with their clocks, as blocks that fit a phone."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from queries import people
from queries.rules.business_time import HOUR, MINUTE
from tests import visits
from tests.company import utc

BO = people.User("bo", "rep", people.Scope("reps", ("bo",)))
HANDOFF: dict[str, object] = {
    "handoff_id": "s1:1",
    "handoff_no": 1,
    "handed_at": utc("2026-06-01 09:00"),
    "is_inferred": False,
    "is_decidable": True,
    "handed_by": "Ana",
    "campaign": "Spring",
    "owner": "Bo",
    "owner_at_handoff": "Dee",
    "owner_when_due": None,
    "receiver": "Dee",
    "rep_zone": "America/New_York",
    "first_attempt_at": None,
    "first_contact_at": None,
    "attempts": 0,
    "decision": "pending",
    "decided_at": None,
    "decided_by": None,
    "decision_source": None,
    "reason_code": None,
    "decision_is_inferred": False,
    "recycled_at": None,
    "recycle_until": None,
    "state": "running",
    "due_at": utc("2026-06-01 13:00"),
    "left": 2 * HOUR,
    "attempt_due_at": utc("2026-06-01 13:00"),
    "decision_due_at": utc("2026-06-02 16:00"),
    "response": None,
    "late": None,
    "paused_at": None,
    "paused_until": None,
    "pause_reason": None,
    "missing": "",
    "missing_seen_at": utc("2026-06-01 09:30"),
}
RECYCLED = {
    "decision": "recycled",
    "state": "recycled",
    "due_at": None,
    "left": None,
    "decided_at": utc("2026-06-01 15:00"),
    "decided_by": "Bo",
    "decision_source": "app",
    "reason_code": "no budget",
    "recycled_at": utc("2026-06-01 15:00"),
    "recycle_until": date(2026, 7, 1),
}
CALLED = {"first_attempt_at": utc("2026-06-01 12:00"), "attempts": 2}


def shown(door, place, *rows: dict[str, object], user: people.User = BO) -> AppTest:
    def page(rows: list, columns: list, user: object, now: object) -> None:
        import pandas as pd

        from components import data, lead_handoffs

        data.start_run()
        frame = pd.DataFrame(rows, columns=columns, dtype=object)
        lead_handoffs.render(frame, user, now)

    door.set_up(place)
    args = (list(rows), list(HANDOFF), user, utc("2026-06-01 11:00"))
    visit = visits.of_function(page, args=args).run()
    assert not visit.exception
    return visit


def facts(visit: AppTest) -> dict[str, str]:
    words = [word.value for word in visit.caption]
    return dict(zip(words, [text.value for text in visit.text], strict=True))


def test_an_open_hand_off_says_who_has_it_and_until_when(door, march_place) -> None:
    visit = shown(door, march_place, HANDOFF)
    assert [header.value for header in visit.subheader] == ["Hand-off 1"]
    assert facts(visit) == {
        "Handed over": "1 Jun 2026, 09:00",
        "By": "Ana",
        "Campaign": "Spring",
        "Owner at hand-off": "Dee",
        "Received by": "Dee",
        "Owner": "Bo",
        "Missing when handed over": "nothing",
        "Clock": "Running in 2 h · today 13:00",
        "First attempt due": "1 Jun 2026, 13:00 · 09:00 in New York",
        "First attempt": "none yet",
        "First contact": "none yet",
        "Attempts": "0",
        "Decision due": "2 Jun 2026, 16:00 · 12:00 in New York",
        "Decision": "Pending",
    }


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (CALLED, "1 Jun 2026, 12:00, in time"),
        (
            {"first_attempt_at": utc("2026-06-01 13:20"), "response": "breached"}
            | {"late": 20 * MINUTE},
            "1 Jun 2026, 13:20, 20 min late",
        ),
        ({"response": "breached", "late": HOUR + 20 * MINUTE}, "none yet, 1 h 20 late"),
        (RECYCLED | {"response": "met"}, "none, decided in time"),
        (RECYCLED, "none"),
        (CALLED | {"attempt_due_at": None}, "1 Jun 2026, 12:00"),
    ],
)
def test_the_first_attempt_says_whether_it_was_in_time(
    door, march_place, cells: dict[str, object], said: str
) -> None:
    assert facts(shown(door, march_place, HANDOFF | cells))["First attempt"] == said


def test_a_clock_that_stood_still_says_why(door, march_place) -> None:
    paused = {
        "state": "paused",
        "paused_at": utc("2026-06-01 10:00"),
        "paused_until": utc("2026-06-03 00:00"),
        "pause_reason": "on holiday",
    }
    said = facts(shown(door, march_place, HANDOFF | paused))
    assert said["Clock"] == "Paused until Wed 00:00"
    assert said["Clock stopped"] == (
        "1 Jun 2026, 10:00 to 3 Jun 2026, 00:00, waiting for: on holiday"
    )


def test_what_was_missing_says_when_that_was_seen_if_later(door, march_place) -> None:
    lacks = HANDOFF | {"missing": "phone, country"}
    assert facts(shown(door, march_place, lacks))["Missing when handed over"] == "phone, country"
    later = lacks | {"missing_seen_at": utc("2026-06-05 09:00")}
    assert facts(shown(door, march_place, later))["Missing when handed over"] == (
        "phone, country (as known on 5 Jun 2026)"
    )


def test_a_decided_one_says_what_and_by_whom(door, march_place) -> None:
    said = facts(shown(door, march_place, HANDOFF | RECYCLED | {"owner_when_due": "Dee"}))
    assert said["Owner when the first attempt was due"] == "Dee"
    assert (said["Decision"], said["Decided by"], said["Reason"], said["Comes back"]) == (
        "Recycled",
        "Bo",
        "no budget",
        "1 Jul 2026",
    )
    assert "Clock" not in said


def test_the_newest_stands_first_and_an_inferred_one_says_so(door, march_place) -> None:
    second = HANDOFF | {"handoff_no": 2, "is_inferred": True, "attempt_due_at": None}
    visit = shown(door, march_place, HANDOFF | RECYCLED | {"decision_source": "crm"}, second)
    assert [header.value for header in visit.subheader] == [
        "Hand-off 2 (inferred: the stage was skipped)",
        "Hand-off 1",
    ]


def test_no_hand_off_is_a_sentence(door, march_place) -> None:
    visit = shown(door, march_place)
    assert [info.value for info in visit.info] == ["No hand-off of this person is known."]


@pytest.mark.parametrize(
    ("cells", "role", "offered"),
    [
        ({}, "rep", ["Decide"]),
        ({}, "marketer", []),
        ({"is_decidable": False}, "rep", []),
        (RECYCLED, "rep", ["Take the decision back"]),
        (RECYCLED | {"decision_source": "crm"}, "rep", []),
    ],
)
def test_only_what_one_may_decide_is_offered(
    door, march_place, cells: dict[str, object], role: str, offered: list[str]
) -> None:
    user = people.User("bo", role, BO.scope)
    visit = shown(door, march_place, HANDOFF | cells, user=user)
    assert [button.label for button in visit.button] == offered
