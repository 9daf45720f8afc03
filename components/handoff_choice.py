"""Which part of the Handoffs page is shown, whose board it is, and in which zone times are told."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components import data, part_choice
from queries import filters as views
from queries import people, records
from queries.handoffs import answers, decisions, live

_PARAMETER, _KEY, _BY = "show", "handoff_choice.section", "handoff_choice.by"
_SECTIONS = {
    "list": "Work list",
    "results": "Results",
    "funnel": "Funnel",
    "times": "Waiting times",
    "reasons": "Reasons",
    "recycled": "Recycled",
}


def at_present(view: views.Filters, entered: answers.Entered) -> views.Filters:
    """The view at this moment, unless it asks for a past one."""
    return live.at_present(view, data.snapshot().read_at, entered.fresh, records.now())


def is_past(as_of: datetime) -> bool:
    """A view of this moment shows what was, on which nobody can decide any more."""
    return live.is_past(as_of, data.snapshot().read_at)


def say_it_is_past() -> None:
    """Why a view of the past offers no decision."""
    st.caption("This shows the past. To decide, show the newest data.")


def board_of(scope: people.Scope, *, is_present: bool) -> str:
    """rep or team, by the address; team where single people are not to be seen: on a projector,
    for its role."""
    is_of_reps = scope.sees_persons and not is_present and st.query_params.get("by") != "team"
    return "rep" if is_of_reps else "team"


def choose_board(by: str, scope: people.Scope, *, is_present: bool) -> None:
    """Draws the choice of rep or team, which stands at `by`, where there is one."""
    if is_present or not scope.sees_persons:
        return
    words = {one: f"By {one}" for one in ("rep", "team")}
    part_choice.draw("By", tuple(words), by, parameter="by", key=_BY, words=words)


def asked(user: people.User, *, is_present: bool) -> str:
    """The part to show: by the address; without it, who decides on hand-offs comes for the list,
    everybody else for how it went."""
    offered = _offered(user, is_present)
    first = "list" if "list" in offered and decisions.may_decide(user) else "results"
    wanted = st.query_params.get(_PARAMETER, first)
    return wanted if wanted in offered else first


def choose(section: str, user: people.User, *, is_present: bool) -> None:
    """Draws the choice, which stands at `section`. On a projector it is the address's alone."""
    if is_present:
        return
    offered = _offered(user, is_present)
    place = {"parameter": _PARAMETER, "key": _KEY, "words": _SECTIONS}
    part_choice.draw("Part of the page", offered, section, **place)


def _offered(user: people.User, is_present: bool) -> list[str]:
    has_list = user.scope.sees_persons and not is_present
    return [key for key in _SECTIONS if key != "list" or has_list]


def go_to(key: str) -> NoReturn:
    """Begins the page anew with a part of it."""
    st.query_params[_PARAMETER] = key
    st.rerun()


def zone() -> str:
    """The zone of the viewer's own clock, as the browser says it; else the company's."""
    named = st.context.timezone
    if not isinstance(named, str):
        return data.snapshot().zone
    try:
        ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError):
        return data.snapshot().zone
    return named
