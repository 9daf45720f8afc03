"""What the words mean: each definition with its versions, its exact rule, and wording it anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import agreement_form, auth, book, data, definition_text
from queries import (
    agreed,
    audit,
    definition_versions,
    definitions,
    filters,
    people,
    records,
    rows,
    words,
)

_PART = "agreement_definitions"
_ABOUT = (
    "Every stage and every number, in words that both sides agreed on. A new wording holds from its"
    " day on and is marked in the trend; the earlier ones stay. What is counted does not change"
    " with the words: the exact rule stands below."
)


def render(user: people.User) -> None:
    """Draws one definition at a time, and for those who may word it anew the form."""
    agreement_form.say_what_happened(_PART)
    st.caption(_ABOUT)
    key = st.selectbox(
        "Definition",
        definitions.every_key(),
        format_func=definitions.label_of,
        key=f"{_PART}.chosen",
    )
    if key is None:
        return
    today = words.local_day(records.now(), data.snapshot().zone)
    definition_text.render(key, today)
    sql = _sql(key, user)
    if sql:
        # In one colour: those of a language are too pale to be read.
        st.code(sql, language=None, wrap_lines=True)
    versions = book.versions_of(key)
    _history(versions)
    if agreed.may_edit(user):
        _word(user, versions[-1], sql, today)
    else:
        st.caption(agreement_form.READ_ONLY)


def _sql(key: str, user: people.User) -> str:
    """The SQL of the number over the newest days; of what has no tile there is none."""
    if key not in definitions.METRICS:
        return ""
    view = filters.default(data.known_choices(user))
    return rows.sql_of_tile(view, user.scope, key)


def _history(versions: Sequence[definition_versions.Version]) -> None:
    if len(versions) == 1:
        return
    zone, agreed_on = data.snapshot().zone, versions[::-1]
    agreement_form.table(
        "definition_versions",
        {
            "Version": [str(one.version) for one in agreed_on],
            "Called": [one.label for one in agreed_on],
            "From": [
                words.day(one.effective_from) if one.effective_from else "the beginning"
                for one in agreed_on
            ],
            "Agreed": [
                words.moment(one.agreed_at, zone) if one.agreed_at else "" for one in agreed_on
            ],
            "By": [one.agreed_by for one in agreed_on],
            "Wording": [one.plain_text for one in agreed_on],
        },
        "Versions of this definition, the newest first",
    )


def _word(user: people.User, newest: definition_versions.Version, sql: str, today: date) -> None:
    st.header("Word it anew")
    # The newest version is part of the keys: after another one the fields show that.
    of = f"{newest.key}_{newest.version}"
    label_key, text_key = (f"{auth.TYPED}definition_{name}_of_{of}" for name in ("label", "text"))
    st.session_state.setdefault(label_key, newest.label)
    st.session_state.setdefault(text_key, newest.plain_text)
    label = st.text_input("Called", key=label_key, max_chars=definition_versions.LONGEST_LABEL)
    slots = {"label": st.empty()}
    text = st.text_area(
        "Wording", key=text_key, height=200, max_chars=definition_versions.LONGEST_TEXT
    )
    slots["plain_text"] = st.empty()
    begins = st.date_input("From", today, format="YYYY-MM-DD", key=f"{_PART}.from")
    slots["effective_from"] = slots["key"] = slots[""] = st.empty()
    if st.button("Agree on this wording", key=f"{_PART}.agree"):
        day = begins if isinstance(begins, date) else None
        wanted = definition_versions.Wanted(newest.key, label, text, day, sql)

        def agree(connection: book.Connection, act: audit.Act) -> str:
            version = definition_versions.agree(connection, act, wanted, today)
            return f"Version {version} of “{definitions.label_of(newest.key)}” was agreed."

        agreement_form.do(user, agree, slots, _PART)
