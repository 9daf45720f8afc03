"""What is being done to the agreement: which form is open, on which content, and writing it.

`do=<form>` in the URL opens a form, so that it outlives a sign-in. Whoever opens one works on what
they saw: what somebody else changed meanwhile is told, and what was typed stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import auth, book, data, inert
from queries import people, words
from queries.agreements import (
    answers,
    content,
    differences,
    draft_check,
    drafting,
    kinds,
    seal,
    signing,
)

_PARAMETER = "do"
_SEEN, _FORM, _SAID = "agreement_edit.seen", "agreement_edit.form_id", "agreement_edit.said"
_WISH = "agreement_edit.wish"
_TYPED = f"{auth.TYPED}agreement_"

# Something that is done: given the transaction and who does it on what, returns what to say of it.
Deed = Callable[[book.Connection, drafting.Edit], str]
# Field of a form -> where its error stands; "" for all others.
Slots = Mapping[str, "st.delta_generator.DeltaGenerator"]


def key(field: str) -> str:
    """The key of a field in which people write."""
    return f"{_TYPED}{field}"


def ask(form: str, seen: content.Version) -> None:
    """Opens a form on a content; for a button's on_click, so that it is the content that was seen
    when it was clicked."""
    close()
    st.query_params[_PARAMETER] = form
    st.session_state[_SEEN], st.session_state[_FORM] = seen, uuid.uuid4().hex


def asked() -> str:
    """The form that is open; nothing where none is."""
    return st.query_params.get(_PARAMETER, "")


def seen(shown: answers.Answers) -> content.Version | None:
    """The content on which the form was opened; of a link, the draft as it is now."""
    if _SEEN not in st.session_state and shown.draft is not None:
        st.session_state[_SEEN] = shown.draft
    return st.session_state.get(_SEEN)


def form_id() -> str:
    """Made once with the form: what is sent twice is there once."""
    return st.session_state.setdefault(_FORM, uuid.uuid4().hex)


def close() -> None:
    """Closes the form and forgets what was typed."""
    st.query_params.pop(_PARAMETER, None)
    for name in (_SEEN, _FORM):
        st.session_state.pop(name, None)
    for name in [name for name in st.session_state if str(name).startswith(_TYPED)]:
        del st.session_state[name]


def say_what_happened() -> None:
    """What was done last, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(inert.markdown(said))


def begin(field: str, value: Any) -> str:
    """The key of a field that begins with a value."""
    st.session_state.setdefault(key(field), value)
    return key(field)


def meanwhile(shown: answers.Answers, on: content.Version, names: kinds.Names) -> bool:
    """Tells what others changed since the form was opened, and lets its reader go on from there.

    True while that has not been read: nothing can be saved then.
    """
    now = shown.version(on.number)
    if now is None or seal.of(now) == seal.of(on) or now.status != "draft":
        return False
    st.warning(
        f"{inert.markdown(_by_whom(shown))}, after you opened it. Nothing of yours was saved, and"
        " what you typed is still here. This is what differs now:"
    )
    for each in differences.between(on, now, names):
        st.text(f"• {arrow(each.sentence)}")
    if st.button("I have read this: go on from what stands there now", key="agreement_edit.go_on"):
        st.session_state[_SEEN] = now
        st.rerun()
    return True


def _by_whom(shown: answers.Answers) -> str:
    if shown.written is None:
        return "Somebody has changed this draft"
    when = words.moment(shown.written.changed_at, data.snapshot().zone)
    return f"{shown.written.changed_by} has changed this draft on {when}"


def arrow(sentence: str) -> str:
    """A difference as a reader sees it."""
    return inert.whole(sentence.replace(" -> ", " → "))


def save(user: people.User, on: content.Version, deed: Deed, slots: Slots) -> None:
    """Does it in one transaction, closes the form and draws the page anew; or says beside the
    field why it cannot be done, and what was typed stays."""
    if refused := write(user, on, deed):
        slots.get(refused[0], slots[""]).error(inert.markdown(refused[1]))
        return
    close()
    st.rerun()


def write(user: people.User, on: content.Version, deed: Deed) -> tuple[str, str] | None:
    """Does it in one transaction; or returns the field that is wrong and a sentence about it."""
    act, zone = book.act_of(user), data.snapshot().zone
    try:
        with book.writing() as rows:
            said = deed(rows, drafting.Edit(user, act, seal.of(on), zone))
    except draft_check.NotDrafted as refused:
        return refused.field, str(refused)
    except (signing.NotSigned, book.Conflict, book.Unavailable) as refused:
        return "", str(refused)
    st.session_state[_SAID] = said
    return None


def wish(order: tuple[str, ...], on: content.Version) -> None:
    """Asks for another order of the terms; for a button's on_click, before anybody is known."""
    st.session_state[_WISH] = (order, on)


def fulfil(user: people.User) -> None:
    """Puts the terms into the order that was asked for, or says why not. Call with each run."""
    if _WISH not in st.session_state:
        return
    order, on = st.session_state.pop(_WISH)
    if refused := write(user, on, lambda rows, edit: _reordered(rows, edit, order)):
        st.error(inert.markdown(refused[1]))


def _reordered(rows: book.Connection, edit: drafting.Edit, order: tuple[str, ...]) -> str:
    drafting.reorder(rows, edit, order)
    return ""
