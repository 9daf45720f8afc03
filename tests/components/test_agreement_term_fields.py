"""Which fields each kind of promise has, and what they say without a change."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from queries.agreements import kinds
from tests import agreement_terms, visits

EVERYWHERE = {"Owner: who answers for it", "Only from these channels"}
TIME = {"Within", "Unit", "Kept in so many cases, in %", "Whose time counts"}
ANEW = "The clock starts anew for each rep who gets the lead"
FIELDS = {
    "volume": {"Hand-offs", "Per"},
    "value_points": {"Points in all", "Per", "Points of each hand-off"},
    "acceptance": {"Target, in %"},
    "completeness": {"Target, in %", "Fields that must be there"},
    "latency": TIME,
    "feedback_answers": TIME,
    "first_attempt": {*TIME, ANEW},
    "first_contact": {*TIME, ANEW},
    "attempts": {*TIME, ANEW, "Attempts", "Over so many channels"},
    "coverage": {"Target, in %"},
    "decision": {*TIME, ANEW},
    "reason_coverage": {"Target, in %", "Decisions that say why"},
    "feedback_given": TIME,
}


def drawn(term) -> AppTest:
    """The fields of a term, nothing changed; the term that they say is in the session."""

    def page(term) -> None:
        import streamlit as st

        from components import agreement_term_fields
        from queries.agreements import content, kinds

        form = agreement_term_fields.Form(kinds.KINDS[term.kind], term)
        offered = {name: {} for name in content.SEGMENTS} | {"channel": {"web": "Web"}}
        st.session_state["term"] = agreement_term_fields.draw(form, term.term_id, offered, {})
        st.session_state["wrong"] = agreement_term_fields.problems(form, term)

    visit = visits.of_function(page, args=(term,)).run()
    assert not visit.exception
    return visit


def labels(visit: AppTest) -> set[str]:
    kinds_of = ("number_input", "selectbox", "multiselect", "text_area", "text_input", "checkbox")
    return {one.label for kind in kinds_of for one in getattr(visit, kind)}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_each_kind_has_its_fields_and_no_other(kind: str) -> None:
    visit = drawn(agreement_terms.make_term(kind))
    assert labels(visit) == FIELDS[kind] | EVERYWHERE
    assert visit.session_state["wrong"] == {}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_what_nobody_changed_stays_the_same(kind: str) -> None:
    term = agreement_terms.make_term(
        kind, owner="Sam", segment={"channel": ("web",), "team": ("a team that is gone",)}
    )
    visit = drawn(term)
    said = visit.session_state["term"]
    assert (said, dict(said.segment), dict(said.points)) == (
        term,
        dict(term.segment),
        dict(term.points),
    )
