"""What was decided here: notes, decisions taken back, decisions that another came before."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from queries import lead_entries, lead_notes, records
from queries.handoffs import decisions
from queries.lead_entries import Entry
from queries.lead_notes import Said
from tests import records_place
from tests.company import plain, utc

url, engine = records_place.url, records_place.engine
HANDED, AT = utc("2026-06-01 09:00"), utc("2026-06-01 11:00")
NOW = utc("2026-06-30 12:00")
SAID = Said(HANDED, "rejected", "bad fit", None, "no budget at all", "Bo", AT)


def told(source: str | None, said: Said, by_then=NOW, at=AT) -> list[tuple[object, ...]]:
    """The decisions of the timeline of a hand-off that was decided `at` in this source."""
    given = [Entry(at, "decision", "Hand-off 1 rejected", "bad fit", "Bo")] if source else []
    handed = {"handoff_no": 1, "handed_at": HANDED, "decision_source": source, "decided_at": at}
    handoffs = pd.DataFrame([handed])
    found = lead_notes.told(lead_entries.framed(given), handoffs, [said], by_then)
    return list(zip(*(plain(found[name]) for name in ("title", "detail", "who")), strict=True))


def test_a_note_stands_beside_its_decision() -> None:
    assert told("app", SAID) == [("Hand-off 1 rejected", "bad fit, “no budget at all”", "Bo")]


def test_a_decision_after_an_earlier_one_of_the_crm_is_overruled() -> None:
    found = told("crm", SAID, at=utc("2026-06-01 10:00"))
    assert found == [
        ("Hand-off 1 rejected", "bad fit", "Bo"),
        (
            "Hand-off 1 rejected",
            "bad fit, “no budget at all”, overruled: it was decided before",
            "Bo",
        ),
    ]


TAKEN_BACK = Said(
    HANDED, "recycled", None, date(2026, 9, 1), "", "Bo", AT, "Cy", utc("2026-06-02 09:00")
)


def test_what_was_taken_back_is_told_with_who_did() -> None:
    assert told(None, TAKEN_BACK) == [
        ("Hand-off 1 recycled", "until 1 Sep 2026, taken back later", "Bo"),
        ("Decision on hand-off 1 taken back", "recycled", "Cy"),
    ]


@pytest.mark.parametrize(
    ("by_then", "entries"),
    [("2026-06-01 10:59:59", 0), ("2026-06-01 11:00", 1), ("2026-06-02 09:00", 2)],
)
def test_nothing_is_told_that_came_later(by_then: str, entries: int) -> None:
    assert len(told(None, TAKEN_BACK, utc(by_then))) == entries


def test_a_decision_whose_hand_off_is_gone_is_still_told() -> None:
    gone = Said(utc("2026-05-01 09:00"), "accepted", None, None, "", "Bo", AT)
    assert told(None, gone) == [
        ("Decided: accepted", "its hand-off is not in the data any more", "Bo")
    ]


def test_decisions_are_read_under_all_ids_of_a_person_and_of_nobody_else(engine) -> None:
    with records.writing(engine) as rows:
        for form, lead_id in (("f1", "m1"), ("f2", "m0"), ("f3", "x1")):
            handoff = decisions.Handoff(f"{lead_id}:1", lead_id, HANDED)
            asked = decisions.Asked(form, "accepted", note=form)
            decisions.decide(rows, records_place.act("Bo", AT), handoff, asked, "UTC")
        decisions.withdraw(
            rows, records_place.act("Cy", NOW), decisions.Handoff("m0:1", "m0", HANDED)
        )
    with records.reading(engine) as rows:
        assert lead_notes.read(rows, ("m1", "m0")) == (
            Said(HANDED, "accepted", None, None, "f1", "Bo", AT),
            Said(HANDED, "accepted", None, None, "f2", "Bo", AT, "Cy", NOW),
        )
        assert lead_notes.read(rows, ("nobody",)) == ()
