"""What the forms about what was agreed have in common: doing what is asked for, and saying so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from components import book, inert
from queries import agreed, audit, people

READ_ONLY = "Leaders and admins change this."
# Something an editor does: given the transaction and the act, returns what to say of it.
Deed = Callable[[book.Connection, audit.Act], str]
# Field of a form -> where its error stands; "" for all others.
Slots = Mapping[str, "st.delta_generator.DeltaGenerator"]


def say_what_happened(part: str) -> None:
    """What the last change of a part of the page was, once."""
    if said := st.session_state.pop(f"{part}.said", None):
        st.success(inert.markdown(said))


def was_done(part: str) -> bool:
    """The last change of a part was made: its fields may be emptied. True once."""
    return bool(st.session_state.pop(f"{part}.done", False))


def do(user: people.User, deed: Deed, slots: Slots, part: str) -> None:
    """Does it in one transaction and draws the page anew; or says beside the field why it cannot
    be done, and everything that was typed stays."""
    if not agreed.may_edit(user):
        slots[""].error(READ_ONLY)
        return
    try:
        with book.writing() as rows:
            said = deed(rows, book.act_of(user))
    except (agreed.NotAllowed, book.Conflict) as refused:
        field = getattr(refused, "field", "")
        slots.get(field, slots[""]).error(inert.markdown(str(refused)))
        return
    st.session_state[f"{part}.said"] = said
    st.session_state[f"{part}.done"] = True
    st.rerun()


def table(name: str, columns: Mapping[str, Sequence[str]], alt: str) -> None:
    """A table of texts, which mean nothing to it."""
    shown = pd.DataFrame({label: list(texts) for label, texts in columns.items()}, dtype="str")
    with st.container(key=f"table_{name}"):
        st.dataframe(shown, hide_index=True, placeholder="", height="content", alt=alt)
