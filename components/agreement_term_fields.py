"""The fields of a promise: which ones there are follows from its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import streamlit as st

from components import agreement_edit, inert
from queries.agreements import content, kinds, points, term_check

_NUMBERS = {"ratio": "Target, in %", "count": "Hand-offs", "points": "Points in all"}
_UNITS = {"minutes": "minutes", "business_hours": "hours", "business_days": "working days"}
_USUAL_UNIT, _USUAL_SHARE = "business_hours", 90.0
_CALENDARS = {
    "receiver": "Working time of whoever receives the lead",
    "company": "Working time of the company",
    "always": "Around the clock",
}
_ABOUT = {"completeness": "Fields that must be there", "reason_coverage": "Decisions that say why"}
_SEGMENTS = {
    "team": "Only to these teams",
    "channel": "Only from these channels",
    "campaign": "Only from these campaigns",
    "persona": "Only of these personas",
    "country": "Only from these countries",
}
_POINTS = (
    "One line each: channel | persona = points, and others = points for all that no line names."
)


@dataclass
class Form:
    """The form of a kind while it is drawn. `old`: the term that is changed. `slots`: where the
    error of each field stands. `unread`: what could not be read, by field."""

    kind: kinds.Kind
    old: content.Term | None
    slots: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    def begin(self, name: str, value: Any) -> str:
        """The key of a field, which begins with this value."""
        return agreement_edit.begin(f"{self.kind.key}_{name}", value)

    def needs(self, name: str) -> bool:
        """The kind has this field."""
        return name in self.kind.needs


def draw(form: Form, term_id: str, offered: kinds.Names, names: kinds.Names) -> content.Term:
    """Draws the fields; the term as they say it, which may be wrong. `offered`: what it can be
    narrowed to; `names`: what that is called."""
    target, share = _numbers(form)
    said = {name: _count(form, name) for name in ("attempts", "channels") if form.needs(name)}
    term = content.Term(
        term_id,
        form.old.key if form.old else "",
        form.kind.direction,
        form.kind.key,
        target,
        share=share,
        per=_per(form),
        about=_about(form),
        points=_points(form, offered),
        calendar=_calendar(form),
        restarts_on_reassignment=_restarts(form),
        owner=_owner(form),
        segment=_segment(form, offered, names),
        **said,
    )
    form.slots[""] = st.empty()
    return term


def problems(form: Form, term: content.Term) -> dict[str, str]:
    """What is wrong with a term, by field."""
    found = {problem.field: problem.sentence for problem in reversed(term_check.problems(term))}
    return found | form.unread


def tell(form: Form, found: dict[str, str]) -> None:
    """Draws what is wrong beside each field."""
    for name, sentence in found.items():
        form.slots.get(name, form.slots[""]).error(inert.markdown(sentence))


def _numbers(form: Form) -> tuple[content.Target, Decimal | None]:
    units, columns = form.kind.units, st.columns(3)
    old = form.old.target if form.old else None
    is_ratio = units == ("ratio",)
    value = float(old.value * 100 if is_ratio else old.value) if old else None
    label = _NUMBERS.get(units[0], "Within")
    with columns[0]:
        typed = _number(label, form.begin("target", value))
        form.slots["target"] = st.empty()
    unit = units[0]
    if len(units) > 1:
        with columns[1]:
            unit = st.selectbox(
                "Unit",
                units,
                key=form.begin("unit", old.unit if old else _USUAL_UNIT),
                format_func=_UNITS.__getitem__,
            )
            form.slots["unit"] = st.empty()
    share = None
    if form.needs("share"):
        usual = float(form.old.share * 100) if form.old and form.old.share else _USUAL_SHARE
        with columns[2]:
            typed_share = _number("Kept in so many cases, in %", form.begin("share", usual))
            form.slots["share"] = st.empty()
        share = None if typed_share is None else typed_share / 100
    number = typed or Decimal(0)
    return content.Target(number / 100 if is_ratio else number, unit), share


def _number(label: str, key: str) -> Decimal | None:
    typed = st.number_input(label, value=None, step=1.0, format="%g", key=key)
    return None if typed is None else Decimal(str(typed))


def _count(form: Form, name: str) -> int | None:
    old = getattr(form.old, name) if form.old else None
    typed = st.number_input(
        {"attempts": "Attempts", "channels": "Over so many channels"}[name],
        value=None,
        step=1,
        key=form.begin(name, old),
    )
    form.slots[name] = st.empty()
    return typed


def _per(form: Form) -> str | None:
    if not form.needs("per"):
        return None
    old = form.old.per if form.old else "month"
    chosen = st.selectbox("Per", kinds.PERIODS, key=form.begin("per", old))
    form.slots["per"] = st.empty()
    return chosen


def _about(form: Form) -> tuple[str, ...]:
    if not form.needs("about"):
        return ()
    known = term_check.ABOUT[form.kind.key]
    chosen = st.multiselect(
        _ABOUT[form.kind.key],
        known,
        key=form.begin("about", list(form.old.about) if form.old else []),
        format_func=lambda name: kinds.about_in_words((name,)),
    )
    form.slots["about"] = st.empty()
    return tuple(name for name in known if name in chosen)


def _points(form: Form, offered: kinds.Names) -> MappingProxyType[str, Decimal]:
    if not form.needs("points"):
        return MappingProxyType({})
    typed = st.text_area(
        "Points of each hand-off",
        key=form.begin("points", points.lines(form.old.points) if form.old else ""),
        placeholder="Web | Buyer = 40\nothers = 10",
        height=140,
    )
    st.caption(_POINTS)
    for name in ("channel", "persona"):
        if known := ", ".join(offered[name]):
            st.caption(inert.markdown(f"{name.capitalize()}s: {known}"))
    form.slots["points"] = st.empty()
    try:
        return MappingProxyType(points.read(typed))
    except ValueError as wrong:
        form.unread["points"] = str(wrong)
        return MappingProxyType({})


def _calendar(form: Form) -> content.Calendar:
    if not form.kind.is_span:
        return "receiver"
    chosen = st.selectbox(
        "Whose time counts",
        list(_CALENDARS),
        key=form.begin("calendar", form.old.calendar if form.old else "receiver"),
        format_func=_CALENDARS.__getitem__,
    )
    form.slots["calendar"] = st.empty()
    return chosen


def _restarts(form: Form) -> bool:
    if not form.kind.can_restart:
        return False
    old = form.old is not None and form.old.restarts_on_reassignment
    label = "The clock starts anew for each rep who gets the lead"
    chosen = st.checkbox(label, key=form.begin("restarts", old))
    form.slots["restarts_on_reassignment"] = st.empty()
    return chosen


def _owner(form: Form) -> str:
    typed = st.text_input(
        "Owner: who answers for it",
        key=form.begin("owner", form.old.owner if form.old else ""),
        max_chars=term_check.LONGEST_NAME,
    )
    form.slots["owner"] = st.empty()
    return typed.strip()


def _segment(
    form: Form, offered: kinds.Names, names: kinds.Names
) -> MappingProxyType[str, tuple[str, ...]]:
    held = form.old.segment if form.old else {}
    found: dict[str, tuple[str, ...]] = {}
    with st.expander("Only for some hand-offs", expanded=bool(held)):
        for name, label in _SEGMENTS.items():
            # What is kept stays, also where the data does not name it to this reader.
            kept = {key: names.get(name, {}).get(key, key) for key in held.get(name, ())}
            options = kept | offered[name]
            if not options:
                continue
            chosen = st.multiselect(
                label,
                list(options),
                key=form.begin(name, list(kept)),
                format_func=options.__getitem__,
                placeholder="All",
            )
            if chosen:
                found[name] = tuple(chosen)
    form.slots["segment"] = st.empty()
    return MappingProxyType(found)
