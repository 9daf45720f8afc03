"""The people who may sign in: the list, a new one, and what one of them may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components import auth, book, data, inert
from components import format as formats
from queries import accounts, audit, filters, links, people, people_command, sessions

_SAID, _LINK = "admin_people.said", "admin_people.link"
_ADDED = "admin_people.added"
_FIELDS = tuple(f"{auth.TYPED}add_{field}" for field in ("name", "full_name", "email"))
_ROLE_LABELS = {role: role.replace("_", " ").capitalize() for role in people.ROLES}
_SIDE = "A leader signs the agreement for this side."
_NEEDS_REP = "A rep and a sales manager see what belongs to a rep of the data."

# Something an admin does: given the transaction and the act, returns what to say of it.
Deed = Callable[[book.Connection, audit.Act], str]


@dataclass(frozen=True)
class _Access:
    """What a person may, as it is said in the form."""

    role: str
    rep_id: str
    side: str


def render(user: people.User, everyone: Sequence[accounts.Person], reps: Mapping[str, str]) -> None:
    """Draws it. `reps`: rep_id -> name, of the data."""
    reps = formats.told_apart({key: name for key, name in reps.items() if key != filters.UNSET})
    _say_what_happened()
    _table(everyone, reps)
    left, right = st.columns(2, gap="large")
    with left:
        _change(user, everyone, reps)
    with right:
        _add(user, reps)


def _say_what_happened() -> None:
    if said := st.session_state.pop(_SAID, None):
        st.success(said)
    if link := st.session_state.pop(_LINK, None):
        st.info(
            f"Give them this link. It is good once, for {links.HOURS} hours, and shown only now."
        )
        st.code(link, language=None, wrap_lines=True)


def _table(everyone: Sequence[accounts.Person], reps: Mapping[str, str]) -> None:
    shown = pd.DataFrame(
        {
            "Name": [person.name for person in everyone],
            "Full name": [person.full_name for person in everyone],
            "Role": [_ROLE_LABELS[person.role] for person in everyone],
            "Side": [(person.side or "").capitalize() for person in everyone],
            "Rep": [reps.get(person.rep_id or "", person.rep_id) for person in everyone],
            "E-mail": [person.email for person in everyone],
            "State": [_state(person) for person in everyone],
        }
    )
    with st.container(key="table_people"):
        st.dataframe(shown, hide_index=True, placeholder="", alt="The people who may sign in")


def _state(person: accounts.Person) -> str:
    if not person.is_active:
        return "deactivated"
    return "active" if person.has_password or person.email else "has no password yet"


def _change(
    user: people.User, everyone: Sequence[accounts.Person], reps: Mapping[str, str]
) -> None:
    st.header("Change a person")
    by_id = {person.person_id: person for person in everyone}
    chosen = st.selectbox(
        "Person", list(by_id), format_func=lambda key: by_id[key].name, key="admin_people.person"
    )
    if chosen is None:
        return
    person = by_id[chosen]
    _change_access(user, person, reps)
    with st.container(horizontal=True):
        if st.button("Link for a password", key="admin_people.reset", icon=":material/key:"):
            _issue_link(user, person)
        if person.is_active and st.button("Sign out everywhere", key="admin_people.sign_out"):
            _do(user, lambda rows, act: _end_sessions(rows, act, person))
        label = "Deactivate" if person.is_active else "Activate"
        # A key for each state: a double click must not take back what its first half did.
        if st.button(label, key=f"admin_people.{label.lower()}", icon=":material/person_off:"):
            _do(user, lambda rows, act: _switch(rows, act, person))


def _change_access(user: people.User, person: accounts.Person, reps: Mapping[str, str]) -> None:
    # Keys per person: another person's values must not stay in the fields.
    with st.form(f"admin_people.access_{person.person_id}"):
        role = _choose_role(person.role, f"admin_people.role_{person.person_id}")
        rep_id = _choose_rep(reps, person.rep_id, f"admin_people.rep_{person.person_id}")
        side = _choose_side(person.side, f"admin_people.side_{person.person_id}")
        if st.form_submit_button("Save role, rep and side"):
            # Whoever is made something else than a leader has no side to speak of.
            said = _Access(role, rep_id, side if role == "leader" or not person.side else "")
            _do(user, lambda rows, act: _save(rows, act, person, said))


def _choose_role(role: str, key: str) -> str:
    return st.selectbox(
        "Role",
        people.ROLES,
        index=people.ROLES.index(role),
        format_func=_ROLE_LABELS.__getitem__,
        help=_NEEDS_REP,
        key=key,
    )


def _choose_side(side: str | None, key: str) -> str:
    chosen = st.selectbox(
        "Side of a leader",
        people.SIDES,
        index=people.SIDES.index(side) if side else None,
        format_func=str.capitalize,
        placeholder="None",
        help=_SIDE,
        key=key,
    )
    return chosen or ""


def _choose_rep(reps: Mapping[str, str], rep_id: str | None, key: str) -> str:
    known = list(reps) if rep_id is None or rep_id in reps else [*reps, rep_id]
    chosen = st.selectbox(
        "Rep in the data",
        known,
        index=known.index(rep_id) if rep_id else None,
        format_func=lambda one: reps.get(one, one),
        placeholder="Nobody",
        key=key,
    )
    return chosen or ""


def _add(user: people.User, reps: Mapping[str, str]) -> None:
    st.header("Add a person")
    if st.session_state.pop(_ADDED, False):
        st.session_state.update(dict.fromkeys(_FIELDS, ""))
    with st.form("admin_people.add"):
        name = st.text_input("Name to sign in with", key=_FIELDS[0], max_chars=100)
        full_name = st.text_input("Full name", key=_FIELDS[1], max_chars=100)
        email = st.text_input(
            "E-mail, for the company's own sign-in", key=_FIELDS[2], max_chars=200
        )
        role = _choose_role("rep", "admin_people.add_role")
        rep_id = _choose_rep(reps, None, "admin_people.add_rep")
        side = _choose_side(None, "admin_people.add_side")
        is_sent = st.form_submit_button("Add")
    if is_sent:
        newcomer = accounts.Newcomer(
            name, role, full_name, email, rep_id, is_demo=data.configured().is_demo, side=side
        )
        _do(user, lambda rows, act: _take_in(rows, act, newcomer))


def _take_in(rows: book.Connection, act: audit.Act, newcomer: accounts.Newcomer) -> str:
    person_id = accounts.add(rows, act, newcomer)
    _keep_link(accounts.issue_link(rows, act, person_id))
    st.session_state[_ADDED] = True
    return f"{inert.markdown(newcomer.name)} was added."


def _save(rows: book.Connection, act: audit.Act, person: accounts.Person, said: _Access) -> str:
    accounts.change_access(
        rows, act, person.person_id, role=said.role, rep_id=said.rep_id, side=said.side
    )
    of_side = f" of {said.side}" if said.side else ""
    return f"{inert.markdown(person.name)} is now {_ROLE_LABELS[said.role].lower()}{of_side}."


def _switch(rows: book.Connection, act: audit.Act, person: accounts.Person) -> str:
    accounts.set_active(rows, act, person.person_id, is_active=not person.is_active)
    state = "deactivated and signed out everywhere" if person.is_active else "active again"
    return f"{inert.markdown(person.name)} is {state}."


def _end_sessions(rows: book.Connection, act: audit.Act, person: accounts.Person) -> str:
    ended = sessions.end_all(rows, person.person_id, act.at)
    audit.note(rows, act, "sessions ended", person.name, f"{ended} sessions")
    return f"{inert.markdown(person.name)} is signed out everywhere ({ended} sessions)."


def _issue_link(user: people.User, person: accounts.Person) -> None:
    def issued(rows: book.Connection, act: audit.Act) -> str:
        _keep_link(accounts.issue_link(rows, act, person.person_id))
        return f"A link for {inert.markdown(person.name)}:"

    _do(user, issued)


def _keep_link(token: str) -> None:
    st.session_state[_LINK] = people_command.address(data.configured(), token)


def _do(user: people.User, deed: Deed) -> None:
    """Does it in one transaction, and draws the page anew; or says why it cannot be done."""
    try:
        with book.writing() as rows:
            said = deed(rows, book.act_of(user))
    except (accounts.NotAllowed, book.Conflict) as refused:
        # Nothing of it was done, so nothing of it may be shown.
        for key in (_LINK, _ADDED):
            st.session_state.pop(key, None)
        st.error(inert.markdown(str(refused)))
        return
    st.session_state[_SAID] = said
    st.rerun()
