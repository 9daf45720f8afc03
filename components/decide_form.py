"""What sales decides on a hand-off: accept, reject, recycle, disqualify; or let the clock wait.

`decide=<hand-off>` in the URL opens it, so that a link can lead to it. What was typed survives an
expired session, and a decision that somebody else was faster with.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from components import auth, book, inert
from queries import audit, frames, people, terms, words
from queries.handoffs import decisions

_PARAMETER, _FORM, _SAID = "decide", "decide_form.form_id", "decide_form.said"
_CHOICE = f"{auth.TYPED}decide_choice"
_NOTE, _WAITS_FOR = f"{auth.TYPED}decide_note", f"{auth.TYPED}decide_pause_reason"
_WAIT = "wait"
_CHOICES = {
    "accepted": "Accept: I will work it",
    "rejected": "Reject: it does not meet what we agreed on",
    "recycled": "Recycle: the right person at the wrong time",
    "disqualified": "Disqualify: never",
    _WAIT: "Wait for the prospect: the clock stands still",
}
_RECYCLE_DAYS = 90

Deed = Callable[[book.Connection, audit.Act], None]


def ask(handoff_id: str) -> None:
    """Puts the question into the URL; `render` asks it."""
    st.query_params[_PARAMETER] = handoff_id
    st.session_state[_FORM] = uuid.uuid4().hex
    st.rerun()


def asked() -> str | None:
    """The hand-off that the URL asks to decide on."""
    return st.query_params.get(_PARAMETER)


def say_what_happened() -> None:
    """What the last decision was, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(inert.markdown(said))


def render(found: pd.DataFrame, user: people.User, agreed: terms.Terms, zone: str) -> None:
    """Opens the form. Frame: queries.handoffs.listing.one; empty where there is no such hand-off,
    or none that the user may see."""
    if found.empty or not decisions.may_decide(user):
        st.warning("This hand-off is not there, or not yours to decide on.")
        return
    row = frames.records(found)[0]
    st.session_state.setdefault(_FORM, uuid.uuid4().hex)
    st.dialog(f"Decide: {inert.markdown(_name(row))}", width="medium", on_dismiss=_dismissed)(
        _form
    )(row, user, agreed, zone)


def _name(row: dict[str, Any]) -> str:
    return row["lead_name"] or f"Lead {row['lead_id']}"


def _dismissed() -> None:
    st.query_params.pop(_PARAMETER, None)
    st.session_state.pop(_FORM, None)


def _form(row: dict[str, Any], user: people.User, agreed: terms.Terms, zone: str) -> None:
    auth.still_here()
    st.caption(inert.markdown(_about(row, zone)))
    if row["outcome"] != "pending":
        _offer_to_take_back(row, user, zone)
        _keep_what_was_typed(row, user)
        return
    choice = st.radio(
        "What do you decide?",
        _offered(row),
        format_func=_CHOICES.__getitem__,
        index=None,
        key=_CHOICE,
    )
    if choice is None:
        return
    if choice == _WAIT:
        _pause_fields(row, user, zone)
        return
    _decision_fields(row, user, agreed, (choice, zone))


def _offered(row: dict[str, Any]) -> list[str]:
    """Only a clock that runs can be stopped; but what was chosen before it ran out stays."""
    may_wait = row["state"] in ("running", "due_soon") or st.session_state.get(_CHOICE) == _WAIT
    return [choice for choice in _CHOICES if may_wait or choice != _WAIT]


def _about(row: dict[str, Any], zone: str) -> str:
    handed = words.moment(row["handed_at"].to_pydatetime(), zone)
    parts = [row["company"], f"handed over {handed}", row["rep"], row["campaign"]]
    return " · ".join(str(part) for part in parts if part)


def _decision_fields(
    row: dict[str, Any], user: people.User, agreed: terms.Terms, chosen: tuple[str, str]
) -> None:
    choice, zone = chosen
    reason, until = None, None
    if choice != "accepted":
        reason = _reason(choice, is_needed=choice in agreed.needs_reason)
    if choice == "recycled":
        today = words.local_day(book.act_of(user).at, zone)
        until = st.date_input(
            "Comes back on",
            value=today + timedelta(days=_RECYCLE_DAYS),
            min_value=today + timedelta(days=1),
            format="YYYY-MM-DD",
            key=f"{auth.TYPED}decide_until",
        )
    note = _note()
    if st.button("Save the decision", type="primary", key="decide_form.save"):
        form = decisions.Asked(_form_id(), choice, reason, _one_day(until), note)
        handoff, said = _handoff(row), f"{_name(row)} is {choice}"
        _do(user, lambda rows, act: decisions.decide(rows, act, handoff, form, zone), said)


def _reason(choice: str, *, is_needed: bool) -> str | None:
    known = {each.code: each for each in book.reasons() if each.decision == choice}
    chosen = st.selectbox(
        "Reason" if is_needed else "Reason (may stay empty)",
        list(known),
        index=None,
        placeholder="Choose a reason",
        key=f"{auth.TYPED}decide_reason_{choice}",
    )
    if chosen is not None:
        st.caption(f"What happens next: {inert.markdown(known[chosen].next_step)}.")
    return chosen


def _one_day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _pause_fields(row: dict[str, Any], user: people.User, zone: str) -> None:
    now = book.act_of(user).at
    today = words.local_day(now, zone)
    day = st.date_input(
        "The clock goes on in the morning of",
        value=today + timedelta(days=3),
        min_value=today + timedelta(days=1),
        max_value=today + timedelta(days=31),
        format="YYYY-MM-DD",
        key=f"{auth.TYPED}decide_pause_until",
    )
    reason = _waits_for()
    if st.button("Stop the clock", type="primary", key="decide_form.pause"):
        morning = datetime.combine(_one_day(day) or today, time(), ZoneInfo(zone))
        until, handoff, form_id = morning.astimezone(UTC).replace(tzinfo=None), *_given(row)
        _do(
            user,
            lambda rows, act: decisions.pause(
                rows, act, handoff, form_id=form_id, until=until, reason=reason
            ),
            f"the clock of {_name(row)} stands still until {words.day(_one_day(day) or today)}",
        )


def _given(row: dict[str, Any]) -> tuple[decisions.Handoff, str]:
    return _handoff(row), _form_id()


def _form_id() -> str:
    return st.session_state.setdefault(_FORM, uuid.uuid4().hex)


def _offer_to_take_back(row: dict[str, Any], user: people.User, zone: str) -> None:
    at = words.moment(row["decided_at"].to_pydatetime(), zone)
    who = row["decided_by"] or "the CRM"
    reason = f" ({row['reason_code']})" if row["reason_code"] else ""
    if row["outcome"] == "superseded":
        st.info(f"This lead was handed over again on {at}: decide on its newer hand-off.")
        return
    st.info(inert.markdown(f"{row['outcome'].capitalize()}{reason} on {at} by {who}."))
    if row["decision_source"] != "app":
        st.caption("It was decided in the CRM, and can be changed there.")
    elif st.button("Take this decision back", key="decide_form.withdraw"):
        handoff, said = _handoff(row), f"{_name(row)} is open again"
        _do(user, lambda rows, act: decisions.withdraw(rows, act, handoff), said)


def _note() -> str:
    return st.text_area("Note (may stay empty)", max_chars=decisions.LONGEST_NOTE, key=_NOTE)


def _waits_for() -> str:
    return st.text_input("What are you waiting for?", key=_WAITS_FOR)


def _keep_what_was_typed(row: dict[str, Any], user: people.User) -> None:
    """For whom somebody was faster, and the page has noticed before they clicked."""
    fields = {_NOTE: _note, _WAITS_FOR: _waits_for}
    typed = [draw for key, draw in fields.items() if st.session_state.get(key)]
    if row["decided_by"] == user.name or not typed:
        return
    st.warning("Your decision was not saved. What you typed is still here:")
    for draw in typed:
        draw()


def _handoff(row: dict[str, Any]) -> decisions.Handoff:
    is_decided = row["outcome"] != "pending"
    return decisions.Handoff(
        row["handoff_id"],
        row["lead_id"],
        row["handed_at"].to_pydatetime(),
        decision=row["outcome"],
        decided_by=row["decided_by"] or "",
        decided_at=row["decided_at"].to_pydatetime() if is_decided else None,
        is_overdue=row["state"] == "overdue",
    )


def _do(user: people.User, deed: Deed, what: str) -> None:
    """Writes it, or says why not and keeps what was typed."""
    try:
        with book.writing() as rows:
            deed(rows, book.act_of(user))
    except (decisions.NotDecided, book.Conflict, book.Unavailable) as refused:
        st.error(inert.markdown(str(refused)))
        return
    st.session_state[_SAID] = f"Saved: {what}."
    for key in [key for key in st.session_state if key.startswith(f"{auth.TYPED}decide_")]:
        del st.session_state[key]
    _dismissed()
    st.rerun()
