"""The timeline on the screen: by day, newest first, in pages of a hundred."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from tests import lead_company, visits
from tests.company import utc

CALL: dict[str, object] = {
    "at": utc("2026-03-04 10:00"),
    "kind": "activity",
    "title": "Call",
    "detail": "outbound, connected",
    "who": "Bo",
    "is_inferred": False,
    "amount": None,
}
WON = CALL | {"at": utc("2026-03-04 23:30"), "title": "Closed-won", "amount": 100.0, "who": None}


def shown(door, place, rows: list[dict[str, object]]) -> AppTest:
    def page(rows: list) -> None:
        import pandas as pd

        from components import data, lead_history

        data.start_run()
        lead_history.render(pd.DataFrame(rows), "l1")

    door.set_up(place, company_currency="EUR")
    visit = visits.of_function(page, args=(rows,)).run()
    assert not visit.exception
    return visit


def lists(visit: AppTest) -> list[str]:
    return [text.value for text in visit.markdown]


def test_a_day_is_a_list_with_the_newest_first(door, march_place) -> None:
    later = CALL | {"at": utc("2026-03-05 00:00"), "detail": None, "is_inferred": True}
    visit = shown(door, march_place, [CALL, WON, later])
    assert [day.value for day in visit.subheader] == ["5 Mar 2026", "4 Mar 2026"]
    assert lists(visit) == [
        "- 00:00 · **Call** · Bo · inferred",
        "- 23:30 · **Closed\\-won** · outbound\\, connected · €100\n"
        "- 10:00 · **Call** · outbound\\, connected · Bo",
    ]
    assert [said.value for said in visit.caption] == ["3 entries, newest first"]


def test_one_entry_is_one(door, march_place) -> None:
    visit = shown(door, march_place, [CALL])
    assert [said.value for said in visit.caption] == ["1 entry, newest first"]


def test_nothing_is_a_sentence(door, march_place) -> None:
    visit = shown(door, march_place, [])
    assert [info.value for info in visit.info] == ["Nothing that happened to this person is known."]


def test_many_entries_come_in_pages_of_100(door, march_place) -> None:
    rows = [CALL | {"at": CALL["at"] + timedelta(minutes=minute)} for minute in range(101)]
    assert not shown(door, march_place, rows[:100]).get("pagination")
    visit = shown(door, march_place, rows)
    assert visit.caption[0].value == "1 to 100 of 101 entries, newest first"
    assert lists(visit)[0].count("**Call**") == 100
    visit.get("pagination")[0].select(2).run()
    assert visit.caption[0].value == "101 to 101 of 101 entries, newest first"
    assert lists(visit) == ["- 10:00 · **Call** · outbound\\, connected · Bo"]


def test_hostile_texts_stay_texts_and_long_ones_can_be_opened(door, march_place) -> None:
    long = lead_company.HOSTILE + "x" * 10_000
    visit = shown(door, march_place, [CALL | {"title": long, "detail": "a\n# b", "who": "c"}])
    (text,) = lists(visit)
    assert "\\!\\[x\\]\\(https\\:" in text
    assert "a \\# b" in text
    assert len(text) < 1_000
    assert [opened.label for opened in visit.expander] == ["The whole text: 10\\:00\\, title"]
    assert visit.code[0].value == long.replace("\u202e", " ")
