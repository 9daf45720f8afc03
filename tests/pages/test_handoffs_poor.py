"""The Handoffs page where something is missing, hostile or does not answer."""

from __future__ import annotations

import sqlalchemy as sa

from components import data
from queries.handoffs import answers
from tests import company, handoff_company, lead_company, visits
from tests.handoff_company import JUNE, NOON
from tests.pages import test_handoffs, test_overview

place = test_handoffs.place


def test_a_company_without_any_row_has_no_number_that_nobody_counted(door, tmp_path) -> None:
    visits.build(tmp_path, test_overview.headers_only())
    door.set_up(tmp_path)
    for section in test_handoffs.SECTIONS:
        visit = door.open("handoffs", show=section, present="1" if section == "funnel" else "0")
        assert not visit.exception
        assert not visit.error
        assert not test_overview.NOT_A_NUMBER.search(test_handoffs.everything_on(visit))
        assert visit.info[0].value.startswith("No data: connect the stage history of leads")
        assert not visit.metric


def test_without_activities_there_is_no_data_and_not_0(door, tmp_path) -> None:
    company.opened(
        tmp_path,
        handoff_company.make_lead("o1"),
        company.make_event("mql", "2026-06-29 09:00", "o1"),
    )
    door.set_up(tmp_path)
    visit = door.open("handoffs", period=JUNE, show="results")
    tiles = {tile.label: tile.value for tile in visit.metric}
    assert tiles["Answered in time"] == "no data"
    assert (tiles["Overdue"], tiles["Without a clock"]) == ("no data", "1")
    assert "Median first attempt" not in tiles
    assert "connect activities: calls, e-mails, meetings" in visits.texts(visit).replace("\\", "")
    assert visit.dataframe[0].value.to_dict("list") == {"label": ["Bo"], "open": [1]}
    visit = door.open("handoffs", period=JUNE, show="funnel")
    period, cohort = (chart.proto.alt for chart in visit.get("vega_lite_chart"))
    assert period.startswith("In this period: 1 handed over, 1 assigned, 0 decided, 0 accepted")
    assert "attempted" not in cohort
    assert "contacted" not in cohort
    visit = door.open("handoffs", period=JUNE, show="times", as_of="2026-06-30 11:00")
    assert visit.info[0].value.startswith("No data: connect activities")
    assert [list(row) for row in visit.table[0].value.to_numpy()][1] == ["1 to 2 days", "1"]


def test_no_text_of_the_data_becomes_a_link_a_picture_or_a_tag(door, tmp_path) -> None:
    evil = lead_company.HOSTILE
    handoff_company.opened(
        tmp_path,
        company.make_campaign("evil", campaign_name=evil),
        handoff_company.make_lead("e1", lead_name=evil, company=evil),
        company.make_touch("e1", "evil", at="2026-06-21 08:00"),
        company.make_event("mql", "2026-06-29 09:00", "e1"),
        handoff_company.make_call("e1", "2026-06-01 09:00"),
    )
    door.set_up(tmp_path)
    door.sign_in("bo", "rep", "bo")
    visit = door.come("handoffs", show="list", decide="e1 1", as_of=NOON)
    assert not visit.exception
    drawn = [text.value for kind in ("markdown", "caption", "info") for text in visit.get(kind)]
    drawn += [link.proto.label for link in visit.get("page_link")]
    drawn += [str(button.help) for button in visit.button]
    assert [text for text in drawn if "](" in text or "://" in text] == []
    assert [text for text in drawn if "<" in text.replace("\\<", "")] == []
    assert [text for text in drawn if "\u202e" in text] == []


def test_without_the_records_the_page_says_so_and_shows_nothing(door, place, tmp_path) -> None:
    visit = test_handoffs.seen(door, place)
    (tmp_path / "file").write_text("no folder")
    door.set_up(place, records_url=f"sqlite:///{tmp_path}/file/records.sqlite")
    visit.run()
    assert not visit.exception
    assert not visit.metric
    assert visit.error[0].value.startswith("The records cannot be kept where they shall be")


def test_a_store_that_fails_is_a_sentence(door, place, monkeypatch) -> None:
    def failing(connection, filters, **asked) -> answers.Answers:
        raise sa.exc.OperationalError("select secret", {}, ValueError("disk on fire"))

    data._answer.cache_clear()
    monkeypatch.setattr(answers, "load", failing)
    door.set_up(place)
    visit = door.open("handoffs", period=JUNE)
    assert [error.value for error in visit.error] == [
        "The figures cannot be read at the moment. Your filters are kept; try again."
    ]
    assert not visit.metric
