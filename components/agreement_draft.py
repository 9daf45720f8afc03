"""Writing the draft: starting one, what it says beside its terms, and giving it up."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components import agreement_choice, agreement_edit, agreement_term_form, auth, book, inert
from queries import people
from queries.agreements import answers, content, draft_check, drafting, kinds

_START = "agreement_draft.start"
_FORMS = {"describe": "Title, text and dates", "discard": "Discard this draft?"}


def tools(user: people.User, shown: answers.Answers, version: content.Version) -> None:
    """What can be done about the shown version, by whoever writes the draft."""
    draft = shown.draft
    if draft is not None and draft.number != version.number:
        st.button(
            f"Open the draft, version {draft.number}",
            key="agreement_draft.open",
            icon=":material/edit_note:",
            on_click=agreement_choice.go_to,
            args=(draft.number,),
        )
    if not drafting.may_edit(user):
        return
    if draft is None:
        st.button(
            "Start a draft from this version",
            key=f"agreement_draft.start_{version.number}",
            icon=":material/edit:",
            on_click=_want,
            args=(version,),
        )
    elif draft.number == version.number:
        with st.container(horizontal=True):
            _button("Change title, text and dates", "describe", version)
            _button("Discard this draft", "discard", version)


def _button(label: str, form: str, version: content.Version) -> None:
    st.button(
        label, key=f"agreement_draft.{form}", on_click=agreement_edit.ask, args=(form, version)
    )


def _want(source: content.Version) -> None:
    # Who clicked is known in the run that follows, where the button may be gone already.
    st.session_state[_START] = source


def start(user: people.User) -> None:
    """Starts the draft that was asked for, or says why not. Call with each run."""
    if _START not in st.session_state:
        return
    source = st.session_state.pop(_START)
    refused = agreement_edit.write(user, source, lambda rows, edit: _started(rows, edit, source))
    now = book.agreement_for(user)
    # Of a double click the second half finds the draft that the first half has started.
    is_mine = now.written is not None and now.written.created_by == user.name
    if now.draft is not None and (refused is None or is_mine):
        # It still has the title of the version that it began with.
        agreement_edit.ask("describe", now.draft)
        agreement_choice.open_version(now.draft.number)
    if refused:
        st.error(inert.markdown(refused[1]))


def _started(rows: book.Connection, edit: drafting.Edit, source: content.Version) -> str:
    number = drafting.start(rows, edit.act, edit.user, source.number, edit.zone)
    return f"Version {number} is a draft now: only what both sides sign holds."


def render(user: people.User, shown: answers.Answers, names: kinds.Names) -> None:
    """Opens the form that the address asks for, if the user may write and there is a draft."""
    form = agreement_edit.asked()
    is_of_terms = agreement_term_form.is_asked(form)
    if not drafting.may_edit(user) or not (form in _FORMS or is_of_terms):
        return
    on = agreement_edit.seen(shown)
    if on is None:
        st.warning("There is no draft to change any more: it was signed or discarded.")
    elif is_of_terms:
        agreement_term_form.render(user, on, names)
    else:
        st.dialog(_FORMS[form], width="large", on_dismiss=agreement_edit.close)(_form)(
            user, on, form, names
        )


def _form(user: people.User, on: content.Version, form: str, names: kinds.Names) -> None:
    auth.still_here()
    is_stale = agreement_edit.meanwhile(book.agreement_for(user), on, names)
    if form == "discard":
        _discard(user, on, is_stale=is_stale)
    else:
        _describe(user, on, is_stale=is_stale)


def _describe(user: people.User, on: content.Version, *, is_stale: bool) -> None:
    slots, begin = {}, agreement_edit.begin
    title = st.text_input(
        "Title", key=begin("title", on.title), max_chars=draft_check.LONGEST_TITLE
    )
    slots["title"] = st.empty()
    text = st.text_area("Text", key=begin("text", on.text), height=240)
    slots["text"] = st.empty()
    day = st.date_input(
        "Wanted from (empty: as soon as both sides have signed)",
        key=begin("effective_from", on.effective_from),
        format="YYYY-MM-DD",
        value=None,
    )
    slots["effective_from"] = st.empty()
    pause = st.number_input(
        "Longest pause of a clock, in working days",
        key=begin("pause_days", on.pause_days),
        step=1,
        value=None,
    )
    slots["pause_days"] = slots[""] = st.empty()
    begins = day if isinstance(day, date) else None
    head = drafting.Head(
        title, text, begins, -1 if pause is None else int(pause), on.pause_statuses
    )

    def describe(rows: book.Connection, edit: drafting.Edit) -> str:
        drafting.describe(rows, edit, head)
        return "The draft was saved."

    if st.button("Save", type="primary", key="agreement_draft.save", disabled=is_stale):
        agreement_edit.save(user, on, describe, slots)


def _discard(user: people.User, on: content.Version, *, is_stale: bool) -> None:
    st.markdown(
        f"Version {on.number} will not come into force. It stays to be read, and another draft can"
        " be started from it."
    )
    slots = {"": st.empty()}

    def discard(rows: book.Connection, edit: drafting.Edit) -> str:
        drafting.discard(rows, edit)
        return f"Version {on.number} was discarded."

    if st.button("Discard it", type="primary", key="agreement_draft.gone", disabled=is_stale):
        agreement_edit.save(user, on, discard, slots)
