"""May we trust it? Refused rows, strange stages and doubts are said; nothing is said twice."""

from __future__ import annotations

import pytest

from queries import health, people
from queries.people import EVERYTHING
from tests.company import make_deal, make_event, make_lead, opened


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory):
    """l2 has no creation date, an event has a stage nobody knows, d1 is "maybe" won."""
    return opened(
        tmp_path_factory.mktemp("doubtful"),
        make_lead("l1"),
        make_lead("l2", created_at="", owner_rep_id=""),
        make_lead("l3", created_at="yesterday"),
        make_event("Nurture"),
        make_event("mql", lead_id="nobody"),
        make_deal("d1", outcome="maybe"),
    )


def test_a_sound_company_is_fine(tmp_path) -> None:
    report = health.report(opened(tmp_path, make_lead(), make_event("mql")))
    assert health.is_fine(report)
    assert (report["refused"], report["unmapped"], report["findings"]) == ([], [], [])


def test_each_relation_says_how_its_rows_came_through(doubtful) -> None:
    with doubtful.connect() as connection:
        found = health.relations(connection).set_index("relation")
    columns = ["is_mapped", "rows_read", "rows_kept", "rows_refused"]
    assert list(found.loc["leads", columns]) == [True, 3, 2, 1]
    assert list(found.loc["lead_stage_events", columns]) == [True, 2, 1, 1]
    assert list(found.loc["opportunities", columns]) == [True, 1, 0, 1]
    assert list(found.loc["web_traffic", columns]) == [False, 0, 0, 0]


def test_a_refused_row_says_where_it_stands_and_why(doubtful) -> None:
    with doubtful.connect() as connection:
        found = health.refused(connection, scope=EVERYTHING)
        assert len(health.refused(connection, scope=EVERYTHING, limit=2)) == 2
    columns = ["relation", "file", "line", "column", "value"]
    assert [list(row) for row in found[columns].to_numpy()] == [
        ["lead_stage_events", "lead_stage_events.csv", 3, "lead_id", "nobody"],
        ["leads", "leads.csv", 4, "created_at", "yesterday"],
        ["opportunities", "opportunities.csv", 2, "outcome", "maybe"],
    ]


def test_strange_stages_and_doubts_are_listed_doubts_first(doubtful) -> None:
    report = health.report(doubtful)
    assert report["unmapped"] == [
        {
            "relation": "lead_stage_events",
            "column": "to_stage",
            "source_value": "Nurture",
            "rows": 1,
        }
    ]
    listed = [(row["finding"], row["is_doubt"], row["examples"]) for row in report["findings"]]
    assert listed == [("no_creation_date", True, "l2"), ("no_owner", False, "l2")]
    assert not health.is_fine(report)


@pytest.mark.parametrize("kind", ["refused", "unmapped", "findings"])
def test_any_complaint_is_not_fine(kind: str) -> None:
    sound = {"refused": [], "unmapped": [], "findings": []}
    assert health.is_fine(sound | {"findings": [{"is_doubt": False}]})
    assert not health.is_fine(sound | {kind: [{"is_doubt": True}]})


def test_in_words_it_is_a_line_per_relation_and_per_complaint(doubtful) -> None:
    text = health.in_words(health.report(doubtful), details=True).splitlines()
    assert text[0].startswith("Read 30 Jun 2026, 12:00 in ")
    assert f"  {'leads':25} {2:>12} rows, 1 refused" in text
    assert f"  {'web_traffic':25} no data" in text
    assert (
        "refused: leads: leads.csv, line 4: created_at is not a moment written YYYY-MM-DD HH:MM:SS"
        " (“yesterday”)"
    ) in text
    assert (
        "unmapped: 1 rows of lead_stage_events have the to_stage “Nurture”; add it to stage_map.csv"
    ) in text
    assert "doubt: 1 rows of leads have no creation date: they are in no period (l2)" in text
    assert text[-1] == "note: 1 rows of leads have no owner: shown as unassigned (l2)"


def test_a_short_report_says_that_there_is_more(doubtful) -> None:
    text = health.in_words(health.report(doubtful), details=False)
    assert text.endswith("Something is doubtful: `python -m queries check` lists it.")
    assert "yesterday" not in text


def test_twenty_refused_rows_are_listed_and_all_are_counted(tmp_path) -> None:
    many = [make_lead(f"l{number}", created_at="?") for number in range(21)]
    text = health.in_words(health.report(opened(tmp_path, *many)), details=True).splitlines()
    assert sum(line.startswith("refused: ") for line in text) == 20
    assert "  ... 20 of 21 refused rows are listed" in text


@pytest.mark.parametrize(
    "scope", [people.NOTHING, people.FIGURES, people.Scope("reps", ("bo",)), people.Scope("teams")]
)
def test_whoever_sees_not_all_rows_sees_no_refused_one_and_no_example(doubtful, scope) -> None:
    with doubtful.connect() as connection:
        assert health.refused(connection, scope=scope).empty
        found = health.findings(connection, scope=scope)
    assert set(found["examples"]) == {""}
    assert int(found["rows"].sum()) > 0
