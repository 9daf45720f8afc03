"""The personas of the data: what each is called, what is meant by it, and changing that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components import agreement_form, auth, book, data, empty_state, inert
from components import format as formats
from queries import agreed, audit, people, personas, records, words

_PART = "agreement_personas"
_ABOUT = (
    "Kinds of people, as the data name them, with the words that the company has agreed on. A new"
    " wording holds from its day on; the earlier ones stay known."
)


def render(user: people.User) -> None:
    """Draws the personas, and for those who may change their wording the forms."""
    counts = dict(data.load_plain(personas.of_data, scope=user.scope))
    entered = book.every_persona()
    today = words.local_day(records.now(), data.snapshot().zone)
    held = personas.in_force(entered, today)
    # Everything that was worded is there for those who word, also what the data names no more.
    may_edit = agreed.may_edit(user)
    keys = list(counts) + [key for key in held if key not in counts and may_edit]
    agreement_form.say_what_happened(_PART)
    st.caption(_ABOUT)
    if not keys:
        empty_state.render("The data names no personas: connect them in leads.")
        return
    _list(keys, counts, held)
    if not may_edit:
        st.caption(agreement_form.READ_ONLY)
        return
    _word(user, keys, held, today)
    _strike(user, entered)


def _list(
    keys: Sequence[str], counts: Mapping[str, int], held: Mapping[str, personas.Persona]
) -> None:
    agreement_form.table(
        "personas",
        {
            "In the data": keys,
            "Leads": [formats.count(counts.get(key, 0)) for key in keys],
            "Called": [held[key].label if key in held else key for key in keys],
            "From": [words.day(held[key].valid_from) if key in held else "" for key in keys],
            "By": [held[key].entered_by if key in held else "" for key in keys],
        },
        "Personas of the data",
    )
    for key in keys:
        if key in held:
            st.markdown(f"**{inert.markdown(held[key].label)}**")
            st.text(inert.whole(held[key].description))


def _word(
    user: people.User, keys: Sequence[str], held: Mapping[str, personas.Persona], today: date
) -> None:
    st.header("Word a persona")
    key = st.selectbox("Persona", keys, index=None, key=f"{_PART}.chosen")
    if key is None:
        return
    now = held.get(key)
    # The wording in force is part of the keys: when it changes, the fields show the new one.
    of = f"{key}_{now.wording_id if now else ''}"
    label_key, text_key = (f"{auth.TYPED}persona_{name}_of_{of}" for name in ("label", "text"))
    st.session_state.setdefault(label_key, now.label if now else key)
    st.session_state.setdefault(text_key, now.description if now else "")
    slots = {"key": st.empty()}
    label = st.text_input("Called", key=label_key, max_chars=personas.LONGEST_LABEL)
    slots["label"] = st.empty()
    text = st.text_area("What is meant by it", key=text_key, max_chars=personas.LONGEST_DESCRIPTION)
    slots["description"] = st.empty()
    begins = st.date_input("From", today, format="YYYY-MM-DD", key=f"{_PART}.from")
    slots["valid_from"] = slots[""] = st.empty()
    if st.button("Save this wording", key=f"{_PART}.save"):
        wanted = personas.Wanted(key, label, text, begins if isinstance(begins, date) else None)

        def enter(rows: book.Connection, act: audit.Act) -> str:
            personas.enter(rows, act, wanted)
            return f"“{wanted.label.strip()}” was saved."

        agreement_form.do(user, enter, slots, _PART)


def _strike(user: people.User, entered: Sequence[personas.Persona]) -> None:
    titles = formats.told_apart(
        {
            one.wording_id: f"{one.key}: {one.label}, from {words.day(one.valid_from)}"
            for one in entered[::-1]
            if one.struck_at is None
        },
        {one.wording_id: f"{one.entered_at:%d %b %H:%M:%S.%f}" for one in entered},
    )
    if not titles:
        return
    st.header("Strike a wording")
    with st.form(f"{_PART}.strike"):
        chosen = st.selectbox("Wording", list(titles), format_func=titles.get, index=None)
        is_sent = st.form_submit_button("Strike this wording")
        slots = {"": st.empty()}
    if is_sent and chosen:

        def strike(rows: book.Connection, act: audit.Act) -> str:
            personas.strike(rows, act, chosen)
            return f"Struck: {titles[chosen]}."

        agreement_form.do(user, strike, slots, _PART)
