"""The list of open hand-offs: a row says whom to call, until when, and what is known."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from queries import refresh, working_time_changes
from tests import company, handoff_company, small_company, visits


def listed(visit: AppTest) -> list[str]:
    return [link.proto.query_string.removeprefix("id=") for link in visit.get("page_link")]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Twenty hand-offs of Bo's, each handed over an hour before the one above it."""
    folder = tmp_path_factory.mktemp("twenty")
    begin = handoff_company.READ - timedelta(days=7)
    handoff_company.opened(
        folder,
        handoff_company.make_call("t0", "2026-05-04 10:00"),
        *(handoff_company.make_lead(f"t{n}", owner_rep_id="bo") for n in range(20)),
        *(company.make_event("mql", str(begin + timedelta(hours=n)), f"t{n}") for n in range(20)),
    )
    return folder


def test_fifteen_are_a_page_and_the_next_one_has_the_others(door, place) -> None:
    door.set_up(place)
    door.sign_in("bo", "rep", "bo")
    visit = door.come("handoffs", as_of=handoff_company.NOON)
    assert len(listed(visit)) == 15
    assert listed(visit)[0] == "t0"
    first = set(listed(visit))
    visit.get("pagination")[0].select(2).run()
    assert len(listed(visit)) == 5
    assert first.isdisjoint(listed(visit))
    assert "16 to 20 of 20, the most urgent first" in [said.value for said in visit.caption]
    # Another state has fewer pages than the one that is open.
    visit.button_group(key="work_list.state").set_value("overdue").run()
    assert not visit.exception
    assert listed(visit)[0] == "t0"


def test_without_activities_a_state_is_no_data_and_no_attempt_is_said_to_be_missing(
    door, tmp_path
) -> None:
    handoff_company.opened(
        tmp_path,
        handoff_company.make_lead("o1"),
        company.make_event("mql", "2026-06-29 09:00", "o1"),
    )
    door.set_up(tmp_path)
    visit = door.open("handoffs", show="list", state="overdue", as_of="2026-06-30 12:29")
    assert not visit.exception
    offered = str(visit.button_group(key="work_list.state").options)
    for state, is_there in (("Open 1", 1), ("Overdue no data", 1), ("Paused", 0)):
        assert (state in offered) is bool(is_there)
    assert visit.info[0].value.startswith("No data: connect activities (calls, e-mails, meetings)")
    visit.button_group(key="work_list.state").set_value("no_clock").run()
    assert listed(visit) == ["o1"]
    said = [caption.value for caption in visit.caption]
    assert "no attempt known · Bo · No campaign" in said
    assert "handed over yesterday 09:00" in said
    assert "1 to 1 of 1, the oldest first" in said


def test_a_handoff_of_a_rep_elsewhere_says_their_hour_too(door, tmp_path) -> None:
    door.set_up(tmp_path)
    wanted = working_time_changes.Wanted("rep", "bo", "America/New_York")
    visits.changed(lambda rows, act: working_time_changes.set_calendar(rows, act, wanted))
    company.write(tmp_path / "source", *company.STAFF, *handoff_company.TUESDAY)
    wished = small_company.configured(tmp_path, records_url=door.records)
    refresh.refresh(wished, handoff_company.READ.replace(tzinfo=UTC))
    visit = door.open("handoffs", show="list", as_of=handoff_company.NOON, rep="bo")
    # Rita came when New York slept: four hours from 9:00 there.
    assert "in 4 h · today 17:00 · 13:00 in New York" in [said.value for said in visit.caption]
