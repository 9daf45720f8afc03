"""The filters of every page. The URL is their only home: it is read, changed and shared."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components import data, periods
from components import format as formats
from queries import filters as views
from queries import people

_CURRENT, _NOTES = "filter_bar.current", "filter_bar.notes"
_REMEMBERED, _PAGE = "filter_bar.remembered", "filter_bar.page"
_NAMES = {"rep": "Rep", "team": "Team", "campaign": "Campaign", "channel": "Channel"}
_COMPARE_LABELS = {
    "previous": "Previous period",
    "year": "A year earlier",
    "none": "Nothing",
}
# The days that a link may name.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
PARAMETERS = ("period", *views.DIMENSIONS, "compare", "as_of")


def current() -> views.Filters:
    """The filters of this run."""
    return st.session_state[_CURRENT]


def notes() -> tuple[str, ...]:
    """A sentence for each part of the URL that could not be used."""
    return st.session_state.get(_NOTES, ())


def read(user: people.User, page: str) -> views.Choices:
    """Reads the URL of a page; `current` and `notes` hold the outcome. Returns the choices."""
    _carry_over(page)
    known = data.known_choices(user)
    given = {name: st.query_params.get_all(name) for name in PARAMETERS}
    st.session_state[_CURRENT], st.session_state[_NOTES] = views.parse(given, known)
    st.session_state[_REMEMBERED] = {name: values for name, values in given.items() if values}
    return known


def _carry_over(page: str) -> None:
    """Switching pages empties the URL; the view goes along."""
    has_switched = st.session_state.get(_PAGE, page) != page
    st.session_state[_PAGE] = page
    if has_switched and not any(name in st.query_params for name in PARAMETERS):
        for name, values in st.session_state.get(_REMEMBERED, {}).items():
            st.query_params[name] = values


def render(known: views.Choices, *, is_compared: bool) -> None:
    """Draws the filters in the sidebar; with what to compare only on a page that does."""
    view = current()
    with st.sidebar:
        st.subheader("Filters")
        _render_period(view, known)
        for name, label in _NAMES.items():
            _render_values(name, label, view, known)
        if is_compared:
            _render_comparison(view)
        if any(name in st.query_params for name in PARAMETERS):
            st.button("Reset filters", key="filter_bar.reset", on_click=_reset, width="stretch")
        st.divider()


def _render_period(view: views.Filters, known: views.Choices) -> None:
    named = periods.named(max(known.oldest, _FIRST_DAY), min(known.newest, view.as_of_day))
    is_named = {span: name for name, span in reversed(named.items())}
    preset = is_named.get((view.start, view.end), periods.CUSTOM)
    st.session_state["filter_bar.preset"] = preset
    st.selectbox(
        "Period",
        [*named, periods.CUSTOM],
        key="filter_bar.preset",
        on_change=_choose_preset,
        args=(named,),
    )
    st.session_state["filter_bar.days"] = (view.start, view.end)
    st.date_input(
        "From and to",
        key="filter_bar.days",
        min_value=min(_FIRST_DAY, view.start),
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        on_change=_choose_days,
    )


def _render_values(name: str, label: str, view: views.Filters, known: views.Choices) -> None:
    labels = formats.told_apart(getattr(known, name))
    if not labels:
        return
    key = f"filter_bar.{name}"
    st.session_state[key] = list(getattr(view, name))
    st.multiselect(
        label,
        list(labels),
        key=key,
        format_func=lambda value: labels.get(value, value),
        placeholder="All",
        on_change=_choose_values,
        args=(name,),
    )


def _render_comparison(view: views.Filters) -> None:
    st.session_state["filter_bar.compare"] = view.compare
    st.selectbox(
        "Compare with",
        list(_COMPARE_LABELS),
        key="filter_bar.compare",
        format_func=_COMPARE_LABELS.__getitem__,
        on_change=_choose_comparison,
    )


def _choose_preset(named: dict[str, tuple[date, date]]) -> None:
    span = named.get(st.session_state["filter_bar.preset"])
    if span is not None:
        _set_period(*span)


def _choose_days() -> None:
    # Between the two clicks of a new range the widget holds one day; that is no period yet.
    days = st.session_state["filter_bar.days"]
    if isinstance(days, tuple | list) and len(days) == 2:
        _set_period(min(days), max(days))


def _set_period(start: date, end: date) -> None:
    st.query_params["period"] = [start.isoformat(), end.isoformat()]


def _choose_values(name: str) -> None:
    chosen = st.session_state[f"filter_bar.{name}"]
    if chosen:
        st.query_params[name] = list(chosen)
    else:
        st.query_params.pop(name, None)


def _choose_comparison() -> None:
    compare = st.session_state["filter_bar.compare"]
    if compare == "previous":
        st.query_params.pop("compare", None)
    else:
        st.query_params["compare"] = compare


def _reset() -> None:
    for name in PARAMETERS:
        st.query_params.pop(name, None)


def show_newest() -> None:
    """Leaves the past moment that `as_of` asks for."""
    st.query_params.pop("as_of", None)
