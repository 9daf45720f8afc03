"""Versions and terms as rows, and back without a loss."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from queries.agreements import rows
from queries.agreements.kinds import KINDS
from tests.agreement_terms import make_term, make_version

FULL = {
    "calendar": "always",
    "segment": {"team": ("t2", "t1"), "persona": ("Ü “x”",)},
    "owner": "Ana",
    "restarts_on_reassignment": True,
    "key": "decision 2",
    "term_id": "abc",
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_term_comes_back_as_it_was(kind: str) -> None:
    term = make_term(kind)
    cells = rows.of_term(term, 2, 5)
    assert (cells["version"], cells["sort_order"]) == (2, 5)
    assert rows.as_term(SimpleNamespace(**cells)) == term


def test_whatever_a_term_says_comes_back() -> None:
    term = make_term("value_points", points={"Web|CFO": "0.5", "": "1000"}, **FULL)
    assert rows.as_term(SimpleNamespace(**rows.of_term(term, 2, 0))) == term


def test_a_version_comes_back_as_it_was() -> None:
    version = make_version(
        2, effective_from=date(2026, 7, 1), pause_days=3, pause_statuses=("waiting",), supersedes=1
    )
    others = {"version": 2, "status": "draft", "effective_at": None, "supersedes_version": 1}
    row = SimpleNamespace(**rows.of_version(version), **others)
    assert rows.as_version(row, version.terms) == version


@pytest.mark.parametrize("text", ["", "{", "3", '{"a": 1}', "null"])
def test_what_somebody_broke_does_not_stop_whoever_reads(text: str) -> None:
    broken = rows.of_term(make_term("completeness"), 2, 0) | {"about_json": text}
    assert rows.as_term(SimpleNamespace(**broken)).about == ()


@pytest.mark.parametrize("text", ["", "[", "[1]", '{"team": 3}'])
def test_nor_does_a_broken_segment(text: str) -> None:
    broken = rows.of_term(make_term(), 2, 0) | {"segment_json": text}
    assert rows.as_term(SimpleNamespace(**broken)).segment == {}


@pytest.mark.parametrize("text", ["", "[1]", '{"": "many"}', '{"": null}'])
def test_nor_do_broken_points(text: str) -> None:
    broken = rows.of_term(make_term("value_points"), 2, 0) | {"points_json": text}
    assert rows.as_term(SimpleNamespace(**broken)).points == {}
