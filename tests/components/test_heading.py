"""The head of a page: which view of what, how old, and what could not be used."""

from __future__ import annotations

from components import data
from queries.refresh.background import Status
from tests import company

MARCH = ["2026-03-01", "2026-03-31"]


def sentence(visit) -> str:
    return visit.markdown[0].value.replace("\\", "")


def test_the_view_and_its_age_are_one_sentence(door, march_place) -> None:
    door.set_up(march_place, company_name="Nord [*Wind*](http://x)")
    visit = door.open(period=MARCH, rep="bo", channel=["web", "(none)"], compare="none")
    assert visit.title[0].value == ("Overview · Nord \\[\\*Wind\\*\\]\\(http\\:\\/\\/\u200bx\\)")
    assert sentence(visit).startswith(
        "Bo, web and No channel, 1–31 Mar 2026 · data as of **30 Jun 2026, 12:00** (newest row "
    )
    assert not visit.warning
    visit.switch_page("pages/data_health.py").run()
    assert sentence(visit).startswith("Data as of **30 Jun 2026, 12:00**")


def test_a_comparison_and_a_past_moment_are_told(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open(period=MARCH, as_of="2026-03-20 08:30")
    assert sentence(visit).startswith(
        "Everything, 1–31 Mar 2026, compared with 29 Jan – 28 Feb 2026, "
        "as it was on 20 Mar 2026, 08:30 · data as of"
    )
    assert "Show the newest data" in [button.label for button in visit.button]
    assert visit.title[0].value == "Overview"


def test_a_page_that_compares_nothing_does_not_say_so(door, march_place) -> None:
    door.set_up(march_place)
    visit = door.open("handoffs", period=MARCH, compare="year")
    assert sentence(visit).startswith("Everything, 1–31 Mar 2026 · data as of")
    assert "Compare with" not in [box.label for box in visit.selectbox]
    visit.switch_page("pages/overview.py").run()
    assert "compared with 1–31 Mar 2025" in sentence(visit)
    assert visit.selectbox(key="filter_bar.compare").value == "year"


def test_fresh_rows_need_no_age_of_their_own(door, tmp_path) -> None:
    company.opened(tmp_path, company.make_lead(created_at="2026-06-29 13:00"))
    door.set_up(tmp_path)
    assert sentence(door.open()).endswith("data as of **30 Jun 2026, 12:00**")


def test_the_zone_of_the_company_decides_which_hour_it_was(door, tmp_path) -> None:
    company.opened(tmp_path, zone="Europe/Berlin", now=company.NOW.replace(hour=22, minute=30))
    door.set_up(tmp_path, company_time_zone="Europe/Berlin")
    assert "data as of **1 Jul 2026, 00:30**" in sentence(door.open())


def test_a_failed_refresh_is_told_as_plain_text(door, march_place) -> None:
    door.set_up(march_place)
    data.refresher().status = Status(failure="cannot read *leads* <b>")
    visit = door.open()
    assert visit.warning[0].value == (
        "The last refresh failed, so these are older data: cannot read \\*leads\\* \\<b\\>"
    )
    assert len(visit.metric) == 7
