"""All of a page at once says the same as each part of it."""

from __future__ import annotations

import pandas as pd
import pytest

from queries import migrate, records
from queries.handoffs import answers, live
from queries.handoffs.metrics import METRICS
from queries.people import EVERYTHING, NOTHING, Scope
from tests import agreement_book, company, handed_over, small_company
from tests.company import utc
from tests.handoff_questions import HISTORY, TERMS, TICK, counted, make_handoff, view

ENTERED = answers.Entered(TERMS)
SEEN = view("2026-06-30 12:00", "2026-01-01", zone="America/Sao_Paulo")

# What is counted and asked for each section, besides the open ones.
OPEN = ("open", "overdue", "due_soon", "running", "paused", "no_clock")
BOARD = ["key", "label", *OPEN]
STEPS = ("handed", "assigned", "attempted", "contacted", "decided")
OUTCOMES = ("accepted", "rejected", "recycled", "disqualified", "superseded")
DUE = ("due", "met", "past_due", "ignored")
COUNTED = {
    "list": (),
    "results": ("handed", "accepted", "decided", "complete", *DUE),
    "funnel": (*STEPS, *OUTCOMES),
    "times": ("timed",),
    "reasons": (),
    "recycled": ("waiting", "sent_back", "came_back", "won_after"),
}
FRAMES = ("cohort", "waits", "reasons", "returns", "complete")
MADE_OF = {
    "list": (),
    "results": ("waits", "complete"),
    "funnel": ("cohort",),
    "times": ("waits",),
    "reasons": ("reasons",),
    "recycled": ("returns",),
}


@pytest.fixture(scope="module")
def shown(demo_snapshot):
    with demo_snapshot.connect() as connection:
        return answers.load(connection, SEEN, scope=EVERYTHING, entered=ENTERED, by="team")


def test_parts_agree_with_the_numbers(demo_snapshot, shown) -> None:
    assert dict(shown.counts) == counted(demo_snapshot, SEEN)
    assert shown.board["open"].sum() == shown.counts["open"]
    assert shown.ages[["attempted", "untouched"]].sum().sum() == shown.counts["open"]
    assert shown.returns["n"].sum() == shown.counts["waiting"]
    assert shown.complete["n"] == shown.counts["handed"]
    assert shown.has_attempts


@pytest.mark.parametrize("section", answers.SECTIONS)
def test_a_section_says_of_its_own_what_the_whole_page_says(demo_snapshot, shown, section) -> None:
    of = {"scope": EVERYTHING, "entered": ENTERED, "by": "team"}
    with demo_snapshot.connect() as connection:
        part = answers.load(connection, SEEN, section=section, **of)
    assert dict(part.counts) == {key: shown.counts[key] for key in (*OPEN, *COUNTED[section])}
    assert {name for name in FRAMES if getattr(part, name) is not None} == set(MADE_OF[section])
    for name in MADE_OF[section]:
        agree(getattr(part, name), own_part(section, name, getattr(shown, name)))
    pd.testing.assert_frame_equal(part.ages, shown.ages)
    assert (part.has_handoffs, part.has_attempts) == (True, True)
    if section == "results":
        pd.testing.assert_frame_equal(part.board, shown.board)
    agree(*(each.board.query("open > 0")[BOARD].reset_index(drop=True) for each in (part, shown)))


def own_part(section: str, name: str, whole):
    """What a section is asked of it: of the waits, the results show the first attempt only."""
    if (section, name) == ("results", "waits"):
        return whole[whole["key"] == "first_attempt"].reset_index(drop=True)
    return whole


def agree(part, whole) -> None:
    """Numbers by name, or a frame: the same."""
    if isinstance(whole, pd.DataFrame):
        pd.testing.assert_frame_equal(part, whole)
    else:
        assert part == whole


def test_an_unknown_section_is_refused(demo_snapshot) -> None:
    of = {"scope": EVERYTHING, "entered": ENTERED, "by": "team"}
    with demo_snapshot.connect() as connection, pytest.raises(KeyError, match="shoes"):
        answers.load(connection, SEEN, section="shoes", **of)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope("teams", ("T1", "T3")), NOTHING])
def test_one_number_is_that_of_the_tally(demo_snapshot, scope) -> None:
    of = {"scope": scope, "entered": ENTERED}
    with demo_snapshot.connect() as connection:
        found = {key: answers.count(connection, SEEN, key=key, **of).n for key in METRICS}
    assert found == counted(demo_snapshot, SEEN, scope=scope)


def test_a_copy_has_frames_of_its_own(shown) -> None:
    copied = shown.copy(deep=True)
    copied.board.loc[0, "label"] = "changed"
    assert shown.board.loc[0, "label"] != "changed"
    assert copied.counts == shown.counts
    for plain in (answers.Sql("select 1"), answers.Number(1)):
        assert plain.copy(deep=True) is plain


def test_who_sees_nothing_gets_nothing(demo_snapshot) -> None:
    with demo_snapshot.connect() as connection:
        found = answers.load(connection, SEEN, scope=NOTHING, entered=ENTERED, by="rep")
    assert set(found.counts.values()) == {0}
    assert found.board.empty
    assert found.reasons.empty
    assert found.complete == {"n": 0, "complete": 0, "late": 0}


def test_without_activities_no_clock_is_judged(tmp_path) -> None:
    snapshot = company.opened(tmp_path, *make_handoff("l1", "2026-06-29 10:00"))
    with snapshot.connect() as connection:
        found = answers.load(connection, view(), scope=EVERYTHING, entered=ENTERED, by="rep")
        one = {
            key: answers.count(connection, view(), scope=EVERYTHING, entered=ENTERED, key=key).n
            for key in ("overdue", "timed", "handed", "no_clock")
        }
    assert not found.has_attempts
    unknown = {key for key, n in found.counts.items() if n is None}
    assert unknown == {"attempted", "contacted", "timed", *OPEN[1:-1], *DUE}
    assert (found.counts["no_clock"], found.counts["handed"]) == (1, 1)
    assert one == {"overdue": None, "timed": None, "handed": 1, "no_clock": 1}
    assert list(found.ages["n"]) == [0, 1, 0, 0, 0]
    missing = (
        (found.ages, ["attempted", "untouched"]),
        (found.board, ["overdue", "due", "met"]),
        (found.cohort.query("key in ('attempted', 'contacted')"), ["n", "reached"]),
        (found.waits, ["n", "happened"]),
    )
    assert [list(each[names].notna().sum()) for each, names in missing] == [
        *([0, 0], [0, 0, 0], [0, 0], [0, 0])
    ]


def test_a_company_without_hand_offs_has_empty_answers(tmp_path) -> None:
    with company.opened(tmp_path, *HISTORY).connect() as connection:
        found = answers.load(connection, view(), scope=EVERYTHING, entered=ENTERED, by="rep")
    assert set(found.counts.values()) == {0}
    assert found.waits["n"].sum() == found.cohort["n"].sum() == 0


def test_what_was_entered_since_is_in_every_answer(tmp_path) -> None:
    handed = "2026-06-29 10:00"
    snapshot = company.opened(tmp_path, *HISTORY, *make_handoff("l1", handed))
    row = ("l1", utc(handed), "rejected", "too small", None, "Cy", utc("2026-06-30 13:00"), None)
    entered = answers.Entered(TERMS, live.Fresh((row,)))
    of = {"scope": EVERYTHING, "entered": entered}
    with snapshot.connect() as connection:
        seen = view("2026-06-30 14:00")
        page = answers.load(connection, seen, by="rep", **of)
        todo = answers.work_list(connection, seen, key="open", **of)
        one = answers.one(connection, seen, handoff_id="l1:1", **of)
        behind = answers.rows_behind(connection, seen, key="rejected", **of)
        text = answers.sql_of(connection, seen, key="rejected", **of).text
        counted_by_hand = connection.exec_driver_sql(text).scalar_one()
    assert page.counts["rejected"] == len(behind) == counted_by_hand == 1
    assert todo.empty
    assert list(one["outcome"]) == ["rejected"]
    assert list(page.reasons["reason"]) == ["too small"]


def test_what_was_entered_is_read_with_the_versions_that_were_signed(tmp_path) -> None:
    engine = records.open_records(small_company.configured(tmp_path).records)
    migrate.migrate(engine)
    ana, bo = (
        agreement_book.add_person(engine, name, side=side)
        for name, side in (("ana", "marketing"), ("bo", "sales"))
    )
    draft = agreement_book.start(engine, ana)
    begins = utc("2026-06-30 12:00")
    agreement_book.sign(engine, ana, "marketing", draft, begins)
    agreement_book.sign(engine, bo, "sales", draft, begins)
    engine.dispose()
    handed_over.decide(tmp_path, "l1", "2026-06-29 10:00", "rejected", "2026-06-30 11:00")
    with records.reading(records.open_records(small_company.configured(tmp_path).records)) as kept:
        found = [answers.entered(kept, begins, at) for at in (begins - TICK, begins)]
        # What was decided long before the snapshot is in it.
        later = answers.entered(kept, utc("2026-07-01"), begins)
    assert [each.terms.version for each in found] == [1, 2]
    for each in found:
        assert [version.number for version in each.versions] == [1, 2]
    assert (later.fresh, later.versions) == (live.NOTHING, found[0].versions)
