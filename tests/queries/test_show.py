"""`show`: the page as data, with the keys that docs/operations.md promises."""

from __future__ import annotations

import json
from datetime import date

import pytest

from queries import choices, show, targets
from queries.filters import parse
from queries.people import EVERYTHING, NOTHING
from tests.company import make_deal, make_lead, opened, utc, view


def page(snapshot, seen=None, scope=EVERYTHING, by=None):
    with snapshot.connect() as connection:
        known = choices.load(connection, snapshot, scope=EVERYTHING)
        found = show.overview_page(connection, seen or view(), known, scope=scope, by=by)
    return json.loads(json.dumps(found, allow_nan=False))


def test_the_page_has_the_promised_keys(march) -> None:
    keys = ["as_of", "filters", "sentence", "tiles", "funnel", "trend"]
    assert list(page(march)) == keys
    assert list(page(march, by="rep")) == [*keys, "breakdown"]


def test_the_page_says_what_was_asked(march) -> None:
    found = page(march, view(rep=("bo", "(none)"), compare="year", as_of=utc("2026-04-01 10:30")))
    assert found["as_of"] == "2026-04-01T10:30:00Z"
    assert found["sentence"] == (
        "Bo and Unassigned, 1–31 Mar 2026, compared with 1–31 Mar 2025,"
        " as it was on 1 Apr 2026, 10:30"
    )
    assert found["filters"] == {
        "period": ["2026-03-01", "2026-03-31"],
        "rep": ["bo", "(none)"],
        "team": [],
        "campaign": [],
        "channel": [],
        "compare": "year",
    }


def test_what_was_asked_can_be_asked_again(march, connection) -> None:
    seen = view(rep=("bo",), channel=("web", "(none)"), as_of=utc("2026-04-01 10:30:00.000005"))
    found = page(march, seen)
    known = choices.load(connection, march, scope=EVERYTHING)
    assert parse(found["filters"] | {"as_of": found["as_of"]}, known) == (seen, ())


def test_the_tiles(march) -> None:
    known = {"target": None, "unit": "count"}
    assert page(march)["tiles"] == {
        "sessions": known | {"value": 35, "previous": 7, "n": 3},
        "leads": known | {"value": 3, "previous": 1, "n": 3},
        "mqls": known | {"value": 3, "previous": 0, "n": 3, "inferred": 0},
        "sqls": known | {"value": 1, "previous": 0, "n": 1, "inferred": 0},
        "opportunities": known | {"value": 3, "previous": 2, "n": 3},
        "won": known | {"value": 3, "previous": 0, "n": 3},
        "revenue": known | {"value": 350.5, "previous": 0, "unit": "money", "n": 2},
    }


def test_the_funnels(march) -> None:
    funnel = page(march)["funnel"]
    stages = ["lead", "mql", "sal", "sql", "opportunity", "customer"]
    assert [row["stage"] for row in funnel["period"]] == stages
    assert [(row["count"], row["inferred"]) for row in funnel["period"]] == [
        *((3, None), (3, 0), (1, 0), (1, 0), (3, None), (3, None))
    ]
    assert [(row["stage"], row["count"]) for row in funnel["cohort"]] == list(
        zip(stages, [3, 3, 2, 2, 1, 1], strict=True)
    )
    assert [row["rate"] for row in funnel["cohort"]] == [None, 1, pytest.approx(2 / 3), 1, 0.5, 1]


def test_the_trend_has_an_entry_for_each_week(march) -> None:
    found = page(march)["trend"]
    assert [week["week"] for week in found] == [
        *("2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")
    ]
    second = {"is_whole": True, "leads": 0, "mqls": 1, "won": 1, "revenue": 0}
    assert {name: found[1][name] for name in second} == second
    assert (found[0]["is_whole"], found[5]["revenue"]) == (False, 250.5)


def test_the_breakdown_has_the_tiles_of_each_value(march) -> None:
    found = page(march, by="rep")["breakdown"]
    assert [(row["key"], row["label"]) for row in found] == [
        *(("bo", "Bo"), ("dee", "Dee"), (None, "Unassigned"), ("cy", "Cy"))
    ]
    assert found[1]["tiles"]["revenue"] == {"value": 250.5, "unit": "money"}
    assert found[1]["tiles"]["sessions"] == {"value": None, "unit": "count"}
    assert found[3]["tiles"]["leads"] == {"value": 0, "unit": "count"}


def test_what_is_not_known_is_null_and_what_did_not_happen_is_zero(tmp_path) -> None:
    there = opened(tmp_path, make_lead(), make_deal(amount=""))
    found = page(there, view("2026-05-01", "2026-05-31"))
    values = {metric: (tile["value"], tile["previous"]) for metric, tile in found["tiles"].items()}
    assert values == {
        "sessions": (None, None),
        "leads": (0, 0),
        "mqls": (None, None),
        "sqls": (None, None),
        "opportunities": (0, 0),
        "won": (0, 0),
        "revenue": (None, None),
    }
    assert [row["count"] for row in found["funnel"]["period"]] == [0, None, None, None, 0, 0]
    assert all("sessions" not in week and "revenue" not in week for week in found["trend"])


def test_a_company_without_a_row_can_be_shown(tmp_path) -> None:
    found = page(opened(tmp_path), by="campaign")
    assert {tile["value"] for tile in found["tiles"].values()} == {None}
    assert {row["count"] for row in found["funnel"]["cohort"]} == {None}
    assert (found["trend"], found["breakdown"]) == ([], [])


def test_whoever_sees_nothing_gets_nothing(march) -> None:
    found = page(march, scope=NOTHING, by="rep")
    assert {tile["value"] for tile in found["tiles"].values()} == {0}
    assert found["breakdown"] == []


def test_as_one_table_every_number_has_a_row(march) -> None:
    with march.connect() as connection:
        known = choices.load(connection, march, scope=EVERYTHING)
        found = show.overview_page(connection, view(), known, scope=EVERYTHING, by="channel")
    table = show.flat(found)
    assert list(table.columns) == ["section", "key", "name", "value"]
    rows = table.to_csv(index=False, lineterminator="\n").splitlines()
    for line in (
        "tiles,revenue,value,350.5",
        "tiles,leads,target,",
        "funnel period,mql,inferred,0",
        "funnel cohort,opportunity,rate,0.5",
        "trend,2026-03-02,mqls,1",
        "trend,2026-03-30,is_whole,False",
        "breakdown,ads,revenue,250.5",
        "breakdown,,leads,0",
    ):
        assert line in rows
    assert not any(",unit," in line or ",stage," in line for line in rows)


def test_a_target_comes_with_how_far_its_period_is(march) -> None:
    lead = targets.Target(
        *("t", "leads", "company", "", "month", 22.0, date(2026, 1, 1), "lee", utc("2026-01-01"))
    )
    # March 2026 has 22 working days, of which the 10th is the 7th: two leads by then.
    seen = view(as_of=utc("2026-03-10 12:00"))
    with march.connect() as connection:
        known = choices.load(connection, march, scope=EVERYTHING)
        agreed = targets.Agreed((lead,))
        found = show.overview_page(connection, seen, known, scope=EVERYTHING, agreed=agreed)
    tile = found["tiles"]["leads"]
    assert (tile["value"], tile["target"]) == (2, 22)
    assert (tile["working_day"], tile["working_days"]) == (7, 22)
    assert tile["delivered"] == pytest.approx(2 / 22)
    assert tile["expected"] == pytest.approx(7 / 22)
    assert tile["forecast"] == pytest.approx(2 * 22 / 7)
    assert tile["forecast_low"] < tile["forecast"] < tile["forecast_high"]
    assert found["tiles"]["mqls"]["target"] is None
    assert "expected" not in found["tiles"]["mqls"]
