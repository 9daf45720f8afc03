"""Targets: what was entered and what holds today, a new one, and striking one that was wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components import agreement_form, auth, book, data, empty_state
from components import format as formats
from queries import agreed, audit, definitions, filters, people, records, targets, words
from queries.rules import pacing

_PART = "agreement_targets"
_VALUE = f"{auth.TYPED}targets_value"
_ABOUT = (
    "Each working day of the company has its part of the target that holds on it. A number stands"
    " against the company's target, and in a view of one rep, team or campaign against theirs. A"
    " period that begins before the first target has none."
)


def render(user: people.User) -> None:
    """Draws what the user may see of the targets, and for those who may change them the forms."""
    known = data.known_choices(user)
    entered = tuple(one for one in book.every_target() if _is_shown(one, user, known))
    labels = _labels(known, entered)
    agreement_form.say_what_happened(_PART)
    st.caption(_ABOUT)
    if entered:
        _list(entered, labels)
    else:
        empty_state.render("No target has been entered yet.")
    if not agreed.may_edit(user):
        st.caption(agreement_form.READ_ONLY)
        return
    _enter(user, labels)
    in_force = [one for one in entered if one.struck_at is None]
    if in_force:
        _strike(user, in_force, labels)


def _is_shown(one: targets.Target, user: people.User, known: filters.Choices) -> bool:
    """The company's is everybody's; others are of whoever may see the numbers themselves."""
    if one.scope_kind == targets.COMPANY or agreed.may_edit(user):
        return True
    if one.scope_kind == targets.REP and not user.scope.sees_persons:
        return False
    return one.scope_id in getattr(known, one.scope_kind)


def _labels(known: filters.Choices, entered: Sequence[targets.Target]) -> dict[str, str]:
    """For whom there can be a target: `company`, `rep <id>`, ... -> what to call it; also those
    that the data names no more."""
    found = {targets.COMPANY: "The company"}
    for kind, label in (("team", "Team {}"), ("rep", "{}"), ("campaign", "Campaign {}")):
        named = {key: name for key, name in getattr(known, kind).items() if key != filters.UNSET}
        found |= {f"{kind} {key}": label.format(name) for key, name in named.items()}
    for one in entered:
        found.setdefault(_scope(one), one.scope_id)
    return formats.told_apart(found)


def _scope(one: targets.Target) -> str:
    return f"{one.scope_kind} {one.scope_id}".strip()


def _list(entered: Sequence[targets.Target], labels: Mapping[str, str]) -> None:
    zone = data.snapshot().zone
    today = words.local_day(records.now(), zone)
    held = {one.target_id for one in targets.in_force(entered[::-1], today)}
    agreement_form.table(
        "targets",
        {
            "Number": [definitions.METRICS[one.metric].label for one in entered],
            "For": [labels[_scope(one)] for one in entered],
            "Target": [_said(one) for one in entered],
            "From": [words.day(one.valid_from) for one in entered],
            "Holds": [_state(one, one.target_id in held, today) for one in entered],
            "Entered": [words.moment(one.entered_at, zone) for one in entered],
            "By": [one.entered_by for one in entered],
        },
        "Targets, the newest first",
    )


def _said(one: targets.Target) -> str:
    """320 per month"""
    if definitions.METRICS[one.metric].unit == "money":
        return f"{formats.money(one.value, data.snapshot().currency)} per {one.per}"
    return f"{one.value:,.4f}".rstrip("0").rstrip(".") + f" per {one.per}"


def _state(one: targets.Target, is_held: bool, today: date) -> str:
    if one.struck_at is not None:
        return f"no, struck by {one.struck_by}"
    if is_held:
        return "today"
    return "later" if one.valid_from > today else "no longer"


def _enter(user: people.User, labels: Mapping[str, str]) -> None:
    st.header("Enter a target")
    if agreement_form.was_done(_PART):
        st.session_state[_VALUE] = None
    today = words.local_day(records.now(), data.snapshot().zone)
    slots = {}
    with st.form("agreement_targets.enter"):
        metric = st.selectbox(
            "Number",
            definitions.TILES,
            format_func=lambda key: definitions.METRICS[key].label,
            key="agreement_targets.metric",
        )
        slots["metric"] = st.empty()
        scope = st.selectbox(
            "For", list(labels), format_func=labels.get, key="agreement_targets.scope"
        )
        slots["scope"] = st.empty()
        value = st.number_input("Target", value=None, key=_VALUE)
        slots["value"] = st.empty()
        per = st.selectbox("Per", pacing.SPANS, index=2, key="agreement_targets.per")
        valid_from = st.date_input(
            "From", today.replace(day=1), format="YYYY-MM-DD", key="agreement_targets.from"
        )
        slots["valid_from"] = slots[""] = st.empty()
        is_sent = st.form_submit_button("Enter this target")
    if is_sent and metric and scope and per:
        kind, _, scope_id = scope.partition(" ")
        begins = valid_from if isinstance(valid_from, date) else None
        wanted = targets.Wanted(metric, kind, scope_id, per, value, begins)
        said = f"The target of {labels[scope]} was entered."
        agreement_form.do(user, lambda rows, act: _entered(rows, act, wanted, said), slots, _PART)


def _entered(rows: book.Connection, act: audit.Act, wanted: targets.Wanted, said: str) -> str:
    targets.enter(rows, act, wanted)
    return said


def _strike(
    user: people.User, in_force: Sequence[targets.Target], labels: Mapping[str, str]
) -> None:
    st.header("Strike a target")
    titles = formats.told_apart(
        {
            one.target_id: f"{definitions.METRICS[one.metric].label}, {labels[_scope(one)]},"
            f" {_said(one)} from {words.day(one.valid_from)}"
            for one in in_force
        },
        {one.target_id: f"{one.entered_at:%d %b %H:%M:%S.%f}" for one in in_force},
    )
    with st.form("agreement_targets.strike"):
        chosen = st.selectbox("Target", list(titles), format_func=titles.get, index=None)
        is_sent = st.form_submit_button("Strike this target")
        slots = {"": st.empty()}
    if is_sent and chosen:
        said = f"Struck: {titles[chosen]}."
        agreement_form.do(user, lambda rows, act: _struck(rows, act, chosen, said), slots, _PART)


def _struck(rows: book.Connection, act: audit.Act, target_id: str, said: str) -> str:
    targets.strike(rows, act, target_id)
    return said
