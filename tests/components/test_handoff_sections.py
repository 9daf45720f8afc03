"""The parts of the Handoffs page, from frames made by hand to what stands on the page."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from components import content, handoff_sections
from tests import visits

AGES = ["Handed over", "Not attempted yet", "Attempted, not decided"]


def shown(part: str, *given: object) -> AppTest:
    """What a part of the page draws; frames come as dictionaries of columns."""

    def page(part: str, given: tuple) -> None:
        import pandas as pd

        from components import handoff_sections

        frames = [pd.DataFrame(each) if isinstance(each, dict) else each for each in given]
        if part == "completeness":
            frames = [frames[0].iloc[0].to_dict()]
        getattr(handoff_sections, part)(*frames)

    visit = visits.of_function(page, args=(part, given)).run()
    assert not visit.exception
    return visit


def table(visit: AppTest, place: int = 0) -> list[list[object]]:
    return visit.table[place].value.to_numpy().tolist()


def test_how_far_completeness_is_known_is_said_where_it_is_not() -> None:
    said = shown("completeness", {"n": [10], "late": [4]})
    assert "Of 4 of the 10 hand-offs nobody looked within a week" in said.caption[0].value
    assert not shown("completeness", {"n": [10], "late": [0]}).caption


def test_a_wait_that_so_many_never_had_is_not_reached() -> None:
    waits = {
        "key": ["assigned", "first_attempt", "first_contact"],
        "label": ["Assigned to a rep", "First attempt", "First two-way contact"],
        "n": [1_200, 10, 0],
        "happened": [1_200, 6, 0],
        "median": [0, 80, None],
        "p90": [1, None, None],
    }
    assert table(shown("waits", waits)) == [
        ["Assigned to a rep", "0 min", "1 min", "1,200 of 1,200"],
        ["First attempt", "1 h 20", "not reached", "6 of 10"],
        ["First two-way contact", "n/a", "n/a", "0 of 0"],
    ]


def test_the_open_ones_are_shown_by_age() -> None:
    ages = {"age": ["today", "over 30 days"], "n": [1_000, 9]}
    known = {"attempted": [0, 7], "untouched": [1_000, 2]}
    found = shown("ages", ages | known)
    assert list(found.table[0].value) == AGES
    assert table(found) == [["today", "1,000", "0"], ["over 30 days", "2", "7"]]
    # Without attempts nobody knows which of them were.
    found = shown("ages", ages | {"attempted": [None] * 2, "untouched": [None] * 2})
    assert list(found.table[0].value) == ["Handed over", "Open"]
    assert table(found) == [["today", "1,000"], ["over 30 days", "9"]]


def test_waits_of_which_there_is_no_data_are_a_sentence() -> None:
    unknown = {name: [None] for name in ("n", "happened", "median", "p90")}
    visit = shown("waits", {"key": ["assigned"], "label": ["Assigned to a rep"]} | unknown)
    assert not visit.table
    assert visit.info[0].value.startswith("No data: connect activities (calls, e-mails, meetings)")


def test_a_funnel_tells_no_number_that_nobody_knows() -> None:
    assert handoff_sections._told((("handed", 1_000), ("attempted", None), ("decided", 0))) == (
        "1,000 handed over, 0 decided."
    )
    bars = handoff_sections._period_bars(
        (("handed", 8), ("attempted", None), ("decided", 4), ("accepted", 1)), False
    ).to_pylist()
    assert [(bar["label"], bar["shown"], bar["value"], bar["note"]) for bar in bars] == [
        ("Handed over", 1.0, "8", ""),
        ("Attempted", 0.0, "no data", ""),
        ("Decided", 0.5, "4", ""),
        ("Accepted", 0.125, "1", "1 of 4 of decided"),
    ]


def test_a_step_of_the_cohort_that_nobody_knows_has_no_share() -> None:
    rows = [("attempted", None, None, None), ("decided", 10, 5, 0.5)]
    cohort = pd.DataFrame(rows, columns=["key", "n", "reached", "rate"])
    cohort = cohort.astype({"n": "Int64", "reached": "Int64", "rate": "float64"})
    bars = handoff_sections._cohort_bars(content.Content(cohort)).to_pylist()
    assert [(bar["shown"], bar["value"], bar["note"]) for bar in bars] == [
        (0.0, "no data", ""),
        # Wilson's interval of five in ten.
        (0.5, "50 %", "5 of 10 (24 % to 76 %)"),
    ]


def test_reasons_stand_by_decision_and_without_one_is_a_row() -> None:
    rows = {
        "decision": ["rejected", "rejected", "rejected", "recycled"],
        "reason": ["too small", "*wrong* role", None, "bad timing"],
        "n": [6, 3, 1, 2],
    }
    visit = shown("reasons", rows)
    assert [heading.value for heading in visit.header] == ["Rejected", "Recycled"]
    assert visit.caption[0].value == "With a reason: 90 % (60 % to 98 % · n = 10)"
    assert visit.dataframe[0].value.to_numpy().tolist() == [
        ["too small", 6, "60 %"],
        ["*wrong* role", 3, "30 %"],
        ["without a reason", 1, "10 %"],
    ]
    # A share of two says more than is known.
    assert visit.dataframe[1].value.to_numpy().tolist() == [["bad timing", 2, "2 of 2"]]


def test_no_refusal_is_a_sentence() -> None:
    visit = shown("reasons", {"decision": [], "reason": [], "n": []})
    said = "Nothing was rejected, recycled or disqualified in this period."
    assert visit.info[0].value == said


def test_what_was_promised_is_said_as_plain_text() -> None:
    def page() -> None:
        from decimal import Decimal

        from components import handoff_sections
        from queries import terms

        hours = terms.Target(Decimal(4), "business_hours")
        handoff_sections.promise(terms.Terms("Ours [x](http://y)", 1, first_attempt=hours))
        handoff_sections.promise(terms.Terms("Nothing promised", 2))

    visit = visits.of_function(page).run()
    assert not visit.exception
    assert len(visit.caption) == 1
    assert "a first attempt within 4 business hours, in the working time" in visit.caption[0].value
    assert "](" not in visit.caption[0].value
