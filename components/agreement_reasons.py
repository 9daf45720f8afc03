"""The reasons that can be given for a decision, and for those who may change them the forms."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import agreement_form, auth, book
from queries import agreed, audit, people, reasons_book

_PART = "agreement_reasons"
_CODE, _NEXT = f"{auth.TYPED}reasons_code", f"{auth.TYPED}reasons_next_step"
_ABOUT = (
    "Whoever rejects, recycles or disqualifies a lead chooses one of these, in this order. What"
    " happens next is said when it is chosen. A reason that nobody should give any more is"
    " switched off; decisions that name it keep it."
)


def render(user: people.User) -> None:
    """Draws the reasons, and for those who may change them the forms."""
    entries = book.every_reason()
    agreement_form.say_what_happened(_PART)
    st.caption(_ABOUT)
    agreement_form.table(
        "reasons",
        {
            "Decision": [entry.decision for entry in entries],
            "Reason": [entry.code for entry in entries],
            "What happens next": [entry.next_step for entry in entries],
            "Can be given": ["yes" if entry.is_active else "no" for entry in entries],
            "Given here": [f"{entry.used:,}" for entry in entries],
        },
        "Reasons for decisions",
    )
    if not agreed.may_edit(user):
        st.caption(agreement_form.READ_ONLY)
        return
    _add(user)
    _change(user, entries)


def _add(user: people.User) -> None:
    st.header("Add a reason")
    if agreement_form.was_done(_PART):
        st.session_state.update({_CODE: "", _NEXT: ""})
    slots = {}
    with st.form("agreement_reasons.add"):
        decision = st.selectbox("Decision", reasons_book.DECISIONS, key=f"{_PART}.decision")
        slots["decision"] = st.empty()
        code = st.text_input("Reason", key=_CODE, max_chars=reasons_book.LONGEST)
        slots["code"] = st.empty()
        step = st.text_input("What happens next", key=_NEXT, max_chars=reasons_book.LONGEST)
        slots["next_step"] = slots[""] = st.empty()
        is_sent = st.form_submit_button("Add this reason")
    if is_sent and decision:

        def add(rows: book.Connection, act: audit.Act) -> str:
            reasons_book.add(rows, act, decision, code, step)
            return f"“{code.strip()}” can be given for {decision} leads."

        agreement_form.do(user, add, slots, _PART)


def _change(user: people.User, entries: Sequence[reasons_book.Entry]) -> None:
    st.header("Change a reason")
    by_label = {f"{entry.decision}: {entry.code}": entry for entry in entries}
    chosen = st.selectbox("Which", list(by_label), index=None, key=f"{_PART}.chosen")
    if chosen is None:
        return
    entry = by_label[chosen]
    siblings = [each.code for each in entries if each.decision == entry.decision]
    place = siblings.index(entry.code) + 1
    # What is kept is in the keys: a change draws the fields anew, a refusal leaves them alone.
    step_key = f"{auth.TYPED}reasons_step_of_{chosen}_{entry.next_step}"
    st.session_state.setdefault(step_key, entry.next_step)
    step = st.text_input("It is followed by", key=step_key, max_chars=reasons_book.LONGEST)
    slots = {"next_step": st.empty()}
    to = st.number_input(
        "Its place in the list",
        *(1, len(siblings), place),
        key=f"{_PART}.place_of_{chosen}_{place}",
    )
    slots["place"] = slots[""] = st.empty()
    with st.container(horizontal=True):
        deeds = _deeds(entry, step, int(to))
        for label, deed in deeds.items():
            if st.button(label, key=f"{_PART}.{label.split()[0].lower()}"):
                agreement_form.do(user, deed, slots, _PART)


def _deeds(entry: reasons_book.Entry, step: str, place: int) -> dict[str, agreement_form.Deed]:
    """What can be done to a reason, by the word on the button."""
    it = (entry.decision, entry.code)

    def word(rows: book.Connection, act: audit.Act) -> str:
        reasons_book.set_next_step(rows, act, *it, step)
        return f"“{entry.code}” is followed by: {step.strip()}."

    def move(rows: book.Connection, act: audit.Act) -> str:
        reasons_book.move(rows, act, *it, place)
        return f"“{entry.code}” stands at place {place}."

    def switch(rows: book.Connection, act: audit.Act) -> str:
        reasons_book.switch(rows, act, *it, is_active=not entry.is_active)
        return f"“{entry.code}” is switched {'off' if entry.is_active else 'on'}."

    turn = "Switch it off" if entry.is_active else "Switch it on"
    return {"Save what follows": word, "Move it": move, turn: switch}
