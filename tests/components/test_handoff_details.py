"""From a number about hand-offs to its rows, its definition and its SQL."""

from __future__ import annotations

import pytest

from queries import definitions
from queries.handoffs import metrics
from tests import handoff_company

PERIOD = {"period": handoff_company.JUNE, "as_of": handoff_company.NOON, "show": "results"}
# How many hand-offs of TUESDAY's company each number counts.
COUNTS = {
    "handed": 9,
    "decided": 3,
    "timed": 9,
    "open": 6,
    "overdue": 2,
    "paused": 0,
    "due": 6,
    "met": 3,
    "past_due": 3,
    "ignored": 0,
    "complete": 8,
    "waiting": 1,
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The place of TUESDAY's company."""
    folder = tmp_path_factory.mktemp("details")
    handoff_company.opened(folder, *handoff_company.TUESDAY)
    return folder


@pytest.mark.parametrize(("metric", "n"), COUNTS.items())
def test_each_number_has_its_rows_its_definition_and_its_sql(
    door, place, metric: str, n: int
) -> None:
    door.set_up(place)
    visit = door.open("handoffs", explain=metric, **PERIOD)
    assert not visit.exception
    assert not visit.error
    rows, meaning, code = visit.tabs
    when = "at 30 Jun 2026, 12:00" if metrics.METRICS[metric].is_state else "in 1–30 Jun 2026"
    headline = f"**{n} hand-off{'' if n == 1 else 's'}** · {when}"
    assert headline in [said.value for said in visit.markdown]
    assert sum(len(table.value) for table in rows.dataframe) == n
    assert bool(rows.info) is (n == 0)
    text = definitions.text_of(metrics.METRICS[metric].definition)
    assert meaning.markdown[0].value == text
    assert code.code[0].value.lower().startswith(("select", "with"))


@pytest.mark.parametrize("metric", ["leads", "OPEN", "<b>", "x" * 999])
def test_what_is_no_number_of_the_page_opens_nothing(door, place, metric: str) -> None:
    door.set_up(place)
    visit = door.open("handoffs", explain=metric, **PERIOD)
    assert not visit.tabs
    assert not visit.error


def test_a_decision_that_is_asked_for_comes_before_the_rows(door, place) -> None:
    door.set_up(place)
    door.sign_in("bo", "rep", "bo")
    visit = door.come("handoffs", explain="open", decide="o1:1", show="results")
    assert not visit.exception
    assert not visit.error
    assert len(visit.radio) == 1
    assert not visit.tabs


def test_what_needs_activities_is_no_data_without_them(door, tmp_path) -> None:
    rows = [row for row in handoff_company.TUESDAY if row[0] != "activities"]
    handoff_company.opened(tmp_path, *rows)
    door.set_up(tmp_path)
    visit = door.open("handoffs", explain="ignored", **PERIOD)
    assert not visit.exception
    assert visit.info[0].value.startswith("No data: connect activities (calls, e-mails, meetings)")
    assert definitions.text_of("ignored_rate") in [said.value for said in visit.markdown]
    assert not visit.tabs


def test_the_definitions_of_all_numbers_are_written() -> None:
    wanted = {metric.definition for metric in metrics.METRICS.values()}
    assert [name for name in sorted(wanted) if not definitions.text_of(name)] == []
