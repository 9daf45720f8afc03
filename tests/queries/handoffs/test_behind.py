"""The rows behind a number are as many as the number says, and its SQL gives it too."""

from __future__ import annotations

import pytest

from queries import rows
from queries.handoffs import answers, behind, counts
from queries.handoffs.metrics import METRICS
from queries.people import EVERYTHING, FIGURES, NOTHING, Scope
from queries.terms import Terms
from tests import company
from tests.company import make_campaign, make_event, make_touch
from tests.handoff_questions import HISTORY, TERMS, ask, make_handoff, make_owner, view

ENTERED = answers.Entered(TERMS)
ZONE = {"zone": "America/Sao_Paulo"}
VIEWS = (
    view("2026-06-30 12:00", "2026-01-01", "2026-06-30", **ZONE),
    view("2026-04-21 15:00", "2026-03-01", "2026-04-30", **ZONE),
    view("2026-06-30 12:00", "2026-02-01", "2026-06-30", team=("T1", "T2", "(none)"), **ZONE),
)
SCOPES = (EVERYTHING, Scope("teams", ("T1", "T3")), Scope("reps", ("R101",)), NOTHING)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("seen", VIEWS)
def test_each_number_is_the_count_of_its_rows_and_of_its_sql(demo_snapshot, seen, scope) -> None:
    with demo_snapshot.connect() as connection:
        asked = ask(connection, seen)
        numbers = counts.tally(connection, asked, scope=scope, by="rep").by_metric()
        listed, run = {}, {}
        for key in METRICS:
            listed[key] = behind.count(connection, asked, scope=scope, key=key)
            text = answers.sql_of(connection, seen, scope=scope, entered=ENTERED, key=key).text
            run[key] = connection.exec_driver_sql(text).scalar_one()
    assert sorted(numbers) == sorted(METRICS)
    assert listed == numbers
    assert run == numbers


def test_the_views_above_do_find_something(demo_snapshot) -> None:
    with demo_snapshot.connect() as connection:
        asked = ask(connection, VIEWS[0])
        numbers = counts.tally(connection, asked, scope=EVERYTHING, by="rep").by_metric()
    # Nothing is paused there, and nobody is handed over again undecided.
    assert sum(n > 0 for n in numbers.values()) >= 17


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """51 hand-offs of Bo's, one a minute, and one of Bo's that became Dee's when it was overdue."""
    rows_ = [row for n in range(51) for row in make_handoff(f"b{n:02}", f"2026-06-22 10:{n:02}")]
    passed_on = make_handoff("x1", "2026-06-22 11:00", rep="dee", lead_name="Mia", company="Acme")
    given = make_owner("x1", "2026-06-23 15:00", "bo", "dee")
    touched = make_campaign(), make_touch("x1", at="2026-06-01 08:00")
    why = make_event("rejected", "2026-06-24 10:00", "x1")
    why[1]["reason_code"] = "too small"
    place = tmp_path_factory.mktemp("behind")
    return company.opened(place, *HISTORY, *rows_, *passed_on, given, *touched, why)


def behind_key(snapshot, key: str, number: int | None = 1, scope=EVERYTHING):
    with snapshot.connect() as connection:
        return answers.rows_behind(
            connection, view(), scope=scope, entered=ENTERED, key=key, number=number
        )


def test_rows_come_in_pages_the_newest_first(snapshot) -> None:
    first, second = (behind_key(snapshot, "handed", number) for number in (1, 2))
    assert list(first["lead_id"][:2]) == ["x1", "b50"]
    assert (len(first), list(second["lead_id"])) == (rows.PAGE, ["b01", "b00"])
    assert len(behind_key(snapshot, "handed", None)) == 52


def test_a_row_says_what_became_of_it(snapshot) -> None:
    row = behind_key(snapshot, "rejected").iloc[0]
    assert list(row[["lead_id", "lead_name", "company", "handoff_no"]]) == ["x1", "Mia", "Acme", 1]
    assert list(row[["channel", "campaign", "rep"]]) == ["web", "Spring", "Dee"]
    assert list(row[["state", "reason_code", "is_inferred"]]) == ["rejected", "too small", False]
    assert str(row["handed_on"]) == str(row["assigned_on"]) == "2026-06-22"
    assert (str(row["decided_on"]), row["first_attempt_on"]) == ("2026-06-24", None)


def test_a_breach_names_who_had_it_when_it_was_due(snapshot) -> None:
    # Its first attempt was due on Monday at 15:00, all of it on Tuesday at 18:00.
    found = behind_key(snapshot, "due", None).set_index("lead_id")
    assert (len(found), found.loc["x1", "rep"]) == (52, "Bo")
    assert behind_key(snapshot, "due", scope=Scope("reps", ("dee",))).empty


def test_the_rows_of_complete_are_those_of_the_terms(tmp_path) -> None:
    whole = {"email": "a@b.example", "phone": "1"}
    rows_ = (
        *make_handoff("l1", "2026-06-22 10:00", **whole),
        *make_handoff("l2", "2026-06-22 11:00"),
    )
    snapshot, found = company.opened(tmp_path, *HISTORY, *rows_), []
    with snapshot.connect() as connection:
        for fields in (("email", "phone"), ()):
            entered = answers.Entered(Terms("", 1, fields=fields))
            of = {"scope": EVERYTHING, "entered": entered, "key": "complete"}
            listed = answers.rows_behind(connection, view(), **of)
            text = answers.sql_of(connection, view(), **of).text
            run = connection.exec_driver_sql(text).scalar_one()
            found.append((list(listed["lead_id"]), run))
    assert found == [(["l1"], 1), (["l2", "l1"], 2)]


def test_who_sees_figures_only_sees_no_row(snapshot) -> None:
    assert behind_key(snapshot, "handed", scope=FIGURES).empty
    assert behind_key(snapshot, "handed", None, scope=NOTHING).empty


def test_an_unknown_metric_is_refused(snapshot) -> None:
    with pytest.raises(KeyError, match="shoes"):
        behind_key(snapshot, "shoes")
