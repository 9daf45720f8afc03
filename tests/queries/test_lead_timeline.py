"""The timeline of a person: everything, once, in order, up to a moment."""

from __future__ import annotations

import pytest

from queries import lead_deals, lead_handoffs, lead_timeline, leads
from queries.people import EVERYTHING, Scope
from tests import company, lead_company, lead_handed
from tests.company import make_event, make_lead, opened, plain, utc

BO = Scope("reps", ("bo",))


@pytest.fixture(scope="module")
def mia(tmp_path_factory):
    """The snapshot of Mia's company."""
    return opened(tmp_path_factory.mktemp("mia"), *lead_company.MIA)


def timeline(
    snapshot, lead_id="m1", scope=EVERYTHING, as_of=company.NOW, entered=lead_handed.NOTHING
):
    with snapshot.connect() as connection:
        asked = {"scope": scope, "as_of": as_of}
        lead = leads.find(connection, lead_id, **asked)
        view = lead_handed.question(connection, as_of, entered)
        return lead_timeline.load(
            connection,
            lead,
            deals=lead_deals.load(connection, lead_id, **asked),
            handoffs=lead_handoffs.load(connection, lead_id, view, scope=scope),
            as_of=as_of,
        )


def told(found) -> list[str]:
    """Each entry as one line: day, kind, title, detail, who."""
    return [
        " | ".join(
            (f"{row.at:%d %H:%M}", row.kind, row.title, *(part or "-" for part in parts))
        ).removesuffix(" | - | -")
        for row, *parts in zip(
            found.itertuples(), plain(found["detail"]), plain(found["who"]), strict=True
        )
    ]


MIAS_LIFE = [
    "01 08:00 | touch | Responded to a campaign | Spring | -",
    "01 09:00 | created | Lead created | web | -",
    "01 09:00 | merged | Record created that was merged later | m0 | -",
    "03 09:00 | stage | Stage MQL",
    "03 09:00 | handoff | Hand-off 1 | campaign Spring | -",
    "04 09:00 | owner | Given to Bo | from Dee | Cy",
    "04 10:00 | activity | Call | outbound, connected, attempt and contact | Bo",
    "05 09:00 | stage | Stage SAL | skipped: a later stage was reached | -",
    "05 09:00 | stage | Stage SQL",
    "05 09:00 | decision | Hand-off 1 accepted",
    "06 09:00 | stage | Back to stage MQL",
    "06 09:00 | handoff | Hand-off 2 | campaign Spring | -",
    "12 09:00 | converted | Became a contact | c1 | -",
    "13 10:00 | activity | Email | outbound, attempt | Bo",
    "14 09:00 | decision | Hand-off 2 accepted",
    "14 09:00 | opportunity | Opportunity opened | d1 | Bo",
    "15 09:00 | opportunity | Opportunity opened | d2 | Dee",
    "16 09:00 | opportunity | Opportunity in stage Proposal | d1 | -",
    "20 09:00 | won | Closed-won | d1 | Bo",
    "20 09:00 | won | Closed-won | d2 | Dee",
]


def test_a_life_is_told_under_all_ids_in_order(mia) -> None:
    found = timeline(mia)
    assert told(found) == MIAS_LIFE
    assert plain(found["amount"])[-3:] == [None, 100.0, 7.0]
    assert [place for place, inferred in enumerate(found["is_inferred"]) if inferred] == [7, 9, 14]


def test_deals_of_others_are_not_told(mia) -> None:
    assert told(timeline(mia, scope=BO)) == [line for line in MIAS_LIFE if "d2" not in line]


@pytest.mark.parametrize(
    ("as_of", "entries"),
    [
        ("2026-03-01 09:00", 3),
        ("2026-03-03 08:59:59", 3),
        ("2026-03-03 09:00", 5),
        ("2026-03-12 08:59:59", 12),
        ("2026-03-12 09:00", 13),
        ("2026-03-20 08:59:59", 18),
    ],
)
def test_nothing_is_told_that_came_later(mia, as_of: str, entries: int) -> None:
    assert told(timeline(mia, as_of=utc(as_of))) == MIAS_LIFE[:entries]


def test_what_was_entered_here_stands_in_its_place(tmp_path) -> None:
    snapshot = opened(tmp_path, *lead_handed.make_sue())
    stopped = lead_handed.paused("2026-06-01 10:00", "2026-06-02 09:00")
    lines = told(timeline(snapshot, "s1", entered=stopped))
    assert (
        lines[-1] == "01 10:00 | pause | Clock of hand-off 1 stopped | waiting for: on holiday | -"
    )
    said = lead_handed.decided("rejected", "2026-06-01 11:00", "bad fit")
    lines = told(timeline(snapshot, "s1", entered=said))
    assert lines[-1] == "01 11:00 | decision | Hand-off 1 rejected | bad fit | Cy"


def test_an_inferred_stage_of_the_source_is_told_once(tmp_path) -> None:
    event = make_event("mql", "2026-03-11 09:00")
    event[1]["is_inferred"] = "true"
    found = timeline(opened(tmp_path, make_lead(), event), "l1")
    assert told(found)[1:] == [
        "11 09:00 | stage | Stage MQL",
        "11 09:00 | handoff | Hand-off 1",
    ]
    assert plain(found["is_inferred"]) == [False, True, True]


def test_an_activity_says_what_it_was_not(tmp_path) -> None:
    rows = (
        lead_company.make_activity("a1", lead_id="l1", is_done="false", is_automated="true"),
        lead_company.make_activity("a2", lead_id="l1", rep_id="", direction="inbound"),
        make_lead(),
    )
    assert told(timeline(opened(tmp_path, *rows), "l1"))[:2] == [
        "04 10:00 | activity | Call | outbound, not done, automated | Bo",
        "04 10:00 | activity | Call | inbound | -",
    ]


def test_what_is_done_for_an_opportunity_is_told_to_those_who_may_see_it(tmp_path) -> None:
    deal = company.make_deal(lead_id="l1", owner_rep_id="dee", outcome="open", closed_at="")
    call = lead_company.make_activity(lead_id="", opportunity_id="d1", rep_id="dee")
    snapshot = opened(tmp_path, make_lead(), deal, call)
    line = "04 10:00 | activity | Call | outbound, not counted: before the hand-off, for d1 | Dee"
    assert line in told(timeline(snapshot, "l1"))
    assert [text for text in told(timeline(snapshot, "l1", BO)) if "d1" in text] == []


def test_a_lead_that_lost_its_owner_and_a_lost_deal(tmp_path) -> None:
    rows = (
        make_lead(created_at=""),
        lead_company.make_owner_event(lead_id="l1", to_rep_id="", actor_rep_id=""),
        company.make_deal(lead_id="l1", outcome="lost", loss_reason="price"),
    )
    assert told(timeline(opened(tmp_path, *rows), "l1")) == [
        "04 09:00 | owner | Has no owner any more | from Dee | -",
        "14 09:00 | stage | Stage MQL | skipped: a later stage was reached | -",
        "14 09:00 | stage | Stage SAL | skipped: a later stage was reached | -",
        "14 09:00 | stage | Stage SQL | skipped: a later stage was reached | -",
        "14 09:00 | handoff | Hand-off 1",
        "14 09:00 | decision | Hand-off 1 accepted",
        "14 09:00 | opportunity | Opportunity opened | d1 | Bo",
        "20 09:00 | lost | Closed-lost | d1, price | Bo",
    ]


def test_a_person_of_whom_nothing_has_a_moment_has_an_empty_timeline(tmp_path) -> None:
    found = timeline(opened(tmp_path, make_lead(created_at="")), "l1")
    assert found.empty
    assert list(found) == ["at", "kind", "title", "detail", "who", "is_inferred", "amount"]
