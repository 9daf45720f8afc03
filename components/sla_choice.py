"""Which part of the SLA page is shown, and by what the promises are broken down."""

from __future__ import annotations

import streamlit as st

from components import part_choice
from queries import people
from queries.sla import breakdown

_PARAMETER, _KEY = "show", "sla_choice.section"
_BY, _BY_KEY = "by", "sla_choice.by"
# Those after the second are about single persons.
_SECTIONS = {
    "scorecard": "Scorecard",
    "parts": "By team and more",
    "breaches": "Missed one by one",
    "due_soon": "Due soon",
    "ignored": "Ignored",
}
_FOR_EVERYBODY = ("scorecard", "parts")


def asked(user: people.User, *, is_present: bool) -> str:
    """The part to show, by the address; the scorecard where it names none."""
    wanted = st.query_params.get(_PARAMETER, "")
    return wanted if wanted in _offered(user, is_present) else "scorecard"


def choose(section: str, user: people.User, *, is_present: bool) -> None:
    """Draws the choice, which stands at `section`. On a projector it is the address's alone."""
    if is_present:
        return
    offered = _offered(user, is_present)
    place = {"parameter": _PARAMETER, "key": _KEY, "words": _SECTIONS}
    part_choice.draw("Part of the page", offered, section, **place)


def _offered(user: people.User, is_present: bool) -> list[str]:
    sees_rows = user.scope.sees_persons and not is_present
    return [key for key in _SECTIONS if sees_rows or key in _FOR_EVERYBODY]


def by(scope: people.Scope, *, is_present: bool) -> str:
    """Rep, team, ... by the address, of those that the viewer may look at; else team."""
    wanted = st.query_params.get(_BY, "")
    return wanted if wanted in breakdown.dimensions(scope, is_present=is_present) else "team"


def choose_by(chosen: str, scope: people.Scope, *, is_present: bool) -> None:
    """Draws the choice of rep, team, ..., which stands at `chosen`."""
    if is_present:
        return
    offered = breakdown.dimensions(scope)
    words = {name: f"By {breakdown.LABELS[name].lower()}" for name in offered}
    part_choice.draw("By", offered, chosen, parameter=_BY, key=_BY_KEY, words=words)
