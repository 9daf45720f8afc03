"""When people work: the calendars of the company, of teams and of reps, and changing them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from components import auth, book, data, inert
from components import format as formats
from queries import (
    audit,
    filters,
    opening_hours,
    people,
    public_holidays,
    working_time,
    working_time_changes,
)

_SAID, _SAVED = "admin_working_time.said", "admin_working_time.saved"
_LATER = "Clocks are counted anew with the next refresh."
_ABOUT = (
    "Deadlines count working time: by the calendar of the rep who received a lead, in the rep's"
    " time zone. What is left open for a rep is taken from the team, then from the company. Where"
    " nothing is said, work is Monday to Friday from 9:00 to 18:00, without public holidays."
)
_HOURS = (
    "Hours such as 09:00-12:30, 13:30-18:00. A weekday without any is a day off; all seven empty"
    " is as the team or the company."
)
_AS_ABOVE = "As the team or the company"
_DAYS = tuple(name[:3] for name in working_time_changes.WEEKDAYS)

# Something an admin does: given the transaction and the act, returns what to say of it.
Deed = Callable[[book.Connection, audit.Act], str]
# Field of a form -> where its error stands; "" for all others.
Slots = Mapping[str, "st.delta_generator.DeltaGenerator"]


def scopes(
    entered: working_time.WorkingTime, reps: Mapping[str, str], teams: Mapping[str, str]
) -> dict[str, str]:
    """Whom working time can be entered for: `company`, `team <id>`, `rep <id>` -> what to call it.

    Also those that the data names no more. `reps`, `teams`: id -> name, of the data.
    """
    found = {"company": "The company"}
    for kind, named in ((working_time.TEAM, teams), (working_time.REP, reps)):
        known = {key: name for key, name in named.items() if key != filters.UNSET}
        label = "Team {}" if kind == working_time.TEAM else "{}"
        found |= {f"{kind} {key}": label.format(name) for key, name in known.items()}
    for each in (*entered.calendars, *entered.exceptions):
        found.setdefault(scope_of(each.scope_kind, each.scope_id), each.scope_id)
    return formats.told_apart(found)


def scope_of(kind: str, scope_id: str) -> str:
    """The key of a scope."""
    return f"{kind} {scope_id}".strip()


def parts_of(scope: str) -> tuple[str, str]:
    """Kind and id of a scope's key."""
    kind, _, scope_id = scope.partition(" ")
    return kind, scope_id


def render(user: people.User, entered: working_time.WorkingTime, labels: Mapping[str, str]) -> None:
    """Draws it. `labels`: of `scopes`."""
    if said := st.session_state.pop(_SAID, None):
        st.success(said)
    st.caption(_ABOUT)
    _table(entered, labels)
    st.header("Change working time")
    scope = st.selectbox(
        "Working time of", list(labels), format_func=labels.get, key="admin_working_time.scope"
    )
    own = next(
        (
            one
            for one in entered.calendars
            if scope_of(one.scope_kind, one.scope_id) == (scope or "company")
        ),
        None,
    )
    _change(user, scope or "company", own, labels)


def _table(entered: working_time.WorkingTime, labels: Mapping[str, str]) -> None:
    if not entered.calendars:
        return
    kept = entered.calendars
    shown = pd.DataFrame(
        {
            "Working time of": [labels[scope_of(one.scope_kind, one.scope_id)] for one in kept],
            "Time zone": [one.zone or "" for one in kept],
            "Public holidays": [_holidays_said(one) for one in kept],
            "Hours": [_week_said(one.week) for one in kept],
        }
    )
    with st.container(key="table_working_time"):
        st.dataframe(shown, hide_index=True, placeholder="", alt="Working time that was entered")


def _holidays_said(one: working_time.Entered) -> str:
    if not one.country:
        return "" if one.country is None else "none"
    country = public_holidays.countries().get(one.country, one.country)
    region = public_holidays.regions(one.country).get(one.region, one.region)
    return f"{country}, {region}" if region else country


def _week_said(week: working_time.Week | None) -> str:
    """Mon–Thu 09:00-18:00, Fri 09:00-15:00"""
    said = []
    for spans, days in itertools.groupby(range(7), key=lambda day: week[day] if week else ()):
        of = list(days)
        names = _DAYS[of[0]] if len(of) == 1 else f"{_DAYS[of[0]]}–{_DAYS[of[-1]]}"
        if spans:
            said.append(f"{names} {opening_hours.said(spans)}")
    return "; ".join(said)


def _change(
    user: people.User,
    scope: str,
    own: working_time.Entered | None,
    labels: Mapping[str, str],
) -> None:
    if st.session_state.pop(_SAVED, False):
        # What was typed is shown as it was understood.
        for key in [key for key in st.session_state if str(key).endswith(f"of_{scope}")]:
            del st.session_state[key]
    slots: dict[str, st.delta_generator.DeltaGenerator] = {}
    kind, scope_id = parts_of(scope)
    zone = _choose("zone", "Time zone", scope, sorted(working_time.zones()), own and own.zone)
    slots["zone"] = st.empty()
    country, region = _choose_holidays(scope, own)
    slots["country"] = slots["region"] = st.empty()
    hours = _type_hours(scope, own.week if own else None)
    slots |= dict.fromkeys([*(f"hours_{day}" for day in hours), ""], st.empty())
    wanted = working_time_changes.Wanted(kind, scope_id, zone, country, region or "", hours)
    name = inert.markdown(labels[scope])
    with st.container(horizontal=True):
        if st.button("Save working time", key="admin_working_time.save"):
            do(user, lambda rows, act: _save(rows, act, wanted, name), slots, _SAVED)
        if own and st.button("Remove", key="admin_working_time.remove", icon=":material/delete:"):
            do(user, lambda rows, act: _remove(rows, act, wanted, name), slots, _SAVED)


def _choose(
    field: str, label: str, scope: str, options: list[str], kept: str | None, **named: object
) -> str | None:
    """One of the options or nothing; what is kept, also where it is no option any more."""
    key = f"admin_working_time.{field}_of_{scope}"
    st.session_state.setdefault(key, kept)
    if kept and kept not in options:
        options = [*options, kept]
    above = _AS_ABOVE if scope != working_time.COMPANY else "Nothing is said"
    return st.selectbox(label, options, index=None, placeholder=above, key=key, **named)


def _choose_holidays(scope: str, own: working_time.Entered | None) -> tuple[str | None, str | None]:
    names = {"": "No public holidays", **public_holidays.countries()}
    kept = own.country if own else None
    country = _choose(
        *("country", "Public holidays of", scope, list(names), kept),
        format_func=lambda code: names.get(code, code),
    )
    regions = public_holidays.regions(country or "")
    if not regions:
        return country, None
    # A key for each country: the region of another one is none of this.
    key = f"admin_working_time.region_{country}_of_{scope}"
    if own and own.country == country and own.region in regions:
        st.session_state.setdefault(key, own.region)
    everywhere = "Those of the whole country only"
    named = {"format_func": regions.get, "placeholder": everywhere, "key": key}
    return country, st.selectbox("Region", list(regions), index=None, **named)


def _type_hours(scope: str, week: working_time.Week | None) -> dict[int, str]:
    hours = {}
    for day, column in enumerate(st.columns(7)):
        key = f"{auth.TYPED}hours_{day}_of_{scope}"
        st.session_state.setdefault(key, opening_hours.said(week[day]) if week else "")
        hours[day] = column.text_input(_DAYS[day], key=key, max_chars=100)
    st.caption(_HOURS)
    return hours


def _save(
    rows: book.Connection, act: audit.Act, wanted: working_time_changes.Wanted, name: str
) -> str:
    working_time_changes.set_calendar(rows, act, wanted)
    return f"The working time of {name} was saved."


def _remove(
    rows: book.Connection, act: audit.Act, wanted: working_time_changes.Wanted, name: str
) -> str:
    working_time_changes.remove_calendar(rows, act, wanted.scope_kind, wanted.scope_id)
    return f"The working time of {name} was removed."


def do(user: people.User, deed: Deed, slots: Slots, done: str = "") -> None:
    """Does it in one transaction, asks for a refresh, and draws the page anew; or says beside the
    field why it cannot be done. `done`: what to set in the session when it is."""
    try:
        with book.writing() as rows:
            said = deed(rows, book.act_of(user))
    except (working_time_changes.NotAllowed, book.Conflict) as refused:
        field = getattr(refused, "field", "")
        slots.get(field, slots[""]).error(inert.markdown(str(refused)))
        return
    data.refresher().request()
    st.session_state[_SAID] = f"{said} {_LATER}"
    if done:
        st.session_state[done] = True
    st.rerun()
